"""A list from the network, kept with its date and address: fetched on request, usable offline."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from companion.protocol import ErrorCode, SeabridgeError

from .disk import disk_error
from .download import Opener, Task, fetch

MAX_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class Kept:
    """What was fetched, and when."""

    at: float
    content: Any


class KeptList:
    """``.index.json`` in a folder. ``accept`` says whether what came is a list at all."""

    def __init__(
        self,
        root: Path,
        address: str,
        opener: Opener | None,
        clock: Callable[[], float],
        max_bytes: int,
        accept: Callable[[object], bool],
    ) -> None:
        self._root = root
        self._address = address
        self._opener = opener
        self._clock = clock
        self._max_bytes = max_bytes
        self._accept = accept
        #: Code of the last try, "" = it went well or there was none.
        self.error = ""

    def load(self) -> Kept | None:
        """The kept list; None when there is none of this address."""
        try:
            kept: dict[str, Any] = json.loads((self._root / ".index.json").read_text("utf-8"))
            return Kept(float(kept["at"]), kept["packages"]) if kept["address"] == self._address else None
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def fetch(self, cancelled: Callable[[], bool] = lambda: False) -> str:
        """Fetch and keep; the error code, "" when all went well. Never raises; the last known list stays."""
        self.error = self._fetch(Task(cancelled=cancelled, max_bytes=self._max_bytes, max_seconds=MAX_SECONDS))
        return self.error

    def _fetch(self, task: Task) -> str:
        fresh = self._root / ".index.new"
        try:
            self._root.mkdir(parents=True, exist_ok=True)
            fetch(self._address, fresh, task, mirror=self._address, opener=self._opener)
            raw = json.loads(fresh.read_text("utf-8"))
            if not self._accept(raw):
                return str(ErrorCode.DOWNLOAD_FAILED)
            kept = {"at": self._clock(), "address": self._address, "packages": raw}
            fresh.write_text(json.dumps(kept, ensure_ascii=False), "utf-8")
            fresh.replace(self._root / ".index.json")
            return ""
        except SeabridgeError as exc:
            return str(exc.code)
        except OSError as exc:
            return str(disk_error(exc, self._root).code)
        except (ValueError, RecursionError):
            return str(ErrorCode.DOWNLOAD_FAILED)
        finally:
            for leftover in (".index.new", ".index.new.part", ".index.new.note"):
                with suppress(OSError):
                    (self._root / leftover).unlink(missing_ok=True)
