"""Translation of chat lines, and of the fields of listings."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec

from ..base import Code, Language, Name, Text, Wire
from ..registry import Method, method
from ..values import Level, Match, Pair, ThreadRef, ToneOrNone
from .glossary import ShopRef

#: read: buyer's words for the seller; write: seller's words for the buyer; back: checks a written one. listing: fields
#: of a listing, whichever way.
Purpose = Literal["read", "write", "back", "listing"]


class TranslateItem(Wire, kw_only=True):
    """One text; ``ref`` comes back with its translation."""

    ref: Name
    text: Text


class TranslateParams(Wire, kw_only=True):
    """``source`` "" = detect; ``target`` "" = seller's language when reading, the thread's when writing.

    ``shop`` is whose glossary counts for a listing, which has no thread.

    ``engine`` names one to ask now ("offer another engine"); "" = phrasebook first, then the seller's order.
    ``tone`` is how a written text sounds; "" = the thread's, else that of the settings.
    """

    items: Annotated[list[TranslateItem], msgspec.Meta(min_length=1, max_length=50)]
    purpose: Purpose
    thread: ThreadRef | None = None
    shop: ShopRef | None = None
    source: Language = ""
    target: Language = ""
    engine: Code = ""
    tone: ToneOrNone = ""


class Remembered(Wire, kw_only=True):
    """A pair of the seller's memory that fits a text."""

    #: 1 = the same but for numbers and ids, else the share that is alike.
    similarity: float
    #: What was written then and what was sent.
    said: str
    told: str
    #: Id of the pair.
    id: int


class Translated(Wire, kw_only=True):
    """One answer; with match "none" ``text`` is "" and the original stands."""

    ref: str
    text: str
    source: Language
    target: Language
    #: Whether the source language is certain; an unsure one is said to the seller.
    sure: bool
    #: "phrasebook", "argos", "bergamot", "browser" or a name the seller gave; "" when nothing translated it.
    engine: str
    match: Match
    #: Reasons to doubt the result, each a key of the catalogue under ``doubt_``.
    doubt: list[str]
    #: Packages that would help, when none is installed.
    missing: list[Pair]
    #: Hosts the text was sent to, apart by blanks; "" = it stayed on this machine.
    destination: str = ""
    #: The pair ``match`` "memory" or "memory_near" comes from; beside a machine's text one that is nearly alike.
    memory: Remembered | None = None
    #: The tone a text for a buyer was made in; "" = none, as of a text for the seller.
    tone: ToneOrNone = ""
    #: How polite the text is, without the greeting and closing of its tone.
    level: Level = ""


class TranslateResult(Wire, kw_only=True):
    """In the order asked."""

    items: list[Translated]


class TranslateOthersParams(Wire, kw_only=True):
    """The seller's words in ``source``, for the buyer in ``target``; ``tone`` as in ``translate``."""

    item: TranslateItem
    thread: ThreadRef | None = None
    source: Annotated[Language, msgspec.Meta(min_length=1)]
    target: Annotated[Language, msgspec.Meta(min_length=1)]
    tone: ToneOrNone = ""


method(Method("translate", TranslateParams, TranslateResult, timeout_s=30, doc="Translate chat lines or a listing."))
method(
    Method(
        "translate.others",
        TranslateOthersParams,
        TranslateResult,
        timeout_s=30,
        doc="Every different answer for one text, best first.",
    )
)
