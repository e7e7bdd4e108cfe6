"""Who waits for an answer in which inbox, and how far that can be relied on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, TypeVar, cast

from sqlalchemy import Connection, Row, func, select

from ..protocol.methods.inbox import (
    InboxCoverage,
    InboxListParams,
    InboxListResult,
    InboxRef,
    Unanswered,
    WatchReason,
)
from .closing import LOOK_BACK, Closings, closes
from .inbox_rows import asked, shown
from .inbox_watch import reason_now
from .schema import inbox_entries, inboxes, messages
from .schema import threads as threads_table
from .waiting import Tail, waits

#: A conversation its list has not shown for so long is no news any more.
STALE_S = 30 * 86_400
#: Values one statement may name.
_MOST_NAMED = 500

T = TypeVar("T")


def list_inbox(connection: Connection, params: InboxListParams, now: float, closings: Closings) -> InboxListResult:
    """Everybody who waits, longest first, who only closed the conversation, newest first, and all inboxes."""
    rows = connection.execute(select(inboxes).order_by(inboxes.c.marketplace, inboxes.c.shop, inboxes.c.id)).all()
    found = [each for inbox in rows for each in _last_by_buyer(connection, inbox, now, closings)]
    waiting = sorted((each for each, closed in found if not closed), key=lambda each: each.since)
    closed = sorted((each for each, closed in found if closed), key=lambda each: -each.since)
    numbers = select(inbox_entries.c.inbox_id, func.count()).group_by(inbox_entries.c.inbox_id)
    counts = {int(row[0]): int(row[1]) for row in connection.execute(numbers)}
    return InboxListResult(
        unanswered=waiting[: params.limit],
        total=len(waiting),
        closed=closed[: params.limit],
        inboxes=[_coverage(inbox, counts.get(inbox.id, 0), now) for inbox in rows],
    )


def count(connection: Connection, inbox_id: int, now: float, closings: Closings) -> int:
    """How many wait in one inbox."""
    inbox = connection.execute(select(inboxes).where(inboxes.c.id == inbox_id)).one()
    return sum(1 for _, closed in _last_by_buyer(connection, inbox, now, closings) if not closed)


def _coverage(inbox: Row[Any], conversations: int, now: float) -> InboxCoverage:
    reason, since = reason_now(inbox, now)
    return InboxCoverage(
        inbox=InboxRef(marketplace=inbox.marketplace, shop=inbox.shop, region=inbox.region),
        watched=bool(inbox.watcher),
        reason=reason,
        since=since,
        looked_at=inbox.looked_at,
        gap_from=inbox.gap_from,
        gap_until=inbox.gap_until,
        gap_reason=cast(WatchReason, inbox.gap_reason),
        conversations=conversations,
    )


def _last_by_buyer(
    connection: Connection, inbox: Row[Any], now: float, closings: Closings
) -> Iterator[tuple[Unanswered, bool]]:
    """Everybody who wrote last in an inbox, and whether with closing words only."""
    mine = inbox_entries.c.inbox_id == inbox.id
    fresh = inbox_entries.c.seen_at > now - STALE_S
    shown_in_it = select(inbox_entries).where(mine, fresh, inbox_entries.c.system == 0)
    entries = connection.execute(shown_in_it.order_by(inbox_entries.c.id)).all()
    linked = _threads_of(connection, inbox, entries)
    tails = _tails(connection, set(linked.values()))
    for entry in entries:
        thread_id = linked.get(entry.id, 0)
        row, tail = shown(entry), tails.get(thread_id)
        found = waits(row, asked(entry), tail)
        if found is not None:
            likely = tail is not None and (closings.only_thanks(row.preview) or closings.only_thanks(tail.text))
            closed = likely and closes(row, found, _talk(connection, thread_id), closings.only_thanks)
            one = Unanswered(
                marketplace=inbox.marketplace,
                shop=inbox.shop,
                region=inbox.region,
                buyer=entry.buyer,
                preview=entry.preview,
                since=found.since,
                span=found.span,
                since_is="sent" if found.known else "seen",
                unread=entry.unread,
                seen_at=entry.seen_at,
                thread_id=thread_id,
                counted=closed and closings.counted(inbox.marketplace),
            )
            yield one, closed


def _threads_of(connection: Connection, inbox: Row[Any], entries: Sequence[Row[Any]]) -> dict[int, int]:
    """Entry to archived conversation where they surely are one: by the page's key; in lists without keys by a buyer
    that neither the list nor the archive has twice."""
    buyers = Counter(entry.buyer for entry in entries)
    by_key = {entry.key: entry.id for entry in entries if entry.key}
    by_buyer = {
        entry.buyer: entry.id
        for entry in entries
        if entry.buyer and not entry.key and not entry.shared and buyers[entry.buyer] == 1
    }
    found: dict[int, int] = {}
    for row in _threads(connection, inbox, threads_table.c.thread, by_key):
        found[by_key[row.thread]] = row.id
    matches: dict[str, list[int]] = {}
    for row in _threads(connection, inbox, threads_table.c.buyer, by_buyer):
        matches.setdefault(row.buyer, []).append(row.id)
    for buyer, ids in matches.items():
        if len(ids) == 1:
            found[by_buyer[buyer]] = ids[0]
    return found


def _threads(connection: Connection, inbox: Row[Any], column: Any, values: Iterable[str]) -> Iterator[Any]:
    table = threads_table.c
    whose = (table.marketplace == inbox.marketplace, table.region == inbox.region, table.shop == inbox.shop)
    for some in _batched(values):
        yield from connection.execute(select(table.id, table.thread, table.buyer).where(*whose, column.in_(some)))


def _tails(connection: Connection, thread_ids: set[int]) -> dict[int, Tail]:
    """The last message of each conversation that somebody wrote; notices of the platform answer nobody."""
    spoken = (
        select(messages.c.thread_id, func.max(messages.c.position).label("position"))
        .where(messages.c.direction != "system")
        .group_by(messages.c.thread_id)
    )
    found: dict[int, Tail] = {}
    for some in _batched(thread_ids):
        last = spoken.where(messages.c.thread_id.in_(some)).subquery()
        rows = connection.execute(
            select(messages).join(
                last, (messages.c.thread_id == last.c.thread_id) & (messages.c.position == last.c.position)
            )
        )
        for row in rows:
            found[row.thread_id] = _tail(row)
    return found


def _talk(connection: Connection, thread_id: int) -> list[Tail]:
    """The last lines of a conversation, oldest first, without the platform's notices."""
    mine = messages.c.thread_id == thread_id, messages.c.direction != "system"
    rows = connection.execute(select(messages).where(*mine).order_by(messages.c.position.desc()).limit(LOOK_BACK)).all()
    return [_tail(row) for row in reversed(rows)]


def _tail(row: Row[Any]) -> Tail:
    return Tail(row.direction, row.text, row.sent_at, row.sent_span, row.observed_at)


def _batched(values: Iterable[T]) -> Iterator[list[T]]:
    rest = iter(values)
    while some := list(islice(rest, _MOST_NAMED)):
        yield some
