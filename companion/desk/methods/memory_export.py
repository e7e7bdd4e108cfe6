"""memory.export: a shop's memory as a TMX file, by piece."""

from __future__ import annotations

from ...protocol.methods.memory import MemoryExportParams, MemoryExportResult
from ..call import Call


def handle(call: Call, params: MemoryExportParams) -> MemoryExportResult:
    """The piece from ``offset`` on."""
    from ...translation.files import export_memory

    return export_memory(call.room.translator.memory, params, call.room.version)
