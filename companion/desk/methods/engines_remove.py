"""engines.remove: forget a remote engine and its key."""

from __future__ import annotations

from ...protocol.methods.engines import EnginesRemoveParams, EnginesResult
from ..call import Call


def handle(call: Call, params: EnginesRemoveParams) -> EnginesResult:
    """Raises ``not_found``."""
    return call.room.translator.board.remove(params.name)
