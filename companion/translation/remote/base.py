"""What all remote engines share: the set-up, the key, batches, the day's budget."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from companion.protocol import ErrorCode, SeabridgeError

from ..codes import LANGUAGES, primary
from ..engines.base import Capabilities
from ..engines.through import Direction
from .config import RemoteConfig
from .http import Client
from .usage import Usage


@dataclass(slots=True)
class RemoteEngine(ABC):
    """One configured service; safe to call from any thread. ``key`` reads the secret when it is needed."""

    config: RemoteConfig
    key: Callable[[], str]
    usage: Usage
    capabilities: Capabilities = field(default_factory=lambda: Capabilities(marks=True))
    client: Client = field(init=False)

    def __post_init__(self) -> None:
        self.client = Client(self.config.name, self.config.timeout_s)

    @property
    def name(self) -> str:
        """The name the seller gave it."""
        return self.config.name

    @property
    def destination(self) -> str:
        """The host that sees the text; "" for a server on this machine."""
        return self.config.host

    def available(self) -> bool:
        """Whether it is set up: a key where one is needed."""
        return not self.config.needs_key or bool(self.key())

    def pairs(self) -> frozenset[Direction]:
        """Directions between the languages it is known to have."""
        known = self.config.languages or LANGUAGES
        return frozenset((one, other) for one in known for other in known if one != other)

    def missing(self, source: str, target: str) -> list[Direction]:
        """The pair itself where the service is known not to have it; what it has is otherwise its own to say."""
        known = self.config.languages
        return [(source, target)] if known and not {primary(source), primary(target)} <= set(known) else []

    def version(self, source: str, target: str) -> str:
        """Service and model."""
        return f"{self.config.kind} {self.config.base_url} {self.config.model}".strip()

    def loaded(self) -> list[str]:
        """Nothing is in memory here."""
        return []

    def unload(self, source: str = "", target: str = "") -> None:  # noqa: B027
        """Nothing to drop."""

    def unload_idle(self, seconds: float) -> int:
        """Nothing to drop."""
        return 0

    def translate_batch(self, texts: Sequence[str], source: str, target: str) -> list[str]:
        """Translate messages in order. Texts without anything to translate are not sent.

        Raises ``engine_missing``, ``engine_refused``, ``engine_quota``, ``engine_budget``, ``engine_failed``,
        ``timeout``, ``offline`` or ``too_large``.
        """
        out = list(texts)
        wanted = [at for at, text in enumerate(texts) if text.strip()]
        for batch in self._batches(wanted, texts):
            characters = sum(len(texts[at]) for at in batch)
            self.usage.check(self.config, characters)
            answers = self._ask([texts[at] for at in batch], source, target)
            if len(answers) != len(batch) or not all(isinstance(answer, str) for answer in answers):
                raise self.failed("number of answers")
            for at, answer in zip(batch, answers, strict=True):
                if len(answer) > 8 * len(texts[at]) + 400:
                    raise self.failed("answer far too long")
                out[at] = answer
        return out

    def _batches(self, wanted: list[int], texts: Sequence[str]) -> Iterator[list[int]]:
        batch: list[int] = []
        size = 0
        for at in wanted:
            length = len(texts[at].encode("utf-8", "replace"))
            if batch and (len(batch) >= self.capabilities.max_batch or size + length > self.capabilities.max_bytes):
                yield batch
                batch, size = [], 0
            batch.append(at)
            size += length
        if batch:
            yield batch

    @abstractmethod
    def _ask(self, texts: list[str], source: str, target: str) -> list[str]:
        """One request; counts what it used."""

    def failed(self, problem: str) -> SeabridgeError:
        """The service answered, but not with a translation."""
        return SeabridgeError(ErrorCode.ENGINE_FAILED, f"{self.name}: {problem}", engine=self.name, problem=problem)
