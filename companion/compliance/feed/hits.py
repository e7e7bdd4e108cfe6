"""Which texts of the shop other rules hit that the rules in force do not. Pure: the clock is handed in."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

import msgspec

from ..check import Checker, Text
from ..finding import Finding
from ..place import Place
from ..reporting import Locale

#: Texts looked at, findings told, and days on which is looked: today, and those on which changed rules begin.
MOST_TEXTS, MOST_HITS, MOST_DAYS = 2_000, 200, 5


#: A listing, a canned reply, what was sent before and is offered again.
ShopKind = Literal["listing", "reply", "memory"]


@dataclass(frozen=True, slots=True)
class ShopText:
    """A text of the shop. ``name``: by which the seller knows it; ``key``: what opens it on the dashboard;
    the day in ``place`` does not matter."""

    kind: ShopKind
    name: str
    title: str
    texts: Sequence[Text]
    place: Place
    key: tuple[str, ...] = ()


class Hit(msgspec.Struct, frozen=True):
    """A new finding. ``since``: the day on which it begins, "" = today."""

    kind: ShopKind
    name: str
    title: str
    key: tuple[str, ...]
    since: str
    finding: Finding


class Hits(msgspec.Struct, frozen=True):
    """New findings, of how many texts; ``cut``: there was more to look at, or to tell."""

    found: list[Hit] = []
    looked: int = 0
    cut: bool = False


def new_hits(
    before: Checker,
    after: Checker,
    texts: Iterable[ShopText],
    days: Sequence[date],
    locale: Locale,
    too_late: Callable[[], bool],
) -> Hits:
    """What ``after`` finds on one of the days, and ``before`` on the same day does not; each told for its first day.

    ``days``: the first is today.
    """
    found: list[Hit] = []
    looked = 0
    for each in texts:
        if looked >= MOST_TEXTS or len(found) >= MOST_HITS or too_late():
            return Hits(found[:MOST_HITS], looked, True)
        looked += 1
        found += _of_one(before, after, each, days[:MOST_DAYS], locale)
    return Hits(found[:MOST_HITS], looked, len(found) > MOST_HITS)


def days_of(since: Iterable[str], today: date) -> list[date]:
    """Today, and the next days on which something begins."""
    coming = sorted({day for day in since if day > today.isoformat()})
    return [today, *(date.fromisoformat(day) for day in coming)][:MOST_DAYS]


def _of_one(before: Checker, after: Checker, each: ShopText, days: Sequence[date], locale: Locale) -> Iterator[Hit]:
    told: set[tuple[object, ...]] = set()
    for at, day in enumerate(days):
        place = replace(each.place, day=day)
        findings = after.check(each.texts, place, locale).findings
        if not findings:
            continue
        known = {_same(one) for one in before.check(each.texts, place, locale).findings}
        for one in findings:
            if (same := _same(one)) not in known and same not in told:
                told.add(same)
                yield Hit(each.kind, each.name, each.title, each.key, day.isoformat() if at else "", one)


def _same(one: Finding) -> tuple[object, ...]:
    """A finding that was milder before is a new one."""
    return one.rule, one.level, one.field, one.index, one.start, one.end
