"""glossary.list: the terms of a shop."""

from __future__ import annotations

from ...protocol.methods.glossary import GlossaryListParams, GlossaryListResult
from ..call import Call
from ..fitting import fitting


def handle(call: Call, params: GlossaryListParams) -> GlossaryListResult:
    """As many as fit a frame."""
    return fitting(params, call.room.translator.glossary.page)
