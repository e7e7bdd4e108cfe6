"""MTranServer, which serves Mozilla's models on the seller's own machine: ``POST /translate/batch``."""

from __future__ import annotations

from dataclasses import dataclass, field

from ..codes import primary
from ..engines.base import Capabilities
from .base import RemoteEngine

CODES = {"zh": "zh-Hans", "zt": "zh-Hant"}


@dataclass(slots=True)
class MTranServer(RemoteEngine):
    """The key, where the server wants one, goes as a bearer token."""

    # The models are the ones the Bergamot engine runs: what they give back is the same.
    capabilities: Capabilities = field(default_factory=lambda: Capabilities(marks=True, mark_style="word"))

    def _ask(self, texts: list[str], source: str, target: str) -> list[str]:
        key = self.key()
        headers = {"Authorization": f"Bearer {key}"} if key else {}
        body = {"from": _code(source), "to": _code(target), "texts": texts, "html": False, **self.config.extra}
        told = self.client.post(f"{self.config.base_url}/translate/batch", body, headers, key)
        self.usage.add(self.name, sum(map(len, texts)))
        answers = told.get("results") if isinstance(told, dict) else None
        if not isinstance(answers, list):
            raise self.failed("no results")
        return answers


def _code(language: str) -> str:
    return CODES.get(primary(language), primary(language))
