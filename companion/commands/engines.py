"""``seabridge engines list | add | remove | order | test``: who translates, and setting remote services up."""

from __future__ import annotations

import argparse
import getpass
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Protocol

import msgspec

from ..locales import text
from ..opening import stores_of
from ..protocol.decode import convert
from ..protocol.methods.engines import (
    EngineInfo,
    EnginePrice,
    EnginesOrderParams,
    EnginesResult,
    EnginesSaveParams,
    EnginesTestParams,
    EnginesTestResult,
    EngineToday,
)
from ..runtime import control
from ..runtime.lock import DataLock
from ..runtime.paths import Paths
from .offline import open_translator, runs
from .printing import Say, as_json, line

#: Services a remote engine can be, as ``EngineKind`` names them on the wire.
_KINDS = ["libretranslate", "mtranserver", "deepl", "chat"]


def arguments(name: str, parser: argparse.ArgumentParser, say: Say) -> None:
    """The five actions. A key is never an argument: those stand in the shell's history."""
    parser.add_argument("--practice", dest="practice_data", action="store_true", help=say("cli_practice_data"))
    actions = parser.add_subparsers(dest="action", required=True)
    listing = actions.add_parser("list", help=say("cli_engines_list"))
    listing.add_argument("--json", action="store_true", help=say("cli_json"))
    add = actions.add_parser("add", help=say("cli_engines_add"))
    add.add_argument("name", metavar="NAME", help=say("cli_engines_new_name"))
    add.add_argument("--preset", default="", metavar="NAME", help=say("cli_engines_preset"))
    add.add_argument("--kind", choices=_KINDS, help=say("cli_engines_kind"))
    add.add_argument("--url", dest="base_url", metavar="URL", help=say("cli_engines_url"))
    add.add_argument("--model", metavar="NAME", help=say("cli_engines_model"))
    add.add_argument("--daily", dest="daily_characters", type=int, metavar="N", help=say("cli_engines_daily"))
    add.add_argument("--facts", dest="shop_facts", metavar="TEXT", help=say("cli_engines_facts"))
    add.add_argument("--key-stdin", action="store_true", help=say("cli_engines_key_stdin"))
    remove = actions.add_parser("remove", help=say("cli_engines_remove"))
    remove.add_argument("name", metavar="NAME", help=say("cli_engines_name"))
    order = actions.add_parser("order", help=say("cli_engines_order"))
    order.add_argument("names", nargs="+", metavar="NAME", help=say("cli_engines_names"))
    order.add_argument("--pair", metavar="ja-zh", help=say("cli_engines_pair"))
    test = actions.add_parser("test", help=say("cli_engines_test"))
    test.add_argument("name", metavar="NAME", help=say("cli_engines_name"))
    test.add_argument("text", nargs="?", default="", metavar="TEXT", help=say("cli_engines_line"))
    test.add_argument("--from", dest="source", default="en", metavar="CODE", help=say("cli_engines_from"))
    test.add_argument("--to", dest="target", default="zh", metavar="CODE", help=say("cli_engines_to"))


def run(options: argparse.Namespace, paths: Paths, locale: str) -> int:
    """Do it; 1 when a test failed."""
    with _board(paths) as board:
        if options.action == "list":
            shown = board.all()
            if options.json:
                as_json(shown)
            else:
                _table(shown, locale)
        elif options.action == "add":
            _table(board.save(_described(options, board.all(), locale)), locale)
        elif options.action == "remove":
            _table(board.remove(options.name), locale)
        elif options.action == "order":
            known = board.all()
            pairs = {**known.pairs, options.pair: options.names} if options.pair else known.pairs
            wanted = known.order if options.pair else options.names
            params = convert({"order": wanted, "pairs": pairs}, EnginesOrderParams)
            _table(board.order(params), locale)
        else:
            trial = EnginesTestParams(
                name=options.name, source=options.source, target=options.target, text=options.text
            )
            return _tried(board.test(trial), options.name, locale)
    return 0


def engine_names(paths: Paths) -> list[str]:
    """The engines there are, whether they can be used now or not."""
    with _board(paths) as board:
        return [engine.name for engine in board.all().engines]


