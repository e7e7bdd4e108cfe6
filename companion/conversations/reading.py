"""The conversation list, and a conversation."""

from __future__ import annotations

import datetime
import time
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Row, func, select, text

from ..protocol.errors import ErrorCode, SeabridgeError
from ..protocol.methods.archive import (
    ThreadListParams,
    ThreadListResult,
    ThreadMessagesParams,
    ThreadMessagesResult,
)
from ..protocol.values import ArchivedMessage, LaterText, Stretch, ThreadRef, ThreadSummary
from . import history, holding, marking, threads, translations
from .cursor import moment as cursor_moment
from .cursor import written
from .passages import MAX_HITS, hits, merged
from .query import Phrase, parse
from .schema import images, messages, shops
from .schema import threads as threads_table
from .transcript import Later

#: Code points of the last message shown in the list.
PREVIEW = 300
#: A reading coarser than this names a day and no time of sending.
_EXACT_S = 2 * 3600
#: Code points shown of all later texts of a message; an answer must fit a frame.
LATER_SHOWN = 10_000


def page(rows: Sequence[Any], limit: int, moment: Any) -> tuple[Sequence[Any], str]:
    """The rows asked for, and where the next page begins; one row more than asked was fetched."""
    if len(rows) <= limit:
        return rows, ""
    return rows[:limit], written(moment(rows[limit - 1]))


def at(row: Row[Any]) -> float:
    return float(row.sent_at if row.sent_at is not None else row.observed_at)


_LIST = select(
    threads_table,
    messages.c.id.label("message_id"),
    messages.c.direction,
    messages.c.text,
    messages.c.sent_at,
    messages.c.observed_at,
).join_from(threads_table, messages, messages.c.id == threads_table.c.last_message_id)


def list_threads(connection: Connection, params: ThreadListParams, language: str = "") -> ThreadListResult:
    """Conversations by their last message, newest first."""
    rows = connection.execute(
        _LIST.where(threads_table.c.last_moment < cursor_moment(params.before))
        .order_by(threads_table.c.last_moment.desc())
        .limit(params.limit + 1)
    ).all()
    rows, more = page(rows, params.limit, lambda row: row.last_moment)
    return ThreadListResult(threads=_summaries(connection, rows, language), more=more)


def summaries(connection: Connection, thread_ids: Sequence[int], language: str = "") -> list[ThreadSummary]:
    """These conversations as lines of the list; those without messages are left out."""
    return _summaries(connection, connection.execute(_LIST.where(threads_table.c.id.in_(thread_ids))).all(), language)


def _summaries(connection: Connection, rows: Sequence[Row[Any]], language: str) -> list[ThreadSummary]:
    shown = translations.of_messages(connection, [row.message_id for row in rows], language)
    tags = marking.tags_of(connection, [row.id for row in rows])
    held = holding.of_threads(connection, [row.id for row in rows], time.time())
    return [
        ThreadSummary(
            id=row.id,
            marketplace=row.marketplace,
            shop=row.shop,
            region=row.region,
            buyer=row.buyer,
            language=row.language,
            messages=row.message_count,
            last_direction=row.direction,
            last_text=row.text[:PREVIEW],
            last_translation=shown[row.message_id][0].text[:PREVIEW] if row.message_id in shown else "",
            last_at=at(row),
            marks=marking.marks_of(row, tags.get(row.id, ())),
            hold=held.get(row.id),
        )
        for row in rows
    ]


