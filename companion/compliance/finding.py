"""What was found in a text."""

from __future__ import annotations

import msgspec

from .rule import Level


class Finding(msgspec.Struct, frozen=True):
    """``start`` and ``end`` are code points into the field as given; ``index``: which of several texts of a field.

    ``source`` and ``as_of``: where the rule is known from, and the day somebody looked. ``alternatives``: texts that
    may stand there instead. ``message`` and ``fix`` are in the reader's language.
    """

    rule: str
    level: Level
    field: str
    index: int | str | None
    start: int
    end: int
    text: str
    message: str
    fix: str
    source: str
    as_of: str
    version: int
    alternatives: list[str] = []


class Excused(Finding, frozen=True, kw_only=True):
    """A finding that is none for the seller: id of his ``waiver``, and his ``reason``."""

    waiver: str
    reason: str


def excused(one: Finding, waiver: str, reason: str) -> Excused:
    """A finding with what excuses it."""
    return Excused(**{**msgspec.structs.asdict(one), "waiver": waiver, "reason": reason})


class Checked(msgspec.Struct, frozen=True):
    """All findings of a listing or a message, and the pack that was asked."""

    findings: list[Finding]
    pack: str
