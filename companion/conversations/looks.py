"""What a page showed of an order or a listing becomes facts, each with the time it was seen from and until."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from . import observed
from .identity import clean
from .observed import Span
from .schema import facts, subjects

#: Looks at one field that are kept apart. A page that shows another value at each look must not fill the archive.
MOST_SPANS = 500


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
    known = spans(connection, [row.id]).get(row.id, {})
    for field, value in look.values.items():
        if not value:
            continue
        had = known.get(field, [])
        made = observed.noted(had, clean(value), at)
        if made is None:
            continue
        if made.id:
            changed = {"since": made.since, "seen_at": made.seen_at}
            connection.execute(update(facts).where(facts.c.id == made.id).values(**changed))
        elif len(had) < MOST_SPANS:
            connection.execute(
                insert(facts).values(
                    subject_id=row.id, field=field, value=made.value, since=at, seen_at=at, page=look.page
                )
            )


def spans(connection: Connection, ids: Sequence[int]) -> dict[int, dict[str, list[Span]]]:
    """What was seen of some subjects: by subject and field, in the order of time."""
    found: dict[int, dict[str, list[Span]]] = {}
    query = select(facts).where(facts.c.subject_id.in_(ids)).order_by(facts.c.since, facts.c.id)
    for row in connection.execute(query):
        span = Span(row.id, row.value, row.since, row.seen_at)
        found.setdefault(row.subject_id, {}).setdefault(row.field, []).append(span)
    return found


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
