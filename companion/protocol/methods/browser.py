"""The translator a browser carries itself: the companion asks the connected extension, which asks its browser."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec

from ..base import Code, Language, Name, Text, Wire
from ..registry import Method, method, topic
from .desk import Nothing

#: Texts in one question.
MOST_TEXTS = 32
#: Directions a browser may tell of.
MOST_PAIRS = 400

#: As the browser says it. ``downloadable`` and ``downloading``: the seller has to press a button in the options first.
PairState = Literal["available", "downloadable", "downloading", "unavailable"]
#: Why there is no translation, an error code each; "" = there is one.
BrowserProblem = Literal["", "browser_model", "busy", "timeout", "too_large", "engine_failed"]


class BrowserPair(Wire, kw_only=True):
    """How one direction stands."""

    source: Language
    target: Language
    state: PairState


class BrowserOfferParams(Wire, kw_only=True):
    """Takes the place of what this browser told before. A direction it does not name it was not asked about yet."""

    #: Whether the browser has a translator at all.
    has: bool
    #: Maker and version ("Chrome/156"): another one translates the same text differently.
    browser: Name
    pairs: Annotated[list[BrowserPair], msgspec.Meta(max_length=MOST_PAIRS)]


class BrowserAsked(Wire, kw_only=True):
    """Texts for the browser's translator. Whoever has no answer after ``within_ms`` need not give one."""

    id: Code
    source: Language
    target: Language
    texts: Annotated[list[Text], msgspec.Meta(min_length=1, max_length=MOST_TEXTS)]
    within_ms: Annotated[int, msgspec.Meta(ge=1, le=60_000)]


class BrowserAnswerParams(Wire, kw_only=True):
    """The translations in the order asked, or why there are none."""

    id: Code
    texts: Annotated[list[Text], msgspec.Meta(max_length=MOST_TEXTS)] = []
    problem: BrowserProblem = ""


class BrowserAnswerResult(Wire, kw_only=True):
    """``taken`` False: nobody waits for it any more, or this browser was not asked."""

    taken: bool


method(Method("browser.offer", BrowserOfferParams, Nothing, doc="What the browser's own translator has."))
method(Method("browser.answer", BrowserAnswerParams, BrowserAnswerResult, doc="What the browser's translator said."))
topic("browser.translate", BrowserAsked)
