"""Inboxes in memory."""

from __future__ import annotations

from typing import Any

from companion.protocol.methods import inbox as box


class FakeInboxes:
    """Every buyer who spoke last in a look waits. ``archive``: whose ``fail`` is raised."""

    def __init__(self, archive: Any) -> None:
        self._archive = archive
        self.looks: list[box.InboxSeenParams] = []
        self.watches: dict[str, list[box.InboxWatch]] = {}

    def see(self, seen: box.InboxSeenParams) -> int:
        if self._archive.fail is not None:
            raise self._archive.fail
        self.looks.append(seen)
        return sum(1 for row in seen.rows if row.last == "buyer")

    def hear(self, watcher: str, watches: list[box.InboxWatch]) -> None:
        self.watches[watcher] = watches

    def waiting(self, asked: box.InboxListParams) -> box.InboxListResult:
        waiting = [
            box.Unanswered(
                marketplace=look.inbox.marketplace, shop=look.inbox.shop, region=look.inbox.region, buyer=row.buyer,
                preview=row.preview, since=look.observed_at, span=60, since_is="sent", unread=row.unread,
                seen_at=look.observed_at, thread_id=1 if self._archive.rows else 0,
            )
            for look in self.looks
            for row in look.rows
            if row.last == "buyer"
        ]  # fmt: skip
        known = [
            box.InboxCoverage(
                inbox=each.inbox, watched=True, reason=each.reason, since=each.since, looked_at=each.looked_at,
                gap_from=each.gap_from, gap_until=each.gap_until, gap_reason=each.gap_reason, conversations=2,
            )
            for watches in self.watches.values()
            for each in watches
        ]  # fmt: skip
        return box.InboxListResult(unanswered=waiting[: asked.limit], total=len(waiting), inboxes=known)
