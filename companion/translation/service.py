"""The translator the rest of the program talks to: phrasebook first, then engines, and always an honest answer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from companion.marketplaces import rules_dir
from companion.protocol import ErrorCode, SeabridgeError
from companion.protocol.methods.languages import (
    InstallProgress,
    LanguagePackage,
    LanguagesInstallResult,
    LanguagesListResult,
)
from companion.protocol.methods.translate import Translated, TranslateItem
from companion.protocol.values import Match, Pair
from companion.runtime.paths import Paths

from . import detect as detection
from .cache import TranslationCache, cache_key
from .codes import primary, same
from .detect import Detected
from .engines.argos import ArgosEngine
from .guarded import translate_guarded
from .languages import installed_package, listing
from .packages.download import Opener
from .packages.index import PackageIndex, index_address
from .packages.install import Installer
from .packages.store import InstalledPackage, PackageStore
from .phrasebook.book import Found, Phrasebook
from .protect import strip_untranslatable
from .scripts import has_letters


@dataclass(slots=True)
class _Job:
    """One item on its way."""

    item: TranslateItem
    text: str
    target: str
    found: Detected
    failed: bool = False
    done: Translated | None = None

    def answer(
        self, text: str, match: Match, engine: str = "", doubt: Sequence[str] = (), missing: Sequence[Pair] = ()
    ) -> None:
        """Settle the item."""
        self.done = Translated(
            ref=self.item.ref,
            text=text,
            source=self.found.language,
            target=self.target,
            sure=self.found.sure,
            engine=engine,
            match=match,
            doubt=list(doubt),
            missing=list(missing),
        )


class Translator:
    """Thread-safe; everything heavy is loaded when first needed.

    ``phrases`` is the folder of phrase files or a ready Phrasebook. ``index_url`` overrides SEABRIDGE_ARGOS_INDEX and
    the official index; ``opener`` stands in for the network in tests. ``glossary_version`` is part of the cache key.
    """

    def __init__(
        self,
        packages_dir: Path,
        cache_path: Path | None,
        phrases: Path | Phrasebook,
        *,
        index_url: str = "",
        opener: Opener | None = None,
        glossary_version: str = "",
    ) -> None:
        self._store = PackageStore(packages_dir)
        self._index = PackageIndex(packages_dir, index_address(index_url), opener)
        self.installer = Installer(self._store, self._index, opener)
        self._engine = ArgosEngine(self._store.installed)
        self._cache = TranslationCache(cache_path)
        self._glossary = glossary_version
        folder = cache_path.parent if cache_path else None
        self.book = phrases if isinstance(phrases, Phrasebook) else Phrasebook(phrases, folder)

    @classmethod
    def for_paths(cls, paths: Paths) -> Translator:
        """The translator of a data folder, with the shipped phrasebook."""
        import platformdirs

        # The compiled book (about 3 s of work) is no data of the seller's: all data folders of a user share it.
        shared = Path(platformdirs.user_cache_dir("Seabridge", appauthor=False))
        book = Phrasebook(rules_dir() / "phrases", shared)
        return cls(paths.packages, paths.cache / "translations.db", book)

    # -- translating ---------------------------------------------------------------------------------------------

    def detect(self, text: str, prior: str = "") -> Detected:
        """The language of a chat line; ``prior`` is the thread's."""
        return detection.detect(text, prior)

    def translate(
        self, items: Sequence[TranslateItem], *, source: str, target: str, prior: str = "", purpose: str = ""
    ) -> list[Translated]:
        """Answers in order. ``source`` "" = detect each; ``purpose`` (read, write, back) decides between equal phrases.

        Never raises for a text: an engine that fails leaves match "none" with a doubt. Raises ``language_unknown``
        when no target is given.
        """
        if not target:
            raise SeabridgeError(ErrorCode.LANGUAGE_UNKNOWN, "no target", language=target)
        jobs = [self._job(item, source, target, prior) for item in items]
        for job in jobs:
            self._without_engine(job, prior, purpose)
        self._with_engine([job for job in jobs if job.done is None])
        for job in jobs:
            if job.done is None:
                self._last_resort(job, purpose)
        return [job.done for job in jobs if job.done]

    def _job(self, item: TranslateItem, source: str, target: str, prior: str) -> _Job:
        text = item.text.encode("utf-8", "replace").decode("utf-8")  # half a surrogate pair would break what follows
        found = Detected(primary(source), True) if source else detection.detect(text, prior)
        return _Job(item, text, primary(target), found)

    def _without_engine(self, job: _Job, prior: str, purpose: str) -> None:
        """What needs no engine: same language, nothing to translate, word for word in the phrasebook."""
        text, language = job.text, job.found.language
        if not has_letters(strip_untranslatable(text)) or (language and same(language, job.target)):
            job.answer(text, "same")
            return
        if not language:
            job.answer("", "none", doubt=["unsure_language"])
            return
        found = self._in_book(self.book.exact, text, language, job.target, purpose)
        if found is None and not job.found.sure and prior and not same(prior, language):
            # The thread's language knows the sentence: that settles which language it is in.
            found = self._in_book(self.book.exact, text, prior, job.target, purpose)
            job.found = Detected(primary(prior), True) if found else job.found
        if found:
            job.found = Detected(job.found.language, True)
            job.answer(found.text, "exact", "phrasebook")

    @staticmethod
    def _in_book(
        ask: Callable[[str, str, str, str], Found | None], *question: *tuple[str, str, str, str]
    ) -> Found | None:
        """Ask the phrasebook. A faulty rules file (the doctor names it) must not stop the engine from translating."""
        try:
            return ask(*question)
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def _with_engine(self, jobs: list[_Job]) -> None:
        """One batch per direction; what an engine cannot do is left for the last resort."""
        if not jobs or not self._engine.available():
            return
        directions: dict[str, list[_Job]] = {}
        for job in jobs:
            directions.setdefault(job.found.language, []).append(job)
        for language, group in directions.items():
            target = group[0].target
            if self._engine.missing(language, target):
                continue
            version = self._engine.version(language, target)
            waiting: dict[str, list[_Job]] = {}
            for job in group:
                key = cache_key(job.text, language, target, self._engine.name, version, self._glossary)
                known = self._cache.get(key)
                if known:
                    self._machine(job, *known)
                else:
                    waiting.setdefault(key, []).append(job)
            if waiting:
                self._ask_engine(waiting, language, target)

    def _ask_engine(self, waiting: dict[str, list[_Job]], source: str, target: str) -> None:
        firsts = [jobs[0] for jobs in waiting.values()]
        try:
            answers = translate_guarded(self._engine, [job.text for job in firsts], source, target)
        except SeabridgeError:
            for job in (job for jobs in waiting.values() for job in jobs):
                job.failed = True
            return
        for (key, jobs), answer in zip(waiting.items(), answers, strict=True):
            self._cache.put(key, answer.text, answer.doubt)
            for job in jobs:
                self._machine(job, answer.text, answer.doubt)

    def _machine(self, job: _Job, text: str, doubt: Sequence[str]) -> None:
        if not text.strip():
            job.failed = True
            return
        job.answer(text, "machine", self._engine.name, [*self._unsure(job), *doubt])

    @staticmethod
    def _unsure(job: _Job) -> list[str]:
        return [] if job.found.sure else ["unsure_language"]

    def _last_resort(self, job: _Job, purpose: str) -> None:
        """A near sentence of the phrasebook, else the original stands and what would help is named."""
        source, unsure = job.found.language, self._unsure(job)
        if job.failed:
            unsure = [*unsure, "engine_failed"]
        missing = [Pair(source=one, target=other) for one, other in self._engine.missing(source, job.target)]
        found = self._in_book(self.book.near, job.text, source, job.target, purpose)
        if found:
            doubt = ["near_match", *unsure] if found.match == "near" else unsure
            job.answer(found.text, found.match, "phrasebook", doubt, missing)
        else:
            job.answer("", "none", doubt=unsure, missing=missing)

    # -- languages -----------------------------------------------------------------------------------------------

    def list(self, refresh: bool = False) -> LanguagesListResult:
        """Installed and installable packages; asks the network only when told to."""
        if refresh:
            self._store.rescan()
        snapshot = self._index.refresh() if refresh else self._index.snapshot()
        return listing(snapshot, self._store.installed(), self._engine.name)

    def install(
        self,
        source: str,
        target: str,
        progress: Callable[[InstallProgress], None] = lambda _progress: None,
        cancelled: Callable[[], bool] = lambda: False,
    ) -> LanguagesInstallResult:
        """Install what the pair needs, through English where there is no direct package, and load it once."""
        source, target = primary(source), primary(target)
        if not source or not target or source == target:
            raise SeabridgeError(ErrorCode.LANGUAGE_UNKNOWN, language=source or target)
        for package in self.installer.install(source, target, progress, cancelled):
            pair = Pair(source=package.source, target=package.target)
            progress(InstallProgress(stage="load", package=pair, done=0, total=0))
            self._prove(package)
        route = self._engine.route(source, target)
        return LanguagesInstallResult(packages=[installed_package(package, self._engine.name) for package in route])

    def install_file(self, path: Path) -> LanguagePackage:
        """Install a local ``.argosmodel``."""
        package = self.installer.install_file(path)
        self._prove(package)
        return installed_package(package, self._engine.name)

    def _prove(self, package: InstalledPackage) -> None:
        """A package that cannot translate one word is damaged: removed again, and said."""
        self._engine.unload(package.source, package.target)
        if not self._engine.available():
            return
        try:
            self._engine.translate_batch(["ok"], package.source, package.target)
        except SeabridgeError as exc:
            self._engine.unload(package.source, package.target)
            self._store.remove(package.source, package.target)
            raise SeabridgeError(ErrorCode.PACKAGE_DAMAGED, exc.detail, package=package.folder) from exc

    def remove(self, source: str, target: str) -> bool:
        """Remove one direction; whether there was one."""
        self._engine.unload(source, target)
        return self._store.remove(source, target)

    # -- life ----------------------------------------------------------------------------------------------------

    def unload_idle(self, seconds: float) -> int:
        """Give back the memory of models unused for that long."""
        return self._engine.unload_idle(seconds)

    def close(self) -> None:
        """Unload everything and close the cache."""
        self._engine.unload()
        self._cache.close()

    def state(self) -> dict[str, Any]:
        """For the doctor: what is there, what is missing."""
        try:
            book: dict[str, Any] = {"entries": self.book.size(), "languages": self.book.languages(), "error": ""}
        except (OSError, ValueError, KeyError, TypeError) as exc:
            book = {"entries": 0, "languages": [], "error": str(exc)[:300]}
        installed = self._store.installed()
        return {
            "engine": self._engine.name,
            "engine_available": self._engine.available(),
            "installer_available": find_spec("argostranslate") is not None,
            "detector_available": find_spec("pycld2") is not None,
            "packages": [
                f"{package.source}-{package.target} {package.version}" for package in installed if package.usable
            ],
            "unsupported": [package.folder for package in installed if not package.usable],
            "pairs": sorted(f"{source}-{target}" for source, target in self._engine.pairs()),
            "loaded": self._engine.loaded(),
            "phrasebook": book,
            "cached": self._cache.rows(),
            "index_at": self._index.snapshot().at,
            "index_url": self._index.address,
        }
