"""Answers that fit a frame."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import msgspec

from ..protocol.errors import ErrorCode, SeabridgeError
from ..protocol.methods.archive import SearchParams, ThreadListParams, ThreadMessagesParams
from ..protocol.methods.buyer import BuyerStoryParams
from ..protocol.methods.glossary import GlossaryListParams
from ..protocol.methods.inbox import InboxListParams
from ..protocol.methods.memory import MemorySearchParams
from ..protocol.version import MAX_FRAME

P = TypeVar(
    "P",
    ThreadListParams,
    ThreadMessagesParams,
    SearchParams,
    BuyerStoryParams,
    InboxListParams,
    GlossaryListParams,
    MemorySearchParams,
)
R = TypeVar("R")

#: The envelope around a result.
_ENVELOPE = 512


def fitting(params: P, query: Callable[[P], R]) -> R:
    """The query's answer, asked for fewer rows until it fits a frame; every such answer says how to go on."""
    while True:
        result = query(params)
        size = len(msgspec.json.encode(result))
        if size <= MAX_FRAME - _ENVELOPE:
            return result
        if params.limit == 1:
            raise SeabridgeError(ErrorCode.TOO_LARGE, size=size, limit=MAX_FRAME)
        params = msgspec.structs.replace(params, limit=max(1, params.limit // 2))
