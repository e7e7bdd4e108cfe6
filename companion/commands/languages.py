"""``seabridge languages list | install | install-file | remove``: through the running companion, else directly."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol

from ..locales import text
from ..protocol.decode import convert
from ..protocol.errors import ErrorCode, SeabridgeError
from ..protocol.methods.languages import (
    InstallProgress,
    LanguagePackage,
    LanguagesInstallResult,
    LanguagesListResult,
    LanguagesRemoveResult,
)
from ..runtime import control
from ..runtime.lock import DataLock
from ..runtime.paths import Paths
from .printing import Say, as_json, complain, line

_INSTALL_S = 3600


def arguments(name: str, parser: argparse.ArgumentParser, say: Say) -> None:
    """The four actions."""
    parser.add_argument("--practice", dest="practice_data", action="store_true", help=say("cli_practice_data"))
    actions = parser.add_subparsers(dest="action", required=True)
    listing = actions.add_parser("list", help=say("cli_languages_list"))
    listing.add_argument("--refresh", action="store_true", help=say("cli_languages_refresh"))
    listing.add_argument("--json", action="store_true")
    for action in ("install", "remove"):
        command = actions.add_parser(action, help=say(f"cli_languages_{action}"))
        command.add_argument("source")
        command.add_argument("target")
    from_file = actions.add_parser("install-file", help=say("cli_languages_install_file"))
    from_file.add_argument("path", type=Path)


def run(options: argparse.Namespace, paths: Paths, locale: str) -> int:
    """Do it; 1 when a package to remove was not there."""
    with _packages(paths, locale) as packages:
        if options.action == "list":
            listed = packages.list(options.refresh)
            if options.json:
                as_json(listed)
                return 0
            _table(listed.packages, locale)
            if not listed.packages and not listed.index_error:
                line(text("cli_languages_no_list", locale))
            if listed.index_error:
                line(text(f"error_{listed.index_error}", locale))
        elif options.action == "remove":
            removed = packages.remove(options.source, options.target)
            line(text("cli_languages_removed" if removed else "cli_languages_not_there", locale))
            return 0 if removed else 1
        elif options.action == "install-file":
            if not options.path.is_file():
                complain(text("cli_languages_no_file", locale, path=options.path))
                return 1
            _table([packages.install_file(options.path.resolve())], locale)
        else:
            try:
                result = packages.install(options.source, options.target)
            finally:
                line()  # the meter's line ends here, whatever comes next
            _table(result.packages, locale)
    return 0


class _Packages(Protocol):
    def list(self, refresh: bool) -> LanguagesListResult: ...
    def install(self, source: str, target: str) -> LanguagesInstallResult: ...
    def install_file(self, path: Path) -> LanguagePackage: ...
    def remove(self, source: str, target: str) -> bool: ...


@contextmanager
def _packages(paths: Paths, locale: str) -> Iterator[_Packages]:
    """The running companion's when one runs, so that it uses a new language at once."""
    meter = _Meter(locale)
    try:
        control.call(paths, "status", timeout_s=5)
    except SeabridgeError as exc:
        if exc.code is not ErrorCode.NOT_RUNNING:
            raise
        with DataLock(paths):
            direct = _Direct(paths, meter)
            try:
                yield direct
            finally:
                direct.close()
    else:
        yield _Running(paths, meter)


class _Direct:
    def __init__(self, paths: Paths, meter: _Meter) -> None:
        from ..translation import Translator

        self._translator = Translator.for_paths(paths)
        self._meter = meter
        self.list = self._translator.list
        self.install_file = self._translator.install_file
        self.remove = self._translator.remove
        self.close = self._translator.close

    def install(self, source: str, target: str) -> LanguagesInstallResult:
        return self._translator.install(source, target, self._meter, lambda: False)


class _Running:
    def __init__(self, paths: Paths, meter: _Meter) -> None:
        self._paths = paths
        self._meter = meter

    def list(self, refresh: bool) -> LanguagesListResult:
        return convert(self._ask("languages.list", refresh=refresh), LanguagesListResult)

    def remove(self, source: str, target: str) -> bool:
        return convert(self._ask("languages.remove", source=source, target=target), LanguagesRemoveResult).removed

    def install_file(self, path: Path) -> LanguagePackage:
        return convert(self._ask("languages.install_file", path=str(path)), LanguagePackage)

    def install(self, source: str, target: str) -> LanguagesInstallResult:
        state = self._ask("languages.install_start", source=source, target=target)
        deadline = time.monotonic() + _INSTALL_S
        while state["state"] == "running" and time.monotonic() < deadline:
            time.sleep(0.3)
            state = self._ask("languages.install_state")
            if state["progress"]:
                self._meter(convert(state["progress"], InstallProgress))
        if state["state"] != "done":
            error = state["error"] or {"code": "timeout", "data": {}}
            raise SeabridgeError(ErrorCode(error["code"]), **error["data"])
        return LanguagesInstallResult(packages=[p for p in self.list(False).packages if p.installed])

    def _ask(self, method: str, **params: Any) -> Any:
        return control.call(self._paths, method, params, timeout_s=90)


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
