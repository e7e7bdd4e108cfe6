"""Gives new messages their place in the thread and in time."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, select, text

from ..pages.times import PageTime
from .schema import messages

#: Room left between neighbours for rows that turn up later.
STRIDE = 1 << 20


def positions(left: int | None, right: int | None, count: int) -> list[int] | None:
    """``count`` ascending positions between two neighbours (None = no neighbour there); None when there is no room."""
    if right is None:
        start = 0 if left is None else left
        return [start + STRIDE * step for step in range(1, count + 1)]
    if left is None:
        return [right - STRIDE * step for step in range(count, 0, -1)]
    room = (right - left) // (count + 1)
    return [left + room * step for step in range(1, count + 1)] if room else None


def spread(connection: Connection, thread_id: int) -> list[int]:
    """Number a thread anew with room between its rows; the new positions in order."""
    old = list(
        connection.execute(
            select(messages.c.position).where(messages.c.thread_id == thread_id).order_by(messages.c.position)
        ).scalars()
    )
    # All new numbers lie beyond the old ones, so that none collides while rows move one by one.
    new = [old[-1] + STRIDE * step for step in range(1, len(old) + 1)]
    connection.execute(
        text("UPDATE messages SET position = :new WHERE thread_id = :thread AND position = :old"),
        [{"new": to, "thread": thread_id, "old": at} for at, to in zip(old, new, strict=True)],
    )
    return new


def moments(
    connection: Connection,
    readings: Sequence[PageTime | None],
    observed_at: float,
    left: int | None,
    right: int | None,
) -> list[int]:
    """Moments for consecutive new rows between the moments of their neighbours.

    A known time counts; within its minute the order of the thread decides. A row of unknown time follows its left
    neighbour and, unless it stands at the end, precedes its right one; at the end it has the time it was seen.
    """
    found: list[int] = []
    for step, reading in enumerate(readings):
        if reading is not None:
            moment = int(reading.at * 1000)
            if left is not None and moment <= left < moment + reading.span * 1000:
                moment = left + 1
        else:
            moment = int(observed_at * 1000)
            if right is not None:
                moment = min(moment, right - (len(readings) - step))
            if left is not None:
                moment = max(moment, left + 1)
        left = free_moment(connection, moment, found)
        found.append(left)
    return found


def free_moment(connection: Connection, moment: int, taken: Sequence[int] = ()) -> int:
    """The first moment from ``moment`` on that no message has."""
    while True:
        used = set(
            connection.execute(
                select(messages.c.moment).where(messages.c.moment >= moment).order_by(messages.c.moment).limit(64)
            ).scalars()
        ).union(taken)
        for candidate in range(moment, moment + 64):
            if candidate not in used:
                return candidate
        moment += 64
