"""Facts about orders and listings, in the archive's file: what pages showed, and when."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, Select, func, or_, select, text

from . import looks
from .database import Database
from .identity import clean, normal
from .looks import Look, spans
from .observed import Span
from .schema import facts, subjects

#: Orders of one buyer that are told, the latest ones.
MOST_BOUGHT = 200
#: Orders that are looked through for one item, the latest ones.
MOST_NAMING = 500
#: As the index of them says it, so that it is used.
_NUMBERS = text("facts.field IN ('sku', 'item')")


@dataclass(frozen=True, slots=True)
class Subject:
    """An order or a listing: where it is, and by field what was seen of it, in the order of time."""

    kind: str
    marketplace: str
    region: str
    shop: str
    ref: str
    first_seen_at: float
    seen_at: float
    fields: Mapping[str, Sequence[Span]]


@dataclass(frozen=True, slots=True)
class Said:
    """Some fields of a subject as they were seen last; what nobody saw is left out."""

    id: int
    marketplace: str
    shop: str
    values: Mapping[str, str]


class Facts:
    """Part of ``Archive`` (``archive.facts``); thread-safe, with its errors. ``kind``: "order" or "listing"."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def note(self, kind: str, seen: Sequence[Look], at: float) -> None:
        """Keep what a page showed. Idempotent; looks come in any order."""
        with self._database.write() as connection:
            for look in seen:
                looks.note(connection, kind, look, at)

    def named(self, kind: str, ref: str) -> list[Subject]:
        """Those of a number, in whichever shop; a listing by the seller's number and by the platform's."""
        wanted = subjects.c.ref == clean(ref)
        if kind == "listing":
            numbered = select(facts.c.subject_id).where(facts.c.value == clean(ref), _NUMBERS)
            wanted = or_(wanted, subjects.c.id.in_(numbered))
        return self._read(select(subjects).where(subjects.c.kind == kind, wanted).order_by(subjects.c.id))

    def newest(self, kind: str, limit: int) -> list[Subject]:
        """Those seen last, the latest first."""
        return self._read(_latest(select(subjects).where(subjects.c.kind == kind)).limit(limit))

    def some(self, ids: Sequence[int]) -> list[Subject]:
        """Those of these ids of ``said``, in their order."""
        with self._database.read() as connection:
            rows = {row.id: row for row in connection.execute(select(subjects).where(subjects.c.id.in_(ids)))}
            return _filled(connection, [rows[one] for one in ids if one in rows])

    def said(self, kind: str, fields: Sequence[str], marketplace: str = "") -> list[Said]:
        """These fields of all of a kind, those seen last in front; for who looks through them. ``marketplace`` "" =
        any."""
        query = (
            select(subjects.c.id, subjects.c.marketplace, subjects.c.shop, facts.c.field, facts.c.value)
            .join(facts, facts.c.subject_id == subjects.c.id)
            .where(subjects.c.kind == kind, facts.c.field.in_(fields))
            .order_by(subjects.c.seen_at.desc(), subjects.c.id.desc(), facts.c.seen_at, facts.c.since)
        )
        if marketplace:
            query = query.where(subjects.c.marketplace == marketplace)
        found: dict[int, tuple[str, str, dict[str, str]]] = {}
        with self._database.read() as connection:
            for row in connection.execute(query):
                found.setdefault(row.id, (row.marketplace, row.shop, {}))[2][row.field] = row.value
        return [Said(number, *rest) for number, rest in found.items()]

    def naming(self, marketplace: str, words: Sequence[str]) -> list[Subject]:
        """The latest orders of a marketplace whose items may name one of these; words are found within words, letter
        case aside."""
        written = [json.dumps(clean(word), ensure_ascii=False)[1:-1] for word in words if word]
        if not written:
            return []
        said = or_(*(facts.c.value.icontains(word, autoescape=True) for word in written))
        holding = select(facts.c.subject_id).where(facts.c.field == "items", said)
        query = select(subjects).where(
            subjects.c.kind == "order", subjects.c.marketplace == marketplace, subjects.c.id.in_(holding)
        )
        return self._read(_latest(query).limit(MOST_NAMING))

    def bought(self, name: str) -> list[Subject]:
        """Orders whose pages name this buyer, letter case and spaces aside."""
        wanted = normal(name).casefold()
        with self._database.read() as connection:
            rows = connection.execute(select(facts.c.subject_id, facts.c.value).where(facts.c.field == "buyer"))
            ids = sorted({row.subject_id for row in rows if normal(row.value).casefold() == wanted})[-MOST_BOUGHT:]
            query = select(subjects).where(subjects.c.kind == "order", subjects.c.id.in_(ids)).order_by(subjects.c.id)
            return _filled(connection, connection.execute(query).all())

    def count(self, kind: str) -> int:
        """How many orders or listings pages showed."""
        query = select(func.count()).select_from(subjects).where(subjects.c.kind == kind)
        with self._database.read() as connection:
            return int(connection.execute(query).scalar_one())

    def _read(self, query: Select[Any]) -> list[Subject]:
        with self._database.read() as connection:
            return _filled(connection, connection.execute(query).all())


def _latest(query: Select[Any]) -> Select[Any]:
    return query.order_by(subjects.c.seen_at.desc(), subjects.c.id.desc())


def _filled(connection: Connection, rows: Sequence[Row[Any]]) -> list[Subject]:
    found = spans(connection, [row.id for row in rows])
    return [
        Subject(
            row.kind,
            row.marketplace,
            row.region,
            row.shop,
            row.ref,
            row.first_seen_at,
            row.seen_at,
            found.get(row.id, {}),
        )
        for row in rows
    ]
