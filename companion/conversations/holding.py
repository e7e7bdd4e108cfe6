"""Conversations that are kept past their time: while a dispute hangs on one, or because the seller says so."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Connection, delete, insert, or_, select

from ..protocol.values import Hold
from . import log, threads
from .schema import holds
from .schema import threads as threads_table


def hold(connection: Connection, thread_id: int, until: float | None, now: float) -> Hold:
    """Keep a conversation until then, None = until further notice; what was said before no longer counts.

    Raises ``not_found``.
    """
    threads.require(connection, thread_id)
    connection.execute(delete(holds).where(holds.c.thread_id == thread_id))
    connection.execute(insert(holds).values(thread_id=thread_id, until=until, made_at=now))
    log.append(connection, thread_id, [log.Entry("held", detail={"until": until})], now)
    return Hold(until=until)


def release(connection: Connection, thread_id: int, now: float) -> None:
    """Keep a conversation no longer than any other; one that is not held stays as it is. Raises ``not_found``."""
    threads.require(connection, thread_id)
    if connection.execute(select(holds.c.id).where(holds.c.thread_id == thread_id)).first() is None:
        return
    connection.execute(delete(holds).where(holds.c.thread_id == thread_id))
    log.append(connection, thread_id, [log.Entry("released")], now)


def held(connection: Connection, thread_id: int, now: float) -> bool:
    """Whether a conversation must stay."""
    return connection.execute(select(holds.c.id).where(holds.c.thread_id == thread_id, _lasts(now))).first() is not None


def of_threads(connection: Connection, thread_ids: Sequence[int], now: float) -> dict[int, Hold]:
    """Those of the conversations that are held, each until the latest moment that anybody named."""
    found: dict[int, Hold] = {}
    for row in connection.execute(select(holds).where(holds.c.thread_id.in_(thread_ids), _lasts(now))):
        known = found.get(row.thread_id)
        if known is None or (known.until is not None and (row.until is None or row.until > known.until)):
            found[row.thread_id] = Hold(until=row.until)
    return found


def all_held(connection: Connection, now: float) -> list[int]:
    """Every conversation that is held, the one heard from last in front."""
    wanted = select(threads_table.c.id).where(
        threads_table.c.id.in_(select(holds.c.thread_id).where(_lasts(now))), threads_table.c.message_count > 0
    )
    return list(connection.execute(wanted.order_by(threads_table.c.last_moment.desc())).scalars())


def _lasts(now: float) -> ColumnElement[bool]:
    return or_(holds.c.until.is_(None), holds.c.until > now)
