"""words.list: words the shop forbids."""

from __future__ import annotations

from ...protocol.methods.checks import ChecksListParams, WordsListResult
from ..call import Call


def handle(call: Call, params: ChecksListParams) -> WordsListResult:
    """The ones entered last come first."""
    return WordsListResult(words=call.room.checking.words.all())
