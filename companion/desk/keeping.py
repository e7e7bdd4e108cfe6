"""Backups, erasure and retention, for the command line: what takes the data folder's holder to do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import msgspec

from ..backup.plan import Changes, Plan
from ..protocol.errors import ErrorCode, SeabridgeError
from ..protocol.methods.desk import Nothing
from .backing import BackupState
from .desk import Desk

if TYPE_CHECKING:
    from ..backup.keeper import KeeperApi


class PlanParams(msgspec.Struct, forbid_unknown_fields=True):
    """``passphrase`` "" = backups are no longer sealed, None = as before."""

    changes: Changes
    passphrase: Annotated[str, msgspec.Meta(max_length=1000)] | None = None


class EraseParams(msgspec.Struct, forbid_unknown_fields=True):
    """Conversations by their numbers in the archive; ``buyer``: whose traces go from the inboxes too."""

    threads: Annotated[list[int], msgspec.Meta(max_length=10_000)]
    even_held: bool = False
    buyer: Annotated[str, msgspec.Meta(max_length=500)] = ""


class CountResult(msgspec.Struct):
    """How many it was."""

    count: int


def change(desk: Desk, params: PlanParams) -> Plan:
    """Change it."""
    return _keeper(desk).change(params.changes, params.passphrase)


def erase(desk: Desk, params: EraseParams) -> CountResult:
    """Erase conversations; how many messages."""
    return CountResult(_keeper(desk).erase(params.threads, params.even_held, params.buyer))


def sweep(desk: Desk, _: Nothing) -> CountResult:
    """Apply the retention rule now; how many conversations."""
    return CountResult(_keeper(desk).sweep())


def backup_state(desk: Desk, _: Nothing) -> BackupState | None:
    """The backups there are; None where none are made (the practice shop)."""
    room = desk.room
    return None if room.paths.practice or room.keeper is None else desk.backing.state()


def backup_start(desk: Desk, _: Nothing) -> BackupState:
    """Make one now."""
    return desk.backing.start()


def _keeper(desk: Desk) -> KeeperApi:
    if desk.room.keeper is None:
        raise SeabridgeError(ErrorCode.UNKNOWN_METHOD, method="keeping")
    return desk.room.keeper
