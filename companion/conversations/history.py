"""What became of messages after they were archived: other texts the page showed for them, and its no longer showing
them. ``revisions.py`` writes it down."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, select

from .schema import SHOWN, events, revisions
from .transcript import Later


@dataclass(frozen=True, slots=True)
class History:
    """``later``: other texts in the order seen. ``gone_at``: since when the page shows the message's neighbours without
    it; ``back_at``: since when it shows it again."""

    later: tuple[Later, ...] = ()
    gone_at: float | None = None
    back_at: float | None = None


def of_messages(connection: Connection, thread_id: int, rows: Sequence[Row[Any]]) -> dict[int, History]:
    """By message id, for those of ``rows`` (of one thread; their ``id`` and ``gone`` are read) that have any."""
    later: dict[int, list[Later]] = {}
    wanted = select(revisions).where(revisions.c.message_id.in_([row.id for row in rows]))
    for row in connection.execute(wanted.order_by(revisions.c.event_id)):
        later.setdefault(row.message_id, []).append(Later(row.text, row.salt, row.seen_at))
    left = {row.id for row in rows if row.gone != SHOWN}
    gone: dict[int, float] = {}
    back: dict[int, float] = {}
    if left:
        told = select(events.c.kind, events.c.message_id, events.c.detail, events.c.at).where(
            events.c.thread_id == thread_id, events.c.kind.in_(("gone", "back"))
        )
        for row in connection.execute(told.order_by(events.c.id)):
            if row.message_id in left:
                (gone if row.kind == "gone" else back)[row.message_id] = _at(row)
    return {
        each: History(tuple(later.get(each, ())), gone.get(each), back.get(each))
        for each in dict.fromkeys([*later, *gone])
    }


def _at(event: Row[Any]) -> float:
    """When it was seen: of what a file told, that is not when it was written down here."""
    detail = json.loads(event.detail) if event.detail else {}
    return float(detail.get("at", event.at))
