"""The team's documents: rows of one table, held in memory until somebody changes them."""

from __future__ import annotations

import json
import threading
from collections import Counter
from collections.abc import Callable
from copy import deepcopy
from typing import Any, NamedTuple

from sqlalchemy import Connection, text

from ..protocol.errors import ErrorCode, SeabridgeError
from ..runtime.documents import Change
from . import notice
from .last_seen import LastSeen
from .link import Link, NotBegun, is_away
from .seat import Seat

#: Another seat changed the same document in between; after so many times in a row something is wrong.
_TRIES = 20

_ALL = text("SELECT key, value, version FROM team_documents WHERE collection = :collection")
_ONE = text("SELECT value, version FROM team_documents WHERE collection = :collection AND key = :key")
_MAKE = text(
    "INSERT INTO team_documents (collection, key, value, seat) VALUES (:collection, :key, CAST(:value AS jsonb), :seat)"
    " ON CONFLICT DO NOTHING RETURNING version"
)
_SET = text(
    "UPDATE team_documents SET value = CAST(:value AS jsonb), seat = :seat, changed_at = now(),"
    " version = nextval('team_document_version')"
    " WHERE collection = :collection AND key = :key AND version = :version RETURNING version"
)
_DROP = text(
    "DELETE FROM team_documents WHERE collection = :collection AND key = :key AND version = :version RETURNING version"
)


class _Row(NamedTuple):
    value: dict[str, Any]
    version: int


class DocumentTable:
    """Thread-safe. What was read is held until ``heard`` says that a colleague changed it.

    While the database is away, what this computer saw last is given; changing raises ``database_away`` and the like.
    """

    def __init__(self, link: Link, seat: Callable[[], Seat], last_seen: LastSeen) -> None:
        self._link = link
        self._seat = seat
        self._last_seen = last_seen
        self._lock = threading.Lock()
        self._held: dict[str, dict[str, _Row]] = {}
        self._revisions: Counter[str] = Counter()
        self._breaks = 0

    def get(self, collection: str, key: str) -> dict[str, Any] | None:
        """A copy of one document, None = there is none. Raises ``database_…`` while nothing is known of them."""
        row = self._collection(collection).get(key)
        return deepcopy(row.value) if row is not None else None

    def all(self, collection: str) -> dict[str, dict[str, Any]]:
        """Copies of all documents of a collection."""
        return {key: deepcopy(row.value) for key, row in self._collection(collection).items()}

    def change(self, collection: str, key: str, make: Change) -> dict[str, Any] | None:
        """Store what ``make`` makes of a document; what is stored now. A colleague who changes the same document in
        between makes ``make`` be asked again. Raises ``database_…``, and ``busy`` when that never ends."""
        where = {"collection": collection, "key": key}
        for _ in range(_TRIES):
            with self._link.begin() as connection:
                found = connection.execute(_ONE, where).first()
            stored = _Row(dict(found.value), found.version) if found is not None else None
            made: dict[str, Any] | None = storable(make(deepcopy(stored.value) if stored is not None else None))
            if made == (stored.value if stored is not None else None):
                return made
            with self._link.begin() as connection:
                version = self._write(connection, where, stored, made)
                if version is not None:
                    notice.tell(connection, notice.Notice("documents", collection, self._seat().id))
            if version is not None:
                self._wrote(collection, key, made, version)
                return made
        raise SeabridgeError(ErrorCode.BUSY, f"{collection} {key} is changed all the time")

    def revision(self, collection: str) -> int:
        """Another number after every change that is known here."""
        return self._revisions[collection] + self._breaks

    def heard(self, collection: str = "") -> None:
        """A colleague changed a collection; "" = nobody knows which, the connection was broken."""
        with self._lock:
            if collection:
                self._held.pop(collection, None)
                self._revisions[collection] += 1
            else:
                self._held.clear()
                self._breaks += 1

    def _write(
        self, connection: Connection, where: dict[str, str], stored: _Row | None, made: dict[str, Any] | None
    ) -> int | None:
        """The new version; None when somebody else was quicker."""
        if made is None:
            assert stored is not None
            return connection.execute(_DROP, {**where, "version": stored.version}).scalar()
        values = {**where, "value": json.dumps(made), "seat": self._seat().id}
        if stored is None:
            return connection.execute(_MAKE, values).scalar()
        return connection.execute(_SET, {**values, "version": stored.version}).scalar()

    def _wrote(self, collection: str, key: str, made: dict[str, Any] | None, version: int) -> None:
        with self._lock:
            held = self._held.get(collection)
            if held is not None and (key not in held or held[key].version <= version):
                if made is None:
                    held.pop(key, None)
                else:
                    held[key] = _Row(deepcopy(made), version)
                self._keep(collection, held)
            self._revisions[collection] += 1

    def _collection(self, collection: str) -> dict[str, _Row]:
        for _ in range(_TRIES):
            held, at = self._held.get(collection), self.revision(collection)
            if held is not None:
                return held
            try:
                with self._link.begin() as connection:
                    rows = connection.execute(_ALL, {"collection": collection}).all()
            except NotBegun:
                return {}
            except SeabridgeError as exc:
                seen = self._last_seen.get(collection) if is_away(exc) else None
                if seen is None:
                    raise
                return {key: _Row(value, 0) for key, value in seen.items()}
            found = {row.key: _Row(dict(row.value), row.version) for row in rows}
            with self._lock:
                if self.revision(collection) == at:  # else somebody changed it while we read
                    self._held[collection] = found
                    self._keep(collection, found)
                    return found
        return found

    def _keep(self, collection: str, rows: dict[str, _Row]) -> None:
        self._last_seen.keep(collection, {key: row.value for key, row in rows.items()})


def storable(value: Any) -> Any:
    """PostgreSQL's texts hold neither NUL nor half of a surrogate pair; both are shown as unknown characters."""
    if isinstance(value, str):
        return value.replace("\0", "\ufffd").encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if isinstance(value, dict):
        return {storable(key): storable(each) for key, each in value.items()}
    if isinstance(value, list):
        return [storable(each) for each in value]
    return value
