"""memory.import: pairs out of a TMX file."""

from __future__ import annotations

from ...protocol.methods.memory import MemoryImportParams, MemoryImportResult
from ..call import Call
from ..imports import with_content


def handle(call: Call, params: MemoryImportParams) -> MemoryImportResult:
    """All or nothing; raises the import codes with the line."""
    from ...translation.files import import_memory

    return import_memory(call.room.translator.memory, with_content(call, params))
