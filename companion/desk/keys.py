"""The keys of paired extensions: names in the documents, the secrets in the keyring."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

from ..protocol.errors import ErrorCode, SeabridgeError
from ..protocol.methods.desk import PairedKey, PairingListResult
from ..runtime.documents import Documents
from ..runtime.secrets import Secrets

_COLLECTION = "pairings"
#: A service worker proves itself every few minutes; writing the time of each would wear the disk for nothing.
_NOTE_USE_EVERY_S = 600.0


class Keys:
    """Named, revocable keys, each bound to the Origin it was made for."""

    def __init__(self, documents: Documents, secrets: Secrets, *, now: Callable[[], float] = time.time) -> None:
        self._documents = documents
        self._secrets = secrets
        self._now = now
        self._lock = threading.Lock()

    def known(self, key_id: str, origin: str) -> bool:
        """Whether ``key_id`` names a key of this Origin. Does not touch the keyring."""
        entry = self._documents.get(_COLLECTION, key_id) if key_id else None
        return entry is not None and entry.get("origin") == origin

    def secret(self, key_id: str, origin: str) -> bytes:
        """The key. Raises ``not_paired`` for an unknown name, another Origin's key or a lost secret."""
        secret = self._secrets.get(f"pairing.{key_id}") if self.known(key_id, origin) else None
        if secret is None or len(secret) != 32:
            raise SeabridgeError(ErrorCode.NOT_PAIRED)
        return secret

    def add(self, key_id: str, secret: bytes, *, name: str, origin: str) -> None:
        """Store a new key; earlier keys of this Origin that were never used are dropped."""
        with self._lock:
            for entry in self._entries():
                if entry.origin == origin and entry.last_used_at == 0:
                    self._remove(entry.key_id)
            self._secrets.set(f"pairing.{key_id}", secret)
            self._documents.put(
                _COLLECTION, key_id, {"name": name, "origin": origin, "created_at": self._now(), "last_used_at": 0.0}
            )

    def used(self, key_id: str) -> None:
        """Note that a session proved itself with this key."""
        with self._lock:
            entry = self._documents.get(_COLLECTION, key_id)
            if entry is not None and self._now() - float(entry.get("last_used_at", 0)) > _NOTE_USE_EVERY_S:
                self._documents.put(_COLLECTION, key_id, {**entry, "last_used_at": self._now()})

    def everyone(self) -> PairingListResult:
        """All keys, oldest first."""
        return PairingListResult(keys=sorted(self._entries(), key=lambda entry: entry.created_at))

    def revoke(self, key_id: str) -> None:
        """End a pairing. Raises ``not_found``."""
        with self._lock:
            if self._documents.get(_COLLECTION, key_id) is None:
                raise SeabridgeError(ErrorCode.NOT_FOUND)
            self._remove(key_id)

    def _remove(self, key_id: str) -> None:
        # The name goes first: a key without a name opens nothing, should we die in between.
        self._documents.delete(_COLLECTION, key_id)
        self._secrets.delete(f"pairing.{key_id}")

    def _entries(self) -> list[PairedKey]:
        return [
            PairedKey(
                key_id=key_id,
                name=str(entry.get("name", "")),
                origin=str(entry.get("origin", "")),
                created_at=float(entry.get("created_at", 0)),
                last_used_at=float(entry.get("last_used_at", 0)),
            )
            for key_id, entry in self._documents.all(_COLLECTION).items()
        ]
