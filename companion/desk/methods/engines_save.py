"""engines.save: set a remote engine up, or change it."""

from __future__ import annotations

from ...protocol.methods.engines import EnginesResult, EnginesSaveParams
from ..call import Call


def handle(call: Call, params: EnginesSaveParams) -> EnginesResult:
    """Raises ``engine_setup`` naming what is wrong."""
    return call.room.translator.board.save(params)
