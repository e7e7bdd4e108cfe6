"""thread.list: conversations, newest first."""

from __future__ import annotations

from ...protocol.methods.archive import Answering, ThreadListParams, ThreadListResult
from ..call import Call
from ..fitting import fitting


def handle(call: Call, params: ThreadListParams) -> ThreadListResult:
    """As many as fit a frame."""
    room = call.room
    found = fitting(params, lambda asked: room.archive.threads(asked, room.seller_language))
    if room.team is not None:
        names = room.team.who_answers([thread.id for thread in found.threads])
        found.answering = [Answering(thread=thread, seat=name) for thread, name in names.items()]
    return found
