"""engines.test: try an engine with one line."""

from __future__ import annotations

from ...protocol.methods.engines import EnginesTestParams, EnginesTestResult
from ..call import Call


def handle(call: Call, params: EnginesTestParams) -> EnginesTestResult:
    """A failure is an answer too. Raises ``not_found`` for an unknown name."""
    return call.room.translator.board.test(params, call.session)
