"""A backup at a click: one at a time, watched from wherever the seller looks."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any

import msgspec

from ..protocol.errors import ErrorCode, SeabridgeError
from . import faults
from .room import Room

if TYPE_CHECKING:
    from ..backup.keeper import KeeperApi


class BackupState(msgspec.Struct, kw_only=True):
    """``state``: idle, running, done, failed; ``error``: of a failed one. The rest is ``keeper.Overview``."""

    state: str
    error: dict[str, Any] | None
    folder: str
    own_folder: bool
    daily: bool
    sealed: bool
    count: int
    last_at: float
    bytes: int


class Backing:
    """The one backup that may be made here."""

    def __init__(self, room: Room) -> None:
        self._room = room
        self._lock = threading.Lock()
        self._state = "idle"
        self._error: dict[str, Any] | None = None

    def start(self) -> BackupState:
        """Make one in a thread of its own; watch it with ``state``. Raises ``busy``."""
        keeper = self._keeper()
        with self._lock:
            if self._state == "running":
                raise SeabridgeError(ErrorCode.BUSY, "a backup is being made")
            self._state, self._error = "running", None
        threading.Thread(target=self._work, args=(keeper,), name="desk-backup", daemon=True).start()
        return self.state()

    def state(self) -> BackupState:
        """Where it stands, and the backups there are."""
        found = self._keeper().overview()
        with self._lock:
            return BackupState(
                state=self._state, error=self._error, folder=found.folder, own_folder=found.own_folder,
                daily=found.daily, sealed=found.sealed, count=found.count, last_at=found.last_at, bytes=found.bytes,
            )  # fmt: skip

    def _work(self, keeper: KeeperApi) -> None:
        state, error = "done", None
        try:
            keeper.backup()
        except Exception as exc:  # it stands in the state; there is nobody here to raise it to
            state, error = "failed", msgspec.to_builtins(faults.body(faults.translate(exc, "backup"))["error"])
        with self._lock:
            self._state, self._error = state, error

    def _keeper(self) -> KeeperApi:
        if self._room.keeper is None:
            raise SeabridgeError(ErrorCode.UNKNOWN_METHOD, method="backup")
        return self._room.keeper
