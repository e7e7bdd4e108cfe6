"""What the seller decided about keeping: where backups go, whether daily, and how long conversations stay."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, TypeVar

import msgspec

from ..protocol.decode import convert
from ..protocol.errors import ErrorCode, SeabridgeError
from ..runtime.documents import Documents
from ..runtime.paths import Paths
from .rotation import USUAL, Kept

_COLLECTION, _PLAN, _LAST, _SWEPT = "keeping", "plan", "last_backup", "last_sweep"
#: The passphrase among the secrets.
SECRET = "backup.passphrase"  # noqa: S105  a name
#: Characters of a passphrase; the dashboard asks for as many.
SHORTEST = 8
#: Fifty years.
Months = Annotated[int, msgspec.Meta(ge=0, le=600)]


class Plan(msgspec.Struct, kw_only=True):
    """``folder`` "" = inside the data folder. ``months``: conversations whose last message is older go, 0 = none."""

    folder: Annotated[str, msgspec.Meta(max_length=1000)] = ""
    daily: bool = True
    kept: Kept = USUAL
    months: Months = 0


class Changes(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """Only what is named changes."""

    folder: Annotated[str, msgspec.Meta(max_length=1000)] | None = None
    daily: bool | None = None
    kept: Kept | None = None
    months: Months | None = None


class Last(msgspec.Struct, kw_only=True):
    """How the last scheduled backup, or sweep, went. ``at``: Unix time; ``problem``: an error code, "" = well."""

    at: float = 0.0
    problem: str = ""


_Document = TypeVar("_Document", Plan, Last)


class PlanStore:
    """The plan among the seller's documents."""

    def __init__(self, documents: Documents) -> None:
        self._documents = documents

    def get(self) -> Plan:
        """The plan in force. Raises ``storage_corrupt`` for one that was edited into nonsense."""
        return self._read(_PLAN, Plan)

    def change(self, changes: Changes) -> Plan:
        """Store what changes. Raises ``bad_params`` for a folder that is no absolute path."""
        if changes.folder and not Path(changes.folder).is_absolute():
            raise SeabridgeError(ErrorCode.BAD_PARAMS, method="backup", problem="folder")
        named = {name: value for name, value in msgspec.to_builtins(changes).items() if value is not None}
        self._documents.put(_COLLECTION, _PLAN, named)
        return self.get()

    def last(self) -> Last:
        """How the last scheduled backup went."""
        return self._read(_LAST, Last)

    def note(self, at: float, problem: str) -> None:
        """Keep how one went."""
        self._documents.put(_COLLECTION, _LAST, msgspec.to_builtins(Last(at=at, problem=problem)))

    def swept(self) -> float:
        """When the retention rule was last applied, Unix time."""
        return self._read(_SWEPT, Last).at

    def note_sweep(self, at: float) -> None:
        """Keep that it was."""
        self._documents.put(_COLLECTION, _SWEPT, msgspec.to_builtins(Last(at=at)))

    def _read(self, name: str, kind: type[_Document]) -> _Document:
        stored = self._documents.get(_COLLECTION, name, {}) or {}
        known = {field: stored[field] for field in kind.__struct_fields__ if field in stored}
        try:
            return convert(known, kind)
        except msgspec.ValidationError as exc:
            raise SeabridgeError(ErrorCode.STORAGE_CORRUPT, str(exc), path=_COLLECTION) from exc


def folder_of(plan: Plan, paths: Paths) -> Path:
    """Where backups go."""
    return Path(plan.folder) if plan.folder else paths.backups
