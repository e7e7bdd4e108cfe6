"""How often each entry of a description finds something on a case page, counted as the browser's test does."""

from __future__ import annotations

from typing import Any, Literal

from companion.protocol.pages import ChatPage, KpiPage, ListingPage, Page, Read, Select

from .lists import row_elements as list_elements
from .read import Place, read_page, read_row
from .rows import row_elements
from .select import find_in, matches

Kind = Literal["select", "rowSelect", "read", "rowRead"]


def count(page: Page, place: Place, kind: Kind, entry: Select | Read) -> int:
    """Matches of a selector; for what is inside a row, in how many rows; for a value of the page, 1 or 0.

    Parse the page with ``heed_hidden=False`` for selectors, and for all entries of a conversation: a browser counts
    hidden elements too. Rows and values of other pages are those a person sees.
    """
    if kind == "read" and isinstance(entry, Read):
        return 1 if read_page(place, [entry]) else 0
    if kind == "select" and isinstance(entry, Select):
        return len(matches(place.tree, entry.css, place.tree.saved))
    rows = _rows(page, place)
    if isinstance(entry, Read):
        return sum(1 for row in rows if read_row(row, place.tree, [entry]))
    return sum(1 for row in rows if find_in(row, [entry], place.tree.saved) is not None)


def _rows(page: Page, place: Place) -> list[Any]:
    if isinstance(page, ChatPage):
        return row_elements(place.tree, page).elements
    if isinstance(page, KpiPage):
        return []
    if isinstance(page, ListingPage):
        return list_elements(place.tree, page.attributes).elements
    return list_elements(place.tree, page.rows).elements
