"""Backups, erasure and retention, for the dashboard and the command line: what takes the data folder's holder to do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import msgspec

from ..backup.plan import Changes, Months, Plan
from ..protocol.errors import ErrorCode, SeabridgeError
from ..protocol.methods.archive import ThreadListResult
from ..protocol.methods.desk import Nothing
from .backing import BackupState, ProofState
from .desk import Desk

if TYPE_CHECKING:
    from ..backup.choosing import Choice
    from ..backup.keeper import KeeperApi
    from ..backup.looking import Copies, Found, Listed, Settings
    from ..conversations.erasing import Holding

#: Conversations told one by one; of more only the number.
_SHOWN = 20

Passphrase = Annotated[str, msgspec.Meta(max_length=1000)]


class PlanParams(msgspec.Struct, forbid_unknown_fields=True):
    """``passphrase`` "" = backups are no longer sealed, None = as before."""

    changes: Changes
    passphrase: Passphrase | None = None


class FolderParams(msgspec.Struct, forbid_unknown_fields=True):
    """What the seller typed as the folder for backups."""

    folder: Annotated[str, msgspec.Meta(max_length=1000)]


class ProofParams(msgspec.Struct, forbid_unknown_fields=True):
    """The name of a backup's file; ``passphrase`` None = the one that is kept here."""

    name: Annotated[str, msgspec.Meta(max_length=200)]
    passphrase: Passphrase | None = None


class MonthsParams(msgspec.Struct, forbid_unknown_fields=True):
    """How long a rule would keep conversations, 0 = for ever."""

    months: Months


class BuyerParams(msgspec.Struct, forbid_unknown_fields=True):
    """A buyer's display name."""

    buyer: Annotated[str, msgspec.Meta(min_length=1, max_length=500)]


class EraseParams(msgspec.Struct, forbid_unknown_fields=True):
    """Conversations by their numbers in the archive; ``buyer``: whose traces go from the inboxes too."""

    threads: Annotated[list[int], msgspec.Meta(max_length=10_000)]
    even_held: bool = False
    buyer: Annotated[str, msgspec.Meta(max_length=500)] = ""


class CountResult(msgspec.Struct):
    """How many it was."""

    count: int


class DueResult(msgspec.Struct):
    """How many conversations, and the first of them."""

    count: int
    threads: list[Holding]


def settings(desk: Desk, _: Nothing) -> Settings:
    """What is decided."""
    return _keeper(desk).look.settings()


def folder(desk: Desk, params: FolderParams) -> Choice:
    """Whether backups could go there."""
    return _keeper(desk).look.folder(params.folder)


def change(desk: Desk, params: PlanParams) -> Plan:
    """Change it."""
    return _keeper(desk).change(params.changes, params.passphrase)


def due(desk: Desk, params: MonthsParams) -> DueResult:
    """What a rule would take now."""
    found = _keeper(desk).look.due(params.months)
    return DueResult(len(found), found[:_SHOWN])


def held(desk: Desk, _: Nothing) -> ThreadListResult:
    """Conversations that stay whatever the rule says, the one heard from last in front."""
    return ThreadListResult(threads=desk.room.archive.held(), more="")


def find(desk: Desk, params: BuyerParams) -> Found:
    """What there is of a buyer."""
    return _keeper(desk).look.of_buyer(params.buyer)


def copies(desk: Desk, _: Nothing) -> Copies:
    """Where older copies of the archive lie."""
    return _keeper(desk).look.copies()


def erase(desk: Desk, params: EraseParams) -> CountResult:
    """Erase conversations; how many messages."""
    return CountResult(_keeper(desk).erase(params.threads, params.even_held, params.buyer))


def sweep(desk: Desk, _: Nothing) -> CountResult:
    """Apply the retention rule now; how many conversations."""
    return CountResult(_keeper(desk).sweep())


def backup_state(desk: Desk, _: Nothing) -> BackupState | None:
    """The backups there are; None for the practice shop, of which none are made."""
    room = desk.room
    return None if room.paths.practice or room.keeper is None else desk.backing.state()


def backup_start(desk: Desk, _: Nothing) -> BackupState:
    """Make one now."""
    return desk.backing.start()


def backup_list(desk: Desk, _: Nothing) -> list[Listed]:
    """Those of the plan's folder, newest first."""
    return _keeper(desk).look.backups()


def proof_start(desk: Desk, params: ProofParams) -> ProofState:
    """Try one."""
    return desk.backing.prove(params.name, params.passphrase)


def proof_state(desk: Desk, _: Nothing) -> ProofState:
    """Where the trial stands."""
    return desk.backing.proof()


def _keeper(desk: Desk) -> KeeperApi:
    if desk.room.keeper is None:
        raise SeabridgeError(ErrorCode.UNKNOWN_METHOD, method="keeping")
    return desk.room.keeper
