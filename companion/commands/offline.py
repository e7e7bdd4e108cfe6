"""Offline packages for the commands that handle them: of the running companion when one runs, else directly."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from ..locales import catalogue, text
from ..opening import stores_of
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
from .printing import line

if TYPE_CHECKING:
    from ..opening import Stores
    from ..translation import Translator

_INSTALL_S = 3600


class Packages(Protocol):
    """What both ways offer."""

    def list(self, refresh: bool, engine: str = "argos") -> LanguagesListResult: ...
    def install(self, source: str, target: str, engine: str = "argos") -> LanguagesInstallResult: ...
    def install_file(self, path: Path, source: str = "", target: str = "") -> LanguagePackage: ...
    def remove(self, source: str, target: str, engine: str = "argos") -> bool: ...


def runs(paths: Paths) -> bool:
    """Whether a companion answers for this folder."""
    try:
        control.call(paths, "status", timeout_s=5)
    except SeabridgeError as exc:
        if exc.code is not ErrorCode.NOT_RUNNING:
            raise
        return False
    return True


def open_translator(paths: Paths, stores: Stores) -> Translator:
    """A translator of our own, with the seller's engines; only under the lock of the data folder."""
    from ..runtime.secrets import Secrets
    from ..translation import Translator
    from ..translation.setup import EngineSetup

    paths.ready()
    return Translator.for_paths(
        paths, EngineSetup(stores.documents, Secrets(paths)), stores.documents, memory=stores.memory
    )


@contextmanager
def packages(paths: Paths, locale: str) -> Iterator[Packages]:
    """The running companion's when one runs, so that it uses a new language at once."""
    meter = Meter(locale)
    if runs(paths):
        yield _Running(paths, meter)
        return
    with DataLock(paths), stores_of(paths) as stores:
        translator = open_translator(paths, stores)
        try:
            yield _Direct(translator, meter)
        finally:
            translator.close()


class _Direct:
    def __init__(self, translator: Translator, meter: Meter) -> None:
        self._translator = translator
        self._meter = meter
        self.list = translator.list
        self.install_file = translator.install_file
        self.remove = translator.remove

    def install(self, source: str, target: str, engine: str = "argos") -> LanguagesInstallResult:
        return self._translator.install(source, target, self._meter, lambda: False, engine)


class _Running:
    def __init__(self, paths: Paths, meter: Meter) -> None:
        self._paths = paths
        self._meter = meter

    def list(self, refresh: bool, engine: str = "argos") -> LanguagesListResult:
        return convert(self._ask("languages.list", refresh=refresh, engine=engine), LanguagesListResult)

    def remove(self, source: str, target: str, engine: str = "argos") -> bool:
        told = self._ask("languages.remove", source=source, target=target, engine=engine)
        return convert(told, LanguagesRemoveResult).removed

    def install_file(self, path: Path, source: str = "", target: str = "") -> LanguagePackage:
        told = self._ask("languages.install_file", path=str(path), source=source, target=target)
        return convert(told, LanguagePackage)

    def install(self, source: str, target: str, engine: str = "argos") -> LanguagesInstallResult:
        state = self._ask("languages.install_start", source=source, target=target, engine=engine)
        deadline = time.monotonic() + _INSTALL_S
        while state["state"] == "running" and time.monotonic() < deadline:
            time.sleep(0.3)
            state = self._ask("languages.install_state")
            if state["progress"]:
                self._meter(convert(state["progress"], InstallProgress))
        if state["state"] != "done":
            error = state["error"] or {"code": "timeout", "data": {}}
            raise SeabridgeError(ErrorCode(error["code"]), **error["data"])
        return LanguagesInstallResult(packages=[p for p in self.list(False, engine).packages if p.installed])

    def _ask(self, method: str, **params: Any) -> Any:
        return control.call(self._paths, method, params, timeout_s=90)


class Meter:
    """Download progress on one line of the terminal."""

    def __init__(self, locale: str) -> None:
        self._locale = locale
        self._last = ""

    def __call__(self, at: InstallProgress) -> None:
        """Show it, when it looks different from before."""
        share = f"{at.done * 100 // at.total}%" if at.total else f"{at.done // 1024} kB"
        stage = text(f"cli_stage_{at.stage}", self._locale)
        shown = f"\r{at.package.source} → {at.package.target}  {stage} {share}      "
        if shown != self._last:
            sys.stdout.write(shown)
            sys.stdout.flush()
            self._last = shown


def _named(code: str, name: str, locale: str) -> str:
    """A language as the seller calls it; the index's own name for those outside the main ones."""
    key = f"language_{code}"
    return text(key, locale) if key in catalogue() else name


def table(found: list[LanguagePackage], locale: str) -> None:
    """Packages, the installed first."""
    for package in sorted(found, key=lambda p: (not p.installed, p.source, p.target)):
        mark = "✓" if package.installed else " "
        size = f"{package.size / 1e6:.0f} MB" if package.size else ""
        note = text(f"cli_checksum_{package.checksum}", locale) if package.checksum else ""
        names = [
            _named(package.source, package.source_name, locale),
            _named(package.target, package.target_name, locale),
        ]
        line(
            f" {mark} {package.source:>3} → {package.target:<3} {' → '.join(names)}  "
            f"{package.engine} {package.version}  {size}  {package.licence}  {note}".rstrip()
        )
