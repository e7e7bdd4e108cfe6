"""glossary.import: terms out of a CSV or TBX file."""

from __future__ import annotations

from ...protocol.methods.glossary import GlossaryImportParams, GlossaryImportResult
from ..call import Call
from ..imports import with_content


def handle(call: Call, params: GlossaryImportParams) -> GlossaryImportResult:
    """All or nothing; raises the import codes with the line."""
    from ...translation.files import import_glossary

    return import_glossary(call.room.translator.glossary, with_content(call, params))
