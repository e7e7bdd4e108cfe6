"""The rows of a conversation in a saved page: direction, words, time, key, pictures (sites/rows.ts)."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, replace
from typing import Any, Literal

from companion.protocol.pages import ChatPage

from .address import absolute
from .document import Tree
from .order import by_offset, written_offset
from .pattern import PatternRefused, search
from .read import Place, read_row, target
from .select import MOST, find, find_all, find_in, matches
from .text import LONGEST, tidy, words

_MOST_IMAGES = 20
_LONGEST_TIME = 100
Direction = Literal["buyer", "seller", "system"]


@dataclass(frozen=True, slots=True)
class Row:
    """One row as read. ``label`` is the time the row itself shows, ``time`` that or the one inherited from above."""

    direction: Direction
    text: str
    label: str
    time: str
    key: str
    order: str
    images: tuple[str, ...]
    #: Pictures, with those whose address a saved page no longer holds.
    pictures: int
    #: Marks of both sides, or of neither.
    unclear: bool
    #: Words a person sees in the row that were not read.
    unread: bool


@dataclass(frozen=True, slots=True)
class Rows:
    """``sure``: the visual order is known; ``more``: the page shows more than is read; ``outside``: so many messages'
    texts stand among the rows but in none of them."""

    elements: list[Any]
    sure: bool
    more: bool
    outside: int


def row_elements(tree: Tree, page: ChatPage) -> Rows:
    """Row elements in visual order. Rows inside rows count once, hidden ones and hidden twins not at all."""
    saved, messages = tree.saved, page.messages
    found = find_all(tree, messages.row, saved)
    outer: list[Any] = []
    for row in found:
        if not outer or saved.spots[row].enter >= saved.spots[outer[-1]].exit:
            outer.append(row)
    rows = _without_twins([row for row in outer if not saved.look.hidden(row)])
    described = find(tree, messages.scroller, saved)
    outside = _outside(tree, page, outer, described)
    if len(rows) < 2:
        return Rows(rows, True, False, outside)
    starts = sorted(saved.spots[row].enter for row in rows)

    def holds_several(element: Any) -> bool:
        spot = saved.spots.get(element)
        return spot is None or sum(1 for start in _within(starts, spot.enter, spot.exit)) > 1

    offsets = [written_offset(row, lambda e: e is described or holds_several(e)) for row in rows]
    moved = by_offset(rows, offsets)
    more = len(found) >= MOST
    if messages.sequence == "offset":
        return Rows(moved or rows, moved is not None, more, outside)
    if messages.sequence == "reverse":
        rows = rows[::-1]
    # offsets that tell another story than the document: the page has become a virtual list
    return Rows(rows, moved is None or moved == rows, more, outside)


def _outside(tree: Tree, page: ChatPage, rows: list[Any], scroller: Any) -> int:
    """A kind of row that lost its mark is not found, but its text is, where all the other rows stand."""
    saved = tree.saved
    if not rows:
        return 0
    first, last = saved.spots[rows[0]], saved.spots[rows[-1]]
    around = scroller if scroller is not None else rows[0]
    while around is not None and around in saved.spots and saved.spots[around].exit < last.exit:
        around = around.getparent()
    if around not in saved.spots or saved.spots[around].enter > first.enter or around in rows:
        return 0
    ends = [saved.spots[row].exit for row in rows]
    starts = [saved.spots[row].enter for row in rows]
    lost = set()
    for read in page.messages.text:
        for element in matches(around, read.css, saved):
            enter = saved.spots[element].enter if saved.spots[element].tree is tree else -1
            at = bisect_right(starts, enter) - 1
            if enter >= 0 and not (at >= 0 and enter < ends[at]) and not saved.look.hidden(element):
                lost.add(element)
    return len(lost)


def _within(starts: list[int], enter: int, exit_: int) -> list[int]:
    at = bisect_left(starts, enter)
    return starts[at : min(at + 2, bisect_left(starts, exit_))]


def _without_twins(rows: list[Any]) -> list[Any]:
    """A list drawn twice, once for screen readers: rows under ``aria-hidden`` whose words stand in another row too."""

    def silent(element: Any) -> bool:
        while element is not None:
            if element.get("aria-hidden") == "true":
                return True
            element = element.getparent()
        return False

    quiet = [silent(row) for row in rows]
    if all(quiet) or not any(quiet):
        return rows
    spoken = {"".join(row.itertext()).strip() for row, hushed in zip(rows, quiet, strict=True) if not hushed}
    return [
        row
        for row, hushed in zip(rows, quiet, strict=True)
        if not hushed or "".join(row.itertext()).strip() not in spoken
    ]


def read_rows(place: Place, page: ChatPage, elements: list[Any]) -> list[Row]:
    """All rows, times inherited where the page leaves them out."""
    last = ""
    rows = []
    for element in elements:
        row = _read_one(element, place, page)
        last = row.label or last
        rows.append(replace(row, time=last) if page.messages.inherit_time else row)
    return rows


def _read_one(row: Any, place: Place, page: ChatPage) -> Row:
    tree, messages = place.tree, page.messages
    direction, unclear = _direction(row, tree, page)
    text = _text(row, tree, page)
    if any(_says(pattern, text, tree) for pattern in messages.system_texts):
        direction, unclear = "system", False
    label = read_row(row, tree, messages.time, _LONGEST_TIME)
    images, pictures = _images(row, place, page)
    shown = tidy(words(row, tree.saved.look)) if not text and not pictures and direction != "system" else ""
    return Row(
        direction=direction,
        text=text,
        label=label,
        time=label,
        key=read_row(row, tree, messages.key),
        order=read_row(row, tree, messages.order),
        images=images,
        pictures=pictures,
        unclear=unclear,
        unread=bool(shown) and shown != label,
    )


def _direction(row: Any, tree: Tree, page: ChatPage) -> tuple[Direction, bool]:
    """A notice first, since platforms draw notices in bubbles too; neither buyer nor seller = a notice."""
    messages, saved = page.messages, tree.saved
    if find_in(row, messages.system, saved) is not None:
        return "system", False
    buyer, seller = (find_in(row, selects, saved) is not None for selects in (messages.buyer, messages.seller))
    if buyer:
        return "buyer", seller
    return ("seller", False) if seller else ("system", True)


def _says(pattern: str, text: str, tree: Tree) -> bool:
    try:
        return bool(text) and search(pattern, text) is not None
    except PatternRefused as exc:
        tree.saved.refused[pattern] = str(exc)
        return False


def _text(row: Any, tree: Tree, page: ChatPage) -> str:
    """The words of a row without page furniture such as a clock. A nested element that holds nothing else is left out
    whole: in "Tem 9" + "9:05" the joined text alone could not tell where the clock begins."""
    messages, look = page.messages, tree.saved.look
    element = next((found for read in messages.text if (found := target(row, tree, read)) is not None), None)
    if element is None:
        return ""
    strip = messages.strip
    if not strip:
        return tidy(words(element, look))[:LONGEST]
    nested = False

    def furniture(inner: Any) -> bool:
        nonlocal nested
        own = tidy(words(inner, look))
        found = search(strip, own) if own else None
        whole = found is not None and len(found[0]) == len(own)
        nested = nested or whole
        return whole

    try:
        text = tidy(words(element, look, furniture))
        found = None if nested else search(strip, text)
    except PatternRefused as exc:
        tree.saved.refused[strip] = str(exc)
        return tidy(words(element, look))[:LONGEST]
    return (tidy(text[: found.start()] + text[found.end() :]) if found else text)[:LONGEST]


def _images(row: Any, place: Place, page: ChatPage) -> tuple[tuple[str, ...], int]:
    saved = place.tree.saved
    for select in page.messages.images:
        urls: list[str] = []
        found = [image for image in matches(row, select.css, saved) if not saved.look.hidden(image)][:_MOST_IMAGES]
        for image in found:
            url = image.get("src") or (image.get("srcset") or "").strip().split(" ")[0]
            address = "" if _is_local(url) else absolute(url, place.address, place.tree)
            if address and address not in urls:
                urls.append(address)
        if found:
            return tuple(urls), len(found)
    return (), 0


def _is_local(url: str) -> bool:
    """A browser that saves a page with its pictures puts them into a folder beside it."""
    first, slash, _ = url.removeprefix("./").partition("/")
    return bool(slash) and ":" not in first and first.endswith(("_files", ".files", "_file"))
