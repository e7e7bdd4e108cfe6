"""The translator the rest of the program talks to: phrasebook first, then engines, and always an honest answer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from companion.marketplaces import rules_dir
from companion.protocol import ErrorCode, SeabridgeError
from companion.protocol.methods.archive import DraftInsertedParams
from companion.protocol.methods.translate import Translated, TranslateItem
from companion.protocol.values import Pair
from companion.runtime.documents import Documents
from companion.runtime.paths import Paths

from . import detect as detection
from .asking import Asking
from .board import EngineBoard
from .browsers import Browsers
from .cache import TranslationCache
from .chain import Chain
from .chat_rules import ChatRules
from .choice import Order
from .codes import primary, same
from .detect import Detected
from .engines.base import Engine
from .engines.browser import BrowserEngine
from .glossary.store import GlossaryStore
from .jobs import Job, in_runs, job_of, listing_job
from .memory.store import MemoryStore
from .offline import OfflineLanguages
from .others import others
from .packages.download import Opener
from .paid import PaidOnce
from .phrasebook.book import Found, Phrasebook, cache_folder
from .protect import Known, shown_of, strip_untranslatable
from .remote.context import NOTHING, Context
from .scripts import has_letters
from .setup import EngineSetup
from .tone.manner import AS_IT_IS, Manner
from .tone.tones import Tones
from .wording import NOWHERE, Place, Wording


class Translator:
    """Thread-safe; everything heavy is loaded when first needed.

    ``phrases`` is the folder of phrase files or a ready Phrasebook. ``index_url`` overrides SEABRIDGE_ARGOS_INDEX and
    the official index; ``opener`` stands in for the network in tests. ``glossary_version`` is part of the cache key.
    ``wording`` is the chat rules with the seller's glossary and memory; without it lines go to engines as typed.
    ``tones`` speaks to buyers as the seller chose; without it texts stay as they are.
    ``browsers`` are those whose own translator can be asked; without them that engine is away.
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
        tones: Tones | None = None,
        browsers: Browsers | None = None,
        paid: PaidOnce | None = None,
    ) -> None:
        self.offline = offline = OfflineLanguages(packages_dir, index_url=index_url, opener=opener)
        self.argos, self.bergamot = offline.argos, offline.bergamot
        # What is installed and how is the offline engines' matter; whoever has a translator can ask it here.
        self.list, self.install = offline.list, offline.install
        self.install_file, self.remove = offline.install_file, offline.remove
        self.browser = BrowserEngine(browsers or Browsers())
        self.setup = setup
        self.chain = Chain(self.engines, lambda: setup.order() if setup else Order())
        self._cache = TranslationCache(cache_path)
        self.wording = wording or Wording()
        self.tones = tones
        self._asking = Asking(self.chain, self._cache, glossary_version, self.wording, paid)
        folder = cache_path.parent if cache_path else None
        self.book = phrases if isinstance(phrases, Phrasebook) else Phrasebook(phrases, folder)

    @classmethod
    def for_paths(
        cls,
        paths: Paths,
        setup: EngineSetup | None = None,
        documents: Documents | None = None,
        browsers: Browsers | None = None,
        memory: MemoryStore | None = None,
        paid: PaidOnce | None = None,
    ) -> Translator:
        """The translator of a data folder, with the shipped phrasebook and chat rules; ``documents`` hold the
        glossary, ``memory`` is the folder's own where none is given, ``paid`` is what a team shares."""
        book = Phrasebook(rules_dir() / "phrases", cache_folder())
        glossary = GlossaryStore(documents) if documents is not None else None
        wording = Wording(ChatRules(rules_dir() / "chat"), glossary, memory or MemoryStore(paths.memory))
        return cls(
            paths.packages,
            paths.cache / "translations.db",
            book,
            setup=setup,
            wording=wording,
            tones=Tones.of(rules_dir() / "tone"),
            browsers=browsers,
            paid=paid,
        )

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
        return self.wording.remember(self.tones.confirmed(draft) if self.tones else draft)

    def forget(self, said: Sequence[str]) -> None:
        """Drop what was sent to an erased buyer alone, and the cache, of which nobody can tell whose words it holds."""
        if self.wording.memory is not None:
            self.wording.memory.forget(said)
        if self._asking.paid is not None:
            self._asking.paid.clear()
        self.forget_cache()

    def forget_cache(self) -> None:
        """Drop what is only kept to be quicker: it is made again."""
        self._cache.clear()

    # -- translating ---------------------------------------------------------------------------------------------

    def detect(self, text: str, prior: str = "") -> Detected:
        """The language of a chat line; ``prior`` is the thread's."""
        return detection.detect(text, prior)

    def engines(self) -> dict[str, Engine]:
        """All engines by name, whether they can be used now or not."""
        local: dict[str, Engine] = {
            "argos": self.argos.engine,
            "bergamot": self.bergamot.engine,
            "browser": self.browser,
        }
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
        manner: Manner = AS_IT_IS,
    ) -> list[Translated]:
        """Answers in order. ``source`` "" = detect each; ``purpose`` (read, write, back) decides between equal phrases.

        With ``purpose`` "listing" the texts are fields of a listing: neither chat spelling nor phrasebook nor memory.

        ``engine`` names the one to ask instead of phrasebook and order; what it makes of a line that is read is shown
        from then on. ``around`` is asked for the context when an
        engine takes one; with ``ask_remote`` False what remote engines said before is used, but nothing is sent.
        ``manner`` is how texts for a buyer sound; a translation back knows their greeting and closing words again.
        Never raises for a text: an engine that fails leaves match "none" with a doubt. Raises ``language_unknown``
        when no target is given.
        """
        if not target:
            raise SeabridgeError(ErrorCode.LANGUAGE_UNKNOWN, "no target", language=target)
        if purpose == "listing":
            place = replace(place, kind="listing")
        of_chat = place.kind == "chat"

        tones = self.tones
        told = (lambda: tones.told(around(), manner, target)) if tones and manner.tone else around

        def settle(jobs: Sequence[Job]) -> None:
            for job in jobs:
                if purpose == "read" and not engine:
                    self._asking.preferred(job, place)
                if job.done is None:
                    self._without_engine(job, prior, purpose, of_chat and not engine, place)
            self._asking.ask([job for job in jobs if job.done is None], engine, told, ask_remote, place, manner.tone)
            for job in jobs:
                if job.done is None:
                    self._last_resort(job, purpose, engine, of_chat)
                elif purpose == "read" and engine and job.done.engine == engine:
                    self._asking.prefer(job, place)

        if not of_chat:
            jobs = [listing_job(item, source, target) for item in items]
            settle(jobs)
            return [job.answered() for job in jobs]
        if tones is None:
            return in_runs(items, source, target, prior, settle)
        if purpose == "back" and source:
            bare, frames = tones.bare(items, source, target)
            answers = in_runs(bare, source, target, prior, settle)
            return [tones.dressed(answer, frame) for answer, frame in zip(answers, frames, strict=True)]
        answers = in_runs(items, source, target, prior, settle)
        return [self.spoken(answer, item, place, manner) for answer, item in zip(answers, items, strict=True)]

    def spoken(self, answer: Translated, item: TranslateItem, place: Place, manner: Manner) -> Translated:
        """An answer in the manner the seller chose."""

        def known() -> Known:
            return shown_of(self.wording.known(answer.source, answer.target, place, item.text))

        return self.tones.speak(answer, manner, known) if self.tones else answer

    def others(
        self,
        item: TranslateItem,
        *,
        source: str,
        target: str,
        purpose: str,
        place: Place = NOWHERE,
        around: Callable[[], Context] = lambda: NOTHING,
        manner: Manner = AS_IT_IS,
    ) -> list[Translated]:
        """Every different answer there is for a text, best first."""
        said = job_of(item, source, target, "")
        item = TranslateItem(ref=item.ref, text=said.text)
        source, target = said.found.language, said.target
        return others(
            self, item, source=source, target=target, purpose=purpose, place=place, around=around, manner=manner
        )

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
        if found is None and purpose == "back" and self.tones:

            def known(said: str) -> bool:
                return self.in_book(self.book.exact, said, language, job.target, purpose) is not None

            plain = self.tones.as_known(text, language, known)
            found = self.in_book(self.book.exact, plain, language, job.target, purpose)
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

    def _last_resort(self, job: Job, purpose: str, named: str = "", ask_book: bool = True) -> None:
        """A near sentence of the phrasebook, else the original stands and what would help is named."""
        source, unsure = job.found.language, job.unsure()
        if job.failed:
            unsure = [*unsure, "engine_failed"]
        asked = self.engines().get(named, self.argos.engine)
        missing = [Pair(source=one, target=other) for one, other in asked.missing(source, job.target)]
        if job.near:
            job.answer(job.near.text, "memory_near", "memory", ["near_memory", *unsure], missing)
            return
        found = self.in_book(self.book.near, job.text, source, job.target, purpose) if ask_book else None
        if found:
            doubt = ["near_match", *unsure] if found.match == "near" else unsure
            job.answer(found.text, found.match, "phrasebook", doubt, missing)
        else:
            job.answer("", "none", doubt=unsure, missing=missing)

    # -- life ----------------------------------------------------------------------------------------------------

    def preload(self, source: str, target: str) -> None:
        """Load the models of the engine that is asked first for a pair; nothing where that one is remote or none.

        Raises what loading raises.
        """
        first = self.chain.candidates(primary(source), primary(target))[:1]
        for engine in first:
            self.offline.preload(engine.name, primary(source), primary(target))

    def unload_idle(self, seconds: float) -> int:
        """Give back the memory of models unused for that long."""
        return self.offline.unload_idle(seconds)

    def close(self) -> None:
        """Unload everything and close the cache."""
        self.chain.close()
        self.offline.unload()
        self._cache.close()
        self.wording.close()

    def state(self) -> dict[str, Any]:
        """For the doctor: what is there, what is missing."""
        try:
            book: dict[str, Any] = {"entries": self.book.size(), "languages": self.book.languages(), "error": ""}
        except (OSError, ValueError, KeyError, TypeError) as exc:
            book = {"entries": 0, "languages": [], "error": str(exc)[:300]}
        return {
            **self.argos.state(),
            "installer_available": find_spec("argostranslate") is not None,
            "detector_available": find_spec("pycld2") is not None,
            "phrasebook": book,
            "cached": self._cache.rows(),
        }
