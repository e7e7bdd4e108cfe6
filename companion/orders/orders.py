"""Orders of a page into the archive, and out of it with what is stale."""

from __future__ import annotations

import json
from typing import Any, Protocol

import msgspec

from ..conversations.facts import Facts, Subject
from ..conversations.linked import Linked
from ..conversations.looks import Look
from ..conversations.observed import current
from ..pages.reading import Reading

#: Fields of an order as its page shows them, in the order in which they are told.
FIELDS = ("buyer", "items", "amount", "status", "time", "ship_by", "tracking")
#: What moves while a parcel does. A day after the last look nobody should rely on it.
MOVING = frozenset({"status", "ship_by", "tracking"})
STALE_AFTER_S = 86_400


class ArchiveApi(Protocol):
    """The archive as this room uses it."""

    @property
    def facts(self) -> Facts: ...
    @property
    def linked(self) -> Linked: ...
    def link(self, thread_id: int, kind: str, ref: str, /) -> None: ...


class OrderFact(msgspec.Struct):
    """A field as it was seen last, from ``since`` until ``seen_at``; ``stale``: too long ago to rely on."""

    value: str
    since: float
    seen_at: float
    stale: bool


class OrderChange(msgspec.Struct):
    """A value a field had from ``since`` on."""

    field: str
    value: str
    since: float


class Order(msgspec.Struct):
    """An order. ``items``: what was bought; ``threads``: conversations about it; ``changes``: by time."""

    marketplace: str
    region: str
    shop: str
    order: str
    first_seen_at: float
    seen_at: float
    facts: dict[str, OrderFact]
    items: list[str]
    threads: list[int]
    changes: list[OrderChange]


def looks(reading: Reading) -> list[Look]:
    """What an orders page shows, one look an order; rows without a number are nobody's."""
    return [_look(reading, row) for row in reading.content if row["order"].strip()]


def keep(archive: ArchiveApi, reading: Reading, at: float) -> int:
    """Keep the orders of a page seen at ``at`` and link the conversations about them; how many there were."""
    found = looks(reading)
    archive.facts.note("order", found, at)
    for look in found:
        for thread_id in archive.linked.about_order(look.marketplace, look.ref):
            archive.link(thread_id, "order", look.ref)
    return len(found)


def listed(archive: ArchiveApi, now: float, ref: str = "", limit: int = 100) -> list[Order]:
    """Orders of a number; without one those seen last."""
    known = archive.facts.named("order", ref) if ref else archive.facts.newest("order", limit)
    return [order_of(subject, archive.linked.about_order(subject.marketplace, subject.ref), now) for subject in known]


def order_of(subject: Subject, threads: list[int], now: float) -> Order:
    """An order as it is known now. Pure."""
    known: dict[str, OrderFact] = {}
    changes: list[OrderChange] = []
    for field in FIELDS:
        spans = subject.fields.get(field, ())
        last = current(spans)
        if last is None:
            continue
        stale = field in MOVING and now - last.seen_at > STALE_AFTER_S
        known[field] = OrderFact(last.value, last.since, last.seen_at, stale)
        if len(spans) > 1:
            changes += [OrderChange(field, span.value, span.since) for span in spans]
    items = known.pop("items", None)
    return Order(
        marketplace=subject.marketplace,
        region=subject.region,
        shop=subject.shop,
        order=subject.ref,
        first_seen_at=subject.first_seen_at,
        seen_at=subject.seen_at,
        facts=known,
        items=json.loads(items.value) if items else [],
        threads=threads,
        changes=sorted(changes, key=lambda change: change.since),
    )


def _look(reading: Reading, row: dict[str, Any]) -> Look:
    values = {field: row[field] for field in FIELDS if field != "items"}
    values["items"] = json.dumps(row["items"], ensure_ascii=False) if row["items"] else ""
    return Look(
        marketplace=reading.marketplace.name,
        region=reading.account.region,
        shop=reading.account.shop,
        ref=row["order"].strip(),
        values=values,
        page=f"{reading.marketplace.name}/{reading.page.id}",
    )
