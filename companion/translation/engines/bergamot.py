"""Mozilla's Bergamot models, the ones Firefox translates pages with, run by fxtranslate in a process of their own."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from importlib.util import find_spec
from typing import Any

from companion.protocol import ErrorCode, SeabridgeError
from companion.runtime.child import Child

from ..bergamot.store import BergamotModel
from . import through
from .base import Capabilities
from .sentences import by_sentences
from .through import Direction

WORKER = "companion.translation.engines.bergamot_worker"


@dataclass(slots=True)
class BergamotEngine:
    """Offline translation with the installed models; safe to call from any thread. ``timeout_s`` is for one batch."""

    installed: Callable[[], list[BergamotModel]]
    clock: Callable[[], float] = time.monotonic
    timeout_s: float = 20.0
    name: str = "bergamot"
    destination: str = ""
    capabilities: Capabilities = field(default_factory=lambda: Capabilities(marks=True, mark_style="word"))
    _found: bool = False
    _child: Child = field(default_factory=lambda: Child(WORKER))
    _used: dict[str, float] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def available(self) -> bool:
        """Whether fxtranslate is there; it has no wheels for Intel Macs."""
        # Asked for every message; looking through the installed packages takes a third of a millisecond.
        self._found = self._found or find_spec("fxtranslate") is not None
        return self._found

    def _models(self) -> dict[Direction, BergamotModel]:
        return {(model.source, model.target): model for model in self.installed()}

    def pairs(self) -> frozenset[Direction]:
        """Installed directions and what two of them reach through English."""
        return through.reachable(self._models())

    def route(self, source: str, target: str) -> list[BergamotModel]:
        """The models to run one after the other; empty when there is no way."""
        models = self._models()
        return [models[direction] for direction in through.route(models, source, target)]

    def missing(self, source: str, target: str) -> list[Direction]:
        """What to install for the pair."""
        return through.missing(self._models(), source, target)

    def version(self, source: str, target: str) -> str:
        """The models' own versions."""
        return "+".join(f"{model.source}_{model.target}={model.version}" for model in self.route(source, target))

    def translate_batch(self, texts: Sequence[str], source: str, target: str) -> list[str]:
        """Translate messages; raises ``engine_missing``, ``engine_failed``, ``timeout`` or ``busy``."""
        route = self.route(source, target)
        if not route:
            raise SeabridgeError(ErrorCode.ENGINE_MISSING, f"no route {source}-{target}", source=source, target=target)
        out = list(texts)
        for model in route:
            out = by_sentences(out, model.source, model.target, partial(self._sentences, model))
        return out

    def _sentences(self, model: BergamotModel, sentences: list[str]) -> list[str]:
        with self._lock:
            self._used[model.folder] = self.clock()
        told = self._ask({"folder": str(model.path), "files": model.files, "sentences": sentences})
        texts = told.get("texts")
        if not isinstance(texts, list) or len(texts) != len(sentences):
            detail = f"{model.folder}: {told.get('problem', 'no texts')}"
            raise SeabridgeError(ErrorCode.ENGINE_FAILED, detail, engine=self.name)
        return [str(text).strip() for text in texts]

    def preload(self, source: str, target: str) -> None:
        """Load what the pair needs now. What is loaded already does not count as used."""
        for model in self.route(source, target):
            if model.folder not in self.loaded():
                self._sentences(model, [])

    def _ask(self, question: dict[str, Any]) -> dict[str, Any]:
        if not self.available():
            raise SeabridgeError(ErrorCode.ENGINE_MISSING, "fxtranslate is not installed", engine=self.name)
        try:
            return self._child.ask(question, self.timeout_s)
        except SeabridgeError:
            if not self._child.pid:
                self._forget_all()
            raise

    def _forget_all(self) -> None:
        with self._lock:
            self._used.clear()

    def loaded(self) -> list[str]:
        """Names of the models in memory."""
        with self._lock:
            return sorted(self._used) if self._child.pid else []

    def worker_pid(self) -> int:
        """The process that holds the models, 0 = none runs."""
        return self._child.pid

    def unload(self, source: str = "", target: str = "") -> None:
        """Drop one direction's model, or all of them together with their process."""
        gone = [model for model in self.installed() if (model.source, model.target) == (source, target)]
        with self._lock:
            known = [model for model in gone if self._used.pop(model.folder, None) is not None]
            last = not self._used
        if not source or (known and last):
            self._forget_all()
            self._child.close()
        elif self._child.pid:
            for model in known:
                self._ask({"drop": str(model.path)})

    def unload_idle(self, seconds: float) -> int:
        """Drop models unused for that long. Their memory is given back when the process ends, with the last of them."""
        with self._lock:
            idle = [folder for folder, at in self._used.items() if self.clock() - at >= seconds]
            last = bool(idle) and len(idle) == len(self._used)
            for folder in idle:
                del self._used[folder]
        if last:
            self._child.close()
        elif idle and self._child.pid:
            for model in self.installed():
                if model.folder in idle:
                    self._ask({"drop": str(model.path)})
        return len(idle)
