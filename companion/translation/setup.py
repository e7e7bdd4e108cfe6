"""The seller's engines: which are set up, and in what order they are asked. Their keys lie with the secrets."""

from __future__ import annotations

import threading
from typing import Any, Protocol

from companion.protocol import ErrorCode, SeabridgeError

from .choice import Order, read_order
from .remote.base import RemoteEngine
from .remote.build import build
from .remote.config import NAME, configured
from .remote.usage import Documents, Usage

_ENGINES, _ORDER, _KEYS = "engines", "engine_order", "engine_keys"
LOCAL = ("argos", "bergamot", "browser", "phrasebook")


class Secrets(Protocol):
    """Small secrets by name."""

    def get(self, name: str) -> bytes | None: ...
    def set(self, name: str, value: bytes) -> None: ...
    def delete(self, name: str) -> None: ...


class EngineSetup:
    """Reads and changes the set-up; thread-safe."""

    def __init__(self, documents: Documents, secrets: Secrets) -> None:
        self._documents = documents
        self._secrets = secrets
        self.usage = Usage(documents)
        self._lock = threading.Lock()
        self._built: dict[str, tuple[dict[str, Any], RemoteEngine]] = {}
        #: By engine: the host it was read for, and the key.
        self._keys: dict[str, tuple[str, str]] = {}
        # Asked for with every message, so read once a change: of ours, or of a colleague's where a team shares them.
        self._stored: tuple[int, dict[str, dict[str, Any]]] = (-1, {})
        self._order: tuple[int, Order] | None = None

    # -- reading -------------------------------------------------------------------------------------------------

    def order(self) -> Order:
        """The order in force."""
        with self._lock:
            now = self._documents.revision(_ORDER)
            if self._order is None or self._order[0] != now:
                self._order = now, read_order(self._documents.get(_ORDER, "order", {}) or {})
            return self._order[1]

    def documents(self) -> dict[str, dict[str, Any]]:
        """What is stored of each remote engine."""
        with self._lock:
            return dict(self._all())

    def _all(self) -> dict[str, dict[str, Any]]:
        now = self._documents.revision(_ENGINES)
        if self._stored[0] != now:
            self._stored = now, self._documents.all(_ENGINES)
        return self._stored[1]

    def remotes(self) -> dict[str, RemoteEngine]:
        """The remote engines that are set up soundly, by name."""
        with self._lock:
            stored = self._all()
            for name in self._built.keys() - stored.keys():
                del self._built[name]
            for name, document in stored.items():
                known = self._built.get(name)
                if known is None or known[0] != document:
                    try:
                        config = configured(name, document)
                    except SeabridgeError:
                        self._built.pop(name, None)
                        continue
                    self._built[name] = (document, build(config, lambda name=name: self.key(name), self.usage))  # type: ignore[misc]
            return {name: engine for name, (_document, engine) in self._built.items()}

    def key(self, name: str) -> str:
        """The key of an engine, "" when there is none for the host it has now: a colleague who changes the address of
        a service must not get everybody's key sent to it."""
        host = self._host(name)
        known = self._keys.get(name)
        if known is None or known[0] != host:
            self._keys[name] = known = host, self._key_for(name, host)
        return known[1]

    def _key_for(self, name: str, host: str) -> str:
        key = (self._secrets.get(_secret(name)) or b"").decode("utf-8", "replace")
        if key:
            # one from before hosts were noted belongs to the host of now
            entered = self._documents.change(_KEYS, name, lambda noted: noted or {"host": host}) or {}
            return key if entered.get("host") == host else ""
        return ""

    def _host(self, name: str) -> str:
        with self._lock:
            document = self._all().get(name, {})
        try:
            return configured(name, document).host
        except SeabridgeError:
            return ""

    # -- changing ------------------------------------------------------------------------------------------------

    def save(self, name: str, changes: dict[str, Any], key: str | None = None) -> None:
        """Set an engine up, or change the named fields; ``key`` None leaves the key as it is, "" takes it away.

        Raises ``engine_setup`` naming what is wrong; nothing is stored then.
        """
        if not NAME.match(name) or name in LOCAL:
            raise SeabridgeError(ErrorCode.ENGINE_SETUP, f"name {name!r}", engine=name, problem="name")

        def changed(stored: dict[str, Any] | None) -> dict[str, Any]:
            document = {**(stored or {}), **changes}
            configured(name, document)
            return document

        changed(self.documents().get(name))
        if key is not None:
            key = key.strip()
            if not key.isascii() or not key.isprintable() or len(key) > 500:
                raise SeabridgeError(ErrorCode.ENGINE_SETUP, "key", engine=name, problem="key")
        kept = key is None and self.key(name)
        if key:
            self._secrets.set(_secret(name), key.encode())
        elif key is not None:
            self._secrets.delete(_secret(name))
        with self._lock:
            self._keys.pop(name, None)
            stored = self._documents.change(_ENGINES, name, changed) or {}
        if key or kept:  # whoever changes the address here means the key to go along
            self._documents.replace(_KEYS, name, {"host": configured(name, stored).host})

    def remove(self, name: str) -> bool:
        """Forget an engine and its key; whether there was one."""
        self._secrets.delete(_secret(name))
        self._documents.delete(_KEYS, name)
        with self._lock:
            self._keys.pop(name, None)
            return self._documents.delete(_ENGINES, name)

    def set_order(self, order: Order) -> None:
        """Store the order. Raises ``not_found`` for a name nobody has."""
        known = {*LOCAL, *self.documents()}
        for name in [*order.default, *(name for names in order.pairs.values() for name in names)]:
            if name not in known:
                raise SeabridgeError(ErrorCode.NOT_FOUND, f"engine {name}", path=name)
        with self._lock:
            self._documents.replace(_ORDER, "order", order.document())


def _secret(name: str) -> str:
    return f"engine:{name}"
