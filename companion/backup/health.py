"""What the doctor says of backups."""

from __future__ import annotations

import datetime
import time

from ..protocol.errors import SeabridgeError
from ..protocol.methods.desk import Check
from ..runtime.database_url import may_hold_archive, of_team
from ..runtime.documents import Documents
from ..runtime.paths import Paths
from .asides import asides
from .plan import Last, Plan, PlanStore, folder_of
from .whereabouts import known_backups

#: Days without a backup after which the doctor says so.
_DAYS = 3


def daily(paths: Paths) -> Check:
    """Whether daily backups are made, and how the last one went, by the seller's documents alone."""
    if paths.practice:
        return Check(id="backup_practice", state="off", data={})
    plan, last = Plan(), Last()
    if paths.documents.exists():
        store = PlanStore(Documents(paths.documents))
        plan, last = store.get(), store.last()
    team = of_team(practice=False)
    if team is not None and not plan.folder:
        return Check(id="backup_team", state="off", data={"where": team.shown, "database": team.database})
    data = {"folder": str(folder_of(plan, paths)), "problem": last.problem}
    if last.problem:
        return Check(id="backup_problem", state="warn", data=data)
    return Check(id="backup_daily" if plan.daily else "backup", state="ok" if plan.daily else "off", data=data)


def health(paths: Paths) -> Check:
    """Whether there is a backup of the last days."""
    told = daily(paths)
    if told.state != "ok" or not may_hold_archive(paths):
        return told
    # one made by hand into another folder is a backup too
    known = known_backups(PlanStore(Documents(paths.documents)).get() if paths.documents.exists() else Plan(), paths)
    last = max(known, key=lambda each: each.at, default=None)
    newest = last.at.timestamp() if last else 0.0
    folder = str(last.path.parent) if last else told.data["folder"]
    days = int((time.time() - newest) / 86_400)
    at = datetime.datetime.fromtimestamp(newest).strftime("%Y-%m-%d %H:%M")
    data = {**told.data, "folder": folder, "days": str(days), "at": at}
    if newest and days <= _DAYS:
        return Check(id="backup", state="ok", data=data)
    # Who began yesterday has none yet, and it comes by itself.
    if not newest and time.time() - _begun_at(paths) < _DAYS * 86_400:
        return Check(id="backup_first", state="ok", data=data)
    return Check(id="backup_old" if newest else "backup_none", state="warn", data=data)


def kept_aside(paths: Paths) -> Check:
    """What restores and upgrades put aside; it takes room, and holds what is erased later."""
    found = asides(paths)
    data = {"count": str(len(found)), "path": str(paths.root)}
    data["size"] = f"{sum(each.bytes for each in found) / 1e6:.1f}"
    return Check(id="asides", state="ok" if found else "off", data=data)


def _begun_at(paths: Paths) -> float:
    """When the archive's log begins; now for one that has not begun or cannot be read, which another check tells."""
    from ..conversations import Archive

    try:
        found = Archive.at(paths, read_only=True)
    except SeabridgeError:
        return time.time()
    try:
        return found.keeping.begun_at() or time.time()
    finally:
        found.close()
