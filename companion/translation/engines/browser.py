"""The translator of the seller's own browser (Chrome, Edge): a model on this machine, asked through the extension."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from companion.protocol import ErrorCode, SeabridgeError
from companion.protocol.methods.browser import MOST_TEXTS

from ..browsers import Browsers
from .base import Capabilities
from .through import Direction

#: As the wire has it, in code points.
LONGEST_TEXT = 20_000
#: UTF-8 bytes of text in one question: what comes back may be three times as long, and a frame holds 256 KiB.
MOST_BYTES = 60_000


@dataclass(frozen=True, slots=True)
class BrowserEngine:
    """Safe to call from any thread. ``timeout_s`` is for one batch; ``asker`` the browser whose seller waits for it.

    Which marks its models give back is not known: there is none on the machines this was made on. They are verified
    like everywhere, and where one is lost the text is translated in pieces around what it stands for.
    """

    browsers: Browsers
    asker: object = None
    timeout_s: float = 15.0
    clock: Callable[[], float] = time.monotonic
    name: str = "browser"
    destination: str = ""
    capabilities: Capabilities = field(default_factory=lambda: Capabilities(marks=True, max_batch=MOST_TEXTS))

    def asked_from(self, asker: object) -> BrowserEngine:
        """The same, preferring the browser that asked."""
        return replace(self, asker=asker)

    def available(self) -> bool:
        """Whether a browser that has a translator is connected."""
        return self.browsers.connected()

    def pairs(self) -> frozenset[Direction]:
        """Directions a connected browser is known to have. More may turn out when they are asked for."""
        return self.browsers.available()

    def missing(self, source: str, target: str) -> list[Direction]:
        """The pair, when the connected browsers said that they do not have it (yet)."""
        return [(source, target)] if self.browsers.lacks(source, target) else []

    def version(self, source: str, target: str) -> str:
        """The browser's own: it does not tell that of its models."""
        return self.browsers.maker(source, target, self.asker)

    def translate_batch(self, texts: Sequence[str], source: str, target: str) -> list[str]:
        """Translate messages; raises what ``Browsers.ask`` raises."""
        until = self.clock() + self.timeout_s
        out: list[str] = []
        for some in _questions(texts):
            left = until - self.clock()
            if left <= 0:
                raise SeabridgeError(ErrorCode.TIMEOUT, "the browser took too long", engine=self.name)
            out += self.browsers.ask(some, source, target, left, self.asker)
        return [text.strip() for text in out]

    def unload_idle(self, seconds: float) -> int:
        """The browser keeps house itself."""
        return 0

    def unload(self, source: str = "", target: str = "") -> None:
        """Nothing of it is in our memory."""

    def loaded(self) -> list[str]:
        """Nothing."""
        return []


def _questions(texts: Sequence[str]) -> list[list[str]]:
    """The texts in runs that fit a frame. Raises ``too_large`` for one that fits none."""
    runs: list[list[str]] = []
    size = 0
    for text in texts:
        if len(text) > LONGEST_TEXT:
            raise SeabridgeError(ErrorCode.TOO_LARGE, size=len(text), limit=LONGEST_TEXT)
        weight = len(text.encode("utf-8", "replace"))
        if not runs or len(runs[-1]) >= MOST_TEXTS or size + weight > MOST_BYTES:
            runs.append([])
            size = 0
        runs[-1].append(text)
        size += weight
    return runs
