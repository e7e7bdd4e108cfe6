"""thread.list: conversations, newest first."""

from __future__ import annotations

from ...protocol.methods.archive import ThreadListParams, ThreadListResult
from ..call import Call
from ..fitting import fitting


def handle(call: Call, params: ThreadListParams) -> ThreadListResult:
    """As many as fit a frame."""
    return fitting(params, lambda asked: call.room.archive.threads(asked, call.room.seller_language))
