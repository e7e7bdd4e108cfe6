"""The packages on disk: one folder each, with a record of ours saying where it came from."""

from __future__ import annotations

import json
import shutil
import threading
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal

from companion.protocol import ErrorCode, SeabridgeError

from .disk import disk_error
from .metadata import Metadata, read

RECORD = "seabridge.json"
Checksum = Literal["verified", "unverified"]


@dataclass(frozen=True, slots=True)
class InstalledPackage:
    """A package folder. ``tokenizer`` is "bpe" for the old kind we cannot run."""

    path: Path
    source: str
    target: str
    source_name: str
    target_name: str
    version: str
    target_prefix: str
    tokenizer: str
    checksum: Checksum
    size: int

    @property
    def folder(self) -> str:
        """Name of the folder, unique among the installed."""
        return self.path.name

    @property
    def usable(self) -> bool:
        """Whether our runner can run it."""
        return self.tokenizer == "sentencepiece"


class PackageStore:
    """The packages folder. Listing reads small records only; nothing heavy is imported for it."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._lock = threading.RLock()
        self._known: list[InstalledPackage] | None = None

    def installed(self) -> list[InstalledPackage]:
        """The newest package of each direction."""
        with self._lock:
            if self._known is None:
                self._known = self._scan()
            return list(self._known)

    def rescan(self) -> None:
        """Look at the folder anew: the seller may have put a package there by hand."""
        with self._lock:
            self._known = None

    def _scan(self) -> list[InstalledPackage]:
        best: dict[tuple[str, str], InstalledPackage] = {}
        folders = sorted(self.root.iterdir()) if self.root.is_dir() else []
        for folder in folders:
            if folder.name.startswith(".") or not folder.is_dir():
                continue
            package = self._from_record(folder) or self._from_metadata(folder)
            if package is None:
                continue
            known = best.get((package.source, package.target))
            if known is None or _version(package) >= _version(known):
                best[package.source, package.target] = package
        return sorted(best.values(), key=lambda package: (package.source, package.target))

    def _from_record(self, folder: Path) -> InstalledPackage | None:
        try:
            record = json.loads((folder / RECORD).read_text("utf-8"))
            return InstalledPackage(path=folder, **{name: record[name] for name in _FIELDS})
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def _from_metadata(self, folder: Path) -> InstalledPackage | None:
        """A package the seller copied in by hand: described once, then remembered."""
        try:
            metadata = read(json.loads((folder / "metadata.json").read_text("utf-8")), self.root)
        except (OSError, ValueError, SeabridgeError):
            return None
        return self.describe(folder, metadata, "unverified") if metadata else None

    def describe(self, folder: Path, metadata: Metadata, checksum: Checksum, **origin: Any) -> InstalledPackage:
        """Write the record of an unpacked folder."""
        package = InstalledPackage(
            path=folder,
            source=metadata.source,
            target=metadata.target,
            source_name=metadata.source_name,
            target_name=metadata.target_name,
            version=metadata.version,
            target_prefix=metadata.target_prefix,
            tokenizer="sentencepiece" if (folder / "sentencepiece.model").is_file() else "bpe",
            checksum=checksum,
            size=sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()),
        )
        record = {name: value for name, value in asdict(package).items() if name in _FIELDS} | origin
        (folder / RECORD).write_text(json.dumps(record, ensure_ascii=False, indent=1), "utf-8")
        return package

    def take(self, unpacked: Path, metadata: Metadata) -> InstalledPackage:
        """Move an unpacked, described folder into place in one step; older versions of the direction go."""
        with self._lock:
            place = self.root / metadata.folder
            aside = self.root / f".old-{metadata.folder}"
            shutil.rmtree(aside, ignore_errors=True)
            try:
                if place.exists():
                    place.rename(aside)
                unpacked.rename(place)
            except OSError as exc:
                if aside.exists() and not place.exists():
                    aside.rename(place)
                raise disk_error(exc, self.root) from exc
            shutil.rmtree(aside, ignore_errors=True)
            for other in self._all_of(metadata.source, metadata.target):
                if other.path != place:
                    shutil.rmtree(other.path, ignore_errors=True)
            self._known = None
            package = next((p for p in self.installed() if p.path == place), None)
        if package is None:
            raise SeabridgeError(
                ErrorCode.PACKAGE_DAMAGED, f"{place.name} vanished after unpacking", package=place.name
            )
        return package

    def _all_of(self, source: str, target: str) -> list[InstalledPackage]:
        folders = [folder for folder in self.root.iterdir() if folder.is_dir() and not folder.name.startswith(".")]
        found = [self._from_record(folder) or self._from_metadata(folder) for folder in folders]
        return [p for p in found if p and (p.source, p.target) == (source, target)]

    def remove(self, source: str, target: str) -> bool:
        """Delete every package of a direction; renamed first, so that a crash leaves no half package."""
        with self._lock:
            found = self._all_of(source, target) if self.root.is_dir() else []
            for package in found:
                aside = self.root / f".old-{package.folder}"
                shutil.rmtree(aside, ignore_errors=True)
                try:
                    package.path.rename(aside)
                except OSError as exc:
                    raise disk_error(exc, self.root) from exc
                finally:
                    self._known = None
                shutil.rmtree(aside, ignore_errors=True)
            return bool(found)

    def sweep(self) -> None:
        """Remove what a crash left: folders half unpacked or half removed."""
        if self.root.is_dir():
            for folder in self.root.iterdir():
                if folder.name.startswith((".old-", ".new-")):
                    shutil.rmtree(folder, ignore_errors=True)


_FIELDS = (
    "source",
    "target",
    "source_name",
    "target_name",
    "version",
    "target_prefix",
    "tokenizer",
    "checksum",
    "size",
)


def _version(package: InstalledPackage) -> tuple[int, ...]:
    return tuple(int(part) for part in package.version.replace("-", ".").split(".") if part.isdigit())
