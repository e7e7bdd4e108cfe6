"""search: find messages in any script."""

from __future__ import annotations

from ...protocol.methods.archive import SearchParams, SearchResult
from ..call import Call
from ..fitting import fitting


def handle(call: Call, params: SearchParams) -> SearchResult:
    """In the order asked for, as many as fit a frame. Raises ``search_date`` and ``search_value``."""
    return fitting(params, lambda asked: call.room.archive.search(asked, call.room.seller_language))
