"""languages.remove: take one package away."""

from __future__ import annotations

from ...protocol.methods.languages import LanguagesRemoveParams, LanguagesRemoveResult
from ..call import Call


def handle(call: Call, params: LanguagesRemoveParams) -> LanguagesRemoveResult:
    """Whether there was one."""
    removed = call.room.translator.remove(params.source, params.target, params.engine)
    return LanguagesRemoveResult(removed=removed)
