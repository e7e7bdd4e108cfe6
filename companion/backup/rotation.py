"""Which backups stay. Pure."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence

DAILY, WEEKLY, MONTHLY = 7, 4, 12

_PERIODS: tuple[tuple[int, Callable[[datetime.datetime], object]], ...] = (
    (DAILY, lambda at: at.date()),
    (WEEKLY, lambda at: at.isocalendar()[:2]),
    (MONTHLY, lambda at: (at.year, at.month)),
)


def kept(made: Sequence[datetime.datetime]) -> set[datetime.datetime]:
    """Of moments in any order those to keep: the last of each of the latest days, weeks and months that have one, and
    all of the day before the newest, so that one made by hand does not go an hour later.

    Days without a backup do not count, so that a shop that closes for a month comes back to what it left.
    """
    newest = sorted(set(made), reverse=True)
    keep: set[datetime.datetime] = set()
    for most, period in _PERIODS:
        last: dict[object, datetime.datetime] = {}
        for at in newest:
            last.setdefault(period(at), at)
        keep |= set(list(last.values())[:most])
    return keep | {at for at in newest if newest[0] - at < datetime.timedelta(days=1)}
