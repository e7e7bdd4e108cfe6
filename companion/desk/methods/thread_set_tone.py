"""thread.set_tone: the seller chooses how replies in a thread sound."""

from __future__ import annotations

from ...protocol.methods.archive import ThreadSetToneParams
from ...protocol.values import ThreadState
from ..call import Call


def handle(call: Call, params: ThreadSetToneParams) -> ThreadState:
    """``tone`` "" returns the thread to the tone of the settings."""
    return call.room.archive.set_tone(params.thread, params.tone)
