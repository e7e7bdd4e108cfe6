"""engines.list: which engines there are and in what order they are asked."""

from __future__ import annotations

from ...protocol.methods.engines import EnginesListParams, EnginesResult
from ..call import Call


def handle(call: Call, params: EnginesListParams) -> EnginesResult:
    """Nothing is asked of anybody."""
    return call.room.translator.board.all(params.source, params.target)
