"""draft.inserted: remember what the seller wrote, for the bubble that follows and for the next message like it."""

from __future__ import annotations

from ...protocol.methods.archive import DraftInsertedParams, DraftInsertedResult
from .. import faults
from ..call import Call


def handle(call: Call, params: DraftInsertedParams) -> DraftInsertedResult:
    """Raises the storage codes of the archive; a memory that cannot be written stops nothing."""
    room = call.room
    draft = room.archive.add_draft(params)
    if room.team is not None:
        room.team.answers(room.archive.thread(params.thread).id)
    try:
        room.translator.remember(params)
    except Exception as exc:
        faults.translate(exc, "draft.inserted")
    return DraftInsertedResult(id=draft)
