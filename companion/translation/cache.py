"""Translations already made: a small SQLite file behind a memory table. A lost cache costs time, never truth."""

from __future__ import annotations

import hashlib
import json
import sqlite3
import threading
import time
from collections import OrderedDict
from contextlib import suppress
from pathlib import Path
from typing import Any

MAX_ROWS = 50_000
MAX_MEMORY = 2_000
#: Rows are marked as used at this grain only, so that reading does not turn into writing.
_DAY = 86_400


def cache_key(text: str, source: str, target: str, engine: str, version: str, glossary: str) -> str:
    """Everything the output depends on."""
    raw = json.dumps([text, source, target, engine, version, glossary], ensure_ascii=False)
    return hashlib.sha256(raw.encode("utf-8", "surrogatepass")).hexdigest()


class TranslationCache:
    """Least recently used entries go first. Every failure of the file is survived by starting a new one."""

    def __init__(self, path: Path | None, max_rows: int = MAX_ROWS) -> None:
        self._path = path
        self._max_rows = max_rows
        self._memory: OrderedDict[str, tuple[str, list[str]]] = OrderedDict()
        self._lock = threading.Lock()
        self._db: sqlite3.Connection | None = None
        self._closed = path is None
        self._puts = 0

    def get(self, key: str) -> tuple[str, list[str]] | None:
        """Text and doubts, None when unknown."""
        with self._lock:
            known = self._memory.get(key)
            if known:
                self._memory.move_to_end(key)
                return known
            row = self._ask("SELECT text, doubt, used FROM translation WHERE key = ?", (key,))
            if not row:
                return None
            text, doubt, used = row[0]
            try:
                found = (str(text), [str(code) for code in json.loads(doubt)])
            except ValueError:
                return None
            today = int(time.time()) // _DAY
            if used != today:
                self._ask("UPDATE translation SET used = ? WHERE key = ?", (today, key))
            self._remember(key, found)
            return found

    def put(self, key: str, text: str, doubt: list[str]) -> None:
        """Keep a translation."""
        with self._lock:
            self._remember(key, (text, list(doubt)))
            today = int(time.time()) // _DAY
            self._ask(
                "INSERT OR REPLACE INTO translation (key, text, doubt, used) VALUES (?, ?, ?, ?)",
                (key, text, json.dumps(doubt), today),
            )
            self._puts += 1
            if self._puts % 200 == 1:
                self._trim()

    def rows(self) -> int:
        """How many translations the file holds."""
        with self._lock:
            row = self._ask("SELECT count(*) FROM translation", ())
            return int(row[0][0]) if row else 0

    def forget_memory(self) -> None:
        """Empty the memory table; the file stays."""
        with self._lock:
            self._memory.clear()

    def clear(self) -> None:
        """Forget everything, in the file too; it is made again as it is needed."""
        with self._lock:
            self._memory.clear()
            if self._db is not None or (self._path is not None and self._path.exists()):
                self._ask("DELETE FROM translation", ())
                for statement in ("VACUUM", "PRAGMA wal_checkpoint(TRUNCATE)"):
                    self._alone(statement)

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._closed = True
            if self._db is not None:
                self._db.close()
                self._db = None

    def _remember(self, key: str, value: tuple[str, list[str]]) -> None:
        self._memory[key] = value
        self._memory.move_to_end(key)
        while len(self._memory) > MAX_MEMORY:
            self._memory.popitem(last=False)

    def _trim(self) -> None:
        self._ask(
            "DELETE FROM translation WHERE key IN (SELECT key FROM translation ORDER BY used DESC, rowid DESC "
            "LIMIT -1 OFFSET ?)",
            (self._max_rows,),
        )

    def _ask(self, sql: str, values: tuple[object, ...]) -> list[tuple[Any, ...]]:
        """Run one statement; a damaged file is replaced, any other trouble means no cache this time."""
        for attempt in (1, 2):
            if self._closed:
                return []
            try:
                db = self._open()
                with db:
                    return db.execute(sql, values).fetchall()
            except sqlite3.OperationalError:
                return []
            except sqlite3.DatabaseError:
                self._drop()
                if attempt == 2:
                    self._closed = True
        return []

    def _alone(self, statement: str) -> None:
        """Run what stands in no transaction; a cache that cannot is left as it is."""
        with suppress(sqlite3.Error):
            if self._db is not None:
                self._db.execute(statement).fetchall()

    def _open(self) -> sqlite3.Connection:
        if self._db is None:
            assert self._path is not None
            try:
                self._path.parent.mkdir(parents=True, exist_ok=True)
            except OSError as exc:
                raise sqlite3.OperationalError(str(exc)) from exc
            db = sqlite3.connect(self._path, timeout=2.0, check_same_thread=False)
            try:
                # A lost cache entry costs a moment; a slow disk would cost one on every message.
                db.execute("PRAGMA journal_mode=WAL")
                db.execute("PRAGMA synchronous=OFF")
                db.execute("PRAGMA cache_size=-512")
                db.execute(
                    "CREATE TABLE IF NOT EXISTS translation "
                    "(key TEXT PRIMARY KEY, text TEXT NOT NULL, doubt TEXT NOT NULL, used INTEGER NOT NULL)"
                )
                db.execute("CREATE INDEX IF NOT EXISTS translation_used ON translation (used)")
            except sqlite3.Error:
                db.close()
                raise
            self._db = db
        return self._db

    def _drop(self) -> None:
        """The file is damaged: away with it."""
        if self._db is not None:
            self._db.close()
            self._db = None
        assert self._path is not None
        for suffix in ("", "-wal", "-shm"):
            try:
                self._path.with_name(self._path.name + suffix).unlink(missing_ok=True)
            except OSError:
                self._closed = True
