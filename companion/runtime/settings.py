"""The seller's settings, kept as one document."""

from __future__ import annotations

import threading
from collections.abc import Callable

import msgspec

from ..protocol.decode import convert
from ..protocol.errors import ErrorCode, SeabridgeError
from ..protocol.methods.desk import Settings, SettingsSetParams
from .documents import Documents

_COLLECTION, _ID = "settings", "seller"


class SettingsStore:
    """Reads and changes settings; tells subscribers about every change."""

    def __init__(self, documents: Documents) -> None:
        self._documents = documents
        self._lock = threading.Lock()
        self._subscribers: list[Callable[[Settings], None]] = []

    def get(self) -> Settings:
        """The settings in force. Fields an older or newer version wrote and we do not know are passed over."""
        stored = self._documents.get(_COLLECTION, _ID, {}) or {}
        known = {name: stored[name] for name in Settings.__struct_fields__ if name in stored}
        try:
            return convert(known, Settings)
        except msgspec.ValidationError as exc:
            raise SeabridgeError(ErrorCode.STORAGE_CORRUPT, str(exc), path="settings") from exc

    def set(self, changes: SettingsSetParams) -> Settings:
        """Change the named settings, store them, tell the subscribers."""
        named = {name: getattr(changes, name) for name in SettingsSetParams.__struct_fields__}
        with self._lock:
            # Only what changes is written: another seat of the team may change the other fields at this moment.
            self._documents.put(_COLLECTION, _ID, {name: value for name, value in named.items() if value is not None})
            current = self.get()
        for tell in list(self._subscribers):
            tell(current)
        return current

    def changed_elsewhere(self) -> None:
        """A colleague changed what is the team's of them: tell the subscribers."""
        current = self.get()
        for tell in list(self._subscribers):
            tell(current)

    def subscribe(self, tell: Callable[[Settings], None]) -> None:
        """Call ``tell`` after every change."""
        self._subscribers.append(tell)
