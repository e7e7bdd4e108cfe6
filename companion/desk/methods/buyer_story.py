"""buyer.story: all that is known of one buyer."""

from __future__ import annotations

import time

from ...protocol.methods.buyer import BuyerStoryParams, BuyerStoryResult
from ..call import Call
from ..fitting import fitting
from ..story import story


def handle(call: Call, params: BuyerStoryParams) -> BuyerStoryResult:
    """As much as fits a frame."""
    return fitting(params, lambda asked: story(call.room.archive, asked, time.time(), call.room.seller_language))
