"""Keeping as the companion does it: backups when they are due, conversations past their time, erasures for good."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import msgspec

from ..conversations import ledger
from ..conversations.chain import NOBODY
from ..protocol.errors import ErrorCode, SeabridgeError
from ..runtime.database_url import may_hold_archive, of_team
from ..runtime.documents import Documents
from ..runtime.paths import Paths
from ..runtime.secrets import Secrets
from .choosing import look_at
from .folder import backups, writing
from .looking import Looking, LookingApi
from .names import ERASURES
from .plan import SECRET, Changes, Plan, PlanStore, folder_of
from .whereabouts import away, folders, known_backups

if TYPE_CHECKING:
    from ..conversations import Archive
    from .making import Made

#: Drops sentences from the translation memory, and what else of them lies outside the archive.
Forget = Callable[[Sequence[str]], object]

_log = logging.getLogger(__name__)
DAY_S = 86_400.0
#: A backup is due a little before the day is over, so that it does not wander around the clock.
_EARLY_S = 3600.0


@dataclass(frozen=True, slots=True)
class Overview:
    """The backups there are. ``last_at``: Unix time of the newest, 0 = none; ``bytes``: of all of them without their
    pictures. ``elsewhere``: how many lie in other folders that are known, the newest of ``elsewhere_at`` in
    ``elsewhere_folder``; ``away``: folders in which some were made and that are not there now."""

    folder: str
    own_folder: bool
    daily: bool
    sealed: bool
    count: int
    last_at: float
    bytes: int
    elsewhere: int = 0
    elsewhere_at: float = 0.0
    elsewhere_folder: str = ""
    away: tuple[str, ...] = ()


class KeeperApi(Protocol):
    """What is asked of whoever holds the data folder."""

    def change(self, changes: Changes, passphrase: str | None = None) -> Plan: ...
    def erase(self, thread_ids: Sequence[int], even_held: bool, buyer: str = "") -> int: ...
    def sweep(self) -> int: ...
    def backup(self) -> object: ...
    def overview(self) -> Overview: ...
    @property
    def look(self) -> LookingApi: ...


class Keeper:
    """Holds the data folder. ``archive`` opens it when it is needed; ``forget`` drops sentences elsewhere."""

    def __init__(
        self,
        paths: Paths,
        documents: Documents,
        secrets: Secrets,
        archive: Callable[[], Archive],
        forget: Forget,
        *,
        now: Callable[[], float] = time.time,
    ) -> None:
        self._paths = paths
        self._secrets = secrets
        self._archive = archive
        self._forget = forget
        self._plans = PlanStore(documents)
        self._now = now
        self._look = Looking(paths, self._plans, archive, self.passphrase)

    @property
    def look(self) -> LookingApi:
        """What is asked before anything is changed."""
        return self._look

    def plan(self) -> Plan:
        """The plan in force."""
        return self._plans.get()

    def change(self, changes: Changes, passphrase: str | None = None) -> Plan:
        """Change the plan; ``passphrase`` "" = backups are no longer sealed, None = as before.

        A folder that cannot be written is refused now, not at night; so is one inside the data folder
        (``backup_inside``), but for the data folder's own.
        """
        if changes.folder:
            choice = look_at(changes.folder, self._paths)
            if choice.problem == "inside":
                raise SeabridgeError(ErrorCode.BACKUP_INSIDE, path=choice.folder)
            changes = msgspec.structs.replace(changes, folder=choice.folder)
            if choice.folder:
                with writing(folder_of(Plan(folder=choice.folder), self._paths)):
                    pass
        plan = self._plans.change(changes)
        if passphrase is not None:
            if passphrase:
                self._secrets.set(SECRET, passphrase.encode())
            else:
                self._secrets.delete(SECRET)
        return plan

    def passphrase(self) -> str:
        """What backups are sealed with, "" = they are not."""
        return (self._secrets.get(SECRET) or b"").decode()

    def backup_if_due(self) -> Made | None:
        """Make the daily backup when there is none of the last day; how it went is kept for the doctor.

        One that seems to be of the future (the clock jumped back) does not count.
        """
        plan = self.plan()
        if not plan.daily or self._paths.practice or not may_hold_archive(self._paths) or not self._by_itself(plan):
            return None
        now, folder = self._now(), folder_of(plan, self._paths)
        mine = self._archive().keeping.short_name()
        if mine == NOBODY:
            return None  # nothing has happened yet that could be lost
        made = [backup.at.timestamp() for backup in backups(folder) if backup.archive == mine]
        if any(now - DAY_S + _EARLY_S < at <= now + _EARLY_S for at in made):
            return None
        return self._backup(folder, now)

    def backup(self) -> Made:
        """Make one now, where the plan says."""
        return self._backup(folder_of(self.plan(), self._paths), self._now())

    def overview(self) -> Overview:
        """The backups of the plan's folder, and whether there are others; those of another archive count too."""
        plan = self.plan()
        folder = folder_of(plan, self._paths)
        found = backups(folder)
        daily = plan.daily and self._by_itself(plan)
        others = [each for each in known_backups(plan, self._paths) if each.path.parent != folder]
        newest = max(others, key=lambda each: each.at, default=None)
        return Overview(
            folder=str(folder), own_folder=bool(plan.folder), daily=daily, sealed=bool(self.passphrase()),
            count=len(found), last_at=found[-1].at.timestamp() if found else 0.0,
            bytes=sum(backup.path.stat().st_size for backup in found),
            elsewhere=len(others), elsewhere_at=newest.at.timestamp() if newest else 0.0,
            elsewhere_folder=str(newest.path.parent) if newest else "",
            away=tuple(str(each) for each in away(plan, self._paths)),
        )  # fmt: skip

    def _by_itself(self, plan: Plan) -> bool:
        """Of a team's archive only a seat makes daily ones whose seller chose a folder for them: not every seat needs
        a copy of it all."""
        return bool(plan.folder) or of_team(practice=self._paths.practice) is None

    def _backup(self, folder: Path, now: float) -> Made:
        from .making import make

        try:
            done = make(self._paths, folder, self.passphrase(), rule=self.plan().kept, now=now)
        except SeabridgeError as exc:
            if exc.code is not ErrorCode.BUSY:
                self._plans.note(now, str(exc.code))
            raise
        problem = "archive" if done.findings else ""
        for finding in done.findings:
            _log.error("the archive is not as it was written: %s", finding.line())
        self._plans.note(now, problem)
        return done

    def erase(self, thread_ids: Sequence[int], even_held: bool, buyer: str = "") -> int:
        """Erase conversations for good, and what inboxes showed of a ``buyer`` by name; how many messages.

        Raises ``not_found`` and ``held`` with nothing done.
        """
        keeping = self._archive().keeping
        count = keeping.erase(thread_ids, self._paths.erasures, self._forget, even_held=even_held)
        if buyer:
            keeping.forget_inbox(buyer)
        keeping.scrub()
        for folder in folders(self.plan(), self._paths):
            if folder.is_dir():
                # whoever restores a backup of this folder on another computer must know too
                ledger.merge(folder / ERASURES, ledger.read(self._paths.erasures))
        return count

    def sweep_if_due(self) -> int:
        """Once a day, since the file is written anew when something went."""
        now = self._now()
        if not self.plan().months or now - DAY_S + _EARLY_S < self._plans.swept() <= now:
            return 0
        return self.sweep()

    def sweep(self) -> int:
        """Erase what the retention rule lets go; how many conversations."""
        months = self.plan().months
        if not months:
            return 0
        keeping = self._archive().keeping
        gone = [holding.thread for holding in keeping.past_retention(months)]
        keeping.erase(gone, None, self._forget)
        if gone:
            keeping.scrub()
        self._plans.note_sweep(self._now())
        return len(gone)

    def catch_up(self) -> int:
        """Do what the ledger says and a crash, or an older copy put in place by hand, left undone."""
        erasures = ledger.read(self._paths.erasures)
        return self._archive().keeping.erase_again(erasures, self._forget) if erasures else 0
