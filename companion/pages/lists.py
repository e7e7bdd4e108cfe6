"""Rows of a list in a saved page: notices, orders, reviews, returns. Also what the inbox reads its rows with."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from companion.protocol.pages import AttributeRows, NoticesPage, OrdersPage, Read, ReturnsPage, ReviewsPage, Rows

from .document import Tree
from .read import NAME, Place, fit, raw, read_row
from .select import MOST, find_all, itself, matches
from .text import LONGEST

#: Most rows of one list, and most values of one field of a row.
MOST_ROWS = 500
MOST_VALUES = 100
_TEXT = 2_000
_SPACES = re.compile(r"[ \t]{2,}")
_PROSE = frozenset({"body", "text", "comment"})
_PARAGRAPHS = re.compile(r"[ \t]*\n[ \t]*\n\s*")
_GAPS = re.compile(r"\s*\n\s*")

ListPage = NoticesPage | OrdersPage | ReviewsPage | ReturnsPage
#: Fields that are texts rather than names, with their longest length.
_LONG = {"body": LONGEST, "text": LONGEST, "comment": LONGEST, "reason": _TEXT, "preview": _TEXT, "status": _TEXT}
#: Fields of which every match counts.
MULTIPLE = frozenset({"items", "consignee"})


@dataclass(frozen=True, slots=True)
class Found:
    """Row elements in the order of the document; ``more``: the page shows more than is read."""

    elements: list[Any]
    more: bool


def row_elements(tree: Tree, section: Rows | AttributeRows) -> Found:
    """Rows a person sees. A row inside another is part of it; rows that look alike are several all the same."""
    saved = tree.saved
    found = find_all(tree, section.row, saved)
    shown = [row for row in found if not saved.look.hidden(row)]
    known = set(shown)
    outer = [row for row in shown if not _stands_in(row, known)]
    return Found(outer[:MOST_ROWS], len(found) >= MOST or len(outer) > MOST_ROWS)


def _stands_in(row: Any, rows: set[Any]) -> bool:
    around = row.getparent()
    while around is not None:
        if around in rows:
            return True
        around = around.getparent()
    return False


def read_list(place: Place, page: ListPage, rows: list[Any]) -> list[dict[str, Any]]:
    """Every field of every row; what a row does not show is ""."""
    section = page.rows
    names = [name for name in section.__struct_fields__ if name != "row"]
    return [{name: read_field(row, place.tree, name, getattr(section, name)) for name in names} for row in rows]


def read_field(row: Any, tree: Tree, name: str, reads: list[Read]) -> Any:
    """One field of a row: a text, or the list of all matches."""
    if name in MULTIPLE:
        return read_all(row, tree, reads)
    return flat(read_row(row, tree, reads, _LONG.get(name, NAME)), prose=name in _PROSE)


def flat(text: str, *, prose: bool = False) -> str:
    """Without the gaps that a page's markup leaves between its lines; prose keeps an empty line between paragraphs."""
    text = _SPACES.sub(" ", text)
    return _PARAGRAPHS.sub("\n\n", text) if prose else _GAPS.sub("\n", text)


def read_all(row: Any, tree: Tree, reads: list[Read], longest: int = _TEXT) -> list[str]:
    """What every match of the first read says that says anything; an element within a match is part of it."""
    saved = tree.saved
    for read in reads:
        if not read.css:
            continue
        elements = [row] if itself(row, read.css, saved) else matches(row, read.css, saved)
        shown = [element for element in elements if not saved.look.hidden(element)]
        known = set(shown)
        values = [fit(read, raw(each, read, tree), tree) for each in shown if not _stands_in(each, known)]
        if given := [flat(value)[:longest] for value in values if value][:MOST_VALUES]:
            return given
    return []
