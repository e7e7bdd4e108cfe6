"""draft.inserted: remember what the seller wrote, for the bubble that follows."""

from __future__ import annotations

from ...protocol.methods.archive import DraftInsertedParams, DraftInsertedResult
from ..call import Call


def handle(call: Call, params: DraftInsertedParams) -> DraftInsertedResult:
    """Raises the storage codes."""
    return DraftInsertedResult(id=call.room.archive.add_draft(params))
