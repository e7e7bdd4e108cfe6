"""The engines as the seller sees and changes them: for the panel and the command line."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import asdict
from typing import Any, cast

from companion.protocol import ErrorCode, SeabridgeError
from companion.protocol.decode import convert
from companion.protocol.methods.engines import (
    EngineInfo,
    EnginePreset,
    EnginePrice,
    EnginesOrderParams,
    EnginesResult,
    EnginesSaveParams,
    EnginesTestParams,
    EnginesTestResult,
    EngineToday,
)
from companion.protocol.values import Pair

from .breaker import Breaker
from .choice import Order, read_order
from .engines.base import Engine
from .engines.browser import BrowserEngine
from .remote.base import RemoteEngine
from .remote.build import screened
from .remote.config import Price, configured, known
from .remote.context import NOTHING
from .setup import EngineSetup

#: What is tried when the seller gives no line: short, with a number that must come out again.
TRIAL = {"zh": "这件衣服有 M 码吗？", "en": "When will order 4711 be shipped?"}


class EngineBoard:
    """``engines`` gives all engines by name."""

    def __init__(self, engines: Callable[[], dict[str, Engine]], setup: EngineSetup | None, breaker: Breaker) -> None:
        self._engines = engines
        self._setup_or_none = setup
        self._breaker = breaker

    @property
    def _setup(self) -> EngineSetup:
        if self._setup_or_none is None:
            raise SeabridgeError(ErrorCode.INTERNAL, "no engine set-up here")
        return self._setup_or_none

    def all(self, source: str = "", target: str = "") -> EnginesResult:
        """Everything there is to know; with a pair, also what each engine lacks for it."""
        order = self._setup_or_none.order() if self._setup_or_none else Order()
        shown = [self._local(name, engine) for name, engine in self._engines().items() if not _is_remote(engine)]
        if self._setup_or_none is not None:
            shown += [self._remote(name, document) for name, document in self._setup.documents().items()]
        if source and target:
            engines = self._engines()
            for info in shown:
                lacks = engines[info.name].missing(source, target) if info.name in engines else []
                info.missing = [Pair(source=one, target=other) for one, other in lacks]
        return EnginesResult(
            engines=shown,
            order=list(order.default),
            pairs={pair: list(names) for pair, names in order.pairs.items()},
            presets=presets(),
        )

    def save(self, params: EnginesSaveParams) -> EnginesResult:
        """Set up or change. Raises ``engine_setup``."""
        changes: dict[str, Any] = {"preset": params.preset} if params.preset else {}
        for field in ("kind", "base_url", "model", "daily_characters", "timeout_s", "shop_facts"):
            value = getattr(params, field)
            if value is not None:
                changes[field] = value
        if params.price is not None:
            price = params.price
            changes["price"] = {
                "per": price.per, "in": price.price_in, "out": price.price_out, "currency": price.currency
            }  # fmt: skip
        self._setup.save(params.name, changes, params.key)
        self._breaker.forget(params.name)
        return self.all()

    def remove(self, name: str) -> EnginesResult:
        """Forget an engine; it leaves the order too. Raises ``not_found``."""
        order = self._setup.order()
        if not self._setup.remove(name):
            raise SeabridgeError(ErrorCode.NOT_FOUND, f"engine {name}", path=name)
        self._breaker.forget(name)

        def without(names: tuple[str, ...]) -> list[str]:
            return [other for other in names if other != name]

        pairs = {pair: without(names) for pair, names in order.pairs.items()}
        self._setup.set_order(read_order({"default": without(order.default), "pairs": pairs}))
        return self.all()

    def order(self, params: EnginesOrderParams) -> EnginesResult:
        """Choose the order. Raises ``not_found`` for an unknown name."""
        self._setup.set_order(read_order({"default": params.order, "pairs": dict(params.pairs)}))
        return self.all()

    def test(self, params: EnginesTestParams, asker: object = None) -> EnginesTestResult:
        """Translate one line now; a failure is an answer too. Raises ``not_found`` for an unknown name.

        ``asker``: the session of the browser where the seller pressed.
        """
        engine = self._engines().get(params.name)
        if engine is None:
            raise SeabridgeError(ErrorCode.NOT_FOUND, f"engine {params.name}", path=params.name)
        line = params.text.strip() or TRIAL.get(params.source, TRIAL["en"])
        ready = screened(engine, NOTHING) if isinstance(engine, RemoteEngine) else engine
        if isinstance(ready, BrowserEngine):
            ready = ready.asked_from(asker)
        begun = time.monotonic()
        try:
            if not engine.available():
                code = ErrorCode.ENGINE_REFUSED if _is_remote(engine) else _absent(engine)
                raise SeabridgeError(code, engine=params.name)
            text, problem = ready.translate_batch([line], params.source, params.target)[0], ""
            self._breaker.succeeded(params.name)
        except SeabridgeError as exc:
            text, problem = "", str(exc.code)
        took = round(1000 * (time.monotonic() - begun))
        return EnginesTestResult(text=text, problem=problem, took_ms=took, destination=engine.destination)

    def _local(self, name: str, engine: Engine) -> EngineInfo:
        return EngineInfo(
            name=name,
            kind=cast(Any, name),
            destination=engine.destination,
            ready=engine.available() and bool(engine.pairs()),
            problem=self._breaker.resting(engine.name) if engine.available() else str(_absent(engine)),
        )

    def _remote(self, name: str, document: dict[str, Any]) -> EngineInfo:
        try:
            config = configured(name, document)
        except SeabridgeError as exc:
            kind = document.get("kind")
            shown = kind if kind in known()["kinds"] else "chat"
            return EngineInfo(name=name, kind=cast(Any, shown), destination="", ready=False, problem=str(exc.code))
        has_key = bool(self._setup.key(name))
        spent = asdict(self._setup.usage.spent(config))
        return EngineInfo(
            name=name,
            kind=config.kind,
            destination=config.host,
            unencrypted=config.unencrypted,
            ready=has_key or not config.needs_key,
            problem=self._breaker.resting(name),
            model=config.model,
            base_url=config.base_url,
            has_key=has_key,
            needs_key=config.needs_key,
            price=_price(config.price),
            today=EngineToday(limit=config.daily_characters, **spent),
            shop_facts=config.shop_facts,
        )


def presets() -> list[EnginePreset]:
    """What ships, with sources."""
    shown = []
    for name, told in known()["presets"].items():
        kind = known()["kinds"][told["kind"]]
        values = {**kind, **told}
        shown.append(
            EnginePreset(
                name=name,
                title=values["title"],
                kind=values["kind"],
                base_url=values.get("base_url", ""),
                model=values.get("model", ""),
                needs_key=values.get("needs_key", True),
                price=_price(convert(values.get("price") or {}, Price)),
                source=values["source"],
                checked=str(known()["checked"]),
            )
        )
    return shown


def _price(price: Price) -> EnginePrice:
    return EnginePrice(per=price.per, price_in=price.in_, price_out=price.out, currency=price.currency)


def _absent(engine: Engine) -> ErrorCode:
    return ErrorCode.BROWSER_AWAY if isinstance(engine, BrowserEngine) else ErrorCode.ENGINE_MISSING


def _is_remote(engine: Engine) -> bool:
    return isinstance(engine, RemoteEngine)
