"""Gives new messages their place in the thread and in time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Row, select, text, update

from ..pages.times import PageTime
from . import index
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
    return _renumber(connection, thread_id, old, old[-1])


def reorder(connection: Connection, thread_id: int, rows: Sequence[Row[Any]]) -> None:
    """Give a thread's rows (id, position, moment, sent_at, gap_before; all of them) the order of the sequence.

    Where an unbroken stretch now begins elsewhere its gap goes with it. Rows of unknown time share the moments they
    had among themselves anew, so that a search shows them in the order of the thread.
    """
    places = [int(row.position) for row in rows]
    _renumber(connection, thread_id, places, max(places))
    for at, row in enumerate(rows):
        gap = at > 0 and (bool(row.gap_before) or places[at - 1] > places[at])
        if gap != bool(row.gap_before):
            connection.execute(update(messages).where(messages.c.id == row.id).values(gap_before=int(gap)))
    undated = [row for row in rows if row.sent_at is None]
    moved = [
        (row.id, moment)
        for row, moment in zip(undated, sorted(row.moment for row in undated), strict=True)
        if row.moment != moment
    ]
    # Moments are unique: those that change first go where no message is.
    for message_id, moment in moved:
        index.again(connection, message_id, -moment)
    for message_id, moment in moved:
        index.again(connection, message_id, moment)


def _renumber(connection: Connection, thread_id: int, places: Sequence[int], last: int) -> list[int]:
    """Number rows in the order of their old ``places``, all beyond the ``last`` used; the new positions."""
    new = [last + STRIDE * step for step in range(1, len(places) + 1)]
    connection.execute(
        text("UPDATE messages SET position = :new WHERE thread_id = :thread AND position = :old"),
        [{"new": to, "thread": thread_id, "old": at} for at, to in zip(places, new, strict=True)],
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
