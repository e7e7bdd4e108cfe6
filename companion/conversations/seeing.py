"""What a page shows becomes rows of the archive, each exactly once."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import Connection, insert, select, update
from sqlalchemy import Row as Record

from ..pages.times import bare_clock_between
from ..protocol.methods.archive import MessageSeenParams, SeenRow, WantedImage
from ..protocol.values import ThreadState
from . import drafts, images, index, log, placing, revisions, threads
from .align import Alignment, Row, align, gaps, merged
from .identity import message_digest
from .schema import messages
from .schema import threads as threads_table
from .stretches import order_shown
from .window import Window, key_of, read_window, skeleton

#: How often a thread's end is noted as seen while nothing else changes; each time costs a write.
END_SEEN_EVERY_S = 3600


@dataclass(frozen=True, slots=True)
class Seen:
    """What became of a window: one of ``rows`` per message sent, in that order."""

    thread_id: int
    thread: ThreadState
    rows: list[SeenRow]
    #: Messages archived just now, and of these the buyer's with a text: (id, text).
    new_ids: list[int] = field(default_factory=list)
    buyer_texts: list[tuple[int, str]] = field(default_factory=list)
    #: Pictures whose bytes the archive does not hold.
    images: list[WantedImage] = field(default_factory=list)


def see(connection: Connection, params: MessageSeenParams, now: float) -> Seen:
    """Archive a window inside the caller's transaction. ``now``: by the companion's clock, for the log."""
    thread = threads.ensure(connection, params.thread, params.observed_at)
    archived = skeleton(connection, thread.id)
    window = read_window(params)
    keys = [key_of(row) for row in archived]
    order = order_shown(keys, window.keys, more_below=params.more_below)
    if order is not None:
        placing.reorder(connection, thread.id, [archived[j] for j in order])
        archived = skeleton(connection, thread.id)
        keys = [key_of(row) for row in archived]
    alignment = align(keys, window.keys, more_below=params.more_below)
    _date_by_looks(params, thread, archived, alignment, window)
    ids, told = _insert(connection, params, thread, archived, alignment, window)
    new = {i for i, placed in enumerate(alignment.rows) if placed.match is None}
    changed, timed = _learn(connection, thread, archived, alignment, window)
    log.append(connection, thread.id, [*told, *timed], now)
    became = revisions.note(connection, thread.id, archived, alignment, window, now)
    _gaps(connection, archived, keys, alignment, ids)
    wanted, pictured = _images(connection, window, ids)
    answers = any(window.rows[i].direction == "seller" for i in new)
    fresh = [ids[i] for i in sorted(new)]
    _index(connection, thread.id, fresh, [*changed, *pictured, *became], answers=answers, reordered=order is not None)
    for i in sorted(new):
        if window.rows[i].direction == "seller":
            drafts.claim_for_message(connection, thread.id, ids[i], window.keys[i].ident, params.observed_at)
    _end_seen(connection, params, thread, archived, alignment, bool(new))
    if new or changed or order is not None:
        threads.refresh(connection, thread.id)
    return Seen(
        thread_id=thread.id,
        thread=threads.state(thread),
        rows=_answer(window, alignment, ids),
        new_ids=[ids[i] for i in sorted(new)],
        buyer_texts=[
            (ids[i], window.rows[i].text)
            for i in sorted(new)
            if window.rows[i].direction == "buyer" and window.rows[i].text.strip()
        ],
        images=wanted,
    )


def _date_by_looks(
    params: MessageSeenParams, thread: Record[Any], archived: Sequence[Any], found: Alignment, window: Window
) -> None:
    """Rows that appeared below the thread's end since it was last looked at were sent between the two looks, which
    dates a clock without a day."""
    matches = [placed.match for placed in found.rows]
    if thread.end_seen_at is None or not archived or len(archived) - 1 not in matches:
        return
    end = matches.index(len(archived) - 1)
    for i in range(end + 1, len(matches)):
        if matches[i] is None and window.readings[i] is None and window.keys[i].clock >= 0:
            reading = bare_clock_between(window.keys[i].clock, thread.end_seen_at, params.observed_at, params.timezone)
            if reading is not None:
                window.readings[i] = reading
                window.keys[i] = replace(window.keys[i], at=reading.at, span=reading.span)


def _insert(
    connection: Connection,
    params: MessageSeenParams,
    thread: Record[Any],
    archived: Sequence[Any],
    found: Alignment,
    window: Window,
) -> tuple[list[int], list[log.Entry]]:
    """Put the new rows in; answers the archive id of every window row, and what the log is to say of them."""
    told: list[log.Entry] = []
    ids = [0 if placed.match is None else int(archived[placed.match].id) for placed in found.rows]
    places = [int(row.position) for row in archived]
    runs = _runs(len(archived), found)
    if any(placing.positions(*_around(places, run[0]), len(run[1])) is None for run in runs):
        places = placing.spread(connection, thread.id)
    for before, members in runs:
        spots = placing.positions(*_around(places, before), len(members))
        assert spots is not None
        left, right = _around([int(row.moment) for row in archived], before)
        moments = placing.moments(connection, [window.readings[i] for i in members], params.observed_at, left, right)
        for i, position, moment in zip(members, spots, moments, strict=True):
            entry = _insert_one(connection, params, thread, window, i, position, moment, found.rows[i].ambiguous)
            assert entry.message_id is not None
            ids[i] = entry.message_id
            told.append(entry)
    return ids, told


def _runs(size: int, found: Alignment) -> list[tuple[int, list[int]]]:
    """New rows that go between the same two archived ones: (index of the right one, window rows in order)."""
    runs: dict[int, list[int]] = {}
    for is_new, i in merged(size, found):
        if is_new:
            runs.setdefault(found.rows[i].before, []).append(i)
    return list(runs.items())


def _around(values: Sequence[int], before: int) -> tuple[int | None, int | None]:
    return (values[before - 1] if before else None, values[before] if before < len(values) else None)


def _insert_one(
    connection: Connection,
    params: MessageSeenParams,
    thread: Record[Any],
    window: Window,
    i: int,
    position: int,
    moment: int,
    ambiguous: bool,
) -> log.Entry:
    row, reading, key = window.rows[i], window.readings[i], window.keys[i]
    salt = os.urandom(16)
    facts = (salt, _address(thread), row.direction, row.text, row.time, params.observed_at)
    committed = message_digest(*facts)
    done = connection.execute(
        insert(messages).values(
            thread_id=thread.id,
            position=position,
            moment=moment,
            direction=row.direction,
            text=row.text,
            time_label=row.time,
            clock=key.clock,
            sent_at=reading.at if reading else None,
            sent_span=reading.span if reading else 0,
            observed_at=params.observed_at,
            key=row.key or None,
            order_ref=row.order,
            ambiguous=int(ambiguous),
            gap_before=0,
            ident=key.ident,
            translated=0 if row.text.strip() else 2,
            salt=salt,
            digest=committed,
        )
    )
    inserted = done.inserted_primary_key
    assert inserted is not None
    return log.Entry("message", int(inserted[0]), committed)


def _address(thread: Record[Any]) -> tuple[str, str, str, str]:
    return (thread.marketplace, thread.region, thread.shop, thread.thread)


def _learn(
    connection: Connection, thread: Record[Any], archived: Sequence[Any], found: Alignment, window: Window
) -> tuple[list[int], list[log.Entry]]:
    """Fill in what a known row lacked: the page's id, an order, its time. Answers rows the index must take anew, and
    what the log is to say."""
    stale: list[int] = []
    timed: list[log.Entry] = []
    taken = {row.key for row in archived if row.key}
    for placed, row, reading, key in zip(found.rows, window.rows, window.readings, window.keys, strict=True):
        if placed.match is None:
            continue
        old = archived[placed.match]
        values: dict[str, Any] = {}
        if row.key and not old.key and row.key not in taken:
            values["key"] = row.key
        if row.order and not old.order_ref:
            values["order_ref"] = row.order
            stale.append(old.id)
        if row.time.strip() and not old.time_label:
            committed = _timed(connection, thread, old.id, row.time)
            values |= {"time_label": row.time, "clock": key.clock, "digest": committed}
            timed.append(log.Entry("timed", old.id, committed))
        finer = old.sent_at is None or (
            reading is not None and reading.span < old.sent_span and 0 <= reading.at - old.sent_at < old.sent_span
        )
        if reading is not None and finer:
            values |= {"sent_at": reading.at, "sent_span": reading.span}
            moment = int(reading.at * 1000)
            if not moment <= old.moment < moment + reading.span * 1000:
                index.again(connection, old.id, placing.free_moment(connection, moment))
                stale.append(old.id)
        if values:
            connection.execute(update(messages).where(messages.c.id == old.id).values(**values))
    return list(dict.fromkeys(stale)), timed


def _timed(connection: Connection, thread: Record[Any], message_id: int, label: str) -> bytes:
    """The digest of a known message with the time the page shows for it now."""
    had = connection.execute(
        select(messages.c.salt, messages.c.direction, messages.c.text, messages.c.observed_at).where(
            messages.c.id == message_id
        )
    ).one()
    return message_digest(had.salt, _address(thread), had.direction, had.text, label, had.observed_at)


def _images(connection: Connection, window: Window, ids: Sequence[int]) -> tuple[list[WantedImage], list[int]]:
    """Note the pictures shown: those whose bytes are wanted, and the messages that had none before."""
    shown = {ids[i]: row.images for i, row in enumerate(window.rows) if row.images}
    if not shown:
        return [], []
    before = images.pictured(connection, list(shown))
    wanted = [image for message_id, urls in shown.items() for image in images.note(connection, message_id, urls)]
    return wanted, [message_id for message_id in shown if message_id not in before]


def _index(
    connection: Connection,
    thread_id: int,
    new: Sequence[int],
    changed: Sequence[int],
    *,
    answers: bool,
    reordered: bool,
) -> None:
    """Bring the search index in step with a window that was archived; ``answers``: the seller spoke in it."""
    index.add(connection, new)
    if reordered:
        # in another order other messages may be the unanswered ones
        index.thread_again(connection, thread_id)
        return
    waited = index.answered(connection, thread_id, new) if answers else []
    for message_id in dict.fromkeys([*changed, *waited]):
        if message_id not in new:
            index.again(connection, message_id)


def _gaps(
    connection: Connection, archived: Sequence[Any], keys: Sequence[Row], found: Alignment, ids: Sequence[int]
) -> None:
    for (is_new, at), gap in gaps(keys, found).items():
        if is_new and not gap:
            continue  # as inserted
        message_id = ids[at] if is_new else int(archived[at].id)
        connection.execute(update(messages).where(messages.c.id == message_id).values(gap_before=int(gap)))


def _end_seen(
    connection: Connection,
    params: MessageSeenParams,
    thread: Record[Any],
    archived: Sequence[Any],
    found: Alignment,
    grown: bool,
) -> None:
    last = found.rows[-1]
    at_end = not params.more_below and (
        last.match == len(archived) - 1 if last.match is not None else last.before == len(archived)
    )
    before = thread.end_seen_at or 0.0
    if at_end and (params.observed_at > before if grown else params.observed_at > before + END_SEEN_EVERY_S):
        connection.execute(
            update(threads_table).where(threads_table.c.id == thread.id).values(end_seen_at=params.observed_at)
        )


def _answer(window: Window, found: Alignment, ids: Sequence[int]) -> list[SeenRow]:
    rows: list[SeenRow] = []
    told: set[int] = set()
    for at in window.of:
        placed = found.rows[at]
        fresh = placed.match is None and at not in told
        told.add(at)
        rows.append(SeenRow(id=ids[at], status="known" if not fresh else "ambiguous" if placed.ambiguous else "new"))
    return rows
