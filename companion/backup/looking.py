"""What a seller wants to see before deciding: folders, backups, what a rule or an erasure would take."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from ..protocol.errors import ErrorCode, SeabridgeError
from ..runtime.paths import Paths
from .asides import asides
from .choosing import Choice, look_at
from .folder import Backup, backups
from .plan import Last, Plan, PlanStore, folder_of
from .whereabouts import away, known_backups

if TYPE_CHECKING:
    from ..conversations import Archive
    from ..conversations.erasing import Holding
    from .checking import Report
    from .container import Progress


@dataclass(frozen=True, slots=True)
class Settings:
    """The plan in force. ``folder`` as it is used; ``sealed``: with a passphrase; ``last``: how the last one went."""

    plan: Plan
    folder: str
    sealed: bool
    practice: bool
    last: Last


@dataclass(frozen=True, slots=True)
class Listed:
    """A backup. ``name`` of its file; ``at``: Unix time; ``bytes`` without its pictures; ``mine``: of this archive."""

    name: str
    at: float
    bytes: int
    sealed: bool
    mine: bool


@dataclass(frozen=True, slots=True)
class Found:
    """What there is of a buyer: conversations, names alike when there are none, and in how many places inboxes show
    somebody of the name."""

    threads: list[Holding]
    alike: list[str]
    inbox: int


@dataclass(frozen=True, slots=True)
class PutAside:
    """``asides.Aside`` for who is not on this side of the wire."""

    path: str
    at: float
    bytes: int


@dataclass(frozen=True, slots=True)
class Copies:
    """Older copies of the archive. ``backups``: how many in each folder that is known; ``away``: folders in which some
    were made and that are not there now; ``asides``: what restores and upgrades put aside."""

    backups: dict[str, int]
    away: list[str]
    asides: list[PutAside]


class LookingApi(Protocol):
    """The same as whoever asks sees it."""

    def settings(self) -> Settings: ...
    def folder(self, typed: str) -> Choice: ...
    def backups(self) -> list[Listed]: ...
    def copies(self) -> Copies: ...
    def due(self, months: int) -> list[Holding]: ...
    def of_buyer(self, name: str) -> Found: ...
    def prove(self, name: str, passphrase: str | None, progress: Progress) -> Report: ...


class Looking:
    """Part of ``Keeper`` (``keeper.look``); changes nothing."""

    def __init__(
        self, paths: Paths, plans: PlanStore, archive: Callable[[], Archive], passphrase: Callable[[], str]
    ) -> None:
        self._paths = paths
        self._plans = plans
        self._archive = archive
        self._passphrase = passphrase

    def settings(self) -> Settings:
        """What is decided, and how it goes."""
        plan = self._plans.get()
        folder = str(folder_of(plan, self._paths))
        return Settings(plan, folder, bool(self._passphrase()), self._paths.practice, self._plans.last())

    def folder(self, typed: str) -> Choice:
        """Whether backups could go there."""
        return look_at(typed, self._paths)

    def backups(self) -> list[Listed]:
        """Those of the plan's folder, newest first."""
        found = backups(folder_of(self._plans.get(), self._paths))
        mine = self._archive().keeping.short_name() if found else ""
        return [_listed(each, mine) for each in reversed(found)]

    def copies(self) -> Copies:
        """Where older copies of the archive lie."""
        return copies(self._plans.get(), self._paths)

    def due(self, months: int) -> list[Holding]:
        """What a rule of so many months would take now; 0 = nothing."""
        return self._archive().keeping.past_retention(months) if months else []

    def of_buyer(self, name: str) -> Found:
        """What there is of a buyer by name."""
        keeping = self._archive().keeping
        threads, alike = keeping.holdings(name)
        return Found(threads, alike, keeping.inbox_entries(name))

    def prove(self, name: str, passphrase: str | None, progress: Progress) -> Report:
        """Restore a backup of the plan's folder into a scratch folder; ``passphrase`` None = the one that is kept.

        Raises ``not_found``, ``backup_passphrase`` and what ``examine`` raises.
        """
        from .checking import examine

        folder = folder_of(self._plans.get(), self._paths)
        if name not in (each.path.name for each in backups(folder)):
            raise SeabridgeError(ErrorCode.NOT_FOUND, name, path=name)
        said = self._passphrase() if passphrase is None else passphrase
        return examine(folder / name, self._paths.root, lambda: said, live=self._archive(), progress=progress)


def copies(plan: Plan, paths: Paths) -> Copies:
    """The same without an archive at hand."""
    counts: dict[str, int] = {}
    for each in known_backups(plan, paths):
        folder = str(each.path.parent)
        counts[folder] = counts.get(folder, 0) + 1
    aside = [PutAside(str(each.path), each.at, each.bytes) for each in asides(paths)]
    return Copies(counts, [str(each) for each in away(plan, paths)], aside)


def _listed(backup: Backup, mine: str) -> Listed:
    size = _size(backup.path)
    return Listed(
        backup.path.name, backup.at.timestamp(), size, backup.path.suffix == ".sealed", backup.archive == mine
    )


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0
