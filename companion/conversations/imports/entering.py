"""Messages of a file into the archive, inside the caller's transaction."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from ...pages.times import PageTime
from ...protocol.values import ThreadRef
from .. import align, index, log, marking, placing, threads
from ..identity import message_digest, picture_digest
from ..schema import holds, images, imports, links, messages
from ..schema import threads as threads_table
from ..statements import upsert
from ..transcript import Line, Transcript
from ..window import skeleton
from . import became, belongings, merging

#: Messages entered into the search index at a time.
_BATCH = 500
#: Built once: an import runs it a hundred thousand times.
_INSERT = insert(messages)


@dataclass(frozen=True, slots=True)
class Plan:
    """What an import would do to a conversation. ``lines``: what ``alignment`` is about."""

    transcript: Transcript
    thread: Row[Any] | None
    archived: Sequence[Any]
    lines: Sequence[Line]
    alignment: align.Alignment

    @property
    def new(self) -> int:
        """Messages the archive does not hold."""
        return sum(1 for placed in self.alignment.rows if placed.match is None)


def plan(connection: Connection, transcript: Transcript) -> Plan:
    """What is known and where the rest goes; writes nothing. ``transcript`` with a settled address."""
    thread = threads.find(connection, _ref(transcript))
    archived = skeleton(connection, thread.id) if thread else []
    known: list[merging.Known] = []
    if thread:
        mine = select(messages.c.id, messages.c.digest).where(messages.c.thread_id == thread.id)
        digests = {row.id: row.digest for row in connection.execute(mine)}
        known = [merging.Known(_row(row), digests[row.id]) for row in archived]
    lines = merging.distinct(transcript.lines)
    return Plan(transcript, thread, archived, lines, merging.place(known, lines))


def enter(connection: Connection, planned: Plan, import_id: int, held: set[str], now: float) -> list[tuple[int, bytes]]:
    """Carry a plan out; id and digest of the new messages in the order of arrival.

    ``held``: hashes of the pictures whose bytes are here.
    """
    transcript = planned.transcript
    thread = planned.thread or threads.ensure(connection, _ref(transcript), now)
    if planned.thread is None:
        _facts(connection, thread.id, transcript)
    made = _insert(connection, planned, thread, import_id)
    ids = {i: message_id for i, (message_id, _digest) in made.items()}
    _gaps(connection, planned, ids)
    for i, message_id in ids.items():
        belongings.add(connection, thread.id, message_id, planned.lines[i], held)
    _log(connection, thread.id, made, import_id, now)
    arrived = sorted((message_id, planned.lines[i]) for i, message_id in ids.items())
    became.enter(connection, thread.id, arrived, import_id, now)
    for draft in transcript.drafts:
        belongings.draft_of(connection, thread.id, draft, None)
    _index(connection, planned, thread.id, ids)
    threads.refresh(connection, thread.id)
    return sorted(made.values())


def _log(
    connection: Connection, thread_id: int, made: dict[int, tuple[int, bytes]], import_id: int, now: float
) -> None:
    """Tie the new messages into the thread's chain; the log tells what was imported from what was seen."""
    entries = [log.Entry("message", message_id, digest, {"import": import_id}) for message_id, digest in made.values()]
    entries.sort(key=lambda entry: entry.message_id or 0)
    of_thread = messages.c.thread_id == thread_id, messages.c.import_id == import_id, images.c.sha256.is_not(None)
    kept = (
        select(images.c.message_id, images.c.sha256, messages.c.salt)
        .join_from(images, messages, images.c.message_id == messages.c.id)
        .where(*of_thread)
    )
    fresh = {message_id for message_id, _digest in made.values()}
    entries += [
        log.Entry("picture", row.message_id, picture_digest(row.salt, row.sha256))
        for row in connection.execute(kept.order_by(images.c.id))
        if row.message_id in fresh
    ]
    log.append(connection, thread_id, entries, now)


def _index(connection: Connection, planned: Plan, thread_id: int, ids: dict[int, int]) -> None:
    """Enter the new messages; a conversation the seller answered in the file anew, for its older messages no longer
    wait."""
    if planned.thread is not None and any(planned.lines[i].direction == "seller" for i in ids):
        index.thread_again(connection, thread_id)
        return
    entered = sorted(ids.values())
    for at in range(0, len(entered), _BATCH):
        index.add(connection, entered[at : at + _BATCH])


def _ref(transcript: Transcript) -> ThreadRef:
    return ThreadRef(
        marketplace=transcript.marketplace,
        region=transcript.region,
        shop=transcript.shop,
        thread=transcript.thread,
        buyer=transcript.buyer,
    )


def _row(row: Any) -> align.Row:
    return align.Row(
        row.ident,
        key=row.key or "",
        at=row.sent_at,
        span=row.sent_span,
        clock=row.clock,
        label=row.time_label,
        gap=bool(row.gap_before),
    )


