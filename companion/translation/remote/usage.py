"""What remote engines were given today, and what that cost: the budget that stops them, and what the seller sees."""

from __future__ import annotations

import datetime
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

from companion.protocol import ErrorCode, SeabridgeError

from .config import Price, RemoteConfig

_COLLECTION = "engine_usage"
KEEP_DAYS = 62


class Documents(Protocol):
    """The seller's documents, as far as they are needed here."""

    def get(self, collection: str, key: str, default: dict[str, Any] | None = None) -> dict[str, Any] | None: ...
    def change(
        self, collection: str, key: str, make: Callable[[dict[str, Any] | None], dict[str, Any] | None]
    ) -> dict[str, Any] | None: ...
    def revision(self, collection: str) -> int: ...
    def replace(self, collection: str, key: str, value: dict[str, Any]) -> None: ...
    def delete(self, collection: str, key: str) -> bool: ...
    def all(self, collection: str) -> dict[str, dict[str, Any]]: ...


@dataclass(frozen=True, slots=True)
class Spent:
    """One engine's day. ``cost`` in ``currency``, None when a price is not known; ``estimated``: tokens are a guess."""

    characters: int = 0
    tokens_in: int = 0
    tokens_out: int = 0
    requests: int = 0
    estimated: bool = False
    cost: float | None = 0.0
    currency: str = ""


def cost(price: Price, characters: int, tokens_in: int, tokens_out: int) -> float | None:
    """What that much costs; None when a needed price is not known. Pure."""
    if price.per == "characters":
        return None if price.in_ is None else characters * price.in_ / 1e6
    if price.in_ is None or price.out is None:
        return None
    return (tokens_in * price.in_ + tokens_out * price.out) / 1e6


class Usage:
    """Counts by engine and day (the seller's own calendar day). Without documents it counts for this process only."""

    def __init__(
        self, documents: Documents | None = None, today: Callable[[], datetime.date] = datetime.date.today
    ) -> None:
        self._documents = documents
        self._today = today
        self._lock = threading.Lock()
        self._held: dict[str, dict[str, Any]] = {}

    def check(self, config: RemoteConfig, characters: int) -> None:
        """Raises ``engine_budget`` when so many more characters would pass the day's limit."""
        with self._lock:
            used = int(self._read(self._key(config.name)).get("characters", 0))
        if config.daily_characters and used + characters > config.daily_characters:
            raise SeabridgeError(
                ErrorCode.ENGINE_BUDGET,
                f"{used}+{characters}",
                engine=config.name,
                used=used,
                limit=config.daily_characters,
            )

    def add(self, name: str, characters: int, tokens_in: int = 0, tokens_out: int = 0, estimated: bool = False) -> None:
        """Count a request."""
        more = {"characters": characters, "tokens_in": tokens_in, "tokens_out": tokens_out, "requests": 1}

        def counted(was: dict[str, Any] | None) -> dict[str, Any]:
            was = was or {}
            now: dict[str, Any] = {what: int(was.get(what, 0)) + number for what, number in more.items()}
            now["estimated"] = bool(was.get("estimated")) or estimated
            return now

        with self._lock:
            key = self._key(name)
            if self._documents is None:
                self._held[key] = counted(self._held.get(key))
            elif self._documents.change(_COLLECTION, key, counted) == counted(None):
                self._forget_old(self._documents)

    def spent(self, config: RemoteConfig) -> Spent:
        """Today's figures of an engine."""
        with self._lock:
            row = self._read(self._key(config.name))
        characters, tokens_in, tokens_out, requests = (
            int(row.get(what, 0)) for what in ("characters", "tokens_in", "tokens_out", "requests")
        )
        return Spent(
            characters,
            tokens_in,
            tokens_out,
            requests,
            bool(row.get("estimated")),
            cost(config.price, characters, tokens_in, tokens_out),
            config.price.currency,
        )

    def _key(self, name: str) -> str:
        return f"{name} {self._today().isoformat()}"

    def _read(self, key: str) -> dict[str, Any]:
        if self._documents is not None:
            return self._documents.get(_COLLECTION, key, {}) or {}
        return self._held.get(key, {})

    def _forget_old(self, documents: Documents) -> None:
        oldest = (self._today() - datetime.timedelta(days=KEEP_DAYS)).isoformat()
        for key in documents.all(_COLLECTION):
            if key.rpartition(" ")[2] < oldest:
                documents.delete(_COLLECTION, key)
