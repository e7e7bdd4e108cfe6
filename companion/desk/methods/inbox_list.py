"""inbox.list: who waits for an answer, and which inboxes are looked at."""

from __future__ import annotations

from ...protocol.methods.inbox import InboxListParams, InboxListResult
from ..call import Call
from ..fitting import fitting


def handle(call: Call, params: InboxListParams) -> InboxListResult:
    """As many as fit a frame. Raises the storage codes."""
    return fitting(params, call.room.archive.inboxes.waiting)
