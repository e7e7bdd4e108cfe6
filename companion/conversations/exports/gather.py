"""Conversations out of the archive, whole or in part."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, Row, select

from ...protocol.errors import ErrorCode, SeabridgeError
from .. import history, marking, translations
from ..schema import drafts, holds, images, imports, links, messages, threads
from ..transcript import Draft, Line, Picture, Rendering, Source, Transcript
from .chain import head

#: Values one statement may name.
_MOST_NAMED = 500


def thread_ids(connection: Connection) -> list[int]:
    """Every conversation with messages, the oldest archived first."""
    return list(
        connection.execute(select(threads.c.id).where(threads.c.message_count > 0).order_by(threads.c.id)).scalars()
    )


def gather(
    connection: Connection, thread_id: int, only: frozenset[int] | None = None, language: str = ""
) -> Transcript:
    """A conversation in its order; with ``only`` those of its messages. ``language``: the translation to show first.

    Raises ``not_found``.
    """
    thread = connection.execute(select(threads).where(threads.c.id == thread_id)).first()
    if thread is None:
        raise SeabridgeError(ErrorCode.NOT_FOUND, f"thread {thread_id}")
    mine = select(messages).where(messages.c.thread_id == thread_id).order_by(messages.c.position)
    rows = connection.execute(mine).all()
    by_arrival = sorted(rows, key=lambda row: row.id)
    arrival = {row.id: at for at, row in enumerate(by_arrival, 1)}
    claimed, free = _drafts(connection, thread_id)
    lines = [
        line
        for some in _batched([row for row in rows if only is None or row.id in only])
        for line in _lines(connection, some, arrival, claimed, language)
    ]
    attached = select(links).where(links.c.thread_id == thread_id).order_by(links.c.id)
    held = select(holds).where(holds.c.thread_id == thread_id).order_by(holds.c.id)
    return Transcript(
        marketplace=thread.marketplace,
        region=thread.region,
        shop=thread.shop,
        thread=thread.thread,
        buyer=thread.buyer,
        language=thread.language,
        language_source=thread.language_source,
        created_at=thread.created_at,
        end_seen_at=thread.end_seen_at,
        total=len(rows),
        chain=head(row.digest for row in by_arrival),
        lines=tuple(lines),
        drafts=tuple(free) if only is None else (),
        links=tuple((row.kind, row.ref, row.made_at) for row in connection.execute(attached)),
        star=bool(thread.star),
        tags=tuple(marking.tags_of(connection, [thread_id]).get(thread_id, ())),
        note=thread.note,
        noted_at=thread.noted_at,
        holds=tuple((row.until, row.made_at) for row in connection.execute(held)),
    )


def _lines(
    connection: Connection,
    rows: Sequence[Row[Any]],
    arrival: dict[int, int],
    claimed: dict[int, Draft],
    language: str,
) -> Iterator[Line]:
    ids = [row.id for row in rows]
    shown = translations.of_messages(connection, ids, language)
    became = history.of_messages(connection, rows[0].thread_id, rows)
    pictures: dict[int, list[Picture]] = {}
    for row in connection.execute(select(images).where(images.c.message_id.in_(ids)).order_by(images.c.id)):
        picture = Picture(row.url, row.sha256 or "", row.type, row.size, row.stored_at)
        pictures.setdefault(row.message_id, []).append(picture)
    known = {row.import_id for row in rows if row.import_id is not None}
    sources = {
        row.id: Source(row.kind, row.name, row.sha256, row.made_at)
        for row in connection.execute(select(imports).where(imports.c.id.in_(known)))
    }
    for row in rows:
        since = became.get(row.id, history.History())
        yield Line(
            arrival=arrival[row.id],
            moment=row.moment,
            direction=row.direction,
            text=row.text,
            label=row.time_label,
            clock=row.clock,
            sent_at=row.sent_at,
            sent_span=row.sent_span,
            observed_at=row.observed_at,
            key=row.key or "",
            order=row.order_ref,
            language=row.language,
            language_sure=bool(row.language_sure),
            ambiguous=bool(row.ambiguous),
            gap=bool(row.gap_before),
            ident=row.ident,
            translated=row.translated,
            salt=row.salt,
            digest=row.digest,
            renderings=tuple(
                Rendering(each.target, each.text, each.engine, each.match, tuple(json.loads(each.doubt)), each.made_at)
                for each in shown.get(row.id, ())
            ),
            pictures=tuple(pictures.get(row.id, ())),
            draft=claimed.get(row.id),
            source=sources.get(row.import_id),
            later=since.later,
            gone_at=since.gone_at,
            back_at=since.back_at,
        )


def _drafts(connection: Connection, thread_id: int) -> tuple[dict[int, Draft], list[Draft]]:
    """The thread's drafts by the message they became, and those that became none."""
    claimed: dict[int, Draft] = {}
    free: list[Draft] = []
    for row in connection.execute(select(drafts).where(drafts.c.thread_id == thread_id).order_by(drafts.c.id)):
        draft = Draft(
            row.written, row.written_language, row.text, row.language, row.engine, row.match, row.inserted_at, row.ident
        )
        if row.message_id is None:
            free.append(draft)
        else:
            claimed[row.message_id] = draft
    return claimed, free


def _batched(rows: Sequence[Row[Any]]) -> Iterator[Sequence[Row[Any]]]:
    for at in range(0, len(rows), _MOST_NAMED):
        yield rows[at : at + _MOST_NAMED]
