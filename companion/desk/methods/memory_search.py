"""memory.search: the pairs of a shop's memory."""

from __future__ import annotations

from ...protocol.methods.memory import MemorySearchParams, MemorySearchResult
from ..call import Call
from ..fitting import fitting


def handle(call: Call, params: MemorySearchParams) -> MemorySearchResult:
    """Newest first, as many as fit a frame."""
    return fitting(params, call.room.translator.memory.search)
