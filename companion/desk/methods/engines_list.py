"""engines.list: which engines there are and in what order they are asked."""

from __future__ import annotations

from ...protocol.methods.desk import Nothing
from ...protocol.methods.engines import EnginesResult
from ..call import Call


def handle(call: Call, _: Nothing) -> EnginesResult:
    """Nothing is asked of anybody."""
    return call.room.translator.board.all()
