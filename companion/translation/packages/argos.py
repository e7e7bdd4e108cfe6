"""Argos packages as the translator offers them: list, install, import, remove, and the engine that runs them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from companion.protocol import ErrorCode, SeabridgeError
from companion.protocol.methods.languages import (
    InstallProgress,
    LanguagePackage,
    LanguagesInstallResult,
    LanguagesListResult,
)
from companion.protocol.values import Pair

from ..engines.argos import ArgosEngine
from ..languages import installed_package, listing
from .download import Opener
from .index import PackageIndex, index_address
from .install import Installer
from .store import InstalledPackage, PackageStore


class ArgosPackages:
    """Everything about them, below one folder."""

    def __init__(self, root: Path, *, index_url: str = "", opener: Opener | None = None) -> None:
        self.store = PackageStore(root)
        self.index = PackageIndex(root, index_address(index_url), opener)
        self.installer = Installer(self.store, self.index, opener)
        self.engine = ArgosEngine(self.store.installed)

    def listing(self, refresh: bool = False) -> LanguagesListResult:
        """Installed packages, and what the index offers beside them; asks the network only when told to."""
        if refresh:
            self.store.rescan()
        snapshot = self.index.refresh() if refresh else self.index.snapshot()
        return listing(snapshot, self.store.installed(), self.engine.name)

    def install(
        self,
        source: str,
        target: str,
        progress: Callable[[InstallProgress], None],
        cancelled: Callable[[], bool],
    ) -> LanguagesInstallResult:
        """Install what the pair needs and load it once; a package that cannot translate a word is removed again."""
        for package in self.installer.install(source, target, progress, cancelled):
            pair = Pair(source=package.source, target=package.target)
            progress(InstallProgress(stage="load", package=pair, done=0, total=0))
            self._prove(package)
        route = self.engine.route(source, target)
        return LanguagesInstallResult(packages=[installed_package(package, self.engine.name) for package in route])

    def import_file(self, path: Path) -> LanguagePackage:
        """Install a local ``.argosmodel``."""
        package = self.installer.install_file(path)
        self._prove(package)
        return installed_package(package, self.engine.name)

    def remove(self, source: str, target: str) -> bool:
        """Remove one direction; whether there was one."""
        self.engine.unload(source, target)
        return self.store.remove(source, target)

    def _prove(self, package: InstalledPackage) -> None:
        self.engine.unload(package.source, package.target)
        if not self.engine.available():
            return
        try:
            self.engine.translate_batch(["ok"], package.source, package.target)
        except SeabridgeError as exc:
            self.remove(package.source, package.target)
            raise SeabridgeError(ErrorCode.PACKAGE_DAMAGED, exc.detail, package=package.folder) from exc

    def state(self) -> dict[str, Any]:
        """For the doctor: what is installed, what cannot be used, what is in memory."""
        installed = self.store.installed()
        return {
            "engine": self.engine.name,
            "engine_available": self.engine.available(),
            "packages": [
                f"{package.source}-{package.target} {package.version}" for package in installed if package.usable
            ],
            "unsupported": [package.folder for package in installed if not package.usable],
            "pairs": sorted(f"{source}-{target}" for source, target in self.engine.pairs()),
            "loaded": self.engine.loaded(),
            "index_at": self.index.snapshot().at,
            "index_url": self.index.address,
        }
