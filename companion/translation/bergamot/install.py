"""Installing Mozilla's models: fetch each file, unpack it within bounds, check it, move the whole into place."""

from __future__ import annotations

import gzip
import hashlib
import re
import shutil
import tempfile
import threading
import time
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from companion.protocol import ErrorCode, SeabridgeError
from companion.protocol.methods.languages import InstallProgress
from companion.protocol.values import Pair

from ..engines import through
from ..packages.disk import disk_error
from ..packages.download import Opener, Task, fetch
from ..packages.store import Checksum
from .index import BergamotIndex, ModelFile, Offer, Offers, shipped
from .store import BergamotModel, BergamotStore, sorted_files

Progress = Callable[[InstallProgress], None]
Cancelled = Callable[[], bool]

#: The largest file known has 60 MB.
MAX_FILE_BYTES = 300_000_000
_PAIR = re.compile(r"^(?:model|lex)\.(?:\d+\.)*([a-z]{2})([a-z]{2})\.")


@dataclass(frozen=True, slots=True)
class _Unpacked:
    name: str
    sha256: str
    size: int


def plan(source: str, target: str, offers: Offers, installed: set[through.Direction]) -> list[Offer]:
    """What to fetch for the pair, through English where there is no direct model. Pure.

    Raises ``package_unknown`` naming the direction nobody offers.
    """
    have = installed | {(offer.source, offer.target) for offer in offers.models}
    steps = through.route(have, source, target)
    if not steps:
        one, other = through.missing(have, source, target)[0]
        raise SeabridgeError(ErrorCode.PACKAGE_UNKNOWN, source=one, target=other)
    wanted = [offers.find(*step) for step in steps if step not in installed]
    return [offer for offer in wanted if offer]


