"""Page health of a saved page: is what must be here, here (sites/health.ts), and was it read without a guess?

The live reader can measure and ask again; a saved page cannot, so reading it is doubted more: a row that shows no known
mark of who wrote it, or an order that is not written down, counts as missing rather than as read.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from companion.protocol.pages import ChatPage, Demand

from .read import Place, read_page, read_row
from .rows import Row, Rows
from .select import find_all, find_in, matches
from .shape import still_fits


@dataclass(frozen=True, slots=True)
class Missing:
    """A demand that is not met; ``max`` 0 = no limit."""

    field: str
    found: int
    min: int
    max: int


def missing(page: ChatPage, place: Place, rows: Rows, read: list[Row]) -> list[Missing]:
    """The demands of the description that are not met, then the doubts of this reader."""
    faults = []
    for demand in page.health:
        found = _count(demand, page, place, rows.elements)
        if found < demand.min or (demand.max and found > demand.max):
            faults.append(Missing(demand.field, found, demand.min, demand.max))
    faults += _misfits(page, place, rows, {fault.field for fault in faults})
    if not rows.sure:
        faults.append(Missing("messages.sequence", 0, 1, 0))
    if rows.more:
        faults.append(Missing("messages.row", len(rows.elements), 0, len(rows.elements) - 1))
    known = sum(1 for row in read if not row.unclear)
    if read and _authors_doubtful(page, read):
        faults.append(Missing("messages.direction", known, len(read), 0))
    if rows.outside:
        faults.append(Missing("messages.row", len(rows.elements), len(rows.elements) + rows.outside, 0))
    if _texts_doubtful(read) and not any(fault.field == "messages.text" for fault in faults):
        found = sum(1 for row in read if not row.unread)
        faults.append(Missing("messages.text", found, len(read), 0))
    return faults


def _misfits(page: ChatPage, place: Place, rows: Rows, known: set[str]) -> list[Missing]:
    """What a taught page's selectors find but what is no longer built like what was taught (sites/misfits.ts)."""
    saved = place.tree.saved
    faults = []
    for shape in page.shapes:
        part, _, name = shape.field.partition(".")
        if shape.field == "messages.row":
            found = rows.elements
        elif part == "composer":
            shown = [
                hit for hit in find_all(place.tree, getattr(page.composer, name), saved) if not saved.look.hidden(hit)
            ]
            found = shown[:1] if name == "field" else shown[-1:]
        elif part == "identity":
            found = found_by(place, getattr(page.identity, name))[:1]
        else:
            found = []
        if shape.field not in known and not still_fits(shape, found, saved):
            faults.append(Missing(shape.field, 0, 1, 0))
    return faults


def found_by(place: Place, reads: list[Any]) -> list[Any]:
    """What the first read that finds anything finds; hidden twins do not count."""
    saved = place.tree.saved
    for read in reads:
        hits = matches(place.tree, read.css, saved) if read.css else []
        if shown := [hit for hit in hits if not saved.look.hidden(hit)]:
            return shown
    return []


def _texts_doubtful(read: list[Row]) -> bool:
    """A card or a sticker shows words that are no message; when one side has nothing else, its texts are not found."""
    for side in ("buyer", "seller"):
        rows = [row for row in read if row.direction == side and (row.text or row.unread)]
        if sum(1 for row in rows if row.unread) * 2 > len(rows):
            return True
    return False


def _authors_doubtful(page: ChatPage, read: list[Row]) -> bool:
    """Where the description knows how notices look, a row without any mark is none; elsewhere some may be."""
    unclear = sum(1 for row in read if row.unclear)
    both = any(row.unclear and row.direction != "system" for row in read)
    return both or (unclear > 0 and (bool(page.messages.system) or unclear * 3 > len(read)))


def _count(demand: Demand, page: ChatPage, place: Place, rows: list[Any]) -> int:
    part, _, name = demand.field.partition(".")
    tree = place.tree
    if part == "root":
        return first_count(place, page.root)
    if part == "identity":
        return 1 if read_page(place, getattr(page.identity, name, [])) else 0
    if part == "composer":
        return first_count(place, getattr(page.composer, name, []))
    if part == "placement":
        return sum(1 for row in rows if find_in(row, page.placement.anchor, tree.saved) is not None)
    if name == "row":
        return len(rows)
    if name == "scroller":
        return first_count(place, page.messages.scroller)
    if name in ("buyer", "seller", "system", "images"):
        selects = getattr(page.messages, name)
        return sum(1 for row in rows if find_in(row, selects, tree.saved) is not None)
    if name in ("text", "time", "key"):
        reads = getattr(page.messages, name)
        return sum(1 for row in rows if read_row(row, tree, reads))
    return 0


def first_count(place: Place, selects: list[Any]) -> int:
    """How many the first selector that finds anything finds; hidden twins do not count."""
    saved = place.tree.saved
    for select in selects:
        found = [hit for hit in matches(place.tree, select.css, saved) if not saved.look.hidden(hit)]
        if found:
            return len(found)
    return 0
