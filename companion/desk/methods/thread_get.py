"""thread.get: the language of a thread; a page asks when the seller opens it."""

from __future__ import annotations

from ...protocol.methods.archive import ThreadGetParams
from ...protocol.values import ThreadState
from ..call import Call


def handle(call: Call, params: ThreadGetParams) -> ThreadState:
    """Id 0 when the thread is not archived."""
    state = call.room.archive.thread(params.thread)
    call.desk.preload.wanted(state.language)
    call.desk.ready_checks()
    return state
