"""The memory's database: pairs by shop and direction, with an index of character groups for near ones."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from companion.protocol.errors import ErrorCode, SeabridgeError
from companion.protocol.methods.memory import MemorySearchParams, MemorySearchResult, MemoryUnit
from companion.runtime.atomic import storage_errors
from companion.runtime.sqlite_errors import failure

from ..codes import primary
from ..glossary.store import ALL_SHOPS, shop_key
from ..negation import negation_changed
from ..questions import marked
from .nearby import Made, Nearby, Scope
from .similar import THRESHOLD, grams, similarity
from .slots import Skeleton, refill, skeleton
from .tmx import MAX_CHARS, TmxPair

#: A shop that answers a hundred new sentences a day for two years.
MAX_UNITS = 80_000
#: Longest wait for the memory before a line is translated without it, in s.
PATIENCE_S = 0.5
_VERSION = 1
_SCHEMA = """
CREATE TABLE unit (
  id INTEGER PRIMARY KEY AUTOINCREMENT, shop TEXT NOT NULL, source TEXT NOT NULL, target TEXT NOT NULL,
  said TEXT NOT NULL, told TEXT NOT NULL, key TEXT NOT NULL, at REAL NOT NULL,
  UNIQUE (shop, source, target, said)
);
CREATE INDEX unit_key ON unit (key, source, target);
CREATE TABLE gram (
  scope TEXT NOT NULL, gram TEXT NOT NULL, size INTEGER NOT NULL,
  unit INTEGER NOT NULL REFERENCES unit (id) ON DELETE CASCADE,
  PRIMARY KEY (scope, gram, size, unit)
) WITHOUT ROWID;
CREATE INDEX gram_unit ON gram (unit);
"""


@dataclass(frozen=True, slots=True)
class Hit:
    """A pair that fits a line: ``text`` is its translation with the line's own numbers; 1.0 = the same but for them."""

    id: int
    similarity: float
    said: str
    told: str
    text: str


