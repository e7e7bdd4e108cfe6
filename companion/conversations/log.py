"""Writes the event log: only ever added to, in the transaction of what it tells of."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, insert, text

from .chain import NOTHING, Event, Kind, link
from .schema import events

_HEAD = text("SELECT chain FROM events WHERE thread_id = :thread ORDER BY id DESC LIMIT 1")
_LAST = text("SELECT coalesce(max(id), 0) FROM events")
_FIRST = text("SELECT chain FROM events WHERE thread_id = :thread ORDER BY id LIMIT 1")


@dataclass(frozen=True, slots=True)
class Entry:
    """What is to be written down; see ``chain.Event``."""

    kind: Kind
    message_id: int | None = None
    digest: bytes = b""
    detail: dict[str, Any] | None = None


def begin(connection: Connection, thread_id: int, at: float) -> None:
    """Write down that a thread began, with a random digest: by the link it makes an archive and its copies know the
    thread for good, also when nothing is left that names the buyer."""
    _write(connection, thread_id, NOTHING, [Entry("begun", digest=os.urandom(32))], at)


def append(connection: Connection, thread_id: int, entries: Iterable[Entry], at: float) -> list[int]:
    """Write events of a thread that has begun, in this order; their ids. ``at``: now, by the companion's clock."""
    wanted = list(entries)
    if not wanted:
        return []
    head = connection.execute(_HEAD, {"thread": thread_id}).scalar_one()
    return _write(connection, thread_id, head, wanted, at)


def _write(connection: Connection, thread_id: int, head: bytes, entries: Iterable[Entry], at: float) -> list[int]:
    number = int(connection.execute(_LAST).scalar_one())
    rows: list[dict[str, Any]] = []
    for entry in entries:
        number += 1
        detail = json.dumps(entry.detail, sort_keys=True, separators=(",", ":")) if entry.detail else ""
        event = Event(number, entry.kind, entry.message_id, entry.digest, detail, at)
        head = link(head, event)
        rows.append(
            {
                "id": number,
                "thread_id": thread_id,
                "kind": event.kind,
                "message_id": event.message_id,
                "digest": event.digest,
                "detail": detail,
                "at": at,
                "chain": head,
            }
        )
    connection.execute(insert(events), rows)
    return [row["id"] for row in rows]


def origin(connection: Connection, thread_id: int) -> bytes:
    """The first link of a thread's chain."""
    return bytes(connection.execute(_FIRST, {"thread": thread_id}).scalar_one())
