"""glossary.remove: take terms away."""

from __future__ import annotations

from ...protocol.methods.glossary import GlossaryRemoveParams, GlossaryRemoveResult
from ..call import Call


def handle(call: Call, params: GlossaryRemoveParams) -> GlossaryRemoveResult:
    """How many there were."""
    return GlossaryRemoveResult(removed=call.room.translator.glossary.remove(params.shop, params.ids))