class MemoryStore:
    """Thread-safe. Raises the storage codes where the file cannot be used."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = threading.RLock()
        self._open: sqlite3.Connection | None = None
        self._nearby = Nearby(self._all)

    # -- asking --------------------------------------------------------------------------------------------------

    def best(self, text: str, source: str, target: str, shop: str) -> Hit | None:
        """The best pair for a line, of this shop or of all shops; None when none is alike enough."""
        if not text.strip() or len(text) > MAX_CHARS or not self._path.exists():
            return None
        source, target = primary(source), primary(target)
        asked = skeleton(text)
        # A large import takes seconds; no line waits for it.
        if not self._lock.acquire(timeout=PATIENCE_S):
            return None
        try:
            rows = self._all(
                "SELECT id, said, told FROM unit WHERE key = ? AND source = ? AND target = ? AND shop IN (?, ?)"
                " ORDER BY shop = ? DESC, at DESC LIMIT 20",
                (asked.key, source, target, shop, ALL_SHOPS, shop),
            )
            hit = next((hit for row in rows if (hit := _fit(row, asked, 1.0))), None)
            return hit or self._near(text, asked, source, target, shop)
        finally:
            self._lock.release()

    def _near(self, text: str, asked: Skeleton, source: str, target: str, shop: str) -> Hit | None:
        pieces = grams(asked.key, source)
        scopes = {Scope(one, source, target) for one in (shop, ALL_SHOPS)}
        ids = [unit for scope in scopes for unit in self._nearby.candidates(scope, pieces, len(asked.key))]
        rows = self._all(f"SELECT id, said, told, key FROM unit WHERE id IN ({_marks(ids)})", ids)  # noqa: S608
        ranked = sorted(((similarity(asked.key, row[3]), row) for row in rows), key=lambda pair: -pair[0])
        for alike, row in ranked:
            if alike < THRESHOLD:
                return None
            # A line that says the opposite, or asks what the other states, is not alike however few letters differ.
            if negation_changed(text, row[1], source, source) or marked(text) is not marked(row[1]):
                continue
            hit = _fit(row, asked, min(alike, 0.99))
            if hit:
                return hit
        return None

    def search(self, asked: MemorySearchParams) -> MemorySearchResult:
        """One page of a shop's pairs, newest first."""
        shop = shop_key(asked.shop)
        if not self._path.exists():
            return MemorySearchResult(units=[], count=0, more=0)
        like = "%" + asked.query.strip().replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
        with self._lock:
            rows = self._all(
                "SELECT id, source, target, said, told, at FROM unit WHERE shop = ? AND (? = 0 OR id < ?)"
                " AND (said LIKE ? ESCAPE '\\' OR told LIKE ? ESCAPE '\\') ORDER BY id DESC LIMIT ?",
                (shop, asked.before, asked.before, like, like, asked.limit + 1),
            )
            count = self._all("SELECT count(*) FROM unit WHERE shop = ?", (shop,))[0][0]
        units = [MemoryUnit(id=r[0], source=r[1], target=r[2], said=r[3], told=r[4], at=r[5]) for r in rows]
        page = units[: asked.limit]
        return MemorySearchResult(units=page, count=count, more=page[-1].id if len(units) > len(page) else 0)

    def pairs(self, shop: str) -> list[TmxPair]:
        """All pairs of a shop, oldest first."""
        if not self._path.exists():
            return []
        with self._lock:
            rows = self._all("SELECT source, target, said, told, at FROM unit WHERE shop = ? ORDER BY id", (shop,))
        return [TmxPair(*row) for row in rows]

    def shops(self) -> list[str]:
        """Every shop that has pairs."""
        if not self._path.exists():
            return []
        with self._lock:
            return [row[0] for row in self._all("SELECT DISTINCT shop FROM unit ORDER BY shop", ())]

    # -- changing ------------------------------------------------------------------------------------------------

    def add(self, pairs: Iterable[TmxPair], shop: str, now: float) -> tuple[int, int]:
        """Keep pairs; a text the shop has already gets the newer translation. (new, known before).

        Raises ``import_full`` and changes nothing when it would be too many.
        """
        known = 0
        made: list[Made] = []
        with self._lock:
            with self._writing() as db:
                for pair in pairs:
                    if not keepable(pair):
                        continue
                    new = self._put(db, pair, shop, pair.at or now)
                    if new:
                        made.append(new)
                    else:
                        known += 1
                if db.execute("SELECT count(*) FROM unit").fetchone()[0] > MAX_UNITS:
                    raise SeabridgeError(ErrorCode.IMPORT_FULL, limit=MAX_UNITS)
            self._nearby.added(made)
        return len(made), known

    @staticmethod
    def _put(db: sqlite3.Connection, pair: TmxPair, shop: str, at: float) -> Made | None:
        """The new pair; None when the text was there."""
        source, target = primary(pair.source), primary(pair.target)
        where = (shop, source, target, pair.said)
        known = db.execute(
            "SELECT id, at FROM unit WHERE shop = ? AND source = ? AND target = ? AND said = ?", where
        ).fetchone()
        if known:
            if at >= known[1]:
                db.execute("UPDATE unit SET told = ?, at = ? WHERE id = ?", (pair.told, at, known[0]))
            return None
        return MemoryStore._insert(db, pair, shop, at)

    @staticmethod
    def _insert(db: sqlite3.Connection, pair: TmxPair, shop: str, at: float, id: int | None = None) -> Made:
        source, target = primary(pair.source), primary(pair.target)
        key = skeleton(pair.said).key
        done = db.execute(
            "INSERT INTO unit (id, shop, source, target, said, told, key, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (id, shop, source, target, pair.said, pair.told, key, at),
        )
        made = Made(Scope(shop, source, target), int(done.lastrowid or 0), len(key), grams(key, source))
        db.executemany(
            "INSERT INTO gram (scope, gram, size, unit) VALUES (?, ?, ?, ?)",
            [(made.scope.name, gram, made.size, made.unit) for gram in made.grams],
        )
        return made

    def remove(self, ids: Sequence[int], said: str = "") -> int:
        """Forget pairs by id, and everything said with exactly this text; how many there were."""
        if not self._path.exists():
            return 0
        with self._writing() as db:
            self._nearby.forget()
            before = db.execute("SELECT count(*) FROM unit").fetchone()[0]
            db.executemany("DELETE FROM unit WHERE id = ?", [(one,) for one in ids])
            if said:
                db.execute("DELETE FROM unit WHERE said = ?", (said,))
            return int(before - db.execute("SELECT count(*) FROM unit").fetchone()[0])

    def forget(self, said: Sequence[str]) -> None:
        """Forget everything said with exactly one of these texts, in every shop."""
        for one in said:
            self.remove([], one)

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._nearby.forget()
            if self._open is not None:
                self._open.close()
                self._open = None

    # -- the file ------------------------------------------------------------------------------------------------

    def _all(self, sql: str, values: Sequence[object]) -> list[Any]:
        with self._named_errors():
            return self._database().execute(sql, values).fetchall()

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        """One transaction: all of it or nothing."""
        with self._lock, self._named_errors():
            db = self._database()
            with db:
                yield db

    @contextmanager
    def _named_errors(self) -> Iterator[None]:
        try:
            with storage_errors(self._path):
                yield
        except sqlite3.Error as exc:
            raise failure(exc, self._path) from exc

    def _database(self) -> sqlite3.Connection:
        if self._open is None:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            db = sqlite3.connect(self._path, timeout=5.0, check_same_thread=False)
            try:
                # What the seller confirmed is not made again by anybody: durable, unlike the cache.
                db.execute("PRAGMA journal_mode=WAL")
                db.execute("PRAGMA synchronous=FULL")
                db.execute("PRAGMA secure_delete=ON")
                db.execute("PRAGMA foreign_keys=ON")
                version = db.execute("PRAGMA user_version").fetchone()[0]
                if version > _VERSION:
                    raise SeabridgeError(ErrorCode.STORAGE_NEWER, path=str(self._path))
                if version == 0:
                    with db:
                        db.executescript(f"BEGIN; {_SCHEMA} PRAGMA user_version = {_VERSION}; COMMIT;")
            except BaseException:
                db.close()
                raise
            self._open = db
        return self._open


def keepable(pair: TmxPair) -> bool:
    """Whether a pair can serve: it says something on both sides, and no more than a message does."""
    return bool(pair.said.strip() and pair.told.strip()) and max(len(pair.said), len(pair.told)) <= MAX_CHARS


def _fit(row: Sequence[Any], asked: Skeleton, alike: float) -> Hit | None:
    text = refill(row[2], skeleton(row[1]).values, asked.values)
    return Hit(row[0], alike, row[1], row[2], text) if text else None


def _marks(values: Iterable[object]) -> str:
    return ",".join("?" for _ in values)
