"""Which backups stay. Pure."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from typing import Annotated

import msgspec


class Kept(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One backup is kept for each of the latest so many days, weeks and months that have one."""

    days: Annotated[int, msgspec.Meta(ge=1, le=366)] = 7
    weeks: Annotated[int, msgspec.Meta(ge=0, le=520)] = 4
    months: Annotated[int, msgspec.Meta(ge=0, le=600)] = 12


USUAL = Kept()

_PERIODS: tuple[tuple[str, Callable[[datetime.datetime], object]], ...] = (
    ("days", lambda at: at.date()),
    ("weeks", lambda at: at.isocalendar()[:2]),
    ("months", lambda at: (at.year, at.month)),
)


def kept(made: Sequence[datetime.datetime], rule: Kept = USUAL) -> set[datetime.datetime]:
    """Of moments in any order those to keep: the last of each of the latest days, weeks and months that have one, and
    all of the day before the newest, so that one made by hand does not go an hour later.

    Days without a backup do not count, so that a shop that closes for a month comes back to what it left.
    """
    newest = sorted(set(made), reverse=True)
    keep: set[datetime.datetime] = set()
    for name, period in _PERIODS:
        last: dict[object, datetime.datetime] = {}
        for at in newest:
            last.setdefault(period(at), at)
        keep |= set(list(last.values())[: getattr(rule, name)])
    return keep | {at for at in newest if newest[0] - at < datetime.timedelta(days=1)}
