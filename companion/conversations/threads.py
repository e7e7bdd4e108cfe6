"""Threads: finding them by their address, their language, their place in the list."""

from __future__ import annotations

import time
from typing import Any

from sqlalchemy import Connection, Row, func, insert, select, update

from ..protocol.errors import ErrorCode, SeabridgeError
from ..protocol.values import LanguageSource, ThreadRef, ThreadState, ToneOrNone
from . import index, log
from .identity import clean
from .schema import messages, shops, threads
from .statements import upsert


def find(connection: Connection, ref: ThreadRef) -> Row[Any] | None:
    """The thread's row, None when it is not archived."""
    return connection.execute(
        select(threads).where(
            threads.c.marketplace == ref.marketplace,
            threads.c.region == ref.region,
            threads.c.shop == clean(ref.shop),
            threads.c.thread == clean(ref.thread),
        )
    ).first()


def ensure(connection: Connection, ref: ThreadRef, now: float) -> Row[Any]:
    """The thread's row, made when it is new; takes over a buyer's new display name."""
    found = find(connection, ref)
    if found is None:
        connection.execute(
            insert(threads).values(
                marketplace=ref.marketplace,
                region=ref.region,
                shop=clean(ref.shop),
                thread=clean(ref.thread),
                buyer=clean(ref.buyer),
                created_at=now,
            )
        )
        shop = upsert(connection, shops).values(marketplace=ref.marketplace, region=ref.region, shop=clean(ref.shop))
        connection.execute(shop.on_conflict_do_nothing())
        found = find(connection, ref)
        assert found is not None
        log.begin(connection, found.id, time.time())
    elif ref.buyer and clean(ref.buyer) != found.buyer:
        connection.execute(update(threads).where(threads.c.id == found.id).values(buyer=clean(ref.buyer)))
        index.thread_again(connection, found.id)
    return found


def state(found: Row[Any] | None) -> ThreadState:
    """What the wire tells of a thread."""
    if found is None:
        return ThreadState(id=0, language="", language_source="unknown")
    return ThreadState(id=found.id, language=found.language, language_source=found.language_source, tone=found.tone)


def set_language(
    connection: Connection, ref: ThreadRef, language: str, source: LanguageSource, now: float
) -> ThreadState:
    """Fix or note a thread's language. What was detected never overrides what the seller said; the seller's "" ends
    that and returns the thread to detection. Only the seller's word is kept for a thread not archived yet."""
    found = find(connection, ref)
    if not language:
        source = "unknown"
    if found is None:
        if source != "seller":
            return ThreadState(id=0, language=language, language_source=source)
        found = ensure(connection, ref, now)
    elif found.language_source == "seller" and source == "detected":
        return state(found)
    connection.execute(
        update(threads).where(threads.c.id == found.id).values(language=language, language_source=source)
    )
    return ThreadState(id=found.id, language=language, language_source=source, tone=found.tone)


def set_tone(connection: Connection, ref: ThreadRef, tone: ToneOrNone, now: float) -> ThreadState:
    """Choose how replies in a thread sound; kept for a thread not archived yet too. "" hands it back."""
    found = find(connection, ref) or (ensure(connection, ref, now) if tone else None)
    if found is None:
        return state(None)
    connection.execute(update(threads).where(threads.c.id == found.id).values(tone=tone))
    return state(find(connection, ref))


def refresh(connection: Connection, thread_id: int) -> None:
    """Bring the list columns of a thread in step with its messages."""
    last = connection.execute(
        select(messages.c.id, messages.c.moment)
        .where(messages.c.thread_id == thread_id)
        .order_by(messages.c.position.desc())
        .limit(1)
    ).first()
    count = connection.execute(
        select(func.count()).select_from(messages).where(messages.c.thread_id == thread_id)
    ).scalar_one()
    connection.execute(
        update(threads)
        .where(threads.c.id == thread_id)
        .values(
            message_count=count,
            last_message_id=last.id if last else None,
            last_moment=last.moment if last else None,
        )
    )


def require(connection: Connection, thread_id: int) -> None:
    """Raises ``not_found`` for a thread that is not there."""
    if connection.execute(select(threads.c.id).where(threads.c.id == thread_id)).first() is None:
        raise SeabridgeError(ErrorCode.NOT_FOUND, f"thread {thread_id}")
