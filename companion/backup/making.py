"""Makes a backup: copies, manifest, pack, check by restoring, then the older ones that are no longer needed go."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from .. import __version__
from ..conversations import Archive, ledger
from ..conversations.findings import Finding
from ..conversations.sqlite_database import connect_for_reading
from ..protocol.errors import ErrorCode, SeabridgeError
from ..runtime.atomic import storage_errors
from ..runtime.database_url import may_hold_archive, of_team
from ..runtime.paths import Paths
from ..runtime.sqlite_copy import copy_database
from ..team.last_seen import LastSeen
from ..team.placement import joined
from .checking import examine
from .container import SCRATCH, describe, room_for, write
from .folder import PART, backups, name_of, trouble, writing
from .manifest import FORMAT, Manifest
from .names import ARCHIVE, DOCUMENTS, ERASURES, MEMORY, PRIVATE, TAUGHT
from .pictures import OfFolder, OfTeam, Pictures
from .pool import NEEDS, Pool, note_needs, tidy
from .rotation import USUAL, Kept, kept
from .sealed import Key, key_for, read_header
from .whereabouts import remember

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


def make(paths: Paths, folder: Path, passphrase: str = "", *, rule: Kept = USUAL, now: float | None = None) -> Made:
    """Back up a data folder, also while its companion runs; ``passphrase`` "" = not sealed, ``rule``: which of the
    folder's backups stay. ``now``: Unix time.

    A team's archive comes out of its database; the rest is this seat's. Raises ``not_found`` when there is no archive
    yet, ``busy``, ``storage_corrupt`` when the archive's file is damaged (older backups stay), ``backup_failed``, the
    storage codes of the data folder and the codes ``database_…``. Nothing is left behind by a backup that failed.
    """
    if not may_hold_archive(paths):
        raise SeabridgeError(ErrorCode.NOT_FOUND, "no archive yet", path=str(paths.archive))
    began, now = time.monotonic(), time.time() if now is None else now
    _sweep(paths)
    paths.ready()
    with (
        writing(folder),
        tempfile.TemporaryDirectory(prefix=SCRATCH, dir=paths.root) as name,
        _source(paths, Path(name)) as source,
    ):
        scratch = Path(name)
        room_for(paths.root, source.bytes() * 2)
        copies = scratch / "files"
        _copy(paths, source, copies)
        manifest, origin, found = _examined(copies, source.pictures.names(), now)
        with trouble(folder):
            key = folder_key(folder, passphrase) if passphrase else None
            pool = Pool(folder, key)
            new = sum(source.pictures.into(pool, one) for one in manifest.attachments)
            target = folder / name_of(origin, now, sealed=key is not None)
            part = target.with_name(target.name + PART)
            try:
                write(copies, manifest, part, key)
                with part.open("r+b") as file:
                    os.fsync(file.fileno())
                shutil.rmtree(copies)
                _proven(part, scratch, key, passphrase, pool)
                note_needs(target, [pool.place(one) for one in manifest.attachments])
                remember(paths, folder)
                part.replace(target)
            finally:
                part.unlink(missing_ok=True)
            ledger.merge(folder / ERASURES, ledger.read(paths.erasures))
            removed = [] if found else rotate(folder, origin, rule)
    return Made(
        path=target, bytes=target.stat().st_size, threads=manifest.threads, messages=manifest.messages,
        attachments=len(manifest.attachments), new_attachments=new, sealed=key is not None, removed=removed,
        findings=found, seconds=time.monotonic() - began,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Source:
    """What is backed up. ``archive`` writes a copy of it into a file; ``bytes``: how large it and the memory are;
    ``team``: the documents of a team, as this seat saw them last."""

    archive: Callable[[Path], object]
    bytes: Callable[[], int]
    pictures: Pictures
    memory: Path
    team: Mapping[str, Mapping[str, Mapping[str, Any]]] = field(default_factory=dict)


@contextmanager
def _source(paths: Paths, scratch: Path) -> Iterator[_Source]:
    def beside() -> int:
        return memory.stat().st_size if memory.exists() else 0

    team = of_team(practice=paths.practice)
    # until a seat has followed its team, its own memory is all it has
    memory = paths.memory if team is None or not paths.team_memory.exists() else paths.team_memory
    if team is None:
        yield _Source(
            lambda target: _copy_file(paths.archive, target),
            lambda: paths.archive.stat().st_size + beside(),
            OfFolder(paths.files),
            memory,
        )
        return
    from .moving import bytes_of, out_of

    archive = Archive.of_team(team, read_only=True)
    try:
        yield _Source(
            lambda target: out_of(archive, target, None), lambda: bytes_of(archive) + beside(),
            OfTeam(archive.files, scratch), memory, LastSeen(paths.team_seen, team.shown).all(),
        )  # fmt: skip
    finally:
        archive.close()


def _copy_file(source: Path, target: Path) -> None:
    with closing(connect_for_reading(source, busy_timeout_s=30)) as connection:
        copy_database(connection, target, origin=source)


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


def _copy(paths: Paths, source: _Source, copies: Path) -> None:
    with storage_errors(copies):
        copies.mkdir(mode=0o700)
        source.archive(copies / ARCHIVE)
        if source.memory.exists():
            _copy_file(source.memory, copies / MEMORY)
        if paths.documents.exists() or source.team:
            # damaged ones are told by the doctor, and take no archive along
            with suppress(ValueError, TypeError, AttributeError):
                (copies / DOCUMENTS).write_bytes(_documents(paths.documents, source))
        if paths.erasures.exists():
            (copies / ERASURES).write_bytes(paths.erasures.read_bytes())
        if paths.marketplaces.is_dir():
            # only what a description is made of: nothing a seller dropped there by accident
            for page in paths.marketplaces.rglob("*.yml"):
                target = copies / TAUGHT / page.relative_to(paths.marketplaces)
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(page, target)


def _documents(path: Path, source: _Source) -> bytes:
    content = joined(json.loads(path.read_bytes()) if path.exists() else {}, source.team)
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


def rotate(folder: Path, archive: str, rule: Kept = USUAL) -> list[str]:
    """Remove the backups of one archive that rotation does not keep; their names."""
    mine = [backup for backup in backups(folder) if backup.archive == archive]
    stay = kept([backup.at for backup in mine], rule)
    gone = [backup for backup in mine if backup.at not in stay]
    for backup in gone:
        backup.path.unlink(missing_ok=True)
        backup.path.with_name(backup.path.name + NEEDS).unlink(missing_ok=True)
    if gone:
        tidy(folder, [backup.path for backup in backups(folder)])
    return [backup.path.name for backup in gone]
