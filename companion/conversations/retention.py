"""Which conversations are past their time."""

from __future__ import annotations

import calendar
import datetime

from sqlalchemy import ColumnElement, Connection, and_, case, func, select

from .holding import held
from .schema import imports, messages, threads

#: Nothing goes sooner after it was imported: who takes mail of years ago in for a dispute wants it now.
IMPORT_GRACE_S = 30 * 86_400
#: Nobody sold on a marketplace before 1995; such a date, 1970 above all, is a file's fault.
EARLIEST = datetime.datetime(1995, 1, 1, tzinfo=datetime.UTC).timestamp()


def limit(now: float, months: int) -> float:
    """The moment ``months`` calendar months before now: on the 31st, the last day of a shorter month. Pure."""
    at = datetime.datetime.fromtimestamp(now, datetime.UTC)
    count = at.year * 12 + at.month - 1 - months
    year, month = divmod(count, 12)
    day = min(at.day, calendar.monthrange(year, month + 1)[1])
    return at.replace(year=year, month=month + 1, day=day).timestamp()


def due(connection: Connection, now: float, months: int) -> list[int]:
    """Conversations whose last message is older, of which nothing was imported lately, and that nothing holds."""
    before = limit(now, months)
    imported = func.coalesce(func.max(imports.c.made_at), 0.0)
    rows = connection.execute(
        select(threads.c.id)
        .join_from(threads, messages, messages.c.thread_id == threads.c.id)
        .outerjoin(imports, imports.c.id == messages.c.import_id)
        .group_by(threads.c.id)
        .having(func.max(_counts_from(now)) < before, imported < now - IMPORT_GRACE_S)
        .order_by(threads.c.id)
    )
    return [row.id for row in rows if not held(connection, row.id, now)]


def _counts_from(now: float) -> ColumnElement[float]:
    """The moment from which a message counts.

    An imported one counts from when it was said, where that can be. One that was seen on a page counts from when it
    was seen, even if it is of long ago: who scrolled up to it looked for it, and it would come back at once. It counts
    from when it was written where the clock of this computer was behind that.
    """
    sent, seen, made = messages.c.sent_at, messages.c.observed_at, imports.c.made_at
    arrived = case((made < seen, made), else_=seen)
    return case(
        (and_(made.is_not(None), sent >= EARLIEST, sent <= arrived), sent),
        (and_(made.is_(None), sent > seen, sent <= now), sent),
        else_=arrived,
    )