def _facts(connection: Connection, thread_id: int, transcript: Transcript) -> None:
    """What is known of a conversation that was not in the archive."""
    connection.execute(
        update(threads_table)
        .where(threads_table.c.id == thread_id)
        .values(
            language=transcript.language,
            language_source=transcript.language_source,
            created_at=transcript.created_at,
            end_seen_at=transcript.end_seen_at,
        )
    )
    # before its messages come, so that they are indexed with the marks
    if transcript.star or transcript.tags or transcript.note:
        marking.put(connection, thread_id, transcript.star, transcript.tags, transcript.note, transcript.noted_at)
    for kind, ref, made_at in transcript.links:
        statement = upsert(connection, links).values(thread_id=thread_id, kind=kind, ref=ref, made_at=made_at)
        connection.execute(statement.on_conflict_do_nothing())
    for until, made_at in transcript.holds:
        connection.execute(insert(holds).values(thread_id=thread_id, until=until, made_at=made_at))


def _insert(connection: Connection, planned: Plan, thread: Row[Any], import_id: int) -> dict[int, tuple[int, bytes]]:
    """Put the new lines in, in the order of arrival; index of the line to archive id and digest."""
    places = [int(row.position) for row in planned.archived]
    runs = merging.runs(len(places), planned.alignment)
    if any(placing.positions(*_around(places, before), len(run)) is None for before, run in runs.items()):
        places = placing.spread(connection, thread.id)
    spots: dict[int, int] = {}
    for before, run in runs.items():
        found = placing.positions(*_around(places, before), len(run))
        assert found is not None
        spots |= dict(zip(run, found, strict=True))
    moments = [int(row.moment) for row in planned.archived]
    last: dict[int, int] = {}
    made: dict[int, tuple[int, bytes]] = {}
    in_order = [i for run in runs.values() for i in run]
    # Only our own files know in which order messages arrived; of others the conversation's order is it.
    for i in sorted(in_order, key=lambda i: planned.lines[i].arrival) if _own(planned.lines) else in_order:
        line, before = planned.lines[i], planned.alignment.rows[i].before
        left, right = _around(moments, before)
        last[before] = _moment(connection, line, last.get(before, left), right)
        made[i] = _insert_one(connection, thread, line, spots[i], last[before], import_id)
    return made


def _own(lines: Sequence[Line]) -> bool:
    return all(line.salt for line in lines)


def _around(values: Sequence[int], before: int) -> tuple[int | None, int | None]:
    return (values[before - 1] if before else None, values[before] if before < len(values) else None)


def _moment(connection: Connection, line: Line, left: int | None, right: int | None) -> int:
    if line.salt:
        return placing.free_moment(connection, line.moment)
    reading = None if line.sent_at is None else PageTime(line.sent_at, line.sent_span)
    return placing.moments(connection, [reading], line.observed_at, left, right)[0]


def _insert_one(
    connection: Connection, thread: Row[Any], line: Line, position: int, moment: int, import_id: int
) -> tuple[int, bytes]:
    salt = line.salt or os.urandom(16)
    # made anew also for a file of our own: what the log commits to is what stands here, not what a file says of it
    address = (thread.marketplace, thread.region, thread.shop, thread.thread)
    committed = message_digest(salt, address, line.direction, line.text, line.label, line.observed_at)
    done = connection.execute(
        _INSERT,
        {
            "thread_id": thread.id,
            "position": position,
            "moment": moment,
            "direction": line.direction,
            "text": line.text,
            "time_label": line.label,
            "clock": line.clock,
            "sent_at": line.sent_at,
            "sent_span": line.sent_span,
            "observed_at": line.observed_at,
            "key": line.key or None,
            "order_ref": line.order,
            "language": line.language,
            "language_sure": int(line.language_sure),
            "ambiguous": int(line.ambiguous),
            "gap_before": int(line.gap),
            "ident": line.ident,
            "translated": line.translated,
            "salt": salt,
            "digest": committed,
            "import_id": import_id,
        },
    )
    inserted = done.inserted_primary_key
    assert inserted is not None
    return int(inserted[0]), committed


def _gaps(connection: Connection, planned: Plan, ids: dict[int, int]) -> None:
    """A file is as much of the conversation as it holds: beyond its ends others may be missing."""
    keys = [_row(row) for row in planned.archived]
    for (is_new, at), gap in align.gaps(keys, planned.alignment).items():
        if is_new and (not gap or planned.lines[at].gap):
            continue  # as inserted
        message_id = ids[at] if is_new else int(planned.archived[at].id)
        connection.execute(update(messages).where(messages.c.id == message_id).values(gap_before=int(gap)))


def entry(connection: Connection, source: dict[str, object]) -> int:
    """The file in the table of imports."""
    done = connection.execute(insert(imports).values(**source))
    inserted = done.inserted_primary_key
    assert inserted is not None
    return int(inserted[0])
