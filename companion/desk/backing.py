"""A backup at a click, and a trial of one: each one at a time, watched from wherever the seller looks."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any

import msgspec

from ..protocol.errors import ErrorCode, SeabridgeError
from .one_job import OneJob
from .room import Room

if TYPE_CHECKING:
    from ..backup.checking import Report
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
    elsewhere: int
    elsewhere_at: float
    elsewhere_folder: str
    away: tuple[str, ...]


class Proof(msgspec.Struct, kw_only=True):
    """What a trial found. ``missing``: pictures that are not beside the backup; ``findings``: what is wrong with its
    archive; ``continued``: whether the archive here goes on from it, None = it is another one's."""

    sound: bool
    restorable: bool
    problem: str
    made_at: float
    threads: int
    messages: int
    pictures: int
    missing: int
    findings: int
    continued: bool | None


class ProofState(msgspec.Struct, kw_only=True):
    """``name``: of the backup; ``stage``, ``done`` of ``total`` in its own unit, 0 = not known; ``proof`` once it
    is done."""

    state: str
    error: dict[str, Any] | None
    name: str
    stage: str
    done: int
    total: int
    proof: Proof | None


class Backing:
    """The one backup that may be made here, and the one that may be tried."""

    def __init__(self, room: Room) -> None:
        self._room = room
        self._making = OneJob("backup")
        self._proving = OneJob("proof")
        self._lock = threading.Lock()
        self._name, self._at = "", ("", 0, 0)
        self._proof: Proof | None = None

    def start(self) -> BackupState:
        """Make one; watch it with ``state``. Raises ``busy``."""
        self._making.start(self._keeper().backup)
        return self.state()

    def state(self) -> BackupState:
        """Where it stands, and the backups there are."""
        found = self._keeper().overview()
        state, error = self._making.state()
        return BackupState(
            state=state, error=error, folder=found.folder, own_folder=found.own_folder,
            daily=found.daily, sealed=found.sealed, count=found.count, last_at=found.last_at, bytes=found.bytes,
            elsewhere=found.elsewhere, elsewhere_at=found.elsewhere_at, elsewhere_folder=found.elsewhere_folder,
            away=found.away,
        )  # fmt: skip

    def prove(self, name: str, passphrase: str | None) -> ProofState:
        """Restore one into a scratch folder; watch it with ``proof``. Raises ``busy``."""
        keeper = self._keeper()

        def work() -> None:
            with self._lock:
                self._name, self._at, self._proof = name, ("opening", 0, 0), None
            proof = _proof(keeper.look.prove(name, passphrase, self._progress))
            with self._lock:
                self._proof = proof

        self._proving.start(work)
        return self.proof()

    def proof(self) -> ProofState:
        """Where the trial stands."""
        state, error = self._proving.state()
        with self._lock:
            stage, done, total = self._at
            proof = self._proof if state == "done" else None
            return ProofState(
                state=state, error=error, name=self._name, stage=stage, done=done, total=total, proof=proof
            )

    def _progress(self, stage: str, done: int, total: int) -> None:
        with self._lock:
            self._at = stage, done, total

    def _keeper(self) -> KeeperApi:
        if self._room.keeper is None:
            raise SeabridgeError(ErrorCode.UNKNOWN_METHOD, method="backup")
        return self._room.keeper


def _proof(report: Report) -> Proof:
    return Proof(
        sound=report.sound, restorable=report.restorable, problem=report.problem, made_at=report.made_at,
        threads=report.threads, messages=report.messages, pictures=report.attachments, missing=len(report.missing),
        findings=len(report.findings), continued=report.continued,
    )  # fmt: skip
