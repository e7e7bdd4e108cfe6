"""``seabridge glossary import | export | list`` and ``seabridge memory import | export``."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol

from .. import __version__
from ..locales import text
from ..opening import stores_of
from ..protocol.decode import convert
from ..protocol.methods.glossary import (
    GlossaryImportResult,
    GlossaryListParams,
    GlossaryListResult,
    GlossaryTerm,
    ShopRef,
)
from ..protocol.methods.memory import MemoryImportResult
from ..runtime import control
from ..runtime.lock import DataLock
from ..runtime.paths import Paths
from .offline import open_translator, runs
from .printing import Say, as_json, complain, line, plain

#: Kinds of file by command.
SUFFIXES = {"glossary": (".csv", ".tbx"), "memory": (".tmx",)}
#: Tens of thousands of pairs take half a minute.
_FILE_S = 300


def arguments(name: str, parser: argparse.ArgumentParser, say: Say) -> None:
    """The file, and the shop it is for."""
    actions = parser.add_subparsers(dest="action", required=True)
    for action in ("import", "export"):
        command = actions.add_parser(action, help=say(f"cli_{name}_{action}"))
        command.add_argument("path", metavar="FILE", type=Path, help=say(f"cli_{name}_file"))
        _shared(command, say)
    if name == "glossary":
        listing = actions.add_parser("list", help=say("cli_glossary_list"))
        listing.add_argument("--json", action="store_true", help=say("cli_json"))
        _shared(listing, say)


def _shared(command: argparse.ArgumentParser, say: Say) -> None:
    command.add_argument("--shop", default="", metavar="MARKETPLACE/SHOP", help=say("cli_wording_shop"))
    command.add_argument("--practice", dest="practice_data", action="store_true", help=say("cli_practice_data"))


def run(options: argparse.Namespace, paths: Paths, locale: str) -> int:
    """Do it; 1 when the file is not there or of another kind."""
    marketplace, _, shop_name = options.shop.partition("/")
    shop = ShopRef(marketplace=marketplace, shop=shop_name)
    if options.action != "list":
        suffixes = SUFFIXES[options.command]
        if options.path.suffix.lower() not in suffixes:
            complain(text("cli_wording_suffix", locale, suffixes=" ".join(suffixes)))
            return 1
        if options.action == "import" and not options.path.is_file():
            complain(text("cli_languages_no_file", locale, path=options.path))
            return 1
    with _words(paths) as words:
        if options.action == "list":
            _list(words, shop, options.json, locale)
        elif options.action == "import" and options.command == "glossary":
            terms = words.glossary_in(options.path.resolve(), shop)
            line(text("cli_glossary_imported", locale, added=terms.added, replaced=terms.replaced))
        elif options.action == "import":
            pairs = words.memory_in(options.path.resolve(), shop)
            line(text("cli_memory_imported", locale, added=pairs.added, known=pairs.known, skipped=pairs.skipped))
        else:
            out = words.glossary_out if options.command == "glossary" else words.memory_out
            line(text("cli_wording_exported", locale, count=out(options.path.resolve(), shop), path=options.path))
    return 0


def _list(words: _Words, shop: ShopRef, json: bool, locale: str) -> None:
    terms: list[GlossaryTerm] = []
    after = ""
    while True:
        page = words.page(GlossaryListParams(shop=shop, after=after))
        terms += page.terms
        after = page.more
        if not after:
            break
    if json:
        as_json(GlossaryListResult(terms=terms, count=len(terms), more=""))
        return
    for term in terms:
        says = "  ".join(f"{language}: {said}" for language, said in sorted(term.renderings.items()))
        line(plain(f"{term.text}  {text('cli_glossary_kept', locale) if term.keep else says}"))
    line(text("cli_glossary_count", locale, count=len(terms)))


class _Words(Protocol):
    def page(self, asked: GlossaryListParams) -> GlossaryListResult: ...
    def glossary_in(self, path: Path, shop: ShopRef) -> GlossaryImportResult: ...
    def glossary_out(self, path: Path, shop: ShopRef) -> int: ...
    def memory_in(self, path: Path, shop: ShopRef) -> MemoryImportResult: ...
    def memory_out(self, path: Path, shop: ShopRef) -> int: ...


@contextmanager
def _words(paths: Paths) -> Iterator[_Words]:
    """The running companion's, so that it uses what is new at once; else our own under the lock."""
    if runs(paths):
        yield _Running(paths)
        return
    with DataLock(paths), stores_of(paths) as stores:
        translator = open_translator(paths, stores)
        try:
            yield _Direct(translator)
        finally:
            translator.close()


class _Direct:
    def __init__(self, translator: Any) -> None:
        self._glossary, self._memory = translator.glossary, translator.memory
        self.page = self._glossary.page

    def glossary_in(self, path: Path, shop: ShopRef) -> GlossaryImportResult:
        from ..translation.files import glossary_from

        return glossary_from(self._glossary, path, shop)

    def glossary_out(self, path: Path, shop: ShopRef) -> int:
        from ..translation.files import glossary_to

        return glossary_to(self._glossary, path, shop)

    def memory_in(self, path: Path, shop: ShopRef) -> MemoryImportResult:
        from ..translation.files import memory_from

        return memory_from(self._memory, path, shop)

    def memory_out(self, path: Path, shop: ShopRef) -> int:
        from ..translation.files import memory_to

        return memory_to(self._memory, path, shop, __version__)


class _Running:
    def __init__(self, paths: Paths) -> None:
        self._paths = paths

    def page(self, asked: GlossaryListParams) -> GlossaryListResult:
        params = {"shop": _shop(asked.shop), "after": asked.after}
        return convert(control.call(self._paths, "glossary.list", params), GlossaryListResult)

    def glossary_in(self, path: Path, shop: ShopRef) -> GlossaryImportResult:
        return convert(self._file("glossary.import_file", path, shop), GlossaryImportResult)

    def glossary_out(self, path: Path, shop: ShopRef) -> int:
        return int(self._file("glossary.export_file", path, shop)["written"])

    def memory_in(self, path: Path, shop: ShopRef) -> MemoryImportResult:
        return convert(self._file("memory.import_file", path, shop), MemoryImportResult)

    def memory_out(self, path: Path, shop: ShopRef) -> int:
        return int(self._file("memory.export_file", path, shop)["written"])

    def _file(self, method: str, path: Path, shop: ShopRef) -> Any:
        return control.call(self._paths, method, {"path": str(path), "shop": _shop(shop)}, timeout_s=_FILE_S)


def _shop(shop: ShopRef) -> dict[str, str]:
    return {"marketplace": shop.marketplace, "shop": shop.shop}
