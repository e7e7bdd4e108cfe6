"""inbox.watch: which inboxes this browser looks at, and why not at the others it was asked to."""

from __future__ import annotations

from ...protocol.methods.desk import Nothing
from ...protocol.methods.inbox import InboxWatchParams
from ..call import Call


def handle(call: Call, params: InboxWatchParams) -> Nothing:
    """Raises the storage codes."""
    call.room.archive.inboxes.hear(call.session.key_id, params.watches)
    return Nothing()
