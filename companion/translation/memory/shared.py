"""The memory of a team: kept in its database, asked for in a copy on this computer.

A line is compared with thousands of pairs, which must neither wait for a network nor end with it. So each seat holds
all pairs in a file like that of a single seller; what is added or removed goes to the database first and comes back.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterable, Sequence
from pathlib import Path

from companion.protocol.errors import SeabridgeError
from companion.team.phrases import Phrase, Phrases
from companion.team.table import storable

from ..codes import primary
from .nearby import Made
from .store import MAX_UNITS, MemoryStore, keepable
from .tmx import TmxPair

_log = logging.getLogger(__name__)

_MIRROR = "CREATE TABLE IF NOT EXISTS mirror (whose TEXT NOT NULL, version INTEGER NOT NULL)"


class SharedMemory(MemoryStore):
    """Thread-safe. Changing raises ``database_…`` while the database is away; asking never does."""

    def __init__(self, path: Path, phrases: Phrases) -> None:
        super().__init__(path)
        self._phrases = phrases
        self._following = threading.Lock()

    def follow(self) -> None:
        """Take over what was changed since. Raises ``database_…``, and the storage codes of the copy."""
        with self._following:
            whose, version = self._state()
            while True:
                now, changed = self._phrases.since(version)
                if now != whose:  # another team's, or a database made anew: nothing of the copy holds
                    self._begin(now)
                    if version:
                        whose, version = now, 0
                        continue
                    whose = now
                if not changed:
                    return
                version = changed[-1].version
                self._apply(changed, version)

    def bring(self, own: MemoryStore, now: float) -> int:
        """Where the team has no pair yet, those of this seat's own memory become its; how many."""
        if self._phrases.begun():
            return 0
        brought = sum(self.add(own.pairs(shop), shop, now)[0] for shop in own.shops())
        if brought:
            _log.info("the team has no memory yet: %d pairs of this seat are the team's now", brought)
        return brought

    def add(self, pairs: Iterable[TmxPair], shop: str, now: float) -> tuple[int, int]:
        """As the memory of one seller. Raises ``import_full`` and ``database_…``."""
        phrases = [
            Phrase(
                shop, primary(one.source), primary(one.target), storable(one.said), storable(one.told), one.at or now
            )
            for one in pairs
            if keepable(one)
        ]
        done = self._phrases.add(phrases, MAX_UNITS)
        self._follow_or_later()
        return done

    def remove(self, ids: Sequence[int], said: str = "") -> int:
        """As the memory of one seller, for all seats; those that are away forget when they come back."""
        done = self._phrases.remove(ids, [said] if said else [])
        self._follow_or_later()
        return done

    def forget(self, said: Sequence[str]) -> None:
        """As the memory of one seller, in one go."""
        if said:
            self._phrases.remove([], said)
            self._follow_or_later()

    def _follow_or_later(self) -> None:
        try:
            self.follow()
        except SeabridgeError as exc:  # it is in the database, and the next word of it brings it here
            _log.warning("the copy of the team's memory is behind: %s", exc)

    def _state(self) -> tuple[str, int]:
        with self._writing() as db:
            db.execute(_MIRROR)
            row = db.execute("SELECT whose, version FROM mirror").fetchone()
            return (row[0], row[1]) if row else ("", 0)

    def _begin(self, whose: str) -> None:
        with self._writing() as db:
            self._nearby.forget()
            for statement in ("DELETE FROM gram", "DELETE FROM unit", "DELETE FROM mirror"):
                db.execute(statement)
            db.execute("INSERT INTO mirror (whose, version) VALUES (?, 0)", (whose,))

    def _apply(self, changed: Sequence[Phrase], version: int) -> None:
        made: list[Made] = []
        with self._lock:
            with self._writing() as db:
                for one in changed:
                    if one.gone:
                        db.execute("DELETE FROM unit WHERE id = ?", (one.id,))
                        continue
                    told = db.execute("UPDATE unit SET told = ?, at = ? WHERE id = ?", (one.told, one.at, one.id))
                    if not told.rowcount:
                        pair = TmxPair(one.source, one.target, one.said, one.told, one.at)
                        made.append(self._insert(db, pair, one.shop, one.at, one.id))
                db.execute("UPDATE mirror SET version = ?", (version,))
            if any(one.gone for one in changed):
                self._nearby.forget()
            else:
                self._nearby.added(made)
