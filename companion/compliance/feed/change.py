"""What another version of the rules changes, as values. Pure."""

from __future__ import annotations

from typing import Literal

import msgspec

from ..rule import Said

What = Literal["added", "changed", "removed"]
#: A rule for texts, a page of a marketplace, a marketplace itself, words that go with all rules.
Subject = Literal["rule", "page", "marketplace", "words"]

#: Values named of one detail; of more only the number.
MOST_NAMED = 12
_LONGEST = 160


class Detail(msgspec.Struct, frozen=True):
    """One thing that is otherwise: a value that became another, or values that came and went.

    ``what``: for which kind of thing there is a text (``rules_detail_<what>``); ``name``: which of several; ``more``:
    how many further values are not named.
    """

    what: str
    name: str = ""
    before: str = ""
    after: str = ""
    added: list[str] = []
    removed: list[str] = []
    more: int = 0


class Change(msgspec.Struct, frozen=True):
    """``since``: the day from which it holds, "" = at once. ``level`` and ``said`` are of a rule."""

    what: What
    subject: Subject
    id: str
    since: str = ""
    level: str = ""
    said: Said | None = None
    details: list[Detail] = []


def named(what: str, name: str, before: list[str], after: list[str]) -> Detail | None:
    """What came and went between two lists, None where nothing did."""
    old, new = dict.fromkeys(before), dict.fromkeys(after)
    added, removed = [one for one in new if one not in old], [one for one in old if one not in new]
    if not (added or removed):
        return None
    more = max(0, len(added) - MOST_NAMED) + max(0, len(removed) - MOST_NAMED)
    return Detail(what, name, added=_few(added), removed=_few(removed), more=more)


def became(what: str, name: str, before: str, after: str) -> Detail | None:
    """A value that is another now, None where it is not."""
    return Detail(what, name, before[:_LONGEST], after[:_LONGEST]) if before != after else None


def _few(values: list[str]) -> list[str]:
    return [one[:_LONGEST] for one in values[:MOST_NAMED]]
