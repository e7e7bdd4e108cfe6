"""Versions of a feed on this disk: each in a folder of its own, and one small file that says which counts.

A version is written whole and flushed before its folder gets its name, and the small file is replaced last: whenever
the computer stops, the old version counts or the new one.
"""

from __future__ import annotations

import logging
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import msgspec

from companion.protocol.decode import decode
from companion.protocol.errors import ErrorCode, SeabridgeError
from companion.runtime.atomic import storage_errors, sync_folder, write_atomic

from . import manifest as manifests
from .container import MANIFEST, SIGNATURE, Sound
from .manifest import Manifest

_log = logging.getLogger(__name__)

#: Versions that stay, the one that counts among them.
MOST_KEPT = 3
_COMING = ".coming-"
#: So much of a fingerprint tells the folders of two feeds apart.
_SHORT = 16


class Ref(msgspec.Struct, frozen=True):
    """A version of a feed by its key; 0 = the shipped rules alone."""

    fingerprint: str = ""
    version: int = 0


class Pointer(msgspec.Struct, frozen=True):
    """Which version counts since when, which did before, and by fingerprint the highest ever taken: an update never
    goes below it, whatever was rolled back."""

    now: Ref = Ref()
    since: float = 0.0
    before: Ref = Ref()
    highest: dict[str, int] = {}


@dataclass(frozen=True, slots=True)
class Version:
    """A version that lies here. ``fingerprint``: of the key that signed it."""

    manifest: Manifest
    fingerprint: str
    folder: Path

    @property
    def ref(self) -> Ref:
        """By which it is known."""
        return Ref(self.fingerprint, self.manifest.version)


class Kept:
    """The versions below a folder. One companion owns it; reading needs no lock."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._pointer = folder / "in-force.json"

    def pointer(self) -> Pointer:
        """Which version counts; the shipped rules where nothing was installed or the file is damaged."""
        try:
            return decode(self._pointer.read_bytes(), Pointer)
        except FileNotFoundError:
            return Pointer()
        except (OSError, msgspec.DecodeError, UnicodeError) as exc:
            _log.warning("which version of the feed counts cannot be read: %s", exc)
            return Pointer()

    def current(self) -> Version | None:
        """The version that counts, None = the shipped rules alone."""
        return self.version(self.pointer().now)

    def version(self, ref: Ref) -> Version | None:
        """A version that lies here whole, else None."""
        if not ref.version:
            return None
        folder = self._place(ref)
        try:
            return Version(manifests.read((folder / MANIFEST).read_bytes()), ref.fingerprint, folder)
        except FileNotFoundError:
            return None
        except (OSError, SeabridgeError) as exc:
            _log.warning("version %s of the feed cannot be read: %s", ref.version, exc)
            return None

    def versions(self, fingerprint: str) -> list[Version]:
        """Those of a key that lie here, the newest first."""
        numbers = (path.name.rpartition("-")[2] for path in self._folder.glob(f"{fingerprint[:_SHORT]}-*"))
        found = (self.version(Ref(fingerprint, int(each))) for each in numbers if each.isascii() and each.isdigit())
        return sorted((one for one in found if one is not None), key=lambda one: -one.manifest.version)

    def install(self, sound: Sound, now: float) -> None:
        """Keep a version and let it count. Raises the storage codes; the old version counts then."""
        for _ in self.installing(sound, now):
            pass

    def installing(self, sound: Sound, now: float) -> Iterator[str]:
        """The same step by step; after each the computer may stop."""
        ref = Ref(sound.fingerprint, sound.manifest.version)
        with storage_errors(self._folder):
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            coming = Path(tempfile.mkdtemp(prefix=_COMING, dir=self._folder))
            for path, content in self._contents(sound):
                _flushed(coming / path, content)
                yield path
            for folder in sorted((path for path in coming.rglob("*") if path.is_dir()), reverse=True):
                sync_folder(folder)
            sync_folder(coming)
            place = self._place(ref)
            if place.exists():  # left by a stop between its name and the small file, or damaged since
                place.rename(Path(tempfile.mkdtemp(prefix=_COMING, dir=self._folder)) / place.name)
                yield "aside"
            coming.rename(place)
            sync_folder(self._folder)
        yield "named"
        self._point(ref, now)
        yield "counts"
        self._tidy()

    def go_to(self, ref: Ref, now: float) -> None:
        """Let another version count that lies here. Raises ``feed_not_kept``."""
        if ref.version and self.version(ref) is None:
            raise SeabridgeError(ErrorCode.FEED_NOT_KEPT, version=ref.version)
        self._point(ref, now)

    def _point(self, ref: Ref, now: float) -> None:
        old = self.pointer()
        highest = dict(old.highest)
        if ref.version:
            highest[ref.fingerprint] = max(ref.version, highest.get(ref.fingerprint, 0))
        before = old.now if old.now != ref else old.before
        write_atomic(self._pointer, msgspec.json.encode(Pointer(ref, now, before, highest)))

    def _tidy(self) -> None:
        """Remove what no longer counts. What cannot be removed now goes the next time."""
        pointer = self.pointer()
        mine = [one.folder for one in self.versions(pointer.now.fingerprint)]
        kept = {self._place(pointer.now), self._place(pointer.before)}
        for folder in mine:
            if len(kept & {*mine}) < MOST_KEPT:
                kept.add(folder)
        for folder in self._folder.iterdir():
            if folder.is_dir() and folder not in kept:
                with suppress(OSError):
                    shutil.rmtree(folder)

    def _contents(self, sound: Sound) -> Iterator[tuple[str, bytes]]:
        yield MANIFEST, sound.manifest_bytes
        yield SIGNATURE, sound.signature
        yield from sound.files.items()

    def _place(self, ref: Ref) -> Path:
        return self._folder / f"{ref.fingerprint[:_SHORT]}-{ref.version}"


def _flushed(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("xb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
