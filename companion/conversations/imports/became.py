"""What became of a file's messages after they were archived where the file is from: later texts, gone, back again.

Each is written to the log of this archive, with when it was seen as the file tells it.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, insert, update

from .. import log
from ..chain import Kind
from ..identity import ident, revision_digest
from ..schema import BACK, GONE, SHOWN, messages, revisions
from ..transcript import Later, Line


def enter(connection: Connection, thread_id: int, made: Iterable[tuple[int, Line]], import_id: int, now: float) -> None:
    """Keep the history of new messages, given as (id, line) in the order of arrival."""
    entries: list[log.Entry] = []
    texts: list[dict[str, Any]] = []
    for message_id, line in made:
        edits = [_edited(message_id, one, import_id) for one in line.later]
        moves = [
            log.Entry(kind, message_id, detail={"at": at, "import": import_id})
            for kind, at in _moves(line)
            if at is not None
        ]
        if not edits and not moves:
            continue
        for number, one in enumerate(line.later, len(entries)):
            seen = {"message_id": message_id, "text": one.text, "salt": one.salt, "seen_at": one.seen_at}
            texts.append({"event": number, **seen})
        entries += [*edits, *moves]
        now_shown = ident(line.direction, line.later[-1].text) if line.later else None
        gone = SHOWN if line.gone_at is None else GONE if line.back_at is None else BACK
        connection.execute(update(messages).where(messages.c.id == message_id).values(gone=gone, ident_now=now_shown))
    ids = log.append(connection, thread_id, entries, now)
    rows = [{"event_id": ids[one.pop("event")], **one} for one in texts]
    if rows:
        connection.execute(insert(revisions), rows)


def _edited(message_id: int, text: Later, import_id: int) -> log.Entry:
    committed = revision_digest(text.salt, message_id, text.text)
    return log.Entry("edited", message_id, committed, {"import": import_id})


def _moves(line: Line) -> tuple[tuple[Kind, float | None], ...]:
    return ("gone", line.gone_at), ("back", line.back_at)
