"""Which conversations are past their time."""

from __future__ import annotations

import calendar
import datetime

from sqlalchemy import Connection, case, func, select

from .erasing import held
from .schema import messages, threads


def limit(now: float, months: int) -> float:
    """The moment ``months`` calendar months before now: on the 31st, the last day of a shorter month. Pure."""
    at = datetime.datetime.fromtimestamp(now, datetime.UTC)
    count = at.year * 12 + at.month - 1 - months
    year, month = divmod(count, 12)
    day = min(at.day, calendar.monthrange(year, month + 1)[1])
    return at.replace(year=year, month=month + 1, day=day).timestamp()


def due(connection: Connection, now: float, months: int) -> list[int]:
    """Conversations whose last message is older, whether it was written or seen, and that nothing holds."""
    before = limit(now, months)
    # A message seen lately may be of long ago: who scrolled up to it looked for it, and it would come back at once.
    sent = func.coalesce(messages.c.sent_at, 0.0)
    last = func.max(case((sent > messages.c.observed_at, sent), else_=messages.c.observed_at))
    rows = connection.execute(
        select(threads.c.id)
        .join_from(threads, messages, messages.c.thread_id == threads.c.id)
        .group_by(threads.c.id)
        .having(last < before)
        .order_by(threads.c.id)
    )
    return [row.id for row in rows if not held(connection, row.id, now)]
