"""inbox.seen: keep what an inbox shows; answered when it is durable."""

from __future__ import annotations

from ...protocol.methods.inbox import InboxSeenParams, InboxSeenResult
from ..call import Call


def handle(call: Call, params: InboxSeenParams) -> InboxSeenResult:
    """How many wait there. Raises the storage codes."""
    return InboxSeenResult(unanswered=call.room.archive.inboxes.see(params))
