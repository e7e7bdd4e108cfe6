"""Any service that speaks OpenAI's chat interface: DeepSeek, Qwen, Kimi, OpenAI, or Ollama on this machine."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import Any

from ..engines.base import Capabilities
from . import prompt
from .base import RemoteEngine
from .context import NOTHING, Context


@dataclass(slots=True)
class Chat(RemoteEngine):
    """``base_url`` ends where ``/chat/completions`` is to be added, usually in ``/v1``."""

    capabilities: Capabilities = field(
        default_factory=lambda: Capabilities(marks=True, context=True, tone=True, max_batch=20, max_bytes=12_000)
    )
    context: Context = NOTHING

    def version(self, source: str, target: str) -> str:
        """Service, model, wording of the question, and the context that goes with it."""
        told = [self.config.kind, self.config.base_url, self.config.model, prompt.VERSION, self.context.digest()]
        return " ".join(part for part in told if part)

    def _ask(self, texts: list[str], source: str, target: str) -> list[str]:
        body: dict[str, Any] = {
            "model": self.config.model,
            "messages": prompt.messages(texts, source, target, self.context),
            "response_format": {"type": "json_object"},
            "stream": False,
            **self.config.extra,
        }
        found = None
        for _ in range(2):  # a model that once forgot the shape usually keeps it the second time
            found = prompt.translations(self._said(body, texts), len(texts))
            if found is not None:
                return found
        raise self.failed("json")

    def _said(self, body: dict[str, Any], texts: list[str]) -> object:
        key = self.key()
        headers = {"Authorization": f"Bearer {key}"} if key else {}
        told = self.client.post(f"{self.config.base_url}/chat/completions", body, headers, key)
        told = told if isinstance(told, dict) else {}
        choices = told.get("choices")
        first = choices[0] if isinstance(choices, list) and choices and isinstance(choices[0], dict) else {}
        message = first.get("message")
        content = message.get("content") if isinstance(message, dict) else None
        self._count(told.get("usage"), body, texts, content)
        return content

    def _count(self, used: object, body: dict[str, Any], texts: list[str], content: object) -> None:
        """Tokens as the service counted them, else as guessed: a token is rarely less than two characters."""
        told = used if isinstance(used, dict) else {}
        numbers = [told.get(name) for name in ("prompt_tokens", "completion_tokens")]
        counted = [number for number in numbers if isinstance(number, int) and 0 <= number < 10**8]
        if len(counted) == 2:
            self.usage.add(self.name, sum(map(len, texts)), counted[0], counted[1])
            return
        asked = sum(len(message["content"]) for message in body["messages"])
        answered = len(content) if isinstance(content, str) else 0
        self.usage.add(self.name, sum(map(len, texts)), math.ceil(asked / 2), math.ceil(answered / 2), estimated=True)
