"""The translator as the desk uses it, with the engines the seller chooses among."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from pathlib import Path

    from ..protocol.methods.archive import DraftInsertedParams
    from ..protocol.methods.engines import (
        EnginesOrderParams,
        EnginesResult,
        EnginesSaveParams,
        EnginesTestParams,
        EnginesTestResult,
    )
    from ..protocol.methods.languages import (
        InstallProgress,
        LanguagePackage,
        LanguagesInstallResult,
        LanguagesListResult,
    )
    from ..protocol.methods.translate import Translated, TranslateItem
    from ..translation.glossary.store import GlossaryStore
    from ..translation.memory.store import MemoryStore
    from ..translation.remote.context import Context
    from ..translation.tone.manner import Manner
    from ..translation.wording import Place


class BoardApi(Protocol):
    """The engines as the seller sees and changes them."""

    def all(self, source: str = "", target: str = "", /) -> EnginesResult: ...
    def save(self, params: EnginesSaveParams, /) -> EnginesResult: ...
    def remove(self, name: str, /) -> EnginesResult: ...
    def order(self, params: EnginesOrderParams, /) -> EnginesResult: ...
    def test(self, params: EnginesTestParams, asker: object = None, /) -> EnginesTestResult: ...


class TranslatorApi(Protocol):
    """Thread-safe; everything heavy is loaded when first needed."""

    # ``around`` is asked for the context when an engine takes one; ``ask_remote`` False: nothing leaves this machine.
    def translate(
        self,
        items: list[TranslateItem],
        *,
        source: str,
        target: str,
        prior: str = "",
        purpose: str = "",
        engine: str = "",
        around: Callable[[], Context] = ...,
        ask_remote: bool = True,
        place: Place = ...,
        manner: Manner = ...,
    ) -> list[Translated]: ...
    def others(
        self,
        item: TranslateItem,
        /,
        *,
        source: str,
        target: str,
        purpose: str,
        place: Place,
        around: Callable[[], Context],
        manner: Manner = ...,
    ) -> list[Translated]:
        """Every different answer for a text, best first."""

    def preload(self, source: str, target: str, /) -> None:
        """Load the models of a pair, where its first engine runs on this machine."""

    def remember(self, draft: DraftInsertedParams, /) -> bool:
        """Keep what the seller sent as a pair of the memory; whether it was one."""

    @property
    def glossary(self) -> GlossaryStore: ...
    @property
    def memory(self) -> MemoryStore: ...
    @property
    def board(self) -> BoardApi: ...
    def list(self, refresh: bool, engine: str, /) -> LanguagesListResult: ...
    def install(
        self,
        source: str,
        target: str,
        progress: Callable[[InstallProgress], None],
        cancelled: Callable[[], bool],
        engine: str,
        /,
    ) -> LanguagesInstallResult: ...
    def install_file(self, path: Path, source: str, target: str, /) -> LanguagePackage: ...
    def remove(self, source: str, target: str, engine: str, /) -> bool: ...
