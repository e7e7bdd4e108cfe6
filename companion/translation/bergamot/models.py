"""Mozilla's models as the translator offers them: list, install, import, remove, and the engine that runs them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from companion.protocol import ErrorCode, SeabridgeError
from companion.protocol.methods.languages import (
    InstallProgress,
    LanguagePackage,
    LanguagesInstallResult,
    LanguagesListResult,
)
from companion.protocol.values import Pair

from ..engines.bergamot import BergamotEngine
from ..packages.download import Opener
from .index import BergamotIndex, Offer
from .install import BergamotInstaller, plan
from .store import BergamotModel, BergamotStore

#: English names of the languages that get a model; the seller's own screen has its own.
NAMES = {
    "en": "English", "zh": "Chinese", "es": "Spanish", "pt": "Portuguese", "de": "German", "fr": "French",
    "ja": "Japanese", "ko": "Korean", "th": "Thai", "vi": "Vietnamese", "id": "Indonesian", "ru": "Russian",
    "ar": "Arabic",
}  # fmt: skip


class BergamotModels:
    """Everything about them, below one folder."""

    def __init__(self, root: Path, *, index_url: str = "", opener: Opener | None = None) -> None:
        self.store = BergamotStore(root)
        self.index = BergamotIndex(root, index_url, opener)
        self.installer = BergamotInstaller(self.store, self.index, opener)
        self.engine = BergamotEngine(self.store.installed)

    def listing(self, refresh: bool = False) -> LanguagesListResult:
        """Installed models, and what the list offers beside them; asks the network only when told to."""
        if refresh:
            self.store.rescan()
        offers = self.index.refresh() if refresh else self.index.offers()
        installed = self.store.installed()
        have = {(model.source, model.target) for model in installed}
        packages = [_installed(model) for model in installed]
        packages += [_offered(offer) for offer in offers.models if (offer.source, offer.target) not in have]
        packages.sort(key=lambda package: (package.source, package.target))
        return LanguagesListResult(packages=packages, index_at=offers.at, index_error=offers.error)

    def licences(self, source: str, target: str) -> list[tuple[str, str, str]]:
        """(source, target, licence) of what installing the pair would bring, from the list at hand."""
        have = {(model.source, model.target) for model in self.store.installed()}
        return [(o.source, o.target, o.licence) for o in plan(source, target, self.index.offers(), have)]

    def install(
        self,
        source: str,
        target: str,
        progress: Callable[[InstallProgress], None],
        cancelled: Callable[[], bool],
    ) -> LanguagesInstallResult:
        """Install what the pair needs and load it once; a model that cannot translate a word is removed again."""
        for model in self.installer.install(source, target, progress, cancelled):
            pair = Pair(source=model.source, target=model.target)
            progress(InstallProgress(stage="load", package=pair, done=0, total=0))
            self._prove(model)
        return LanguagesInstallResult(packages=[_installed(model) for model in self.engine.route(source, target)])

    def import_folder(self, folder: Path, source: str = "", target: str = "") -> LanguagePackage:
        """Install from files the seller has."""
        model = self.installer.import_folder(folder, source, target)
        self._prove(model)
        return _installed(model)

    def remove(self, source: str, target: str) -> bool:
        """Remove one direction; whether there was one."""
        self.engine.unload(source, target)
        return self.store.remove(source, target)

    def _prove(self, model: BergamotModel) -> None:
        self.engine.unload(model.source, model.target)
        if not self.engine.available():
            return
        try:
            self.engine.translate_batch(["ok"], model.source, model.target)
        except SeabridgeError as exc:
            self.remove(model.source, model.target)
            raise SeabridgeError(ErrorCode.PACKAGE_DAMAGED, exc.detail, package=model.folder) from exc


def _installed(model: BergamotModel) -> LanguagePackage:
    return LanguagePackage(
        source=model.source,
        target=model.target,
        source_name=NAMES.get(model.source, model.source),
        target_name=NAMES.get(model.target, model.target),
        version=model.version,
        engine="bergamot",
        installed=True,
        size=model.size,
        checksum=model.checksum,
        licence=model.licence,
    )


def _offered(offer: Offer) -> LanguagePackage:
    return LanguagePackage(
        source=offer.source,
        target=offer.target,
        source_name=NAMES.get(offer.source, offer.source),
        target_name=NAMES.get(offer.target, offer.target),
        version=offer.version,
        engine="bergamot",
        installed=False,
        size=offer.download or offer.size,
        checksum="",
        licence=offer.licence,
    )
