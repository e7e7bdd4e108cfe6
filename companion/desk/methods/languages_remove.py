"""languages.remove: take one package away."""

from __future__ import annotations

from ...protocol.methods.languages import LanguagesRemoveParams, LanguagesRemoveResult
from ..call import Call


def handle(call: Call, params: LanguagesRemoveParams) -> LanguagesRemoveResult:
    """Whether there was one."""
    return LanguagesRemoveResult(removed=call.room.translator.remove(params.source, params.target))
