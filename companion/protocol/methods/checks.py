"""What in a listing or a message breaks a rule, and what the seller decided about it."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec

from ..base import Code, Instant, Language, Name, Text, Wire
from ..registry import Method, method, topic
from ..values import ThreadRef
from .catalogue import Line

CheckLevel = Literal["error", "warning", "suggestion"]
CheckTarget = Literal["listing", "message"]
#: Of a rule, such as ``trademark/velcro``.
RuleId = Annotated[str, msgspec.Meta(max_length=120, pattern=r"^[a-z0-9/-]*$")]
#: Of something the seller entered; "" = a new one.
OwnId = Annotated[str, msgspec.Meta(max_length=40, pattern=r"^[A-Za-z0-9_-]*$")]
#: ``2026-12-31``, both ends of a span inclusive; "" = without a bound.
Day = Annotated[str, msgspec.Meta(max_length=10, pattern=r"^(\d{4}-\d{2}-\d{2})?$")]
Said = Annotated[str, msgspec.Meta(max_length=300)]
Ids = Annotated[list[OwnId], msgspec.Meta(min_length=1, max_length=200)]
Marketplaces = Annotated[list[Code], msgspec.Meta(max_length=50)]

#: Most texts of one listing: bullets, attributes and the rest.
MOST_TEXTS = 200


class CheckText(Wire, kw_only=True):
    """A text of a listing. ``index``: which one from 0 where a field has several, -1 = it has one; ``name``: what the
    page calls an attribute."""

    field: Code
    text: Text
    index: Annotated[int, msgspec.Meta(ge=-1, le=1_000)] = -1
    name: Name = ""


class CheckFinding(Wire, kw_only=True):
    """``part``: which of the texts asked about, from 0; ``start``, ``end``: code points of it.

    ``source`` and ``as_of``: where the rule is known from and the day somebody looked. ``alternatives``: texts that may
    stand there instead. ``waiver``: the id of what the seller excused it with, ``reason`` his words; "" = not excused.
    """

    part: int
    rule: str
    version: int
    level: CheckLevel
    start: int
    end: int
    text: str
    message: str
    fix: str
    source: str
    as_of: str
    alternatives: list[str]
    waiver: str
    reason: str


class ListingCheckParams(Wire, kw_only=True):
    """``item``: the seller's or the platform's number, "" = not known; so with the others.

    ``settled``: the texts have stood still for a while, so that the check is written down.
    """

    marketplace: Code
    texts: Annotated[list[CheckText], msgspec.Meta(max_length=MOST_TEXTS)]
    region: Code = ""
    shop: Name = ""
    item: Name = ""
    category: Line = ""
    brand: Line = ""
    language: Language = ""
    settled: bool = False


class MessageCheckParams(Wire, kw_only=True):
    """What the seller is about to say in a conversation; ``language`` "" = to be found out."""

    thread: ThreadRef
    text: Text
    language: Language = ""


class CheckResult(Wire, kw_only=True):
    """In the order in which they stand there; ``pack``: the version of all rules together."""

    findings: list[CheckFinding]
    pack: str


class MessageSendingParams(Wire, kw_only=True):
    """A message leaves now. ``anyway``: the seller sent it over a blocking finding."""

    thread: ThreadRef
    text: Text
    language: Language = ""
    anyway: bool = False
    at: Instant


class MessageSendingResult(Wire, kw_only=True):
    """``recorded``: what was found in it stands in the archive."""

    recorded: bool


class OwnEntry(Wire, kw_only=True):
    """Something the seller entered, and when (Unix time, filled in by the companion). ``id`` "" = a new one."""

    at: Instant = 0.0
    id: OwnId = ""


class Waiver(OwnEntry, kw_only=True):
    """ "Not for me, because": a finding the seller excused.

    ``text``: the words found, "" = whatever they are; ``marketplace`` "" = on all; ``item`` "" = in every listing.
    ``version`` and ``pack`` (of the rule, and of all rules that day) are filled in by the companion.
    """

    rule: RuleId
    reason: Annotated[str, msgspec.Meta(min_length=1, max_length=300)]
    target: CheckTarget
    text: Said = ""
    marketplace: Code = ""
    item: Name = ""
    version: int = 0
    pack: Name = ""


class Brand(OwnEntry, kw_only=True):
    """A mark the seller owns, or may use. ``holder`` and ``number``: who authorised it, and the paper's number.

    ``until``: the last day it may be used; ``marketplaces`` [] = on all.
    """

    name: Annotated[str, msgspec.Meta(min_length=1, max_length=200)]
    kind: Literal["own", "licensed"]
    marketplaces: Marketplaces = []
    holder: Name = ""
    number: Name = ""
    until: Day = ""
    note: Said = ""


class OwnWord(OwnEntry, kw_only=True):
    """Words the seller forbids. ``instead``: what to write, "" = nothing; ``why``: what whoever writes them is told."""

    words: Annotated[
        list[Annotated[str, msgspec.Meta(min_length=1, max_length=200)]], msgspec.Meta(min_length=1, max_length=50)
    ]
    level: CheckLevel = "warning"
    instead: Name = ""
    why: Said = ""
    applies_to: Annotated[list[CheckTarget], msgspec.Meta(min_length=1, max_length=2)] = msgspec.field(
        default_factory=lambda: ["listing", "message"]
    )
    marketplaces: Marketplaces = []
    version: int = 0


class ChecksListParams(Wire, kw_only=True):
    """All of them."""


class IdsParams(Wire, kw_only=True):
    """Those to take away."""

    ids: Ids


class RemovedResult(Wire, kw_only=True):
    """How many there were."""

    removed: int


class WaiversListResult(Wire, kw_only=True):
    """The one given last comes first. ``outdated``: ids of those whose rule has changed since."""

    waivers: list[Waiver]
    outdated: list[str]


class WaiversPutParams(Wire, kw_only=True):
    """One with an id replaces that one."""

    waiver: Waiver


class WaiversPutResult(Wire, kw_only=True):
    """As it is kept."""

    waiver: Waiver


class BrandsListResult(Wire, kw_only=True):
    """In the order of their names. ``lapsed``: ids of those whose last day is past."""

    brands: list[Brand]
    lapsed: list[str]


class BrandsPutParams(Wire, kw_only=True):
    """One with an id replaces that one."""

    brand: Brand


class BrandsPutResult(Wire, kw_only=True):
    """As it is kept."""

    brand: Brand


class WordsListResult(Wire, kw_only=True):
    """The ones entered last come first."""

    words: list[OwnWord]


class WordsPutParams(Wire, kw_only=True):
    """One with an id replaces that one."""

    word: OwnWord


class WordsPutResult(Wire, kw_only=True):
    """As it is kept."""

    word: OwnWord


class ChecksChanged(Wire, kw_only=True):
    """Rules, own words, brands or waivers are others than before: what is open is to be checked again."""


method(Method("listing.check", ListingCheckParams, CheckResult, doc="What in a listing breaks a rule."))
method(Method("message.check", MessageCheckParams, CheckResult, doc="What in a message to a buyer breaks a rule."))
method(Method("message.sending", MessageSendingParams, MessageSendingResult, doc="Write down what a message was."))
method(Method("waivers.list", ChecksListParams, WaiversListResult, doc="Findings the seller excused."))
method(Method("waivers.put", WaiversPutParams, WaiversPutResult, doc="Excuse a finding."))
method(Method("waivers.remove", IdsParams, RemovedResult, doc="Excuse them no longer."))
method(Method("brands.list", ChecksListParams, BrandsListResult, doc="Marks the seller owns or may use."))
method(Method("brands.put", BrandsPutParams, BrandsPutResult, doc="Enter or change a mark."))
method(Method("brands.remove", IdsParams, RemovedResult, doc="Take marks away."))
method(Method("words.list", ChecksListParams, WordsListResult, doc="Words the seller forbids."))
method(Method("words.put", WordsPutParams, WordsPutResult, doc="Enter or change forbidden words."))
method(Method("words.remove", IdsParams, RemovedResult, doc="Allow them again."))
topic("checks", ChecksChanged)
