"""The translator the rest of the program talks to: phrasebook first, then engines, and always an honest answer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from companion.marketplaces import rules_dir
from companion.protocol import ErrorCode, SeabridgeError
from companion.protocol.methods.archive import DraftInsertedParams
from companion.protocol.methods.languages import (
    InstallProgress,
    LanguagePackage,
    LanguagesInstallResult,
    LanguagesListResult,
)
from companion.protocol.methods.translate import Translated, TranslateItem
from companion.protocol.values import Pair
from companion.runtime.documents import Documents
from companion.runtime.paths import Paths

from . import detect as detection
from .asking import Asking, Job
from .bergamot.models import BergamotModels
from .board import EngineBoard
from .cache import TranslationCache
from .chain import Chain
from .chat_rules import ChatRules
from .choice import Order
from .codes import primary, same
from .detect import Detected
from .engines.argos import ArgosEngine
from .engines.base import Engine
from .glossary.store import GlossaryStore
from .languages import installed_package, listing
from .memory.store import MemoryStore
from .mixed import merged, runs
from .others import others
from .packages.download import Opener
from .packages.index import PackageIndex, index_address
from .packages.install import Installer
from .packages.store import InstalledPackage, PackageStore
from .phrasebook.book import Found, Phrasebook
from .protect import strip_untranslatable
from .remote.context import NOTHING, Context
from .scripts import has_letters
from .setup import EngineSetup
from .wording import NOWHERE, Place, Wording


class Translator:
    """Thread-safe; everything heavy is loaded when first needed.

    ``phrases`` is the folder of phrase files or a ready Phrasebook. ``index_url`` overrides SEABRIDGE_ARGOS_INDEX and
    the official index; ``opener`` stands in for the network in tests. ``glossary_version`` is part of the cache key.
    ``wording`` is the chat rules with the seller's glossary and memory; without it lines go to engines as typed.
    ``setup`` knows the seller's remote engines and order; without it the offline engines are asked in our order.
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
        setup: EngineSetup | None = None,
        wording: Wording | None = None,
    ) -> None:
        self._store = PackageStore(packages_dir)
        self._index = PackageIndex(packages_dir, index_address(index_url), opener)
        self.installer = Installer(self._store, self._index, opener)
        self._engine = ArgosEngine(self._store.installed)
        self.bergamot = BergamotModels(packages_dir / "bergamot", opener=opener)
        self.setup = setup
        self.chain = Chain(self.engines, lambda: setup.order() if setup else Order())
        self._cache = TranslationCache(cache_path)
        self.wording = wording or Wording()
        self._asking = Asking(self.chain, self._cache, glossary_version, self.wording)
        folder = cache_path.parent if cache_path else None
        self.book = phrases if isinstance(phrases, Phrasebook) else Phrasebook(phrases, folder)

    @classmethod
    def for_paths(
        cls, paths: Paths, setup: EngineSetup | None = None, documents: Documents | None = None
    ) -> Translator:
        """The translator of a data folder, with the shipped phrasebook and chat rules; ``documents`` hold the
        glossary."""
        import platformdirs

        # The compiled book (about 3 s of work) is no data of the seller's: all data folders of a user share it.
        shared = Path(platformdirs.user_cache_dir("Seabridge", appauthor=False))
        book = Phrasebook(rules_dir() / "phrases", shared)
        glossary = GlossaryStore(documents) if documents is not None else None
        wording = Wording(ChatRules(rules_dir() / "chat"), glossary, MemoryStore(paths.memory))
        return cls(paths.packages, paths.cache / "translations.db", book, setup=setup, wording=wording)

    @property
    def board(self) -> EngineBoard:
        """The engines as the seller sees and changes them."""
        return EngineBoard(self.engines, self.setup, self.chain.breaker)

    @property
    def glossary(self) -> GlossaryStore:
        """The seller's terms; only of a translator that was given a place for them."""
        assert self.wording.glossary is not None
        return self.wording.glossary

    @property
    def memory(self) -> MemoryStore:
        """What the seller confirmed; only of a translator that was given a place for it."""
        assert self.wording.memory is not None
        return self.wording.memory

    def remember(self, draft: DraftInsertedParams) -> bool:
        """Keep what the seller sent as a pair of the memory; whether it was one. Raises the storage codes."""
        return self.wording.remember(draft)

    def forget(self, said: Sequence[str]) -> None:
        """Drop what was sent to an erased buyer alone, and the cache, of which nobody can tell whose words it holds."""
        if self.wording.memory is not None:
            for one in said:
                self.wording.memory.remove([], one)
        self._cache.clear()

    # -- translating ---------------------------------------------------------------------------------------------

    def detect(self, text: str, prior: str = "") -> Detected:
        """The language of a chat line; ``prior`` is the thread's."""
        return detection.detect(text, prior)

    def engines(self) -> dict[str, Engine]:
        """All engines by name, whether they can be used now or not."""
        local: dict[str, Engine] = {"argos": self._engine, "bergamot": self.bergamot.engine}
        return {**local, **(self.setup.remotes() if self.setup else {})}

    def translate(
        self,
        items: Sequence[TranslateItem],
        *,
        source: str,
        target: str,
        prior: str = "",
        purpose: str = "",
        engine: str = "",
        around: Callable[[], Context] = lambda: NOTHING,
        ask_remote: bool = True,
        place: Place = NOWHERE,
    ) -> list[Translated]:
        """Answers in order. ``source`` "" = detect each; ``purpose`` (read, write, back) decides between equal phrases.

        ``engine`` names the one to ask instead of phrasebook and order. ``around`` is asked for the context when an
        engine takes one; with ``ask_remote`` False what remote engines said before is used, but nothing is sent.
        Never raises for a text: an engine that fails leaves match "none" with a doubt. Raises ``language_unknown``
        when no target is given.
        """
        if not target:
            raise SeabridgeError(ErrorCode.LANGUAGE_UNKNOWN, "no target", language=target)

        def settle(jobs: Sequence[Job]) -> None:
            for job in jobs:
                self._without_engine(job, prior, purpose, not engine, place)
            self._asking.ask([job for job in jobs if job.done is None], engine, around, ask_remote, place)
            for job in jobs:
                if job.done is None:
                    self._last_resort(job, purpose, engine)

        return self._in_runs(items, source, target, prior, settle)

    def others(
        self,
        item: TranslateItem,
        *,
        source: str,
        target: str,
        purpose: str,
        place: Place = NOWHERE,
        around: Callable[[], Context] = lambda: NOTHING,
    ) -> list[Translated]:
        """Every different answer there is for a text, best first."""
        said = self._job(item, source, target, "")
        item = TranslateItem(ref=item.ref, text=said.text)
        source, target = said.found.language, said.target
        return others(self, item, source=source, target=target, purpose=purpose, place=place, around=around)

    def _in_runs(
        self,
        items: Sequence[TranslateItem],
        source: str,
        target: str,
        prior: str,
        settle: Callable[[Sequence[Job]], None],
    ) -> list[Translated]:
        """Settle all items in one go; one in two languages by its runs, or whole where a run found no translation."""
        cuts = [[] if source else runs(item.text, prior) for item in items]
        groups = [
            [self._job(TranslateItem(ref=item.ref, text=run.text), run.language, target, prior) for run in cut]
            or [self._job(item, source, target, prior)]
            for item, cut in zip(items, cuts, strict=True)
        ]
        settle([job for group in groups for job in group])
        again = {
            at: self._job(items[at], source, target, prior)
            for at, group in enumerate(groups)
            if len(group) > 1 and any(job.answered().match == "none" for job in group)
        }
        settle(list(again.values()))
        return [
            again[at].answered()
            if at in again
            else merged(item.ref, cut, [job.answered() for job in group])
            if cut
            else group[0].answered()
            for at, (item, cut, group) in enumerate(zip(items, cuts, groups, strict=True))
        ]

    def _job(self, item: TranslateItem, source: str, target: str, prior: str) -> Job:
        text = item.text.encode("utf-8", "replace").decode("utf-8")  # half a surrogate pair would break what follows
        found = Detected(primary(source), True) if source else detection.detect(text, prior)
        return Job(item, text, primary(target), found)

    def _without_engine(self, job: Job, prior: str, purpose: str, ask_book: bool, place: Place) -> None:
        """What needs no engine: same language, nothing to translate, said before, word for word in the phrasebook."""
        text, language = job.text, job.found.language
        if not has_letters(strip_untranslatable(text)) or (language and same(language, job.target)):
            job.answer(text, "same")
            return
        if not language:
            job.answer("", "none", doubt=["unsure_language"])
            return
        if not ask_book:
            return
        # A translation back must show what the buyer reads, not what the seller wrote.
        hit = self.wording.remembered(text, language, job.target, place.shop) if purpose != "back" else None
        job.near = hit
        if hit and hit.similarity == 1.0:
            job.answer(hit.text, "memory", "memory")
            return
        found = self.in_book(self.book.exact, text, language, job.target, purpose)
        if found is None and not job.found.sure and prior and not same(prior, language):
            # The thread's language knows the sentence: that settles which language it is in.
            found = self.in_book(self.book.exact, text, prior, job.target, purpose)
            job.found = Detected(primary(prior), True) if found else job.found
        if found:
            job.found = Detected(job.found.language, True)
            job.answer(found.text, "exact", "phrasebook")

    @staticmethod
    def in_book(
        ask: Callable[[str, str, str, str], Found | None], *question: *tuple[str, str, str, str]
    ) -> Found | None:
        """Ask the phrasebook. A faulty rules file (the doctor names it) must not stop the engine from translating."""
        try:
            return ask(*question)
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def _last_resort(self, job: Job, purpose: str, named: str = "") -> None:
        """A near sentence of the phrasebook, else the original stands and what would help is named."""
        source, unsure = job.found.language, job.unsure()
        if job.failed:
            unsure = [*unsure, "engine_failed"]
        asked = self.engines().get(named, self._engine)
        missing = [Pair(source=one, target=other) for one, other in asked.missing(source, job.target)]
        if job.near:
            job.answer(job.near.text, "memory_near", "memory", ["near_memory", *unsure], missing)
            return
        found = self.in_book(self.book.near, job.text, source, job.target, purpose)
        if found:
            doubt = ["near_match", *unsure] if found.match == "near" else unsure
            job.answer(found.text, found.match, "phrasebook", doubt, missing)
        else:
            job.answer("", "none", doubt=unsure, missing=missing)

    # -- languages -----------------------------------------------------------------------------------------------

    def list(self, refresh: bool = False, engine: str = "argos") -> LanguagesListResult:
        """Installed and installable packages of an offline engine; asks the network only when told to."""
        if engine == "bergamot":
            return self.bergamot.listing(refresh)
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
        engine: str = "argos",
    ) -> LanguagesInstallResult:
        """Install what the pair needs, through English where there is no direct package, and load it once."""
        source, target = primary(source), primary(target)
        if not source or not target or source == target:
            raise SeabridgeError(ErrorCode.LANGUAGE_UNKNOWN, language=source or target)
        if engine == "bergamot":
            return self.bergamot.install(source, target, progress, cancelled)
        for package in self.installer.install(source, target, progress, cancelled):
            pair = Pair(source=package.source, target=package.target)
            progress(InstallProgress(stage="load", package=pair, done=0, total=0))
            self._prove(package)
        route = self._engine.route(source, target)
        return LanguagesInstallResult(packages=[installed_package(package, self._engine.name) for package in route])

    def install_file(self, path: Path, source: str = "", target: str = "") -> LanguagePackage:
        """Install a local ``.argosmodel``, or a folder with the files of a Bergamot model."""
        if path.is_dir():
            return self.bergamot.import_folder(path, primary(source), primary(target))
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

    def remove(self, source: str, target: str, engine: str = "argos") -> bool:
        """Remove one direction; whether there was one."""
        if engine == "bergamot":
            return self.bergamot.remove(source, target)
        self._engine.unload(source, target)
        return self._store.remove(source, target)

    # -- life ----------------------------------------------------------------------------------------------------

    def unload_idle(self, seconds: float) -> int:
        """Give back the memory of models unused for that long."""
        return self._engine.unload_idle(seconds) + self.bergamot.engine.unload_idle(seconds)

    def close(self) -> None:
        """Unload everything and close the cache."""
        self.chain.close()
        self._engine.unload()
        self.bergamot.engine.unload()
        self._cache.close()
        self.wording.close()

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
