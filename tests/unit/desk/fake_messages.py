"""What belongs to messages, in memory: translations and pictures."""

from __future__ import annotations

import hashlib
from typing import Any

from companion.protocol.errors import ErrorCode, SeabridgeError
from companion.protocol.values import ThreadRef


class FakeTranslations:
    """By message. ``archive``: whose messages they are of, and whose ``fail`` is raised."""

    def __init__(self, archive: Any) -> None:
        self._archive = archive
        self.kept: dict[int, tuple[Any, ...]] = {}
        self.retaken: list[tuple[Any, ...]] = []

    def add(self, message_id: int, *values: Any, replace: bool = True) -> None:
        with self._archive.lock:
            self.kept[message_id] = (message_id, *values)

    def retake(self, ref: ThreadRef, original: str, *values: Any) -> int:
        self.retaken.append((original, *values))
        if self._archive.fail is not None:
            raise self._archive.fail
        return 1

    def missing(self, limit: int) -> list[tuple[int, str, int]]:
        with self._archive.lock:
            return [
                (r["id"], r["message"].text, 1)
                for r in self._archive.rows
                if r["id"] not in self.kept and r["message"].direction == "buyer"
            ][:limit]

    def missing_into(self, target: str, limit: int) -> list[tuple[int, str, int]]:
        return []


class FakePictures:
    """``kept``: what was given, as (message, address, bytes, type); ``held``: by hash, what can be asked for."""

    def __init__(self, archive: Any) -> None:
        self._archive = archive
        self.kept: list[tuple[int, str, bytes, str]] = []
        self.held: dict[str, bytes] = {}

    def keep(self, message_id: int, url: str, data: bytes, type: str) -> str:
        if not any(r["id"] == message_id for r in self._archive.rows):
            raise SeabridgeError(ErrorCode.NOT_FOUND)
        self.kept.append((message_id, url, data, type))
        return hashlib.sha256(data).hexdigest()

    def read(self, sha256: str) -> bytes:
        if sha256 not in self.held:
            raise SeabridgeError(ErrorCode.NOT_FOUND)
        return self.held[sha256]
