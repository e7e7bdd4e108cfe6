"""``seabridge languages list | install | install-file | remove``."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from ..locales import text
from ..protocol.methods.languages import InstallProgress, LanguagePackage
from ..runtime.paths import Paths
from ..translation import Translator
from .printing import as_json, line


def arguments(name: str, parser: argparse.ArgumentParser, locale: str) -> None:
    """The four actions."""
    parser.add_argument("--practice", dest="practice_data", action="store_true", help=text("cli_practice_data", locale))
    actions = parser.add_subparsers(dest="action", required=True)
    listing = actions.add_parser("list", help=text("cli_languages_list", locale))
    listing.add_argument("--refresh", action="store_true", help=text("cli_languages_refresh", locale))
    listing.add_argument("--json", action="store_true")
    for action in ("install", "remove"):
        command = actions.add_parser(action, help=text(f"cli_languages_{action}", locale))
        command.add_argument("source")
        command.add_argument("target")
    from_file = actions.add_parser("install-file", help=text("cli_languages_install_file", locale))
    from_file.add_argument("path", type=Path)


def run(options: argparse.Namespace, paths: Paths, locale: str) -> int:
    """Work on the packages folder directly; the running companion notices new packages by itself."""
    translator = Translator.for_paths(paths)
    try:
        if options.action == "list":
            listed = translator.list(options.refresh)
            if options.json:
                as_json(listed)
            else:
                _table(listed.packages, locale)
                if listed.index_error:
                    line(text(f"error_{listed.index_error}", locale))
            return 0
        if options.action == "remove":
            removed = translator.remove(options.source, options.target)
            line(text("cli_languages_removed" if removed else "cli_languages_not_there", locale))
            return 0 if removed else 1
        if options.action == "install-file":
            _table([translator.install_file(options.path)], locale)
            return 0
        result = translator.install(options.source, options.target, _Meter(locale), lambda: False)
        sys.stdout.write("\n")
        _table(result.packages, locale)
        return 0
    finally:
        translator.close()


class _Meter:
    """Download progress on one line of the terminal."""

    def __init__(self, locale: str) -> None:
        self._locale = locale
        self._last = ""

    def __call__(self, at: InstallProgress) -> None:
        share = f"{at.done * 100 // at.total}%" if at.total else f"{at.done // 1024} kB"
        stage = text(f"cli_stage_{at.stage}", self._locale)
        shown = f"\r{at.package.source} → {at.package.target}  {stage} {share}      "
        if shown != self._last:
            sys.stdout.write(shown)
            sys.stdout.flush()
            self._last = shown


def _table(packages: list[LanguagePackage], locale: str) -> None:
    for package in sorted(packages, key=lambda p: (not p.installed, p.source, p.target)):
        mark = "✓" if package.installed else " "
        size = f"{package.size / 1e6:.0f} MB" if package.size else ""
        note = text(f"cli_checksum_{package.checksum}", locale) if package.checksum else ""
        line(
            f" {mark} {package.source:>3} → {package.target:<3} {package.source_name} → {package.target_name}  "
            f"{package.engine} {package.version}  {size}  {note}".rstrip()
        )

