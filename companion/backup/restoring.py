"""Brings a backup back: prepared and checked beside what is there, which is then kept aside as it was."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..conversations import Archive, ledger
from ..protocol.errors import ErrorCode, SeabridgeError
from ..runtime.atomic import storage_errors, write_atomic
from ..runtime.database_url import of_team
from ..runtime.lock import DataLock
from ..runtime.paths import Paths
from .asides import BEFORE_RESTORE, prune
from .checking import Report, examine
from .container import Opened, Passphrase, opened
from .names import ARCHIVE, DOCUMENTS, ERASURES, MEMORY, PRIVATE, TAUGHT
from .pictures import OfPool
from .pool import Pool, stored

_LOGS = ("-wal", "-shm")

#: Drops sentences from the translation memory in the file of this path.
ForgetIn = Callable[[Path, Sequence[str]], object]


@dataclass(frozen=True, slots=True)
class Restored:
    """``aside``: the folder with what was there before, None when nothing was. ``erased``: conversations that the
    ledger took out again. ``missing``: pictures that neither this computer nor the backup's folder has."""

    threads: int
    messages: int
    erased: int
    pictures: int
    missing: list[str]
    aside: Path | None


def restore(
    paths: Paths, file: Path, passphrase: Passphrase, forget_in: ForgetIn, *, now: float | None = None
) -> Restored:
    """Replace archive, memory, documents and taught pages by those of a backup. Pairings stay as they are.

    What was there is kept in a folder of its own. Raises ``already_running`` while a companion uses the folder,
    ``backup_damaged``, ``backup_passphrase``, ``storage_newer`` and storage codes, all before anything is replaced. A
    team's archive is brought back into an empty database alone (``archive_filled``, and the codes ``database_…``).
    """
    team = of_team(practice=paths.practice)
    now = time.time() if now is None else now
    with DataLock(paths), opened(file, paths.root, passphrase) as backup:
        _known_erasures(paths, file.parent, backup)
        forget = _forgetter(backup.folder / MEMORY, forget_in)
        archive = Archive.open(backup.folder / ARCHIVE, backup.folder / "none")
        try:
            damage = archive.keeping.damage()
            if damage:
                raise SeabridgeError(ErrorCode.BACKUP_DAMAGED, path=str(file), problem=damage[0].detail)
            before = archive.keeping.pictures()
            erased = archive.keeping.erase_again(ledger.read(paths.erasures), forget)
            # what lists showed then is of no use now, and may show somebody who was erased
            archive.keeping.forget_inbox()
            if erased:
                archive.keeping.scrub()
            after = archive.keeping.pictures()
            threads, messages = archive.counts()
            pool = Pool(file.parent, backup.key)
            if team is not None:
                from .moving import into

                copied = into(team, archive, OfPool(pool), lambda *_: None)
                found, missing = copied.pictures + copied.manuals, copied.missing
        finally:
            archive.close()
        if team is not None:
            (backup.folder / ARCHIVE).unlink()
        else:
            wanted = (set(backup.manifest.attachments) - before) | after
            found, missing = _pictures(paths, pool, wanted)
        _documents(paths, backup.folder / DOCUMENTS)
        aside = _exchange(paths, backup.folder, now)
        prune(paths)
    return Restored(threads, messages, erased, found, missing, aside)


def preview(file: Path, paths: Paths, passphrase: Passphrase) -> Report:
    """What ``restore`` would bring back; nothing is changed."""
    paths.ready()
    return examine(file, paths.root, passphrase, thorough=False)


def _known_erasures(paths: Paths, beside: Path, backup: Opened) -> None:
    """What was erased counts wherever it is written down: here, in the backup, and beside it by later backups."""
    for source in (backup.folder / ERASURES, beside / ERASURES):
        ledger.merge(paths.erasures, ledger.read(source))


def _forgetter(memory: Path, forget_in: ForgetIn) -> Callable[[Sequence[str]], object]:
    return lambda said: forget_in(memory, said) if memory.exists() and said else None


def _pictures(paths: Paths, pool: Pool, wanted: Iterable[str]) -> tuple[int, list[str]]:
    """Bring the pictures that are not here; how many came, and those that could not be found."""
    here, found = set(stored(paths.files)), 0
    missing: list[str] = []
    for sha256 in sorted(set(wanted) - here):
        data = pool.read(sha256)
        if data is None:
            missing.append(sha256)
            continue
        write_atomic(paths.files / sha256[:2] / sha256, data, private=True)
        found += 1
    return found, missing


def _documents(paths: Paths, restored: Path) -> None:
    """Who is paired with this computer stays paired."""
    content: dict[str, Any] = json.loads(restored.read_bytes()) if restored.exists() else {}
    with suppress(OSError, ValueError):
        mine = json.loads(paths.documents.read_bytes())
        content |= {name: mine[name] for name in PRIVATE if name in mine}
    if content:
        restored.write_bytes(json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True).encode())
        restored.chmod(0o600)


def _exchange(paths: Paths, folder: Path, now: float) -> Path | None:
    """Put the restored files in the place of those that are there, which stay in a folder of their own.

    Each file is replaced in one step after its copy is safe, the archive last: whenever this breaks off, what is in
    place opens, and doing it again finishes it.
    """
    aside = paths.root / f"{BEFORE_RESTORE}{time.strftime('%Y%m%d-%H%M%S', time.gmtime(now))}"
    with storage_errors(paths.root):
        for database in (paths.archive, paths.memory):
            _settled(database)
        kept = [_keep(paths.root, path, aside) for path in (paths.marketplaces, paths.documents, paths.memory)]
        if (folder / ARCHIVE).exists():
            logs = [paths.archive.with_name(paths.archive.name + log) for log in ("", *_LOGS)]
            kept += [_keep(paths.root, path, aside) for path in logs]
        taught = folder / TAUGHT
        if taught.is_dir():
            shutil.rmtree(paths.marketplaces, ignore_errors=True)
            shutil.copytree(taught, paths.marketplaces)
        for name, target in ((DOCUMENTS, paths.documents), (MEMORY, paths.memory), (ARCHIVE, paths.archive)):
            if (folder / name).exists():
                _without_log(target)
                (folder / name).chmod(0o600)
                (folder / name).replace(target)
    return aside if any(kept) else None


def _settled(database: Path) -> None:
    """Bring what a log holds into its database; one that is damaged is kept aside with its log as it is."""
    if not database.exists():
        return
    with suppress(sqlite3.Error), closing(sqlite3.connect(database, timeout=5)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()


def _keep(root: Path, path: Path, aside: Path) -> bool:
    """Copy what is there; whether there was something."""
    target = aside / path.relative_to(root)
    if path.is_dir():
        shutil.copytree(path, target)
        return True
    if not path.exists():
        return False
    aside.mkdir(mode=0o700, exist_ok=True)
    shutil.copyfile(path, target)
    target.chmod(0o600)
    with target.open("r+b") as file:
        os.fsync(file.fileno())
    return True


def _without_log(database: Path) -> None:
    for log in _LOGS:
        database.with_name(database.name + log).unlink(missing_ok=True)
