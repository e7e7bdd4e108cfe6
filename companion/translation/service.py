"""The translator the rest of the program talks to: its parts put together, kept in order, and closed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from companion.marketplaces import rules_dir
from companion.protocol.methods.archive import DraftInsertedParams
from companion.protocol.methods.translate import Translated, TranslateItem
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
from .codes import primary
from .detect import Detected
from .engines.base import Engine
from .engines.browser import BrowserEngine
from .glossary.store import GlossaryStore
from .kept import Kept
from .memory.store import MemoryStore
from .offline import OfflineLanguages
from .others import others
from .packages.download import Opener
from .paid import PaidOnce
from .phrasebook.book import Phrasebook, cache_folder
from .remote.context import NOTHING, Context
from .setup import EngineSetup
from .tone.manner import AS_IT_IS, Manner
from .tone.tones import Tones
from .translating import Translating
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
        folder = cache_path.parent if cache_path else None
        self.book = phrases if isinstance(phrases, Phrasebook) else Phrasebook(phrases, folder)
        self._paid = paid
        asking = Asking(self.chain, self._cache, glossary_version, self.wording, paid)
        self._translating = Translating(asking, Kept(self.book, self.wording, tones), tones)
        # How texts become answers is its matter.
        self.translate = self._translating.translate

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
        if self._paid is not None:
            self._paid.clear()
        self.forget_cache()

    def forget_cache(self) -> None:
        """Drop what is only kept to be quicker: it is made again."""
        self._cache.clear()

    def engines(self) -> dict[str, Engine]:
        """All engines by name, whether they can be used now or not."""
        local: dict[str, Engine] = {
            "argos": self.argos.engine,
            "bergamot": self.bergamot.engine,
            "browser": self.browser,
        }
        return {**local, **(self.setup.remotes() if self.setup else {})}

    def detect(self, text: str, prior: str = "") -> Detected:
        """The language of a chat line; ``prior`` is the thread's."""
        return detection.detect(text, prior)

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
        return others(
            self._translating,
            item,
            source=source,
            target=target,
            purpose=purpose,
            place=place,
            around=around,
            manner=manner,
        )

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
