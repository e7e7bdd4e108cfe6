"""Holds the log against the archive: a chain that was changed, a message that is another one, gone, or new.

Someone who can change the file can also write all chains anew; what no longer agrees then are the backups, which keep
the state of the log in their manifest (``log_state``).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from itertools import groupby, islice
from typing import Any

from sqlalchemy import Connection, bindparam, select, text

from .chain import NOTHING, Event, link
from .files import ReadableFiles
from .findings import Finding
from .identity import message_digest, picture_digest, revision_digest
from .schema import events, images, manuals, messages, revisions, threads

#: Findings told; who has so many needs a backup, not a list.
MOST = 100
#: Rows fetched at a time where all are read: a server's driver would fetch them all at once.
_AT_A_TIME = 1_000
_HOLES = text(
    "SELECT id FROM events AS e WHERE id > 1 AND NOT EXISTS (SELECT 1 FROM events AS b WHERE b.id = e.id - 1) LIMIT 20"
)
_OF_THREAD = messages.c.thread_id == bindparam("thread")
_ADDRESS = select(threads.c.marketplace, threads.c.region, threads.c.shop, threads.c.thread).where(
    threads.c.id == bindparam("thread")
)
_MESSAGES = select(
    messages.c.id, messages.c.salt, messages.c.digest, messages.c.direction, messages.c.text, messages.c.time_label,
    messages.c.observed_at,
).where(_OF_THREAD).order_by(messages.c.id)  # fmt: skip
_REVISIONS = select(revisions).join_from(revisions, messages, revisions.c.message_id == messages.c.id).where(_OF_THREAD)
_PICTURES = (
    select(images.c.message_id, images.c.sha256)
    .join_from(images, messages, images.c.message_id == messages.c.id)
    .where(_OF_THREAD, images.c.sha256.is_not(None))
)


def problems(connection: Connection) -> list[Finding]:
    """What the log and the archive say differently."""
    return list(islice(_problems(connection), MOST))


def _problems(connection: Connection) -> Iterator[Finding]:
    first = connection.execute(text("SELECT min(id) FROM events")).scalar()
    if first is not None and first != 1:
        yield Finding("event_missing", event=1)
    for row in connection.execute(_HOLES):
        yield Finding("event_missing", event=row.id - 1)
    last = 0
    every = select(events).order_by(events.c.thread_id, events.c.id)
    by_thread = connection.execute(every.execution_options(yield_per=_AT_A_TIME))
    for thread_id, rows in groupby(by_thread, key=lambda row: row.thread_id):
        # threads without an event may have no message
        yield from _unlogged(connection, last, thread_id)
        yield from _whole(connection, thread_id, list(rows))
        last = thread_id
    yield from _unlogged(connection, last, None)


def _unlogged(connection: Connection, after: int, before: int | None) -> Iterator[Finding]:
    """Messages of the threads between two that have a log."""
    wanted = select(messages.c.id, messages.c.thread_id).where(messages.c.thread_id > after)
    if before is not None:
        if before == after + 1:
            return
        wanted = wanted.where(messages.c.thread_id < before)
    for row in connection.execute(wanted.order_by(messages.c.id)):
        yield Finding("message_unlogged", thread=row.thread_id, message=row.id)


def _whole(connection: Connection, thread_id: int, log: list[Any]) -> list[Finding]:
    """Of a thread with values of kinds that the archive never writes, that alone is said."""
    try:
        return list(_thread(connection, thread_id, log))
    except (AttributeError, TypeError, ValueError) as exc:
        return [Finding("structure", thread=thread_id, detail=f"{thread_id}: {exc}"[:200])]


def _thread(connection: Connection, thread_id: int, log: list[Any]) -> Iterator[Finding]:
    yield from _chain(thread_id, log)
    erased = max((row.id for row in log if row.kind == "erased"), default=0)
    committed: dict[int, Any] = {}
    edits: dict[int, Any] = {}
    pictures: dict[int, set[bytes]] = {}
    for row in log:
        if row.kind in ("message", "timed"):
            committed[row.message_id] = row
        elif row.kind == "edited":
            edits[row.id] = row
        elif row.kind == "picture":
            pictures.setdefault(row.message_id, set()).add(row.digest)
    # a thread's row that was taken out is told as the reference that leads nowhere
    address = tuple(connection.execute(_ADDRESS, {"thread": thread_id}).first() or ("",) * 4)
    salts: dict[int, bytes] = {}
    for row in connection.execute(_MESSAGES, {"thread": thread_id}):
        salts[row.id] = row.salt
        event = committed.pop(row.id, None)
        if event is None:
            yield Finding("message_unlogged", thread=thread_id, message=row.id)
            continue
        if event.id < erased:
            yield Finding("message_returned", thread=thread_id, message=row.id, event=event.id)
        now = message_digest(row.salt, address, row.direction, row.text, row.time_label, row.observed_at)
        if not now == row.digest == event.digest:
            yield Finding("message_altered", thread=thread_id, message=row.id, event=event.id)
    for message_id, event in committed.items():
        if event.id > erased:
            yield Finding("message_missing", thread=thread_id, message=message_id, event=event.id)
    yield from _revisions(connection, thread_id, salts, {i: e for i, e in edits.items() if i > erased})
    yield from _pictures(connection, thread_id, salts, pictures)


def _chain(thread_id: int, log: list[Any]) -> Iterator[Finding]:
    previous = NOTHING
    for row in log:
        event = Event(row.id, row.kind, row.message_id, row.digest, row.detail, row.at)
        if link(previous, event) != row.chain:
            yield Finding("event_altered", thread=thread_id, event=row.id, message=row.message_id or 0)
        # go on from what stands there, so that one change is told once
        previous = row.chain


def _revisions(
    connection: Connection, thread_id: int, salts: dict[int, bytes], edits: dict[int, Any]
) -> Iterator[Finding]:
    for row in connection.execute(_REVISIONS, {"thread": thread_id}):
        event = edits.pop(row.event_id, None)
        now = revision_digest(row.salt, row.message_id, row.text)
        if event is None or event.message_id != row.message_id or event.digest != now:
            yield Finding("revision_altered", thread=thread_id, message=row.message_id, event=row.event_id)
    for event in edits.values():
        yield Finding("revision_missing", thread=thread_id, message=event.message_id, event=event.id)


def _pictures(
    connection: Connection, thread_id: int, salts: dict[int, bytes], pictures: dict[int, set[bytes]]
) -> Iterator[Finding]:
    for row in connection.execute(_PICTURES, {"thread": thread_id}):
        if picture_digest(salts[row.message_id], row.sha256) not in pictures.get(row.message_id, set()):
            yield Finding("picture_altered", thread=thread_id, message=row.message_id, detail=row.sha256)


def missing_files(connection: Connection, files: ReadableFiles) -> list[Finding]:
    """Pictures and manuals whose file is gone or holds something else."""
    found: list[Finding] = []
    rows = connection.execute(
        select(images.c.sha256, images.c.message_id, messages.c.thread_id)
        .join_from(images, messages, images.c.message_id == messages.c.id)
        .where(images.c.sha256.is_not(None))
        .order_by(images.c.sha256, images.c.id)
        .execution_options(yield_per=_AT_A_TIME)
    )
    for sha256, some in groupby(rows, key=lambda row: str(row.sha256)):
        row = next(some)
        if len(found) == MOST:
            break
        if not files.sound(sha256):
            found.append(Finding("picture_missing", thread=row.thread_id, message=row.message_id, detail=sha256))
    for sha256, name in connection.execute(select(manuals.c.sha256, manuals.c.name).order_by(manuals.c.id)):
        if len(found) < MOST and not files.sound(sha256):
            found.append(Finding("manual_missing", detail=name))
    return found


def log_state(connection: Connection, until: int | None = None) -> tuple[int, str]:
    """The number of events and one SHA-256 over their chains, up to and with the event ``until``."""
    state, count = hashlib.sha256(), 0
    wanted = select(events.c.chain).order_by(events.c.id)
    if until is not None:
        wanted = wanted.where(events.c.id <= until)
    for row in connection.execute(wanted.execution_options(yield_per=_AT_A_TIME)):
        state.update(row.chain)
        count += 1
    return count, state.hexdigest()
