"""What the seller wrote, found again behind the outgoing bubble that carries its translation."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from ..protocol.methods.archive import DraftInsertedParams
from . import index, threads, translations
from .identity import clean, ident
from .schema import drafts, messages

#: A draft's bubble appears within this many seconds before (another tab told first) or after it was inserted.
BEFORE_S, AFTER_S = 900, 2 * 86_400
#: Drafts and rows of a thread that are compared, newest first.
RECENT = 50


def add(connection: Connection, params: DraftInsertedParams) -> int:
    """Remember a draft and claim its bubble if that is archived already. The same draft twice is one draft."""
    thread = threads.ensure(connection, params.thread, params.inserted_at)
    text, written = clean(params.text), clean(params.written)
    same = connection.execute(
        select(drafts.c.id).where(
            drafts.c.thread_id == thread.id,
            drafts.c.inserted_at == params.inserted_at,
            drafts.c.text == text,
            drafts.c.written == written,
        )
    ).scalar()
    if same is not None:
        return int(same)
    done = connection.execute(
        insert(drafts).values(
            thread_id=thread.id,
            written=written,
            written_language=params.written_language,
            text=text,
            language=params.language,
            engine=params.engine,
            match=params.match,
            inserted_at=params.inserted_at,
            ident=ident("seller", text),
        )
    )
    inserted = done.inserted_primary_key
    assert inserted is not None
    _claim_for_draft(connection, thread.id, int(inserted[0]))
    return int(inserted[0])


def claim_for_message(
    connection: Connection, thread_id: int, message_id: int, identity: bytes, observed_at: float
) -> None:
    """Give a new outgoing message the draft it came from."""
    for draft in _free_drafts(connection, thread_id):
        if draft.ident == identity and -BEFORE_S <= observed_at - draft.inserted_at <= AFTER_S:
            _join(connection, draft, message_id)
            return


def _claim_for_draft(connection: Connection, thread_id: int, draft_id: int) -> None:
    draft = connection.execute(select(drafts).where(drafts.c.id == draft_id)).one()
    rows = connection.execute(
        select(messages.c.id, messages.c.ident, messages.c.observed_at)
        .where(
            messages.c.thread_id == thread_id,
            messages.c.direction == "seller",
            messages.c.id.not_in(select(drafts.c.message_id).where(drafts.c.message_id.is_not(None))),
        )
        .order_by(messages.c.id.desc())
        .limit(RECENT)
    )
    for row in rows:
        if row.ident == draft.ident and -BEFORE_S <= row.observed_at - draft.inserted_at <= AFTER_S:
            _join(connection, draft, row.id)
            return


def _free_drafts(connection: Connection, thread_id: int) -> Sequence[Row[Any]]:
    return connection.execute(
        select(drafts)
        .where(drafts.c.thread_id == thread_id, drafts.c.message_id.is_(None))
        .order_by(drafts.c.inserted_at.desc())
        .limit(RECENT)
    ).all()


def _join(connection: Connection, draft: Row[Any], message_id: int) -> None:
    connection.execute(update(drafts).where(drafts.c.id == draft.id).values(message_id=message_id))
    connection.execute(
        update(messages)
        .where(messages.c.id == message_id)
        .values(language=draft.language, language_sure=1, translated=2)
    )
    if draft.written.strip():
        translations.put(
            connection,
            message_id,
            target=draft.written_language,
            text=draft.written,
            engine=translations.SELLER,
            match=draft.match,
            doubt=[],
            now=draft.inserted_at,
        )
    index.again(connection, message_id)
