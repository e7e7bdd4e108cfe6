"""``seabridge models list | install | remove | import``: models of both offline engines, with sizes and licences."""

from __future__ import annotations

import argparse
import json
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from ..locales import text
from ..protocol.methods.languages import LanguagePackage, LanguagesListResult
from ..protocol.values import Pair
from ..runtime.paths import Paths
from .offline import packages, table
from .printing import Say, as_json, complain, line

#: Engine to the module it needs.
ENGINES = {"argos": "ctranslate2", "bergamot": "fxtranslate"}


def arguments(name: str, parser: argparse.ArgumentParser, say: Say) -> None:
    """The four actions."""
    parser.add_argument("--practice", dest="practice_data", action="store_true", help=say("cli_practice_data"))
    actions = parser.add_subparsers(dest="action", required=True)
    listing = actions.add_parser("list", help=say("cli_models_list"), description=say("cli_models_list_json"))
    listing.add_argument("--engine", choices=list(ENGINES), help=say("cli_models_engine"))
    listing.add_argument("--refresh", action="store_true", help=say("cli_languages_refresh"))
    listing.add_argument("--json", action="store_true", help=say("cli_json"))
    install = actions.add_parser("install", help=say("cli_models_install"))
    install.add_argument("--yes", action="store_true", help=say("cli_models_yes"))
    remove = actions.add_parser("remove", help=say("cli_models_remove"))
    for command in (install, remove):
        command.add_argument("source", metavar="FROM", help=say("cli_models_source"))
        command.add_argument("target", metavar="TO", help=say("cli_models_target"))
        command.add_argument("--engine", choices=list(ENGINES), default="argos", help=say("cli_models_engine"))
    bring = actions.add_parser("import", help=say("cli_models_import"))
    bring.add_argument("path", type=Path, metavar="PATH", help=say("cli_models_path"))
    bring.add_argument("--from", dest="source", default="", metavar="CODE", help=say("cli_models_import_from"))
    bring.add_argument("--to", dest="target", default="", metavar="CODE", help=say("cli_models_import_from"))


def run(options: argparse.Namespace, paths: Paths, locale: str) -> int:
    """Do it; 1 when something to remove was not there, a file is missing, or the seller said no."""
    if options.action == "import" and not options.path.exists():
        complain(text("cli_languages_no_file", locale, path=options.path))
        return 1
    with packages(paths, locale) as found:
        if options.action == "list":
            wanted = [options.engine] if options.engine else list(ENGINES)
            _show({engine: found.list(options.refresh, engine) for engine in wanted}, options.json, locale)
        elif options.action == "remove":
            removed = found.remove(options.source, options.target, options.engine)
            line(text("cli_languages_removed" if removed else "cli_languages_not_there", locale))
            return 0 if removed else 1
        elif options.action == "import":
            table([found.install_file(options.path.resolve(), options.source, options.target)], locale)
        else:
            _say_licence(found.list(False, options.engine), options, locale)
            if not options.yes and sys.stdin.isatty() and not _agrees(locale):
                return 1
            try:
                result = found.install(options.source, options.target, options.engine)
            finally:
                line()  # the meter's line ends here, whatever comes next
            table(result.packages, locale)
    return 0


def lacking(listed: LanguagesListResult, engine: str) -> list[Pair]:
    """Directions to and from English, of the languages this product is made for, that the list does not have.

    While the list of Argos was never fetched, what it is known not to have.
    """
    from ..translation import LANGUAGES

    have = {(package.source, package.target) for package in listed.packages}
    if engine == "argos" and not listed.index_at:
        return [
            pair for code in argos_gaps() for pair in (Pair(source=code, target="en"), Pair(source="en", target=code))
        ]
    wanted = [pair for code in LANGUAGES if code != "en" for pair in ((code, "en"), ("en", code))]
    codes = {"pt": ("pt", "pb")}

    def there(one: str, other: str) -> bool:
        return any((a, b) in have for a in codes.get(one, (one,)) for b in codes.get(other, (other,)))

    return [Pair(source=one, target=other) for one, other in wanted if not there(one, other)]


def argos_gaps() -> list[str]:
    """The languages Argos is known not to have."""
    from ..marketplaces import rules_dir

    told: dict[str, list[str]] = json.loads((rules_dir() / "engines" / "argos.json").read_text("utf-8"))
    return told["lacks"]


def _show(listed: dict[str, LanguagesListResult], in_json: bool, locale: str) -> None:
    if in_json:
        told: list[dict[str, Any]] = [
            {
                "engine": engine,
                "available": find_spec(ENGINES[engine]) is not None,
                "index_at": result.index_at,
                "index_error": result.index_error,
                "packages": result.packages,
                "lacking": lacking(result, engine),
            }
            for engine, result in listed.items()
        ]
        as_json({"engines": told})
        return
    for engine, result in listed.items():
        line(text(f"cli_models_of_{engine}", locale))
        if find_spec(ENGINES[engine]) is None:
            line(text("cli_models_engine_missing", locale, engine=engine))
        if not result.packages:
            line(text("cli_languages_no_list", locale))
        table(result.packages, locale)
        gaps = lacking(result, engine)
        if gaps:
            pairs = ", ".join(f"{pair.source} → {pair.target}" for pair in gaps)
            line(text("cli_models_lacking", locale, engine=engine, pairs=pairs))
        if result.index_error:
            line(text(f"error_{result.index_error}", locale))
        line()


def _say_licence(listed: LanguagesListResult, options: argparse.Namespace, locale: str) -> None:
    """Size and licence of what is about to be installed, before anything is fetched."""
    wanted = {(options.source, options.target), (options.source, "en"), ("en", options.target)}
    offered = [p for p in listed.packages if (p.source, p.target) in wanted and not p.installed]
    direct = [p for p in offered if (p.source, p.target) == (options.source, options.target)]
    for package in direct or offered:
        line(text("cli_models_licence", locale, **_about(package, locale)))


def _about(package: LanguagePackage, locale: str) -> dict[str, str]:
    size = f"{package.size / 1e6:.0f} MB" if package.size else text("cli_models_unknown", locale)
    return {
        "pair": f"{package.source} → {package.target}",
        "engine": package.engine,
        "size": size,
        "licence": package.licence or text("cli_models_licence_unknown", locale),
    }


def _agrees(locale: str) -> bool:
    sys.stdout.write(text("cli_models_agree", locale) + " ")
    sys.stdout.flush()
    return sys.stdin.readline().strip().lower() in ("y", "yes", "是")