class BergamotInstaller:
    """One install at a time; a second one waits its turn."""

    def __init__(self, store: BergamotStore, index: BergamotIndex, opener: Opener | None = None) -> None:
        self.store = store
        self.index = index
        self._opener = opener
        self._turn = threading.Lock()
        self.sleep: Callable[[float], None] = time.sleep

    def install(self, source: str, target: str, progress: Progress, cancelled: Cancelled) -> list[BergamotModel]:
        """Install what is missing for the pair and return what is new."""
        with self._turn:
            self.store.ready()
            progress(InstallProgress(stage="index", package=Pair(source=source, target=target), done=0, total=0))
            offers = self.index.live(cancelled)
            have = {(model.source, model.target) for model in self.store.installed()}
            return [self._one(offer, progress, cancelled) for offer in plan(source, target, offers, have)]

    def _one(self, offer: Offer, progress: Progress, cancelled: Cancelled) -> BergamotModel:
        pair = Pair(source=offer.source, target=offer.target)
        fresh = self._fresh()
        done = 0
        verified: list[bool] = []
        names: dict[str, str] = {}
        try:
            for role, file in offer.files:
                if file.name in names.values():  # one vocabulary for both sides
                    names[role] = file.name
                    continue
                before = done

                def report(bytes_: int, total: int, before: int = before) -> None:
                    whole = max(offer.download, before + total)
                    progress(InstallProgress(stage="download", package=pair, done=before + bytes_, total=whole))

                done += self._file(file, fresh, Task(progress=report, cancelled=cancelled, sleep=self.sleep))
                progress(InstallProgress(stage="check", package=pair, done=0, total=0))
                verified.append(bool(file.sha256))
                names[role] = file.name
            checksum: Checksum = "verified" if all(verified) else "unverified"
            return self._take(fresh, offer.source, offer.target, offer.version, offer.licence, checksum, names)
        except OSError as exc:
            raise disk_error(exc, self.store.root) from exc
        finally:
            shutil.rmtree(fresh, ignore_errors=True)

    def _file(self, file: ModelFile, fresh: Path, task: Task) -> int:
        """Fetch, unpack and check one file; the bytes that came over the line."""
        # The parts stay in the store's own folder, so that a broken download goes on where it stopped.
        archive = self.store.root / f".{hashlib.sha256(file.url.encode()).hexdigest()[:16]}.download"
        try:
            fetch(file.url, archive, task, mirror=self.index.address, opener=self._opener)
            size = archive.stat().st_size
            unpacked = _unpack(archive, fresh / file.name, packed=file.url.endswith(".gz"))
            if file.sha256 and unpacked.sha256 != file.sha256:
                detail = f"{file.name}: sha256 {unpacked.sha256}, published {file.sha256}"
                raise SeabridgeError(ErrorCode.PACKAGE_DAMAGED, detail, package=file.name)
            return size
        finally:
            archive.unlink(missing_ok=True)

    def import_folder(self, folder: Path, source: str = "", target: str = "") -> BergamotModel:
        """Install the files of a folder (Mozilla's names, gzipped or not).

        The direction is read from the names unless it is given. Raises ``not_found``, ``package_damaged``.
        """
        with self._turn:
            self.store.ready()
            try:
                files = {p.name.removesuffix(".gz"): p for p in sorted(folder.iterdir()) if p.is_file()}
            except OSError as exc:
                raise SeabridgeError(ErrorCode.NOT_FOUND, str(exc), path=str(folder)) from exc
            names = sorted_files(list(files))
            told = _PAIR.match(names["model"])
            source, target = source or (told[1] if told else ""), target or (told[2] if told else "")
            if not source or not target or source == target:
                raise SeabridgeError(ErrorCode.LANGUAGE_UNKNOWN, names["model"], language=source or target)
            fresh = self._fresh()
            try:
                kept = {
                    name: _unpack(files[name], fresh / name, packed=files[name].suffix == ".gz")
                    for name in sorted({name for name in names.values() if name})
                }
                version = kept[names["model"]].sha256[:12]
                # Nobody says whose files these are; Mozilla's licence is only assumed for a model of its list.
                known = self.index.offers().find(source, target)
                licence = known.licence if known and known.version == version else ""
                checksum: Checksum = "verified" if licence else "unverified"
                return self._take(fresh, source, target, version, licence, checksum, names)
            except OSError as exc:
                raise disk_error(exc, self.store.root) from exc
            finally:
                shutil.rmtree(fresh, ignore_errors=True)

    def _fresh(self) -> Path:
        try:
            return Path(tempfile.mkdtemp(prefix=".new-", dir=self.store.root))
        except OSError as exc:
            raise disk_error(exc, self.store.root) from exc

    def _take(
        self,
        fresh: Path,
        source: str,
        target: str,
        version: str,
        licence: str,
        checksum: Checksum,
        files: dict[str, str],
    ) -> BergamotModel:
        size = sum(path.stat().st_size for path in fresh.iterdir())
        model = BergamotModel(fresh, source, target, version, licence, checksum, size, files)
        return self.store.take(fresh, model, licence_url=shipped().licence_url if licence else "")


def _unpack(packed_file: Path, place: Path, *, packed: bool) -> _Unpacked:
    """Copy or gunzip one file, counting what really comes out. Raises ``package_damaged`` or ``package_unsafe``."""
    digest, size = hashlib.sha256(), 0
    try:
        with gzip.open(packed_file) if packed else packed_file.open("rb") as stream, place.open("wb") as out:
            while chunk := stream.read(1 << 20):
                size += len(chunk)
                if size > MAX_FILE_BYTES:
                    raise SeabridgeError(ErrorCode.PACKAGE_UNSAFE, f"{place.name} grows beyond its bounds")
                digest.update(chunk)
                out.write(chunk)
    except (gzip.BadGzipFile, EOFError, zlib.error) as exc:
        raise SeabridgeError(ErrorCode.PACKAGE_DAMAGED, f"{place.name}: {exc}", package=place.name) from exc
    return _Unpacked(place.name, digest.hexdigest(), size)
