"""Why a query looks for nothing, in a sentence that says what to write instead. Pure."""

from __future__ import annotations

import datetime
import unicodedata

from ..protocol.errors import ErrorCode, SeabridgeError
from .operators import choices
from .query import Query, parts

_SHOWN = 60


def refuse(typed: str, query: Query, today: datetime.date) -> None:
    """Raises ``search_value`` for operators without a value and nothing else, ``search_signs`` for emoji or
    punctuation alone. An empty field asks for nothing and is no mistake."""
    asked = list(parts(typed, today))
    if not asked or query.wanted or query.unwanted:
        return
    if query.empty and (bare := next((part for part in asked if part.kind not in (None, "in")), None)) and bare.kind:
        told = choices(bare.kind, bare.name)
        raise SeabridgeError(ErrorCode.SEARCH_VALUE, written=bare.text[:_SHOWN], choices=told)
    if query.empty or any(part.kind is None and _emoji(part.value) for part in asked):
        raise SeabridgeError(ErrorCode.SEARCH_SIGNS, written=typed.strip()[:_SHOWN])


def _emoji(text: str) -> bool:
    return any(unicodedata.category(char) == "So" for char in text)
