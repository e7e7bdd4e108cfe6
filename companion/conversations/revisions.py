"""What became of known messages: edited, gone from the page, back again. The archive keeps what it saw first.

Only rows with the page's own id count: without one nobody can tell an edited message from another one.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

from sqlalchemy import Connection, func, insert, select, update

from . import log
from .align import Alignment
from .identity import normal, revision_digest
from .schema import BACK, GONE, SHOWN, messages, revisions
from .window import Window

#: A page that shows another text at each look (its own translation on and off) must not fill the archive.
MOST = 20


def note(
    connection: Connection, thread_id: int, archived: Sequence[Any], found: Alignment, window: Window, now: float
) -> list[int]:
    """Write down what a window shows of known messages that it did not show before; the messages the search index must
    take anew."""
    shown = [None if p.match is None else archived[p.match] for p in found.rows]
    entries: list[log.Entry] = []
    for old in _vanished(archived, shown, found):
        connection.execute(update(messages).where(messages.c.id == old.id).values(gone=GONE))
        entries.append(log.Entry("gone", old.id))
    for old in shown:
        if old is not None and old.gone == GONE:
            connection.execute(update(messages).where(messages.c.id == old.id).values(gone=BACK))
            entries.append(log.Entry("back", old.id))
    log.append(connection, thread_id, entries, now)
    changed = [entry.message_id for entry in entries if entry.message_id is not None]
    for old, row, key in zip(shown, window.rows, window.keys, strict=True):
        if old is None or not row.key or old.key != row.key or key.ident == (old.ident_now or old.ident):
            continue
        if _edited(connection, thread_id, old, row.text, key.ident, now):
            changed.append(old.id)
    return changed


def _vanished(archived: Sequence[Any], shown: Sequence[Any], found: Alignment) -> Iterator[Any]:
    """Messages that stood between two neighbours of the window and do so no more."""
    for (above, one), (below, other) in pairwise(zip(shown, found.rows, strict=True)):
        if above is None or below is None or not (above.key and below.key):
            continue
        assert one.match is not None
        assert other.match is not None
        between = archived[one.match + 1 : other.match]
        if any(row.gap_before for row in archived[one.match + 1 : other.match + 1]):
            continue
        yield from (row for row in between if row.key and row.gone == SHOWN)


def _edited(connection: Connection, thread_id: int, old: Any, text: str, identity: bytes, now: float) -> bool:
    """Keep another text of a message, unless there is none (a row still loading) or they are too many; whether it was
    kept."""
    had = connection.execute(select(messages.c.text, messages.c.direction).where(messages.c.id == old.id)).one()
    count = connection.execute(
        select(func.count()).select_from(revisions).where(revisions.c.message_id == old.id)
    ).scalar_one()
    same = normal(had.text) == normal(text) and old.ident_now is None
    if not text.strip() or same or had.direction == "system" or count >= MOST:
        return False
    salt = os.urandom(16)
    entry = log.Entry("edited", old.id, revision_digest(salt, old.id, text))
    [event_id] = log.append(connection, thread_id, [entry], now)
    values = {"event_id": event_id, "message_id": old.id, "text": text, "salt": salt, "seen_at": now}
    connection.execute(insert(revisions).values(**values))
    connection.execute(update(messages).where(messages.c.id == old.id).values(ident_now=identity))
    return True
