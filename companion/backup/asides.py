"""What was put aside in the data folder: before a restore everything, before an upgrade the archive."""

from __future__ import annotations

import datetime
import re
import shutil
from dataclasses import dataclass
from pathlib import Path

from ..runtime.paths import Paths

#: The beginning of the name of what was there before a restore; the time follows.
BEFORE_RESTORE = "before-restore-"
_BEFORE_UPGRADE = "archive.before-upgrade-"
_STAMP = "%Y%m%d-%H%M%S"
_AT = re.compile(r"(?:before-restore-|archive\.before-upgrade-)(\d{8}-\d{6})(?:-v\d+\.db)?")
#: As many as copies from before upgrades are kept (``conversations/upgrade.py``).
KEPT = 3


@dataclass(frozen=True, slots=True)
class Aside:
    """A copy. ``at``: when it was put aside, Unix time; ``bytes`` of all its files."""

    path: Path
    at: float
    bytes: int


def asides(paths: Paths) -> list[Aside]:
    """All of them, oldest first."""
    found = []
    for path in (*paths.root.glob(f"{BEFORE_RESTORE}*"), *paths.root.glob(f"{_BEFORE_UPGRADE}*.db")):
        match = _AT.fullmatch(path.name)
        if match:
            at = datetime.datetime.strptime(match[1], _STAMP).replace(tzinfo=datetime.UTC)
            found.append(Aside(path, at.timestamp(), _bytes(path)))
    return sorted(found, key=lambda each: (each.at, each.path.name))


def prune(paths: Paths, most: int = KEPT) -> list[Path]:
    """Remove all but the newest that restores put aside; which went."""
    old = [each.path for each in asides(paths) if each.path.name.startswith(BEFORE_RESTORE)][:-most]
    for path in old:
        shutil.rmtree(path, ignore_errors=True)
    return old


def _bytes(path: Path) -> int:
    files = path.rglob("*") if path.is_dir() else [path]
    return sum(each.stat().st_size for each in files if each.is_file())
