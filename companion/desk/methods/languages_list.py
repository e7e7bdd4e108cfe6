"""languages.list: offline packages, installed and to be had."""

from __future__ import annotations

from ...protocol.methods.languages import LanguagesListParams, LanguagesListResult
from ..call import Call


def handle(call: Call, params: LanguagesListParams) -> LanguagesListResult:
    """The last known index, or a fresh one."""
    return call.room.translator.list(params.refresh, params.engine)
