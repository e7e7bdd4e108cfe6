"""Looks at a backup by restoring it into a scratch folder."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from ..conversations import Archive
from ..conversations.findings import Finding
from ..protocol.errors import ErrorCode, SeabridgeError
from .container import Opened, Passphrase, Progress, opened, quiet
from .names import ARCHIVE
from .pool import Pool


@dataclass(slots=True)
class Report:
    """``restorable``: the file is whole and its archive opens; ``problem``: why not. ``missing``: attachments that are
    not beside it. ``continued``: whether the archive of this computer goes on from the backup (None = another one, or
    none is there): someone who rewrites the archive cannot rewrite the backups."""

    path: Path
    made_at: float = 0.0
    sealed: bool = False
    threads: int = 0
    messages: int = 0
    events: int = 0
    attachments: int = 0
    missing: list[str] = field(default_factory=list)
    findings: Sequence[Finding] = ()
    restorable: bool = True
    problem: str = ""
    continued: bool | None = None

    @property
    def sound(self) -> bool:
        """Whether nothing at all is wrong."""
        return self.restorable and not self.missing and not self.findings and self.continued is not False


def examine(
    path: Path,
    scratch: Path,
    passphrase: Passphrase,
    *,
    pool: Pool | None = None,
    thorough: bool = True,
    live: Archive | None = None,
    progress: Progress = quiet,
) -> Report:
    """Restore into ``scratch`` and check everything. Not ``thorough``: the files against their hashes, the archive by
    its counts and the state of its log, attachments by name; enough for files that were read right before.

    Raises ``not_found``, ``backup_passphrase``, ``storage_newer`` and storage codes; damage is told in the report.
    """
    report = Report(path)
    try:
        progress("opening", 0, 0)
        with opened(path, scratch, passphrase, progress) as backup:
            manifest = backup.manifest
            report.made_at, report.sealed = manifest.made_at, backup.key is not None
            report.attachments = len(manifest.attachments)
            pool = pool or Pool(path.parent, backup.key)
            report.missing = pool.lacks(manifest.attachments)
            if thorough:
                there = sorted(set(manifest.attachments) - set(report.missing))
                for done, one in enumerate(there):
                    progress("pictures", done, len(there))
                    report.missing += [one] if pool.read(one) is None else []
            progress("archive", 0, 0)
            _archive(backup, report, live, thorough)
    except SeabridgeError as exc:
        if exc.code not in (ErrorCode.BACKUP_DAMAGED, ErrorCode.STORAGE_CORRUPT):
            raise
        report.restorable, report.problem = False, str(exc.data.get("problem") or exc.detail or exc.code)
    return report


def _archive(backup: Opened, report: Report, live: Archive | None, thorough: bool) -> None:
    manifest = backup.manifest
    archive = Archive.open(backup.folder / ARCHIVE, backup.folder / "none")
    try:
        report.findings = archive.keeping.verify(files=False) if thorough else ()
        report.threads, report.messages = archive.counts()
        report.events, state = archive.keeping.log_state(manifest.events)
        name = archive.keeping.short_name()
    finally:
        archive.close()
    counted = (report.threads, report.messages, report.events, state)
    if counted != (manifest.threads, manifest.messages, manifest.events, manifest.log_sha256):
        report.restorable, report.problem = False, "the archive is not the one that the manifest describes"
    if live is not None and manifest.events and live.keeping.short_name() == name:
        report.continued = live.keeping.log_state(manifest.events) == (manifest.events, manifest.log_sha256)
