"""DeepL: ``POST /v2/translate``, at most 50 texts and 128 KiB a request, billed by character."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from ..codes import primary
from ..engines.base import Capabilities
from .base import RemoteEngine
from .context import NOTHING, Context

SOURCES = {"zt": "ZH", "pb": "PT"}
TARGETS = {"zh": "ZH-HANS", "zt": "ZH-HANT", "en": "EN-US", "pt": "PT-BR", "pb": "PT-BR"}
#: A buyer is never spoken to as a friend in these, whatever the tone; elsewhere only a formal text asks for more.
_ALWAYS_POLITE = frozenset({"de", "fr", "ja", "ru"})
#: Room for the field names and the context beside the texts.
_MAX_BYTES = 100_000


@dataclass(slots=True)
class DeepL(RemoteEngine):
    """``context`` influences the translation, is neither translated nor billed."""

    capabilities: Capabilities = field(
        default_factory=lambda: Capabilities(marks=True, context=True, tone=True, max_batch=50, max_bytes=_MAX_BYTES)
    )
    context: Context = NOTHING

    def _ask(self, texts: list[str], source: str, target: str) -> list[str]:
        key = self.key()
        body: dict[str, Any] = {
            "text": texts,
            "source_lang": SOURCES.get(primary(source), primary(source).upper()),
            "target_lang": TARGETS.get(primary(target), primary(target).upper()),
            "preserve_formatting": True,
            **self._formality(target),
            **self.config.extra,
        }
        around = "\n".join(turn.text for turn in self.context.turns)[:4_000]
        headers = {"Authorization": f"DeepL-Auth-Key {key}"}
        body |= {"context": around} if around else {}
        told = self.client.post(f"{self.config.base_url}/v2/translate", body, headers, key)
        self.usage.add(self.name, sum(map(len, texts)))
        answers = told.get("translations") if isinstance(told, dict) else None
        if not isinstance(answers, list) or not all(isinstance(answer, dict) for answer in answers):
            raise self.failed("no translations")
        return [answer.get("text", "") for answer in answers]

    def _formality(self, target: str) -> dict[str, str]:
        """``prefer_more`` is passed over by the service for languages that have no levels; ``more`` would fail."""
        tone = self.context.tone
        if tone == "formal" or (tone and primary(target) in _ALWAYS_POLITE):
            return {"formality": "prefer_more"}
        return {}
