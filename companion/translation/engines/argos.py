"""Argos packages run by ourselves: ctranslate2 and sentencepiece, loaded from bytes.

Stock argostranslate fetches a sentence model at first use, turns ``_`` into a space, has no batches and exposes neither
decoding length nor repetition (facts: same text on the packages tried, 32 MB instead of 84). Loading from bytes
avoids trouble with non-ASCII paths on Windows.
"""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from importlib.util import find_spec
from typing import Any

from companion.protocol import ErrorCode, SeabridgeError
from companion.runtime.memory import give_back

from ..packages.store import InstalledPackage
from . import through
from .base import Capabilities
from .sentences import by_sentences
from .through import Direction

#: One model takes 105-230 MB; a shop rarely needs more than two pairs through English at once.
MAX_LOADED = 4
MAX_TOKENS = 256
#: Translators of one model, which share its weights: a batch is shared out, and a single line passes a batch. More of
#: them would take the processor from the browser; a second thread inside one translator makes it slower (measured).
THREADS = min(2, os.cpu_count() or 1)
#: Sentences decoded together: fewer gain little from company, more take too much memory.
SMALLEST, LARGEST = 4, 32


def share_of(sentences: int) -> int:
    """How many sentences to decode together, so that every thread has work until the end: they differ in length."""
    return max(SMALLEST, min(LARGEST, -(-sentences // (2 * THREADS))))


@dataclass(slots=True)
class _Model:
    package: InstalledPackage
    translator: Any
    processor: Any
    used_at: float


@dataclass(slots=True)
class ArgosEngine:
    """Offline translation with the installed packages; safe to call from any thread."""

    installed: Callable[[], list[InstalledPackage]]
    clock: Callable[[], float] = time.monotonic
    name: str = "argos"
    destination: str = ""
    capabilities: Capabilities = field(default_factory=lambda: Capabilities(marks=True))
    _found: bool = False
    _models: dict[str, _Model] = field(default_factory=dict)
    _lock: threading.RLock = field(default_factory=threading.RLock)
    #: One a package: who waits for a model that is being loaded holds up nobody whose model is there.
    _loading: dict[str, threading.Lock] = field(default_factory=dict)
    #: How many translators were ever built; the test of the lock counts on it.
    built: int = 0

    def available(self) -> bool:
        """Whether ctranslate2 and sentencepiece can be imported."""
        # Asked for every message; looking through the installed packages takes a third of a millisecond.
        self._found = self._found or all(find_spec(name) is not None for name in ("ctranslate2", "sentencepiece"))
        return self._found

    def _usable(self) -> dict[Direction, InstalledPackage]:
        return {(package.source, package.target): package for package in self.installed() if package.usable}

    def pairs(self) -> frozenset[Direction]:
        """Direct packages and what two of them reach through English."""
        return through.reachable(self._usable())

    def route(self, source: str, target: str) -> list[InstalledPackage]:
        """The packages to run one after the other; empty when there is no way."""
        usable = self._usable()
        return [usable[direction] for direction in through.route(usable, source, target)]

    def missing(self, source: str, target: str) -> list[Direction]:
        """What to install for the pair, through English unless the pair has English in it."""
        return through.missing(self._usable(), source, target)

    def version(self, source: str, target: str) -> str:
        """The packages' own versions."""
        return "+".join(f"{p.source}_{p.target}={p.version}" for p in self.route(source, target))

    def loaded(self) -> list[str]:
        """Names of the packages in memory."""
        with self._lock:
            return sorted(self._models)

    def translate_batch(self, texts: Sequence[str], source: str, target: str) -> list[str]:
        """Translate messages; each is cut into sentences, and all sentences of all messages go in one batch."""
        route = self.route(source, target)
        if not route:
            raise SeabridgeError(ErrorCode.ENGINE_MISSING, f"no route {source}-{target}", source=source, target=target)
        out = list(texts)
        for package in route:
            out = self._run(self._model(package), out)
        return out

    def _run(self, model: _Model, texts: list[str]) -> list[str]:
        package = model.package
        return by_sentences(texts, package.source, package.target, lambda cut: self._sentences(model, cut))

    def _sentences(self, model: _Model, sentences: list[str]) -> list[str]:
        prefix = model.package.target_prefix
        try:
            # One by one: for a list the tokenizer starts threads, which takes longer than these lines do.
            tokens = [model.processor.encode(sentence, out_type=str) for sentence in sentences]
            longest = max(len(sentence) for sentence in tokens)
            results = model.translator.translate_batch(
                tokens,
                target_prefix=[[prefix]] * len(tokens) if prefix else None,
                replace_unknowns=True,
                beam_size=4,
                length_penalty=0.2,
                max_batch_size=share_of(len(tokens)),
                batch_type="examples",
                # A loop would otherwise run to the model's own limit: seconds of one core for one line.
                max_decoding_length=min(MAX_TOKENS, 2 * longest + 12),
                no_repeat_ngram_size=3,
            )
            return [self._text(model, result.hypotheses[0]) for result in results]
        except (RuntimeError, ValueError) as exc:
            raise SeabridgeError(ErrorCode.ENGINE_FAILED, f"{model.package.folder}: {exc}", engine=self.name) from exc

    @staticmethod
    def _text(model: _Model, tokens: list[str]) -> str:
        prefix = model.package.target_prefix
        text = str(model.processor.decode_pieces(tokens)).replace("\u2581", " ")
        return text.removeprefix(prefix).strip() if prefix else text.strip()

    def _model(self, package: InstalledPackage) -> _Model:
        """The loaded model; built under a lock, since eight cold threads once built eight of them."""
        with self._lock:
            loading = self._loading.setdefault(package.folder, threading.Lock())
            model = self._known(package)
        if model is not None:
            return model
        with loading:
            with self._lock:
                model = self._known(package)
            return model or self._keep(self._load(package))

    def _known(self, package: InstalledPackage) -> _Model | None:
        """The model in memory, now used; one of an older package under the same name is none."""
        model = self._models.get(package.folder)
        if model is None or model.package != package:
            return None
        model.used_at = self.clock()
        return model

    def _keep(self, model: _Model) -> _Model:
        with self._lock:
            model.used_at = self.clock()
            self._models[model.package.folder] = model
            oldest = sorted(self._models.values(), key=lambda entry: entry.used_at)
            for extra in oldest[: max(0, len(oldest) - MAX_LOADED)]:
                del self._models[extra.package.folder]
        return model

    def _load(self, package: InstalledPackage) -> _Model:
        try:
            import ctranslate2
            import sentencepiece
        except ImportError as exc:
            raise SeabridgeError(ErrorCode.ENGINE_MISSING, str(exc), engine=self.name) from exc
        try:
            files = {path.name: path.read_bytes() for path in (package.path / "model").iterdir() if path.is_file()}
            processor = sentencepiece.SentencePieceProcessor(
                model_proto=(package.path / "sentencepiece.model").read_bytes()
            )
            translator = ctranslate2.Translator(
                f"mem://{package.folder}", device="cpu", inter_threads=THREADS, intra_threads=1, files=files
            )
        except (OSError, RuntimeError, ValueError) as exc:
            raise SeabridgeError(ErrorCode.PACKAGE_DAMAGED, f"{package.folder}: {exc}", package=package.folder) from exc
        self.built += 1
        return _Model(package, translator, processor, self.clock())

    def preload(self, source: str, target: str) -> None:
        """Load what the pair needs now, so that the first message does not wait. What is loaded already does not count
        as used."""
        for package in self.route(source, target):
            if package.folder not in self.loaded():
                self._model(package)

    def unload(self, source: str = "", target: str = "") -> None:
        """Drop one direction's model, or all. A translation under way keeps its own until it is done."""
        with self._lock:
            for folder, model in list(self._models.items()):
                if not source or (model.package.source, model.package.target) == (source, target):
                    del self._models[folder]
        give_back()

    def unload_idle(self, seconds: float) -> int:
        """Drop models unused for that long."""
        with self._lock:
            idle = [folder for folder, model in self._models.items() if self.clock() - model.used_at >= seconds]
            for folder in idle:
                del self._models[folder]
        if idle:
            give_back()
        return len(idle)
