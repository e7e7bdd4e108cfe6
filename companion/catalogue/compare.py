"""What is different between two versions of a listing. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import Literal

import msgspec

from .fields import told
from .versions import ListingVersion


class Line(msgspec.Struct):
    """A line of a field: ``sign`` "-" = only the older version has it, "+" = only the newer, " " = both."""

    sign: Literal["-", "+", " "]
    text: str


class FieldChange(msgspec.Struct):
    """A field that is another one now, line by line; a bullet point or a picture is a line."""

    field: str
    lines: list[Line]


class Comparison(msgspec.Struct):
    """``older`` and ``newer``: numbers of versions; ``changes``: in the order in which fields are told."""

    older: int
    newer: int
    older_seen: tuple[float, float]
    newer_seen: tuple[float, float]
    changes: list[FieldChange]


def compare(older: ListingVersion, newer: ListingVersion) -> Comparison:
    """``…_seen``: when each version was seen first and last."""
    changes = []
    for field in told([*older.fields, *newer.fields]):
        before, after = _lines(older.fields.get(field, "")), _lines(newer.fields.get(field, ""))
        if before != after:
            changes.append(FieldChange(field, lines(before, after)))
    return Comparison(older.number, newer.number, (older.since, older.seen_at), (newer.since, newer.seen_at), changes)


def pair(
    versions: Sequence[ListingVersion], older: int = 0, newer: int = 0
) -> tuple[ListingVersion, ListingVersion] | None:
    """The versions of these numbers; 0 = the latest, and the one before it. None when one of them is not there."""
    by_number = {version.number: version for version in versions}
    new = by_number.get(newer or max(by_number, default=0))
    old = by_number.get(older or (new.number - 1 if new else 0))
    return (old, new) if old is not None and new is not None else None


def lines(before: Sequence[str], after: Sequence[str]) -> list[Line]:
    """The lines of both in their order."""
    found: list[Line] = []
    for what, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if what == "equal":
            found += [Line(" ", text) for text in before[a:b]]
            continue
        found += [Line("-", text) for text in before[a:b]]
        found += [Line("+", text) for text in after[c:d]]
    return found


def _lines(value: str | list[str]) -> list[str]:
    if isinstance(value, list):
        return value
    return value.split("\n") if value else []
