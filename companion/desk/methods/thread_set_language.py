"""thread.set_language: the seller fixes a thread's language, or hands it back to detection."""

from __future__ import annotations

from ...protocol.methods.archive import ThreadSetLanguageParams
from ...protocol.values import LanguageSource, ThreadState
from ..call import Call


def handle(call: Call, params: ThreadSetLanguageParams) -> ThreadState:
    """``language`` "" returns the thread to detection."""
    source: LanguageSource = "seller" if params.language else "unknown"
    return call.room.archive.set_language(params.thread, params.language, source)
