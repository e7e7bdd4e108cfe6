"""Translation engines: which there are, in what order they are asked, and setting remote ones up."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec

from ..base import Code, Language, Name, Text, Url, Wire
from ..registry import Method, method
from ..values import Pair

EngineName = Annotated[str, msgspec.Meta(max_length=31, pattern=r"^[a-z][a-z0-9-]*$")]
EngineOrder = Annotated[list[EngineName], msgspec.Meta(max_length=12)]
RemoteKind = Literal["libretranslate", "mtranserver", "deepl", "chat"]


class EnginePrice(Wire, kw_only=True):
    """Per million of the unit; None = not known."""

    per: Literal["tokens", "characters"]
    price_in: float | None
    price_out: float | None
    currency: Annotated[str, msgspec.Meta(max_length=3)]


class EngineToday(Wire, kw_only=True):
    """What a remote engine was given today. ``cost`` None = a price is not known; ``limit`` 0 = none of ours."""

    characters: int
    limit: int
    tokens_in: int
    tokens_out: int
    requests: int
    #: Tokens were guessed because the service did not count them.
    estimated: bool
    cost: float | None
    currency: str


class EngineInfo(Wire, kw_only=True):
    """One engine. ``destination`` "" = texts stay on this machine."""

    name: EngineName
    kind: Literal["argos", "bergamot", "browser", "libretranslate", "mtranserver", "deepl", "chat"]
    destination: str
    #: Asked without https in the local network, where others can read along.
    unencrypted: bool = False
    #: It can be asked now: installed, or set up with its key.
    ready: bool
    #: Error code it rests for after failing, or of a set-up that is wrong; "" = none.
    problem: str
    #: Directions it lacks for the pair asked about: to be installed first, or not to be had at all.
    missing: list[Pair] = []
    model: str = ""
    base_url: str = ""
    has_key: bool = False
    needs_key: bool = False
    price: EnginePrice | None = None
    today: EngineToday | None = None
    #: Words about the shop that go along with each text, for engines that take context.
    shop_facts: str = ""


class EnginePreset(Wire, kw_only=True):
    """A starting point for setting a remote engine up, with where its prices were read and when."""

    name: EngineName
    title: str
    kind: RemoteKind
    base_url: str
    model: str
    needs_key: bool
    price: EnginePrice
    source: str
    checked: str


class EnginesResult(Wire, kw_only=True):
    """All engines, the order they are asked in, and the pairs ("ja-zh") with an order of their own."""

    engines: list[EngineInfo]
    order: list[str]
    pairs: dict[str, list[str]]
    presets: list[EnginePreset]


class EnginesListParams(Wire, kw_only=True):
    """With both languages, each engine tells what it lacks for that pair."""

    source: Language = ""
    target: Language = ""


class EnginesSaveParams(Wire, kw_only=True):
    """Sets a remote engine up or changes it. ``key`` None leaves the key, "" takes it away; None = as the preset."""

    name: EngineName
    preset: Code = ""
    kind: RemoteKind | None = None
    base_url: Url | None = None
    model: Name | None = None
    key: Annotated[str, msgspec.Meta(max_length=500)] | None = None
    daily_characters: Annotated[int, msgspec.Meta(ge=0, le=10**9)] | None = None
    timeout_s: Annotated[float, msgspec.Meta(gt=0, le=60)] | None = None
    shop_facts: Annotated[str, msgspec.Meta(max_length=1_000)] | None = None
    price: EnginePrice | None = None


class EnginesRemoveParams(Wire, kw_only=True):
    """Forgets a remote engine and its key."""

    name: EngineName


class EnginesOrderParams(Wire, kw_only=True):
    """The order for all pairs, and the pairs with one of their own."""

    order: EngineOrder
    pairs: dict[Annotated[str, msgspec.Meta(pattern=r"^[a-z]{2,3}-[a-z]{2,3}$")], EngineOrder] = {}


class EnginesTestParams(Wire, kw_only=True):
    """Translates one line with one engine, now. ``text`` "" = a line of ours."""

    name: EngineName
    source: Language = "en"
    target: Language = "zh"
    text: Text = ""


class EnginesTestResult(Wire, kw_only=True):
    """``problem`` is an error code, "" = it translated; ``took_ms`` milliseconds."""

    text: str
    problem: str
    took_ms: int
    destination: str


method(Method("engines.list", EnginesListParams, EnginesResult, doc="Translation engines and their order."))
method(Method("engines.save", EnginesSaveParams, EnginesResult, doc="Set a remote engine up."))
method(Method("engines.remove", EnginesRemoveParams, EnginesResult, doc="Forget a remote engine and its key."))
method(Method("engines.order", EnginesOrderParams, EnginesResult, doc="Choose the order of engines."))
method(Method("engines.test", EnginesTestParams, EnginesTestResult, timeout_s=60, doc="Try an engine with one line."))
