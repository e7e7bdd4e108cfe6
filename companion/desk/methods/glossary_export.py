"""glossary.export: a shop's terms as a CSV or TBX file, by piece."""

from __future__ import annotations

from ...protocol.methods.glossary import GlossaryExportParams, GlossaryExportResult
from ..call import Call


def handle(call: Call, params: GlossaryExportParams) -> GlossaryExportResult:
    """The piece from ``offset`` on."""
    from ...translation.files import export_glossary

    return export_glossary(call.room.translator.glossary, params)
