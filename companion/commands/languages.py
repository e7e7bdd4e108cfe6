"""``seabridge languages list | install | install-file | remove``: through the running companion, else directly."""

from __future__ import annotations

import argparse
from pathlib import Path

from ..locales import text
from ..runtime.paths import Paths
from .offline import packages, table
from .printing import Say, as_json, complain, line


def arguments(name: str, parser: argparse.ArgumentParser, say: Say) -> None:
    """The four actions."""
    parser.add_argument("--practice", dest="practice_data", action="store_true", help=say("cli_practice_data"))
    actions = parser.add_subparsers(dest="action", required=True)
    listing = actions.add_parser("list", help=say("cli_languages_list"))
    listing.add_argument("--refresh", action="store_true", help=say("cli_languages_refresh"))
    listing.add_argument("--json", action="store_true", help=say("cli_json"))
    for action in ("install", "remove"):
        command = actions.add_parser(action, help=say(f"cli_languages_{action}"))
        command.add_argument("source", metavar="FROM", help=say("cli_models_source"))
        command.add_argument("target", metavar="TO", help=say("cli_models_target"))
    from_file = actions.add_parser("install-file", help=say("cli_languages_install_file"))
    from_file.add_argument("path", type=Path, metavar="FILE", help=say("cli_languages_path"))


def run(options: argparse.Namespace, paths: Paths, locale: str) -> int:
    """Do it; 1 when a package to remove was not there."""
    with packages(paths, locale) as found:
        if options.action == "list":
            listed = found.list(options.refresh)
            if options.json:
                as_json(listed)
                return 0
            table(listed.packages, locale)
            if not listed.packages and not listed.index_error:
                line(text("cli_languages_no_list", locale))
            if listed.index_error:
                line(text(f"error_{listed.index_error}", locale))
        elif options.action == "remove":
            removed = found.remove(options.source, options.target)
            line(text("cli_languages_removed" if removed else "cli_languages_not_there", locale))
            return 0 if removed else 1
        elif options.action == "install-file":
            if not options.path.is_file():
                complain(text("cli_languages_no_file", locale, path=options.path))
                return 1
            table([found.install_file(options.path.resolve())], locale)
        else:
            try:
                result = found.install(options.source, options.target)
            finally:
                line()  # the meter's line ends here, whatever comes next
            table(result.packages, locale)
    return 0
