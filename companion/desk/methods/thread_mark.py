"""thread.mark: the seller's star, tags and note on a conversation."""

from __future__ import annotations

from ...protocol.methods.archive import ThreadMarkParams
from ...protocol.values import ThreadMarks
from ..call import Call


def handle(call: Call, params: ThreadMarkParams) -> ThreadMarks:
    """Raises ``not_found``."""
    return call.room.archive.mark(params)
