"""glossary.put: enter or change a term."""

from __future__ import annotations

from ...protocol.methods.glossary import GlossaryPutParams, GlossaryPutResult
from ..call import Call


def handle(call: Call, params: GlossaryPutParams) -> GlossaryPutResult:
    """Raises ``not_found``, ``bad_params`` and ``import_full``."""
    return GlossaryPutResult(term=call.room.translator.glossary.put(params.shop, params.term))
