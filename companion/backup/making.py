"""Makes a backup: copies, manifest, pack, check by restoring, then the older ones that are no longer needed go."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
import time
from collections.abc import Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

from .. import __version__
from ..conversations import Archive, ledger
from ..conversations.findings import Finding
from ..conversations.sqlite_database import connect_for_reading
from ..protocol.errors import ErrorCode, SeabridgeError
from ..runtime.atomic import storage_errors
from ..runtime.database_url import of_team
from ..runtime.paths import Paths
from ..runtime.sqlite_copy import copy_database
from .checking import examine
from .container import SCRATCH, describe, room_for, write
from .folder import PART, backups, name_of, trouble, writing
from .manifest import FORMAT, Manifest
from .names import ARCHIVE, DOCUMENTS, ERASURES, MEMORY, PRIVATE, TAUGHT
from .pool import NEEDS, Pool, note_needs, stored, tidy
from .rotation import kept
from .sealed import Key, key_for, read_header

#: Age at which a scratch folder is one that somebody left behind.
_LEFT_S = 86_400.0


@dataclass(frozen=True, slots=True)
class Made:
    """A finished backup. ``findings``: what is wrong with the archive itself; nothing older is removed then."""

    path: Path
    bytes: int
    threads: int
    messages: int
    attachments: int
    new_attachments: int
    sealed: bool
    removed: list[str]
    findings: Sequence[Finding]
    seconds: float


def make(paths: Paths, folder: Path, passphrase: str = "", *, now: float | None = None) -> Made:
    """Back up a data folder, also while its companion runs; ``passphrase`` "" = not sealed. ``now``: Unix time.

    Raises ``backup_team``, ``not_found`` when there is no archive yet, ``busy``, ``storage_corrupt`` when the
    archive's file is damaged (older backups stay), ``backup_failed``, and the storage codes of the data folder. Nothing
    is left behind by a backup that failed.
    """
    own_archive(paths)
    if not paths.archive.exists():
        raise SeabridgeError(ErrorCode.NOT_FOUND, "no archive yet", path=str(paths.archive))
    began, now = time.monotonic(), time.time() if now is None else now
    _sweep(paths)
    with writing(folder), tempfile.TemporaryDirectory(prefix=SCRATCH, dir=paths.root) as name:
        scratch = Path(name)
        size = sum(p.stat().st_size for p in (paths.archive, paths.memory) if p.exists())
        room_for(paths.root, size * 2)
        copies = scratch / "files"
        _copy(paths, copies)
        manifest, origin, found = _examined(copies, stored(paths.files), now)
        with trouble(folder):
            key = folder_key(folder, passphrase) if passphrase else None
            pool = Pool(folder, key)
            new = sum(pool.add(paths.files / one[:2] / one, one) for one in manifest.attachments)
            target = folder / name_of(origin, now, sealed=key is not None)
            part = target.with_name(target.name + PART)
            try:
                write(copies, manifest, part, key)
                with part.open("r+b") as file:
                    os.fsync(file.fileno())
                shutil.rmtree(copies)
                _proven(part, scratch, key, passphrase, pool)
                note_needs(target, [pool.place(one) for one in manifest.attachments])
                part.replace(target)
            finally:
                part.unlink(missing_ok=True)
            ledger.merge(folder / ERASURES, ledger.read(paths.erasures))
            removed = [] if found else rotate(folder, origin)
    return Made(
        path=target, bytes=target.stat().st_size, threads=manifest.threads, messages=manifest.messages,
        attachments=len(manifest.attachments), new_attachments=new, sealed=key is not None, removed=removed,
        findings=found, seconds=time.monotonic() - began,
    )  # fmt: skip


def own_archive(paths: Paths) -> None:
    """Raises ``backup_team`` where the archive is a team's: its copies are made, and brought back, by its server."""
    team = of_team(practice=paths.practice)
    if team is not None:
        raise SeabridgeError(ErrorCode.BACKUP_TEAM, where=team.shown, database=team.database)


def _sweep(paths: Paths) -> None:
    """Remove what a backup or a restore that was killed left in the data folder; a young one may be at work."""
    for left in paths.root.glob(f"{SCRATCH}*"):
        if left.is_dir() and abs(time.time() - left.stat().st_mtime) > _LEFT_S:
            shutil.rmtree(left, ignore_errors=True)


def folder_key(folder: Path, passphrase: str) -> Key:
    """The key of the newest backup of a folder where the passphrase still opens it, so that attachments are shared;
    else a new one."""
    for backup in reversed(backups(folder)):
        header = read_header(backup.path)
        if header is not None:
            try:
                return key_for(header, passphrase)
            except SeabridgeError:
                break
    return Key.of(passphrase)


def _copy(paths: Paths, copies: Path) -> None:
    with storage_errors(copies):
        copies.mkdir(mode=0o700)
        for source, name in ((paths.archive, ARCHIVE), (paths.memory, MEMORY)):
            if source.exists():
                with closing(connect_for_reading(source, busy_timeout_s=30)) as connection:
                    copy_database(connection, copies / name, origin=source)
        if paths.documents.exists():
            # damaged ones are told by the doctor, and take no archive along
            with suppress(ValueError):
                (copies / DOCUMENTS).write_bytes(_documents(paths.documents))
        if paths.erasures.exists():
            (copies / ERASURES).write_bytes(paths.erasures.read_bytes())
        if paths.marketplaces.is_dir():
            # only what a description is made of: nothing a seller dropped there by accident
            for page in paths.marketplaces.rglob("*.yml"):
                target = copies / TAUGHT / page.relative_to(paths.marketplaces)
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(page, target)


def _documents(path: Path) -> bytes:
    content = json.loads(path.read_bytes())
    return json.dumps({k: v for k, v in content.items() if k not in PRIVATE}, ensure_ascii=False, indent=1).encode()


def _examined(copies: Path, attachments: list[str], now: float) -> tuple[Manifest, str, list[Finding]]:
    """The manifest, the archive's short name, and what is wrong with the archive."""
    archive = Archive.open(copies / ARCHIVE, copies / "none", read_only=True)
    try:
        found = archive.keeping.verify(files=False)
        threads, messages = archive.counts()
        events, state = archive.keeping.log_state()
        origin = archive.keeping.short_name()
    finally:
        archive.close()
    for left in copies.glob(f"{ARCHIVE}-*"):
        left.unlink()
    manifest = Manifest(FORMAT, now, __version__, threads, messages, events, state, describe(copies), attachments)
    return manifest, origin, found


def _proven(part: Path, scratch: Path, key: Key | None, passphrase: str, pool: Pool) -> None:
    """Bring the finished file back into a scratch folder and look at it. Raises ``backup_damaged``."""
    report = examine(part, scratch, lambda: passphrase, pool=pool, thorough=False)
    if not report.restorable:
        raise SeabridgeError(ErrorCode.BACKUP_DAMAGED, path=str(part), problem=report.problem)


def rotate(folder: Path, archive: str) -> list[str]:
    """Remove the backups of one archive that rotation does not keep; their names."""
    mine = [backup for backup in backups(folder) if backup.archive == archive]
    stay = kept([backup.at for backup in mine])
    gone = [backup for backup in mine if backup.at not in stay]
    for backup in gone:
        backup.path.unlink(missing_ok=True)
        backup.path.with_name(backup.path.name + NEEDS).unlink(missing_ok=True)
    if gone:
        tidy(folder, [backup.path for backup in backups(folder)])
    return [backup.path.name for backup in gone]
