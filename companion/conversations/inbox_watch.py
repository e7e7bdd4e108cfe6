"""Whether somebody looks at an inbox: what the browser says, and what its silence says."""

from __future__ import annotations

from typing import Any, Protocol, cast

from sqlalchemy import Connection, Row, select, update

from ..protocol.methods.inbox import InboxWatch, WatchReason
from .inbox_rows import ensure
from .schema import inboxes

#: A browser that looks says so twice a minute. One that was silent for longer is closed, or its computer slept.
SILENT_S = 180.0


class Told(Protocol):
    """An inbox as the browser described it last."""

    watcher: str
    heard_at: float
    reason: str
    since: float


def reason_now(inbox: Told | Row[Any], now: float) -> tuple[WatchReason, float]:
    """Why nobody looks at this moment, "" = somebody does, and since when. Pure."""
    if not inbox.watcher:
        return "stopped", inbox.since
    if not inbox.reason and now - inbox.heard_at > SILENT_S:
        return "no_browser", inbox.heard_at
    return cast(WatchReason, inbox.reason), inbox.since


def hear(connection: Connection, watcher: str, watches: list[InboxWatch], now: float) -> None:
    """Note what one browser watches, inside the caller's transaction. What it no longer names it was told to leave."""
    named = set()
    for watch in watches:
        inbox_id = ensure(connection, watch.inbox, now)
        named.add(inbox_id)
        before = connection.execute(select(inboxes).where(inboxes.c.id == inbox_id)).one()
        if before.watcher not in ("", watcher) and watch.reason and reason_now(before, now)[0] == "":
            continue  # another browser looks at it
        connection.execute(
            update(inboxes)
            .where(inboxes.c.id == inbox_id)
            .values(
                watcher=watcher,
                heard_at=now,
                reason=watch.reason,
                since=watch.since,
                looked_at=max(before.looked_at, min(watch.looked_at, now)),
                gap_from=watch.gap_from,
                gap_until=watch.gap_until,
                gap_reason=watch.gap_reason,
            )
        )
    for row in connection.execute(select(inboxes.c.id).where(inboxes.c.watcher == watcher)).all():
        if row.id not in named:
            left = {"watcher": "", "reason": "stopped", "since": now}
            connection.execute(update(inboxes).where(inboxes.c.id == row.id).values(**left))
