"""Inboxes: what their lists show, who waits in them, and whether somebody looks."""

from __future__ import annotations

import time
from collections.abc import Callable

from ..protocol.methods.inbox import InboxListParams, InboxListResult, InboxSeenParams, InboxWatch
from . import inbox_list, inbox_rows, inbox_watch
from .closing import Closings
from .database import Database


class Inboxes:
    """Part of ``Archive`` (``archive.inboxes``); thread-safe, with its errors."""

    def __init__(self, database: Database, closings: Callable[[], Closings]) -> None:
        self._database = database
        self._closings = closings

    def see(self, params: InboxSeenParams) -> int:
        """Keep a look at an inbox; answers how many wait in it. Idempotent, and looks may come in any order."""
        with self._database.write() as connection:
            inbox_id = inbox_rows.keep(connection, params)
            return inbox_list.count(connection, inbox_id, params.observed_at, self._closings())

    def hear(self, watcher: str, watches: list[InboxWatch]) -> None:
        """Note which inboxes a browser (``watcher``: its pairing) looks at now."""
        with self._database.write() as connection:
            inbox_watch.hear(connection, watcher, watches, time.time())

    def waiting(self, params: InboxListParams) -> InboxListResult:
        """Who waits for an answer, longest first, and which inboxes are looked at."""
        with self._database.read() as connection:
            return inbox_list.list_inbox(connection, params, time.time(), self._closings())
