"""The team's translation memory as rows: who changed what since when, so that each seat keeps a copy of its own.

Writers follow one another, so that a version that is seen has none before it still to come.
"""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, text

from ..protocol.errors import ErrorCode, SeabridgeError
from . import notice
from .link import Link
from .seat import Seat
from .table import storable

_LOCK = 0x5EAB_0003
#: Rows taken at once.
_STRETCH = 2_000

_TAKE_LOCK = text("SELECT pg_advisory_xact_lock(:lock)")
_IDENTITY = text("INSERT INTO team_identity (id) VALUES (:id) ON CONFLICT DO NOTHING")
_WHOSE = text("SELECT id FROM team_identity")
_SINCE = text(
    "SELECT id, shop, source, target, said, told, at, gone, version FROM memory_units WHERE version > :version"
    " ORDER BY version LIMIT :most"
)
_BEGUN = text("SELECT 1 FROM memory_units LIMIT 1")
_KNOWN = text(
    "SELECT id, source, target, hash, at FROM memory_units WHERE shop = :shop AND hash = ANY(CAST(:hashes AS bytea[]))"
)
_NEW = text(
    "INSERT INTO memory_units (shop, source, target, said, told, at, hash)"
    " VALUES (:shop, :source, :target, :said, :told, :at, :hash)"
)
_SET = text("UPDATE memory_units SET told = :told, at = :at, version = nextval('memory_version') WHERE id = :id")
_REMOVE = text(
    "UPDATE memory_units SET said = '', told = '', hash = NULL, gone = true, version = nextval('memory_version')"
    " WHERE NOT gone AND (id = ANY(CAST(:ids AS bigint[])) OR hash = ANY(CAST(:hashes AS bytea[])))"
)
_COUNT = text("SELECT count(*) FROM memory_units WHERE NOT gone")


@dataclass(frozen=True, slots=True)
class Phrase:
    """A pair of the memory; ``at``: Unix time it was confirmed. ``gone``: removed, its words are empty."""

    shop: str
    source: str
    target: str
    said: str
    told: str
    at: float
    id: int = 0
    gone: bool = False
    version: int = 0


class Phrases:
    """The table. Thread-safe. Raises ``database_…``."""

    def __init__(self, link: Link, seat: Seat) -> None:
        self._link = link
        self._seat = seat

    def begun(self) -> bool:
        """Whether a pair was ever kept."""
        with self._link.begin() as connection:
            return connection.execute(_BEGUN).first() is not None

    def since(self, version: int) -> tuple[str, list[Phrase]]:
        """Whose memory it is, and what changed after a version, in the order it changed; a stretch at a time."""
        with self._link.begin() as connection:
            whose = connection.execute(_WHOSE).scalar()
            if whose is None:
                connection.execute(_IDENTITY, {"id": uuid.uuid4().hex})
                whose = connection.execute(_WHOSE).scalar_one()
            rows = connection.execute(_SINCE, {"version": version, "most": _STRETCH})
            return str(whose), [
                Phrase(row.shop, row.source, row.target, row.said, row.told, row.at, row.id, row.gone, row.version)
                for row in rows
            ]

    def add(self, phrases: Sequence[Phrase], most: int) -> tuple[int, int]:
        """Keep pairs of one shop, all or none; of a text that is there the newer translation. (new, known before).

        Raises ``import_full`` where there would be more than ``most`` in all.
        """
        if not phrases:
            return 0, 0
        with self._writing() as connection:
            hashes = [_hash(phrase.said) for phrase in phrases]
            rows = connection.execute(_KNOWN, {"shop": phrases[0].shop, "hashes": hashes})
            known: dict[tuple[str, str, bytes], float] = {}
            ids: dict[tuple[str, str, bytes], int] = {}
            for row in rows:
                where = row.source, row.target, bytes(row.hash)
                known[where], ids[where] = row.at, row.id
            new: dict[tuple[str, str, bytes], Phrase] = {}
            newer: dict[int, Phrase] = {}
            for phrase, hashed in zip(phrases, hashes, strict=True):
                where = phrase.source, phrase.target, hashed
                if phrase.at < known.get(where, phrase.at):
                    continue
                known[where] = phrase.at
                if where in ids:
                    newer[ids[where]] = phrase
                else:
                    new[where] = phrase
            if new:
                connection.execute(_NEW, [_row(phrase, where[2]) for where, phrase in new.items()])
            if newer:
                connection.execute(_SET, [{"id": id, "told": one.told, "at": one.at} for id, one in newer.items()])
            if connection.execute(_COUNT).scalar_one() > most:
                raise SeabridgeError(ErrorCode.IMPORT_FULL, limit=most)
            return len(new), len(phrases) - len(new)

    def remove(self, ids: Iterable[int], said: Iterable[str]) -> int:
        """Take pairs away by id, and all that say exactly one of these texts, of every shop; how many."""
        wanted = {"ids": list(ids), "hashes": [_hash(storable(one)) for one in said]}
        with self._writing() as connection:
            return connection.execute(_REMOVE, wanted).rowcount

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        with self._link.begin() as connection:
            connection.execute(_TAKE_LOCK, {"lock": _LOCK})
            yield connection
            notice.tell(connection, notice.Notice("memory", "", self._seat.id))


def _row(phrase: Phrase, hashed: bytes) -> dict[str, Any]:
    return {
        "shop": phrase.shop, "source": phrase.source, "target": phrase.target,
        "said": phrase.said, "told": phrase.told, "at": phrase.at, "hash": hashed,
    }  # fmt: skip


def _hash(said: str) -> bytes:
    return hashlib.sha256(said.encode("utf-8", "surrogatepass")).digest()
