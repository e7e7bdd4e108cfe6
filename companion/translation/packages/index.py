"""The index of downloadable packages: fetched on request, kept with its date, usable offline."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from companion.protocol import SeabridgeError

from .address import OFFICIAL_INDEX, as_url
from .download import Opener
from .kept import KeptList
from .metadata import Metadata, newer, read

MAX_INDEX_BYTES = 5_000_000


def index_address(setting: str = "") -> str:
    """The index to use: the seller's setting, else SEABRIDGE_ARGOS_INDEX, else the official one."""
    return as_url(setting or os.environ.get("SEABRIDGE_ARGOS_INDEX", "") or OFFICIAL_INDEX)


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The last known index. ``at`` 0 = never reached; ``error`` is the code of the last try, "" = none."""

    at: float
    error: str
    packages: tuple[Metadata, ...]

    def find(self, source: str, target: str) -> Metadata | None:
        """The newest package of a direction."""
        found = [package for package in self.packages if (package.source, package.target) == (source, target)]
        best = found[0] if found else None
        for package in found[1:]:
            if best is None or newer(package, best):
                best = package
        return best


class PackageIndex:
    """Keeps ``.index.json`` in the packages folder, with when and where it was fetched."""

    def __init__(
        self, root: Path, address: str, opener: Opener | None = None, clock: Callable[[], float] = time.time
    ) -> None:
        self.root = root
        self.address = address
        self._list = KeptList(root, address, opener, clock, MAX_INDEX_BYTES, lambda raw: isinstance(raw, list))
        self._lock = threading.Lock()
        self._fetching = threading.Lock()
        self._error = ""
        self._known: Snapshot | None = None

    def snapshot(self) -> Snapshot:
        """The index as last fetched; empty when it never was."""
        with self._lock:
            if self._known is None:
                self._known = self._load()
            return Snapshot(self._known.at, self._error, self._known.packages)

    def refresh(self, cancelled: Callable[[], bool] = lambda: False) -> Snapshot:
        """Fetch anew. A failure is remembered in the snapshot and the last known index stays; it never raises."""
        with self._fetching:
            error = self._list.fetch(cancelled)
        with self._lock:
            self._error = error
            self._known = self._known if error else None
        return self.snapshot()

    def _load(self) -> Snapshot:
        kept = self._list.load()
        if kept is None:
            return Snapshot(0.0, "", ())
        try:
            entries = [read(raw, self.root, self.address) for raw in kept.content]
            return Snapshot(kept.at, "", tuple(entry for entry in entries if entry))
        except (OSError, ValueError, KeyError, TypeError):
            return Snapshot(0.0, "", ())
        except SeabridgeError as exc:
            self._error = str(exc.code)
            return Snapshot(0.0, "", ())
