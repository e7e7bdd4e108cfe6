"""The index of downloadable packages: fetched on request, kept with its date, usable offline."""

from __future__ import annotations

import json
import os
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from companion.protocol import ErrorCode, SeabridgeError

from .address import OFFICIAL_INDEX, as_url
from .disk import disk_error
from .download import Opener, Task, fetch
from .metadata import Metadata, newer, read

MAX_INDEX_BYTES = 5_000_000
MAX_INDEX_SECONDS = 60.0


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
    """Keeps ``index.json`` in the packages folder, with when and where it was fetched."""

    def __init__(
        self, root: Path, address: str, opener: Opener | None = None, clock: Callable[[], float] = time.time
    ) -> None:
        self.root = root
        self.address = address
        self._opener = opener
        self._clock = clock
        self._lock = threading.Lock()
        self._fetching = threading.Lock()
        self._error = ""
        self._known: Snapshot | None = None

    @property
    def _file(self) -> Path:
        return self.root / ".index.json"

    def snapshot(self) -> Snapshot:
        """The index as last fetched; empty when it never was."""
        with self._lock:
            if self._known is None:
                self._known = self._load()
            return Snapshot(self._known.at, self._error, self._known.packages)

    def refresh(self, cancelled: Callable[[], bool] = lambda: False) -> Snapshot:
        """Fetch anew. A failure is remembered in the snapshot and the last known index stays; it never raises."""
        with self._fetching:
            error = self._fetch(Task(cancelled=cancelled, max_bytes=MAX_INDEX_BYTES, max_seconds=MAX_INDEX_SECONDS))
        with self._lock:
            self._error = error
            self._known = self._known if error else None
        return self.snapshot()

    def _fetch(self, task: Task) -> str:
        """Fetch and keep; the error code, "" when all went well."""
        fresh = self.root / ".index.new"
        try:
            self.root.mkdir(parents=True, exist_ok=True)
            fetch(self.address, fresh, task, mirror=self.address, opener=self._opener)
            raw = json.loads(fresh.read_text("utf-8"))
            if not isinstance(raw, list):
                return str(ErrorCode.DOWNLOAD_FAILED)
            kept = {"at": self._clock(), "address": self.address, "packages": raw}
            fresh.write_text(json.dumps(kept, ensure_ascii=False), "utf-8")
            fresh.replace(self._file)
            return ""
        except SeabridgeError as exc:
            return str(exc.code)
        except OSError as exc:
            return str(disk_error(exc, self.root).code)
        except (ValueError, RecursionError):
            return str(ErrorCode.DOWNLOAD_FAILED)
        finally:
            for leftover in (".index.new", ".index.new.part", ".index.new.note"):
                with suppress(OSError):
                    (self.root / leftover).unlink(missing_ok=True)

    def _load(self) -> Snapshot:
        try:
            kept: dict[str, Any] = json.loads(self._file.read_text("utf-8"))
            if kept["address"] != self.address:
                return Snapshot(0.0, "", ())
            entries = [read(raw, self.root, self.address) for raw in kept["packages"]]
            return Snapshot(float(kept["at"]), "", tuple(entry for entry in entries if entry))
        except (OSError, ValueError, KeyError, TypeError):
            return Snapshot(0.0, "", ())
        except SeabridgeError as exc:
            self._error = str(exc.code)
            return Snapshot(0.0, "", ())
