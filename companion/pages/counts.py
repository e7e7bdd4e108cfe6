"""How often each entry of a description finds something on a case page, counted as the browser's test does."""

from __future__ import annotations

from typing import Literal

from companion.protocol.pages import ChatPage, Read, Select

from .read import Place, read_page, read_row
from .rows import row_elements
from .select import find_in, matches

Kind = Literal["select", "rowSelect", "read", "rowRead"]


def count(page: ChatPage, place: Place, kind: Kind, entry: Select | Read) -> int:
    """Matches of a selector; for what is inside a row, in how many rows; for a value of the page, 1 or 0.

    Parse the page with ``heed_hidden=False``: a browser counts hidden elements too.
    """
    if isinstance(entry, Read):
        if kind == "read":
            return 1 if read_page(place, [entry]) else 0
        rows = row_elements(place.tree, page).elements
        return sum(1 for row in rows if read_row(row, place.tree, [entry]))
    if kind == "select":
        return len(matches(place.tree, entry.css, place.tree.saved))
    rows = row_elements(place.tree, page).elements
    return sum(1 for row in rows if find_in(row, [entry], place.tree.saved) is not None)
