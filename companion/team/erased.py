"""What one seat erased, the others' caches must not remember.

A count is enough: a cache cannot tell whose words it holds, so it is emptied as a whole.
"""

from __future__ import annotations

from typing import Any

from ..runtime.documents import Documents

COLLECTION, _KEY = "erased", "count"
_SEAT, _SEEN = "seat", "erased_seen"


def note(documents: Documents) -> None:
    """Something was erased here, and our own caches are empty already. Raises ``database_…``."""

    def more(stored: dict[str, Any] | None) -> dict[str, Any]:
        return {"n": _number(stored) + 1}

    before = _number(documents.get(COLLECTION, _KEY))
    after = _number(documents.change(COLLECTION, _KEY, more))
    if after == before + 1 and _number(documents.get(_SEAT, _SEEN)) == before:
        documents.put(_SEAT, _SEEN, {"n": after})


def unseen(documents: Documents) -> int:
    """Since when our caches were last emptied somebody erased: the count to ``see`` once they are; 0 = nobody did."""
    now = _number(documents.get(COLLECTION, _KEY))
    return now if now != _number(documents.get(_SEAT, _SEEN)) else 0


def see(documents: Documents, count: int) -> None:
    """Our caches are empty as of this count."""
    documents.put(_SEAT, _SEEN, {"n": count})


def _number(stored: dict[str, Any] | None) -> int:
    found = (stored or {}).get("n", 0)
    return found if isinstance(found, int) else 0
