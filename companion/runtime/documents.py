"""The seller's small documents on TinyDB, human-readable and written atomically."""

from __future__ import annotations

import json
import threading
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

from tinydb import TinyDB
from tinydb.storages import Storage
from tinydb.table import Document, Table

from ..protocol.errors import ErrorCode, SeabridgeError
from .atomic import set_aside, storage_errors, write_atomic


class AtomicStorage(Storage):
    """A TinyDB storage that never leaves half a file and keeps a damaged one aside."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def read(self) -> dict[str, dict[str, Any]] | None:
        """The whole content, None when there is no file. Raises ``storage_corrupt`` after setting the file aside."""
        try:
            with storage_errors(self._path):
                raw = self._path.read_bytes()
        except FileNotFoundError:
            return None
        try:
            content = json.loads(raw.decode("utf-8"))
            if not isinstance(content, dict):
                raise ValueError("not an object")
        except ValueError as exc:
            aside = set_aside(self._path)
            raise SeabridgeError(ErrorCode.STORAGE_CORRUPT, str(exc), path=str(aside)) from exc
        return cast("dict[str, dict[str, Any]]", content)

    def write(self, data: dict[str, dict[str, Any]]) -> None:
        """Replace the content."""
        text = json.dumps(data, ensure_ascii=False, indent=1, sort_keys=True)
        write_atomic(self._path, text.encode("utf-8"), private=True)


class _Collection(Table):
    document_id_class = str  # type: ignore[assignment]  # TinyDB documents string ids this way


#: What a document becomes: given the stored one (a copy, None = there is none), answers the new one, None = none.
Change = Callable[[dict[str, Any] | None], dict[str, Any] | None]


class Documents:
    """Collections of small JSON documents by id. Safe to use from several threads of one process."""

    def __init__(self, path: Path) -> None:
        self._db = TinyDB(path, storage=AtomicStorage)
        self._lock = threading.RLock()
        self._revisions: Counter[str] = Counter()

    def get(self, collection: str, key: str, default: dict[str, Any] | None = None) -> dict[str, Any] | None:
        """A copy of one document, or ``default``."""
        found = self._stored(collection, key)
        return found if found is not None else default

    def put(self, collection: str, key: str, value: dict[str, Any]) -> None:
        """Store the named fields of one document, the others stay; on disk when this returns."""
        self.change(collection, key, lambda stored: {**(stored or {}), **value})

    def replace(self, collection: str, key: str, value: dict[str, Any]) -> None:
        """Store one document in place of the old one, fields not named vanish."""
        self.change(collection, key, lambda _: value)

    def delete(self, collection: str, key: str) -> bool:
        """Remove one document; whether there was one."""
        there = False

        def gone(stored: dict[str, Any] | None) -> None:
            nonlocal there
            there = stored is not None

        self.change(collection, key, gone)
        return there

    def change(self, collection: str, key: str, make: Change) -> dict[str, Any] | None:
        """Store what ``make`` makes of one document, with nobody writing it in between; what is stored now.

        What ``make`` raises is raised with nothing changed. It may be asked more than once.
        """
        with self._lock:
            stored = self._stored(collection, key)
            made = make(dict(stored) if stored is not None else None)
            if made == stored:
                return made
            table = self._table(collection)
            if made is None:
                table.remove(doc_ids=[cast(int, key)])
            elif stored is None:
                table.insert(Document(made, doc_id=cast(int, key)))
            else:
                table.update(_into(made), doc_ids=[cast(int, key)])
            self._revisions[collection] += 1
            return made

    def all(self, collection: str) -> dict[str, dict[str, Any]]:
        """Copies of all documents of a collection."""
        with self._lock:
            return {str(row.doc_id): dict(row) for row in self._table(collection).all()}

    def revision(self, collection: str) -> int:
        """Another number after every change of a collection: what was made of its documents is made anew then."""
        return self._revisions[collection]

    def _stored(self, collection: str, key: str) -> dict[str, Any] | None:
        with self._lock:
            found = self._table(collection).get(doc_id=cast(int, key))
        return dict(found) if found is not None else None

    def _table(self, name: str) -> Table:
        # The query cache of TinyDB would hand out the same mutable documents again.
        table = _Collection(self._db.storage, name, cache_size=0)
        return table


def _into(value: dict[str, Any]) -> Callable[[Any], None]:
    """Makes a stored row this and nothing else, in one write."""

    def set_to(row: Any) -> None:
        row.clear()
        row.update(value)

    return set_to
