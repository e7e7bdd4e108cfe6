"""Pictures on their way into the pool: from the data folder, or out of a team's database."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from .pool import Pool, stored

if TYPE_CHECKING:
    from ..conversations.files import Files


class Pictures(Protocol):
    """Those of the archive that is backed up."""

    def names(self) -> list[str]:
        """SHA-256 of all of them."""

    def into(self, pool: Pool, sha256: str) -> bool:
        """Add one that the pool lacks; whether it was new there."""


class OfFolder:
    """Those of a data folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def names(self) -> list[str]:
        return stored(self._folder)

    def into(self, pool: Pool, sha256: str) -> bool:
        return pool.add(self._folder / sha256[:2] / sha256, sha256)


class OfTeam:
    """Those of a team: only what the pool lacks travels."""

    def __init__(self, files: Files, scratch: Path) -> None:
        self._files = files
        self._scratch = scratch

    def names(self) -> list[str]:
        return self._files.names()

    def into(self, pool: Pool, sha256: str) -> bool:
        if not pool.lacks([sha256]):
            return False
        data = self._files.read(sha256)
        if data is None:
            return False
        here = self._scratch / sha256
        here.write_bytes(data)
        try:
            return pool.add(here, sha256)
        finally:
            here.unlink(missing_ok=True)


class OfPool:
    """Those of a backup, while it is brought back."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    def read(self, sha256: str) -> bytes | None:
        return self._pool.read(sha256)

    def size(self, sha256: str) -> int | None:
        data = self.read(sha256)
        return None if data is None else len(data)

    def sound(self, sha256: str) -> bool:
        return self.read(sha256) is not None
