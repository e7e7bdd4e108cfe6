"""engines.order: choose the order of engines."""

from __future__ import annotations

from ...protocol.methods.engines import EnginesOrderParams, EnginesResult
from ..call import Call


def handle(call: Call, params: EnginesOrderParams) -> EnginesResult:
    """Raises ``not_found`` for a name nobody has."""
    return call.room.translator.board.order(params)
