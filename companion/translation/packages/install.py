"""Installing what a pair needs: find it, fetch it, check it, unpack it, move it into place."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from companion.protocol import ErrorCode, SeabridgeError
from companion.protocol.methods.languages import InstallProgress
from companion.protocol.values import Pair

from ..codes import served_by
from .disk import disk_error
from .download import Opener, Task, fetch
from .index import PackageIndex, Snapshot
from .metadata import Metadata, read
from .store import Checksum, InstalledPackage, PackageStore
from .unpack import unpack

Progress = Callable[[InstallProgress], None]
Cancelled = Callable[[], bool]
PIVOT = "en"


def plan(source: str, target: str, snapshot: Snapshot, installed: set[tuple[str, str]]) -> list[Metadata]:
    """What to download to get from source to target: the direct package, else the way through English.

    What is installed already is left out. Raises ``package_unknown`` naming the direction nobody offers. Pure.
    """

    def step(one: str, other: str) -> tuple[bool, Metadata | None]:
        codes = [(a, b) for a in served_by(one) for b in served_by(other)]
        if any(pair in installed for pair in codes):
            return True, None
        found = next((entry for a, b in codes if (entry := snapshot.find(a, b))), None)
        return found is not None, found

    direct, package = step(source, target)
    if direct:
        return [package] if package else []
    if PIVOT in (source, target):
        raise SeabridgeError(ErrorCode.PACKAGE_UNKNOWN, source=source, target=target)
    steps = []
    for one, other in ((source, PIVOT), (PIVOT, target)):
        known, package = step(one, other)
        if not known:
            raise SeabridgeError(ErrorCode.PACKAGE_UNKNOWN, source=one, target=other)
        if package:
            steps.append(package)
    return steps


class Installer:
    """One install at a time; a second one waits its turn."""

    def __init__(self, store: PackageStore, index: PackageIndex, opener: Opener | None = None) -> None:
        self.store = store
        self.index = index
        self._opener = opener
        self._turn = threading.Lock()
        self.sleep: Callable[[float], None] = time.sleep

    def install(self, source: str, target: str, progress: Progress, cancelled: Cancelled) -> list[InstalledPackage]:
        """Install what is missing for the pair and return what is new."""
        with self._turn:
            self._prepare()
            have = {(package.source, package.target) for package in self.store.installed() if package.usable}
            wanted = self._plan(source, target, have, progress, cancelled)
            return [self._one(metadata, progress, cancelled) for metadata in wanted]

    def _prepare(self) -> None:
        """A folder to install into, without what a crash may have left there."""
        try:
            self.store.root.mkdir(parents=True, exist_ok=True)
        except OSError as exc:
            raise disk_error(exc, self.store.root) from exc
        self.store.sweep()

    def _plan(
        self, source: str, target: str, have: set[tuple[str, str]], progress: Progress, cancelled: Cancelled
    ) -> list[Metadata]:
        """The plan from the known index, asking the network only when that one does not know the pair."""
        snapshot = self.index.snapshot()
        try:
            return plan(source, target, snapshot, have)
        except SeabridgeError:
            progress(InstallProgress(stage="index", package=Pair(source=source, target=target), done=0, total=0))
            snapshot = self.index.refresh(cancelled)
            if snapshot.error:
                raise SeabridgeError(ErrorCode(snapshot.error), "index") from None
            return plan(source, target, snapshot, have)

    def _one(self, metadata: Metadata, progress: Progress, cancelled: Cancelled) -> InstalledPackage:
        pair = Pair(source=metadata.source, target=metadata.target)
        archive = self.store.root / f".{metadata.folder}.argosmodel"
        task = Task(
            progress=lambda done, total: progress(
                InstallProgress(stage="download", package=pair, done=done, total=total or metadata.size)
            ),
            cancelled=cancelled,
            sleep=self.sleep,
        )
        try:
            link, digest = self._download(metadata, archive, task)
            progress(InstallProgress(stage="check", package=pair, done=0, total=0))
            published = metadata.sha256 or self._sidecar(link, task)
            if published and published != digest:
                raise SeabridgeError(ErrorCode.PACKAGE_DAMAGED, f"sha256 {digest}, published {published}")
            progress(InstallProgress(stage="unpack", package=pair, done=0, total=0))
            checksum: Checksum = "verified" if published else "unverified"
            return self._unpacked(archive, metadata, checksum, link, digest, cancelled)
        finally:
            archive.unlink(missing_ok=True)

    def _download(self, metadata: Metadata, archive: Path, task: Task) -> tuple[str, str]:
        """Try the links in order; the last failure is the one to report."""
        failure = SeabridgeError(ErrorCode.DOWNLOAD_FAILED, "no link", problem="no link", host="")
        for link in metadata.links:
            try:
                return link, fetch(link, archive, task, mirror=self.index.address, opener=self._opener)
            except SeabridgeError as exc:
                if exc.code in (ErrorCode.CANCELLED, ErrorCode.STORAGE_FULL, ErrorCode.STORAGE_READ_ONLY):
                    raise
                failure = exc
        raise failure

    def _sidecar(self, link: str, task: Task) -> str:
        """The digest in ``<link>.sha256``, "" when there is none: the official server publishes none today."""
        place = self.store.root / ".sidecar"
        try:
            fetch(
                link + ".sha256",
                place,
                replace(task, progress=lambda _done, _total: None, max_bytes=10_000, max_seconds=20.0),
                mirror=self.index.address,
                opener=self._opener,
            )
            found = re.match(r"\s*([0-9a-fA-F]{64})\b", place.read_text("utf-8", "replace"))
            return found[1].lower() if found else ""
        except SeabridgeError as exc:
            if exc.code == ErrorCode.CANCELLED:
                raise
            return ""
        finally:
            for leftover in (".sidecar", ".sidecar.part", ".sidecar.note"):
                (self.store.root / leftover).unlink(missing_ok=True)

    def _unpacked(
        self,
        archive: Path,
        expected: Metadata | None,
        checksum: Checksum,
        link: str,
        digest: str,
        cancelled: Cancelled = lambda: False,
    ) -> InstalledPackage:
        try:
            fresh = Path(tempfile.mkdtemp(prefix=".new-", dir=self.store.root))
        except OSError as exc:
            raise disk_error(exc, self.store.root) from exc
        try:
            unpack(archive, fresh)
            try:
                metadata = read(json.loads((fresh / "metadata.json").read_text("utf-8")), self.store.root)
            except ValueError as exc:
                raise SeabridgeError(ErrorCode.PACKAGE_DAMAGED, f"metadata.json: {exc}") from exc
            if metadata is None:
                raise SeabridgeError(ErrorCode.PACKAGE_DAMAGED, "metadata.json describes no translation package")
            if expected and (metadata.source, metadata.target) != (expected.source, expected.target):
                raise SeabridgeError(ErrorCode.PACKAGE_DAMAGED, f"holds {metadata.source}-{metadata.target}")
            self.store.describe(fresh, metadata, checksum, link=link, sha256=digest)
            if cancelled():
                raise SeabridgeError(ErrorCode.CANCELLED)
            return self.store.take(fresh, metadata)
        except OSError as exc:
            raise disk_error(exc, self.store.root) from exc
        finally:
            shutil.rmtree(fresh, ignore_errors=True)

    def install_file(self, path: Path) -> InstalledPackage:
        """Install a local ``.argosmodel``; a ``.sha256`` file beside it is believed."""
        with self._turn:
            self._prepare()
            try:
                with path.open("rb") as stream:
                    digest = hashlib.file_digest(stream, "sha256").hexdigest()
            except OSError as exc:
                raise SeabridgeError(ErrorCode.NOT_FOUND, str(exc), path=str(path)) from exc
            sidecar = path.with_name(path.name + ".sha256")
            published = sidecar.read_text("utf-8", "replace").split()[:1] if sidecar.is_file() else []
            if published and published[0].lower() != digest:
                raise SeabridgeError(ErrorCode.PACKAGE_DAMAGED, f"sha256 {digest}, beside it {published[0]}")
            return self._unpacked(path, None, "verified" if published else "unverified", path.name, digest)
