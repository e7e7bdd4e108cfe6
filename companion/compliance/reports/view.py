"""Which rows of a report are shown, in which order, and how many there are of each kind. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import Annotated, Any, Literal

import msgspec

from ..rule import LEVELS, Level
from .row import Row

Column = Literal["level", "listing", "marketplace", "field", "text", "message", "rule", "as_of"]
_Word = Annotated[str, msgspec.Meta(max_length=200)]


class Wanted(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """ "" = all. ``words`` are looked for in listing, text, reason and rule; ``waived``: those that are excused."""

    level: Level | Literal[""] = ""
    marketplace: _Word = ""
    rule: _Word = ""
    words: _Word = ""
    waived: bool = False
    sort: Column = "level"
    descending: bool = False


class Totals(msgspec.Struct, frozen=True):
    """How many rows each choice would show, with the other choices as they are."""

    levels: dict[str, int]
    marketplaces: dict[str, int]
    rules: dict[str, int]
    waived: int


def shown(rows: Sequence[Row], wanted: Wanted) -> list[Row]:
    """The rows that are wanted, in the order that is wanted; equal ones as they stand in their files."""
    found = [row for row in rows if _fits(row, wanted)]
    return sorted(found, key=_KEYS[wanted.sort], reverse=wanted.descending)


def totals(rows: Iterable[Row], wanted: Wanted) -> Totals:
    """What there is to choose from."""
    levels: Counter[str] = Counter()
    marketplaces: Counter[str] = Counter()
    rules: Counter[str] = Counter()
    waived = 0
    for row in rows:
        level, market, rule = _level(row, wanted), _market(row, wanted), _rule(row, wanted)
        if not _said(row, wanted):
            continue
        waived += bool(row.waiver) and level and market and rule
        if bool(row.waiver) is not wanted.waived:
            continue
        if market and rule:
            levels[row.finding.level] += 1
        if level and rule:
            marketplaces[row.marketplace] += 1
        if level and market:
            rules[row.finding.rule] += 1
    return Totals(levels=dict(levels), marketplaces=dict(marketplaces), rules=dict(rules.most_common()), waived=waived)


def _fits(row: Row, wanted: Wanted) -> bool:
    if bool(row.waiver) is not wanted.waived:
        return False
    return _level(row, wanted) and _market(row, wanted) and _rule(row, wanted) and _said(row, wanted)


def _level(row: Row, wanted: Wanted) -> bool:
    return not wanted.level or row.finding.level == wanted.level


def _market(row: Row, wanted: Wanted) -> bool:
    return not wanted.marketplace or row.marketplace == wanted.marketplace


def _rule(row: Row, wanted: Wanted) -> bool:
    return not wanted.rule or row.finding.rule == wanted.rule


def _said(row: Row, wanted: Wanted) -> bool:
    words = wanted.words.casefold().split()
    if not words:
        return True
    one = row.finding
    told = (row.file, row.sku, row.title, row.before, one.text, row.after, one.message, one.fix, one.rule, row.reason)
    searched = "\n".join(told).casefold()
    return all(word in searched for word in words)


def _place(row: Row) -> tuple[Any, ...]:
    return row.file, row.row


_KEYS: dict[Column, Callable[[Row], tuple[Any, ...]]] = {
    # the worst first
    "level": lambda row: (-LEVELS.index(row.finding.level), *_place(row)),
    "listing": _place,
    "marketplace": lambda row: (row.marketplace, row.region, *_place(row)),
    "field": lambda row: (row.finding.field, *_place(row)),
    "text": lambda row: (row.finding.text.casefold(), *_place(row)),
    "message": lambda row: (row.finding.message, *_place(row)),
    "rule": lambda row: (row.finding.rule, *_place(row)),
    "as_of": lambda row: (row.finding.as_of, *_place(row)),
}
