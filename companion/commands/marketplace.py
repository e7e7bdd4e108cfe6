"""``seabridge marketplace list | show | check | test | new | export | import``: the descriptions of pages."""

from __future__ import annotations

import argparse
import re
import sys
from pathlib import Path

from ..locales import text
from ..runtime.paths import Paths
from .printing import Say, as_json, line

#: What a marketplace's folder may be called.
NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def arguments(name: str, parser: argparse.ArgumentParser, say: Say) -> None:
    """The seven actions."""
    actions = parser.add_subparsers(dest="action", required=True)
    listing = actions.add_parser("list", help=say("marketplace_cli_list"))
    listing.add_argument("--json", action="store_true", help=say("cli_json"))
    show = actions.add_parser("show", help=say("marketplace_cli_show"))
    show.add_argument("name", metavar="NAME", help=say("marketplace_cli_name"))
    show.add_argument("--json", action="store_true", help=say("cli_json"))
    check = actions.add_parser("check", help=say("marketplace_cli_check"))
    check.add_argument("name", metavar="NAME", nargs="?", default="", help=say("marketplace_cli_name"))
    check.add_argument("--json", action="store_true", help=say("cli_json"))
    test = actions.add_parser("test", help=say("marketplace_cli_test"))
    test.add_argument("path", metavar="PAGE.html", type=Path, help=say("cli_saved_page"))
    test.add_argument("--url", default="", metavar="ADDRESS", help=say("marketplace_cli_url"))
    test.add_argument("--zone", default="", metavar="ZONE", help=say("marketplace_cli_zone"))
    test.add_argument("--observed", default="", metavar="TIME", help=say("marketplace_cli_observed"))
    test.add_argument("--json", action="store_true", help=say("cli_json"))
    new = actions.add_parser("new", help=say("marketplace_cli_new"))
    new.add_argument("name", metavar="NAME", help=say("marketplace_cli_new_name"))
    new.add_argument("--in", dest="folder", type=Path, default=Path(), metavar="FOLDER", help=say("marketplace_cli_in"))
    export = actions.add_parser("export", help=say("marketplace_cli_export"))
    export.add_argument("name", metavar="NAME", help=say("marketplace_cli_export_name"))
    export.add_argument("--out", type=Path, metavar="FILE.zip", help=say("marketplace_cli_out"))
    take = actions.add_parser("import", help=say("marketplace_cli_import"))
    take.add_argument("path", metavar="FILE.zip|FOLDER", type=Path, help=say("marketplace_cli_shared"))
    take.add_argument("--yes", action="store_true", help=say("marketplace_cli_yes"))
    take.add_argument("--replace", action="store_true", help=say("marketplace_cli_replace"))
    for sharing in (export, take):
        sharing.add_argument("--practice", dest="practice_data", action="store_true", help=say("cli_practice_data"))


def run(options: argparse.Namespace, paths: Paths, locale: str) -> int:
    """Do it; 1 = faults found, not readable or not there, 2 = not understood."""
    if options.action == "list":
        from .marketplace_show import show_all

        return show_all(options.json, locale)
    if options.action == "test":
        from .marketplace_test import test

        return test(options, locale)
    if options.action == "new":
        from .marketplace_new import new

        return new(options.name, options.folder, locale)
    if options.action in ("export", "import"):
        from . import marketplace_share

        if options.action == "export":
            return marketplace_share.export(options.name, options.out, paths, locale)
        yes, replace = options.yes, options.replace
        return marketplace_share.take(options.path, yes=yes, replace=replace, paths=paths, locale=locale)
    folders = folders_of(options.name, paths.marketplaces)
    if not folders:
        known = ", ".join(folder.name for folder in folders_of("", paths.marketplaces))
        sys.stderr.write(text("marketplace_unknown", locale, name=options.name, known=known) + "\n")
        return 1
    if options.action == "show":
        from .marketplace_show import show

        return show(folders[0], options.json, locale)
    return _check(folders, options.json, locale, paths.marketplaces)


def folders_of(name: str, own: Path) -> list[Path]:
    """The folder of a shipped marketplace, of one of the seller's ``own``, or at a path; all shipped ones for ""."""
    from ..marketplaces import rules_dir

    shipped = rules_dir() / "marketplaces"
    if not name:
        return sorted(path.parent for path in shipped.glob("*/marketplace.yml"))
    if NAME.fullmatch(name) and (shipped / name).is_dir():
        return [shipped / name]
    if NAME.fullmatch(name) and (own / name).is_dir():
        return [own / name]
    given = Path(name)
    if given.name == "marketplace.yml":
        given = given.parent
    return [given.resolve()] if given.is_dir() else []


def _check(folders: list[Path], json: bool, locale: str, own: Path) -> int:
    from .marketplace_check import check

    results = [check(folder, locale, shared=folder.parent == own) for folder in folders]
    bad = sum(1 for result in results if result.faults)
    if json:
        as_json({"ok": not bad, "marketplaces": [result.plain() for result in results]})
        return 1 if bad else 0
    for result in results:
        for fault in result.faults:
            line(str(fault))
        key = "marketplace_check_faults" if result.faults else "marketplace_check_ok"
        line(
            text(
                key,
                locale,
                name=result.name,
                count=len(result.faults),
                pages=result.pages,
                entries=result.entries,
                cases=result.cases,
            )
        )
    return 1 if bad else 0
