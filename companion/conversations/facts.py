"""Facts about orders and listings, in the archive's file: what pages showed, and when."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, insert, or_, select, text, update

from . import observed
from .identity import clean, normal
from .observed import Span
from .schema import facts, links, messages, subjects, threads

#: Looks at one field that are kept apart. A page that shows another value at each look must not fill the archive.
MOST_SPANS = 500
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


@dataclass(frozen=True, slots=True)
class Look:
    """What a page showed of one subject; what is "" was not shown and takes nothing away."""

    marketplace: str
    region: str
    shop: str
    ref: str
    values: Mapping[str, str]
    page: str


def note(connection: Connection, kind: str, look: Look, at: float) -> None:
    """Keep a look. Idempotent."""
    row = _ensure(connection, kind, look, at)
    connection.execute(
        update(subjects)
        .where(subjects.c.id == row.id)
        .values(seen_at=max(row.seen_at, at), first_seen_at=min(row.first_seen_at, at))
    )
    known = _spans(connection, [row.id]).get(row.id, {})
    for field, value in look.values.items():
        if not value:
            continue
        spans = known.get(field, [])
        made = observed.noted(spans, clean(value), at)
        if made is None:
            continue
        if made.id:
            changed = {"since": made.since, "seen_at": made.seen_at}
            connection.execute(update(facts).where(facts.c.id == made.id).values(**changed))
        elif len(spans) < MOST_SPANS:
            connection.execute(
                insert(facts).values(
                    subject_id=row.id, field=field, value=made.value, since=at, seen_at=at, page=look.page
                )
            )


def newest(connection: Connection, kind: str, limit: int) -> list[Subject]:
    """Those seen last, the latest first."""
    query = select(subjects).where(subjects.c.kind == kind).order_by(subjects.c.seen_at.desc(), subjects.c.id.desc())
    return _filled(connection, connection.execute(query.limit(limit)).all())


def named(connection: Connection, kind: str, ref: str) -> list[Subject]:
    """Those of that number, in whichever shop; a listing by the seller's number and by the platform's."""
    wanted = subjects.c.ref == clean(ref)
    if kind == "listing":
        numbered = select(facts.c.subject_id).where(facts.c.value == clean(ref), _NUMBERS)
        wanted = or_(wanted, subjects.c.id.in_(numbered))
    query = select(subjects).where(subjects.c.kind == kind, wanted).order_by(subjects.c.id)
    return _filled(connection, connection.execute(query).all())


def said(connection: Connection, kind: str, fields: Sequence[str], marketplace: str = "") -> list[Said]:
    """These fields of all of a kind, those seen last in front; for who looks through them. ``marketplace`` "" = any."""
    query = (
        select(subjects.c.id, subjects.c.marketplace, subjects.c.shop, facts.c.field, facts.c.value)
        .join(facts, facts.c.subject_id == subjects.c.id)
        .where(subjects.c.kind == kind, facts.c.field.in_(fields))
        .order_by(subjects.c.seen_at.desc(), subjects.c.id.desc(), facts.c.seen_at, facts.c.since)
    )
    if marketplace:
        query = query.where(subjects.c.marketplace == marketplace)
    found: dict[int, tuple[str, str, dict[str, str]]] = {}
    for row in connection.execute(query):
        found.setdefault(row.id, (row.marketplace, row.shop, {}))[2][row.field] = row.value
    return [Said(number, *rest) for number, rest in found.items()]


def some(connection: Connection, ids: Sequence[int]) -> list[Subject]:
    """Those of these numbers of ``said``, in their order."""
    rows = {row.id: row for row in connection.execute(select(subjects).where(subjects.c.id.in_(ids)))}
    return _filled(connection, [rows[one] for one in ids if one in rows])


def naming(connection: Connection, marketplace: str, words: Sequence[str]) -> list[Subject]:
    """The latest orders of a marketplace whose items may name one of these; words are found within words, letter case
    aside."""
    written = [json.dumps(clean(word), ensure_ascii=False)[1:-1] for word in words if word]
    said = or_(*(facts.c.value.icontains(word, autoescape=True) for word in written))
    bought = select(facts.c.subject_id).where(facts.c.field == "items", said)
    query = (
        select(subjects)
        .where(subjects.c.kind == "order", subjects.c.marketplace == marketplace, subjects.c.id.in_(bought))
        .order_by(subjects.c.seen_at.desc(), subjects.c.id.desc())
    )
    return _filled(connection, connection.execute(query.limit(MOST_NAMING)).all()) if written else []


def bought(connection: Connection, name: str) -> list[Subject]:
    """Orders whose pages name this buyer, letter case and spaces aside."""
    wanted = normal(name).casefold()
    rows = connection.execute(select(facts.c.subject_id, facts.c.value).where(facts.c.field == "buyer"))
    ids = sorted({row.subject_id for row in rows if normal(row.value).casefold() == wanted})[-MOST_BOUGHT:]
    query = select(subjects).where(subjects.c.kind == "order", subjects.c.id.in_(ids)).order_by(subjects.c.id)
    return _filled(connection, connection.execute(query).all())


def conversations(connection: Connection, marketplace: str, order: str) -> list[int]:
    """Conversations whose messages name an order, or that were linked to it."""
    naming = select(messages.c.thread_id).where(messages.c.order_ref == order)
    linked = select(links.c.thread_id).where(links.c.kind == "order", links.c.ref == order)
    query = select(threads.c.id).where(
        threads.c.marketplace == marketplace, or_(threads.c.id.in_(naming), threads.c.id.in_(linked))
    )
    return list(connection.execute(query.order_by(threads.c.id)).scalars())


def _ensure(connection: Connection, kind: str, look: Look, at: float) -> Row[Any]:
    """The subject's row. A page that does not say whose it is means the one known shop that has it."""
    shop, ref = clean(look.shop), clean(look.ref)
    mine = select(subjects).where(
        subjects.c.kind == kind, subjects.c.marketplace == look.marketplace, subjects.c.ref == ref
    )
    rows = connection.execute(mine).all()
    exact = next((row for row in rows if row.shop == shop), None)
    if exact is not None:
        return exact
    if not shop and len(rows) == 1:
        return rows[0]
    nameless = next((row for row in rows if not row.shop), None)
    if nameless is not None:
        connection.execute(
            update(subjects)
            .where(subjects.c.id == nameless.id)
            .values(shop=shop, region=look.region or nameless.region)
        )
    else:
        connection.execute(
            insert(subjects).values(
                kind=kind,
                marketplace=look.marketplace,
                region=look.region,
                shop=shop,
                ref=ref,
                first_seen_at=at,
                seen_at=at,
            )
        )
    return connection.execute(mine.where(subjects.c.shop == shop)).one()


def _filled(connection: Connection, rows: Sequence[Row[Any]]) -> list[Subject]:
    found = _spans(connection, [row.id for row in rows])
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


def _spans(connection: Connection, ids: Sequence[int]) -> dict[int, dict[str, list[Span]]]:
    found: dict[int, dict[str, list[Span]]] = {}
    query = select(facts).where(facts.c.subject_id.in_(ids)).order_by(facts.c.since, facts.c.id)
    for row in connection.execute(query):
        span = Span(row.id, row.value, row.since, row.seen_at)
        found.setdefault(row.subject_id, {}).setdefault(row.field, []).append(span)
    return found
