"""A window and the thread it belongs to, in the terms of the alignment."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, bindparam, select

from ..pages.times import PageTime, clock_of, read_day, read_rows
from ..pages.times import Row as TimeRow
from ..protocol.methods.archive import MessageSeenParams
from ..protocol.values import SeenMessage
from .align import Row
from .identity import clean, day_ident, ident, normal
from .schema import messages


@dataclass(slots=True)
class Window:
    """The rows without repeated keys; ``of`` leads from the rows as sent to these."""

    rows: list[SeenMessage]
    of: list[int]
    readings: list[PageTime | None]
    keys: list[Row]


_SKELETON = (
    select(
        messages.c.id,
        messages.c.position,
        messages.c.moment,
        messages.c.ident,
        messages.c.key,
        messages.c.sent_at,
        messages.c.sent_span,
        messages.c.clock,
        messages.c.time_label,
        messages.c.order_ref,
        messages.c.gap_before,
        messages.c.gone,
        messages.c.ident_now,
    )
    .where(messages.c.thread_id == bindparam("thread"))
    .order_by(messages.c.position)
)


def skeleton(connection: Connection, thread_id: int) -> list[Any]:
    """The archived rows of a thread in order, without their texts."""
    return list(connection.execute(_SKELETON, {"thread": thread_id}))


def read_window(params: MessageSeenParams) -> Window:
    """Clean the rows, drop repetitions of one page id, read the times and work out what identifies each row."""
    rows: list[SeenMessage] = []
    of: list[int] = []
    by_key: dict[str, int] = {}
    for message in params.messages:
        key = clean(message.key)
        if key and key in by_key:
            of.append(by_key[key])
            continue
        if key:
            by_key[key] = len(rows)
        of.append(len(rows))
        rows.append(
            SeenMessage(
                key=key,
                direction=message.direction,
                text=clean(message.text),
                time=clean(message.time),
                order=clean(message.order),
                images=message.images,
            )
        )
    zone, language, observed = params.timezone, params.page_language, params.observed_at
    readings = read_rows(
        [TimeRow(row.time, _separator(row)) for row in rows], observed, zone, language, dated=params.dated
    )
    keys = []
    for row, reading in zip(rows, readings, strict=True):
        day = read_day(_separator(row), observed, zone, language) if _separator(row) else None
        # A day separator changes its words overnight; the day it names does not.
        identity = day_ident(day.isoformat()) if day else ident(row.direction, row.text, len(row.images))
        clock = clock_of(row.time, language)
        keys.append(
            Row(
                identity,
                key=row.key,
                weight=len(normal(row.text)),
                # An inherited time places the row, but does not tell it from another one.
                at=reading.at if reading and row.time.strip() else None,
                span=reading.span if reading else 60,
                clock=-1 if clock is None else clock,
                label=row.time,
            )
        )
    return Window(rows, of, readings, keys)


def _separator(row: SeenMessage) -> str:
    return row.text if row.direction == "system" and len(row.text) <= 60 else ""


def key_of(row: Any) -> Row:
    """An archived row as the alignment compares it."""
    return Row(
        row.ident,
        key=row.key or "",
        at=row.sent_at if row.time_label else None,
        span=row.sent_span,
        clock=row.clock,
        label=row.time_label,
        gap=bool(row.gap_before),
    )
