"""What every translation engine offers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What a caller may rely on. ``marks``: ``[[0]]`` was measured to survive usually; it is verified every time."""

    marks: bool = False
    #: Which of ``marks.STYLES`` the engine gives back best.
    mark_style: str = "brackets"
    context: bool = False
    #: The engine is told the tone, so its answer depends on it.
    tone: bool = False
    max_batch: int = 32
    #: Bytes of text in one request, for engines that are asked over a network.
    max_bytes: int = 30_000


class Engine(Protocol):
    """An engine. Languages are our codes; texts are single messages, line breaks and emoji included."""

    @property
    def name(self) -> str:
        """Short name shown to the seller and stored with each translation."""

    @property
    def destination(self) -> str:
        """Where the text goes: "" = it stays on this machine, else the host that sees it."""

    @property
    def capabilities(self) -> Capabilities:
        """What a caller may rely on."""

    def available(self) -> bool:
        """Whether the engine itself is installed, whatever its languages."""

    def pairs(self) -> frozenset[tuple[str, str]]:
        """Directions it can translate now, pivots included."""

    def missing(self, source: str, target: str) -> list[tuple[str, str]]:
        """Directions that would have to be installed first; empty when the pair works."""

    def version(self, source: str, target: str) -> str:
        """Changes whenever the same text could come out differently: part of the cache key."""

    def translate_batch(self, texts: Sequence[str], source: str, target: str) -> list[str]:
        """Translations in order; raises SeabridgeError ``engine_missing`` or ``engine_failed``."""

    def unload_idle(self, seconds: float) -> int:
        """Give back the memory of models unused for that long; how many were dropped."""

    def unload(self, source: str = "", target: str = "") -> None:
        """Drop one direction's model, or all of them."""

    def loaded(self) -> list[str]:
        """Names of the models now in memory."""
