"""Numbers and ids of a stored pair are slots, so that what was said of order 123 serves order 456. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ..phrasebook.tokens import fold_width
from ..protect import items_in

#: Stands for an item in a key; no keyboard writes it.
SLOT = "\ue000"
_BLANKS = re.compile(r"\s+")
_ENDS = re.compile(r"[\s.。!！,，;；~～]+$")


@dataclass(frozen=True, slots=True)
class Skeleton:
    """A text without what changes from message to message: the key to find it by, and the items in order."""

    key: str
    values: tuple[str, ...]


def skeleton(text: str) -> Skeleton:
    """Case, width, blanks and closing marks do not matter; a question mark does."""
    parts, values, at = [], [], 0
    for item in items_in(text, numbers=True):
        parts += [text[at : item.start], SLOT]
        values.append(item.value)
        at = item.end
    key = _BLANKS.sub(" ", fold_width("".join([*parts, text[at:]])).casefold()).strip()
    return Skeleton(_ENDS.sub("", key), tuple(values))


def refill(told: str, stored: tuple[str, ...], wanted: tuple[str, ...]) -> str | None:
    """The stored translation with the new items in place of the old ones.

    None when that cannot be done with certainty: another number of items, an old item that does not stand in the
    translation as often as in the text, or one old item that would become two different ones.
    """
    if stored == wanted:
        return told
    if len(stored) != len(wanted):
        return None
    becomes: dict[str, str] = {}
    for old, new in zip(stored, wanted, strict=True):
        if becomes.setdefault(old, new) != new:
            return None
    found = items_in(told, numbers=True)
    for old, new in becomes.items():
        if old != new and sum(item.value == old for item in found) != stored.count(old):
            return None
    out, at = [], 0
    for item in found:
        out += [told[at : item.start], becomes.get(item.value, item.value)]
        at = item.end
    return "".join([*out, told[at:]])
