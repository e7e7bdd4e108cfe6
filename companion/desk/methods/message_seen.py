"""message.seen: archive what a page shows; answered when it is durable, translated afterwards."""

from __future__ import annotations

from ...protocol.methods.archive import MessageSeenParams, MessageSeenResult
from ..call import Call


def handle(call: Call, params: MessageSeenParams) -> MessageSeenResult:
    """The conversation is linked to the listing that the page shows beside it. Raises the storage codes."""
    seen = call.room.archive.see(params)
    result = MessageSeenResult(rows=list(seen.rows), thread=seen.thread, images=list(seen.images))
    if params.item:
        from ...catalogue.about import note

        note(call.room.archive, seen.thread_id, params.item)
    if seen.buyer_texts:
        call.desk.backlog.add(params.thread, list(seen.buyer_texts))
    return result