def list_messages(
    connection: Connection, params: ThreadMessagesParams, language: str, today: datetime.date
) -> ThreadMessagesResult:
    """A stretch of a conversation in its order. Raises ``not_found``, and what ``query.parse`` raises."""
    phrases = parse(params.query, today).wanted if params.query else ()
    head = connection.execute(_LIST.where(threads_table.c.id == params.thread_id)).first()
    if head is None:
        raise SeabridgeError(ErrorCode.NOT_FOUND, f"thread {params.thread_id}")
    mine = messages.c.thread_id == params.thread_id
    older = select(messages).where(mine).order_by(messages.c.position.desc())
    if params.around:
        place = _position(connection, params.thread_id, params.around)
        newer = select(messages).where(mine, messages.c.position > place).order_by(messages.c.position)
        after = connection.execute(newer.limit(params.limit // 2)).all()
        # Near the end the older side gets the room that is left.
        room = params.limit - len(after)
        before = connection.execute(older.where(messages.c.position <= place).limit(room + 1)).all()
        rows, earlier = [*reversed(before[:room]), *after], len(before) > room
    else:
        if params.before:
            older = older.where(messages.c.position < _position(connection, params.thread_id, params.before))
        found = connection.execute(older.limit(params.limit + 1)).all()
        rows, earlier = [*reversed(found[: params.limit])], len(found) > params.limit
    return ThreadMessagesResult(
        thread=_summaries(connection, [head], language)[0],
        messages=_archived(connection, params.thread_id, rows, language, phrases),
        earlier=earlier,
    )


def _position(connection: Connection, thread_id: int, message_id: int) -> int:
    found = connection.execute(
        select(messages.c.position).where(messages.c.id == message_id, messages.c.thread_id == thread_id)
    ).scalar()
    if found is None:
        raise SeabridgeError(ErrorCode.NOT_FOUND, f"message {message_id} of thread {thread_id}")
    return int(found)


def _archived(
    connection: Connection, thread_id: int, rows: Sequence[Row[Any]], language: str, phrases: Sequence[Phrase]
) -> list[ArchivedMessage]:
    ids = [row.id for row in rows]
    became = history.of_messages(connection, thread_id, rows)
    shown = translations.of_messages(connection, ids, language)
    pictures: dict[int, list[str]] = {}
    for picture in connection.execute(
        select(images.c.message_id, images.c.sha256)
        .where(images.c.message_id.in_(ids), images.c.sha256.is_not(None))
        .order_by(images.c.id)
    ):
        pictures.setdefault(picture.message_id, []).append(picture.sha256)
    found = []
    for row in rows:
        best = shown[row.id][0] if row.id in shown else None
        since = became.get(row.id, history.History())
        found.append(
            ArchivedMessage(
                id=row.id,
                direction=row.direction,
                text=row.text,
                time=row.time_label,
                sent_at=row.sent_at if row.sent_at is not None and row.sent_span <= _EXACT_S else None,
                observed_at=row.observed_at,
                language=row.language,
                translation=best.text if best else "",
                engine=best.engine if best else "",
                match=best.match if best else "none",
                ambiguous=bool(row.ambiguous),
                images=list(dict.fromkeys(pictures.get(row.id, ()))),
                later=_later(since.later, phrases),
                gone_at=since.gone_at,
                back_at=since.back_at,
                hits=_stretches(row.text, phrases),
                translation_hits=_stretches(best.text if best else "", phrases),
            )
        )
    return found


def _later(texts: Sequence[Later], phrases: Sequence[Phrase]) -> list[LaterText]:
    """As much of each as there is room for; what is shown last on the page matters most."""
    room = LATER_SHOWN
    made = []
    for left, each in zip(range(len(texts), 0, -1), reversed(texts), strict=True):
        shown = each.text[: room // left if left > 1 else room]
        room -= len(shown)
        cut = len(shown) < len(each.text)
        made.append(LaterText(text=shown, cut=cut, seen_at=each.seen_at, hits=_stretches(shown, phrases)))
    return made[::-1]


def _stretches(content: str, phrases: Sequence[Phrase]) -> list[Stretch]:
    if not phrases:
        return []
    return [Stretch(start=start, end=end) for start, end in merged(hits(content, phrases)[:MAX_HITS])]


def recent_texts(connection: Connection, ref: ThreadRef, limit: int) -> list[tuple[str, str, str]]:
    """(direction, text, language) of the last messages, oldest first."""
    thread = threads.find(connection, ref)
    if thread is None:
        return []
    rows = connection.execute(
        select(messages.c.direction, messages.c.text, messages.c.language)
        .where(messages.c.thread_id == thread.id)
        .order_by(messages.c.position.desc())
        .limit(limit)
    ).all()
    return [(row.direction, row.text, row.language) for row in reversed(rows)]


def orders_of(connection: Connection, ref: ThreadRef, limit: int) -> list[str]:
    """Order numbers that pages put beside messages of a thread, the latest first."""
    thread = threads.find(connection, ref)
    if thread is None:
        return []
    rows = connection.execute(
        select(messages.c.order_ref, func.max(messages.c.position).label("latest"))
        .where(messages.c.thread_id == thread.id, messages.c.order_ref != "")
        .group_by(messages.c.order_ref)
        .order_by(text("latest DESC"))
        .limit(limit)
    )
    return [row.order_ref for row in rows]


def shop_count(connection: Connection) -> int:
    """Shop accounts that conversations were read in."""
    return int(connection.execute(select(func.count()).select_from(shops)).scalar_one())


def counts(connection: Connection) -> tuple[int, int]:
    """Threads with messages, and messages."""
    row = connection.execute(
        select(func.count(), func.coalesce(func.sum(threads_table.c.message_count), 0)).where(
            threads_table.c.message_count > 0
        )
    ).one()
    return int(row[0]), int(row[1])
