"""Where backups were made, also those at a click into another folder: who erases a buyer is told of all of them."""

from __future__ import annotations

import json
import os
from pathlib import Path

from ..runtime.atomic import storage_errors
from ..runtime.paths import Paths
from .folder import Backup, backups
from .plan import Plan, folder_of

#: A file of so many bytes names thousands of folders; nobody has them.
_MOST_BYTES = 1 << 20


def remember(paths: Paths, folder: Path) -> None:
    """Note a folder once, a line each, so that a command beside the running companion may do it too."""
    if folder in remembered(paths):
        return
    line = json.dumps(str(folder), ensure_ascii=False) + "\n"
    with storage_errors(paths.backup_folders):
        handle = os.open(paths.backup_folders, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(line.encode("utf-8", "surrogateescape"))


def remembered(paths: Paths) -> list[Path]:
    """The folders that were noted, the first one first; lines that cannot be read are passed over."""
    try:
        raw = paths.backup_folders.read_bytes()[:_MOST_BYTES]
    except OSError:
        return []
    found: dict[Path, None] = {}
    for line in raw.decode("utf-8", "replace").splitlines():
        try:
            said = json.loads(line)
        except ValueError:
            continue
        if isinstance(said, str) and Path(said).is_absolute():
            found[Path(said)] = None
    return list(found)


def folders(plan: Plan, paths: Paths) -> list[Path]:
    """Every folder that may hold backups of this computer: the plan's, the data folder's own, and those noted."""
    return list(dict.fromkeys([folder_of(plan, paths), paths.backups, *remembered(paths)]))


def known_backups(plan: Plan, paths: Paths) -> list[Backup]:
    """The backups of all those folders; a disk that is not connected shows none."""
    found = []
    for folder in folders(plan, paths):
        try:
            found += backups(folder)
        except OSError:
            continue
    return found


def away(plan: Plan, paths: Paths) -> list[Path]:
    """Folders in which backups were made and that cannot be looked into now."""
    return [folder for folder in folders(plan, paths) if folder != paths.backups and not folder.is_dir()]
