"""thread.messages: a conversation."""

from __future__ import annotations

from ...protocol.methods.archive import ThreadMessagesParams, ThreadMessagesResult
from ..call import Call
from ..fitting import fitting


def handle(call: Call, params: ThreadMessagesParams) -> ThreadMessagesResult:
    """As many as fit a frame. Raises ``not_found``."""
    return fitting(params, lambda asked: call.room.archive.messages(asked, call.room.seller_language))
