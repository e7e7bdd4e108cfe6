"""The inbox of a saved page: who wrote, what came last and what is unread, without opening a thread."""

from __future__ import annotations

import re
from typing import Any

from companion.protocol.pages import Read, ThreadsPage

from .document import Tree
from .lists import read_field
from .pattern import PatternRefused, search
from .read import Place, fit, raw, target
from .select import find_in
from .text import tidy

#: Longest text that can be a badge rather than the words of the thread.
_BADGE = 40
_NUMBER = re.compile(r"\d{1,6}")
_NO = frozenset({"0", "false", "no", "none"})


def read_threads(place: Place, page: ThreadsPage, rows: list[Any]) -> list[dict[str, Any]]:
    """Every row as a thread."""
    return [_one(row, place.tree, page) for row in rows]


def _one(row: Any, tree: Tree, page: ThreadsPage) -> dict[str, Any]:
    section, saved = page.rows, tree.saved
    preview = read_field(row, tree, "preview", section.preview)
    system = find_in(row, section.system, saved) is not None
    system = system or any(_fits(pattern, preview, tree) is not None for pattern in page.system_previews)
    last, said = _last(row, tree, page, preview)
    return {
        "key": read_field(row, tree, "key", section.key),
        "buyer": read_field(row, tree, "buyer", section.buyer),
        "preview": said,
        "time": read_field(row, tree, "time", section.time),
        "unread": unread(row, tree, section.unread),
        "system": system,
        "last": "" if system else last,
        "order": read_field(row, tree, "order", section.order),
    }


def _last(row: Any, tree: Tree, page: ThreadsPage, preview: str) -> tuple[str, str]:
    """Who wrote last, and what; marks that contradict each other say nothing."""
    section, saved = page.rows, tree.saved
    said = next((said for each in page.seller_previews if (said := _fits(each, preview, tree)) is not None), None)
    seller = said is not None or find_in(row, section.last_seller, saved) is not None
    buyer = find_in(row, section.last_buyer, saved) is not None
    who = "" if buyer == seller else "buyer" if buyer else "seller"
    return who, preview if said is None else said


def unread(row: Any, tree: Tree, reads: list[Read]) -> int:
    """How many are unread; a mark without a number, or one on the row itself, is one."""
    for read in reads:
        element = target(row, tree, read)
        if element is None or (read.attr and element.get(read.attr.lower()) is None):
            continue
        value = fit(read, raw(element, read, tree), tree)
        if (read.pattern or read.attr) and not value:
            continue
        if element is row and not read.attr and not read.pattern:
            return 1
        if value.lower() in _NO:
            continue
        number = _NUMBER.search(value) if len(value) <= _BADGE else None
        if count := int(number[0]) if number else 1:
            return count
    return 0


def _fits(pattern: str, preview: str, tree: Tree) -> str | None:
    """What is left of a preview by the first group of a pattern, all of it without one; None where it does not fit."""
    try:
        found = search(pattern, preview)
    except PatternRefused as exc:
        tree.saved.refused[pattern] = str(exc)
        return None
    if found is None:
        return None
    return tidy(found[1]) if found.re.groups and found[1] is not None else preview
