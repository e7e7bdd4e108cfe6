"""LibreTranslate: ``POST /translate`` with one text or many; a server of the seller's own or a hosted one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ..codes import primary
from .base import RemoteEngine

#: It calls the two Chinese scripts and Brazilian Portuguese by their BCP 47 tags, and accepts "zh" for the former.
CODES = {"zh": "zh-Hans", "zt": "zh-Hant", "pb": "pt-BR"}


@dataclass(slots=True)
class LibreTranslate(RemoteEngine):
    """Errors come as ``{"error": …}`` with 400, 403, 429 or 500."""

    def _ask(self, texts: list[str], source: str, target: str) -> list[str]:
        body: dict[str, Any] = {
            "q": texts,
            "source": _code(source),
            "target": _code(target),
            "format": "text",
            **self.config.extra,
        }
        key = self.key()
        told = self.client.post(f"{self.config.base_url}/translate", body | ({"api_key": key} if key else {}), {}, key)
        self.usage.add(self.name, sum(map(len, texts)))
        answers = told.get("translatedText") if isinstance(told, dict) else None
        if isinstance(answers, str) and len(texts) == 1:
            answers = [answers]
        if not isinstance(answers, list):
            raise self.failed("no translatedText")
        return answers


def _code(language: str) -> str:
    return CODES.get(primary(language), primary(language))
