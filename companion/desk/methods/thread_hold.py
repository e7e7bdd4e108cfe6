"""thread.hold: keep a conversation past its time, or no longer."""

from __future__ import annotations

from ...protocol.methods.archive import ThreadHoldParams, ThreadHoldResult
from ..call import Call


def handle(call: Call, params: ThreadHoldParams) -> ThreadHoldResult:
    """Raises ``not_found``."""
    if params.held:
        return ThreadHoldResult(hold=call.room.archive.hold(params.thread_id, params.until))
    call.room.archive.release(params.thread_id)
    return ThreadHoldResult(hold=None)
