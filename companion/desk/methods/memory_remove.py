"""memory.remove: forget pairs, by id or by what was written."""

from __future__ import annotations

from ...protocol.methods.memory import MemoryRemoveParams, MemoryRemoveResult
from ..call import Call


def handle(call: Call, params: MemoryRemoveParams) -> MemoryRemoveResult:
    """How many there were."""
    return MemoryRemoveResult(removed=call.room.translator.memory.remove(params.ids, params.said))