def _described(options: argparse.Namespace, known: EnginesResult, locale: str) -> EnginesSaveParams:
    """What the seller typed, with the key asked for where one is needed and none is stored."""
    had = next((engine for engine in known.engines if engine.name == options.name), None)
    preset = options.preset or (options.name if options.name in {p.name for p in known.presets} else "")
    needs = next((p.needs_key for p in known.presets if p.name == preset), True)
    key = None
    if options.key_stdin:
        key = sys.stdin.readline().strip()
    elif needs and not (had and had.has_key) and sys.stdin.isatty():
        key = getpass.getpass(text("cli_engines_key", locale, name=options.name) + " ").strip() or None
    return convert(
        {
            "name": options.name,
            "preset": "" if had and not options.preset else preset,
            "kind": options.kind,
            "base_url": options.base_url,
            "model": options.model,
            "key": key,
            "daily_characters": options.daily_characters,
            "shop_facts": options.shop_facts,
        },
        EnginesSaveParams,
    )


def _table(shown: EnginesResult, locale: str) -> None:
    for engine in shown.engines:
        mark = "✓" if engine.ready and not engine.problem else ("!" if engine.problem else " ")
        goes = engine.destination or text("cli_engines_here", locale)
        parts = [f" {mark} {engine.name:<14} {engine.kind:<14} {goes}", engine.model, _price(engine.price, locale)]
        parts.append(_day(engine.today, locale))
        line("  ".join(part for part in parts if part))
        if engine.unencrypted:
            line("     " + text("options_engine_unencrypted", locale, host=engine.destination))
        if engine.problem:
            line("     " + text(f"error_{engine.problem}", locale, engine=engine.name, used="?", limit="?"))
        elif _waits_for_key(engine):
            line("     " + text("cli_engines_no_key", locale, name=engine.name))
    line(text("cli_engines_asked", locale, names=" → ".join(shown.order)))
    for pair, names in sorted(shown.pairs.items()):
        line(f"   {pair}: {' → '.join(names)}")


def _waits_for_key(engine: EngineInfo) -> bool:
    return engine.needs_key and not engine.has_key


def _price(price: EnginePrice | None, locale: str) -> str:
    """What a million costs; "" where nothing is known or charged."""
    if price is None or price.price_in is None or not price.currency:
        return ""
    both = f"{price.price_in:g}" if price.price_out is None else f"{price.price_in:g} / {price.price_out:g}"
    return text(f"cli_engines_price_{price.per}", locale, price=both, currency=price.currency)


def _day(today: EngineToday | None, locale: str) -> str:
    if today is None or not today.requests:
        return ""
    if today.cost is None:
        price = text("cli_engines_price_unknown", locale)
    else:
        price = f"{'≈' if today.estimated else ''}{today.cost:.4f} {today.currency}".strip()
    return text("cli_engines_today", locale, characters=today.characters, limit=today.limit or "∞", cost=price)


def _tried(result: EnginesTestResult, name: str, locale: str) -> int:
    if result.problem:
        line(text(f"error_{result.problem}", locale, engine=name, used="?", limit="?", problem=""))
        return 1
    line(result.text)
    line(
        text("cli_engines_took", locale, ms=result.took_ms, goes=result.destination or text("cli_engines_here", locale))
    )
    return 0


class _Board(Protocol):
    def all(self) -> EnginesResult: ...
    def save(self, params: EnginesSaveParams) -> EnginesResult: ...
    def remove(self, name: str) -> EnginesResult: ...
    def order(self, params: EnginesOrderParams) -> EnginesResult: ...
    def test(self, params: EnginesTestParams) -> EnginesTestResult: ...


@contextmanager
def _board(paths: Paths) -> Iterator[_Board]:
    """The running companion's, so that it knows at once; else our own."""
    if runs(paths):
        yield _Running(paths)
        return
    with DataLock(paths), stores_of(paths) as stores:
        translator = open_translator(paths, stores)
        try:
            yield translator.board
        finally:
            translator.close()


class _Running:
    def __init__(self, paths: Paths) -> None:
        self._paths = paths

    def all(self) -> EnginesResult:
        return convert(self._ask("engines.list", {}), EnginesResult)

    def save(self, params: EnginesSaveParams) -> EnginesResult:
        return convert(self._ask("engines.save", params), EnginesResult)

    def remove(self, name: str) -> EnginesResult:
        return convert(self._ask("engines.remove", {"name": name}), EnginesResult)

    def order(self, params: EnginesOrderParams) -> EnginesResult:
        return convert(self._ask("engines.order", params), EnginesResult)

    def test(self, params: EnginesTestParams) -> EnginesTestResult:
        return convert(self._ask("engines.test", params), EnginesTestResult)

    def _ask(self, method: str, params: Any) -> Any:
        return control.call(self._paths, method, msgspec.to_builtins(params), timeout_s=90)
