"""browser.answer: what the browser's own translator made of the texts it was asked for."""

from __future__ import annotations

from ...protocol.methods.browser import BrowserAnswerParams, BrowserAnswerResult
from ..call import Call


def handle(call: Call, params: BrowserAnswerParams) -> BrowserAnswerResult:
    """One that is late, twice or somebody else's is not taken."""
    return BrowserAnswerResult(taken=call.room.browsers.answer(call.session, params))
