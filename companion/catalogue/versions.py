"""A listing as dated versions, out of what was seen of it. Pure."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from ..conversations.facts import Subject
from ..conversations.observed import Span, current
from .fields import MOVING, read, stale, told


class ListingFact(msgspec.Struct):
    """A field as it was seen last, from ``since`` until ``seen_at``; ``stale``: too long ago to rely on."""

    value: str | list[str]
    since: float
    seen_at: float
    stale: bool


class ListingVersion(msgspec.Struct):
    """The listing as it was seen from ``since`` until ``seen_at``; ``number``: from 1, the oldest; ``changed``: the
    fields that differ from the version before."""

    number: int
    since: float
    seen_at: float
    changed: list[str]
    fields: dict[str, str | list[str]]


class Listing(msgspec.Struct):
    """A listing. ``key`` tells it from the others of its shop; ``sku``, ``item``: the seller's and the platform's
    number, "" = not known; ``stale``: its words were seen too long ago to rely on; ``versions``: the latest first."""

    marketplace: str
    region: str
    shop: str
    key: str
    sku: str
    item: str
    title: str
    first_seen_at: float
    seen_at: float
    stale: bool
    facts: dict[str, ListingFact]
    versions: list[ListingVersion]


def listing_of(subject: Subject, now: float) -> Listing:
    """A listing as it is known at ``now``."""
    known: dict[str, ListingFact] = {}
    for field in told(subject.fields):
        last = current(subject.fields.get(field, ()))
        if last is not None:
            known[field] = ListingFact(
                read(field, last.value), last.since, last.seen_at, stale(field, last.seen_at, now)
            )
    return Listing(
        marketplace=subject.marketplace,
        region=subject.region,
        shop=subject.shop,
        key=subject.ref,
        sku=_text(known, "sku"),
        item=_text(known, "item"),
        title=_text(known, "title"),
        first_seen_at=subject.first_seen_at,
        seen_at=subject.seen_at,
        stale=stale("", subject.seen_at, now),
        facts=known,
        versions=versions_of(subject),
    )


def versions_of(subject: Subject) -> list[ListingVersion]:
    """One for each moment at which a known field became another. A field that is first seen later was there before."""
    spans = {field: list(subject.fields.get(field, ())) for field in told(subject.fields) if field not in MOVING}
    moments = sorted({subject.first_seen_at, *(span.since for known in spans.values() for span in known[1:])})
    made: list[ListingVersion] = []
    for moment in moments:
        at = {field: _at(known, moment) for field, known in spans.items() if known}
        values = {field: read(field, span.value) for field, span in at.items()}
        before = made[-1].fields if made else {}
        changed = [field for field, value in values.items() if made and before.get(field) != value]
        if made and not changed:
            continue
        if made:
            last = made[-1]
            last.seen_at = max(last.since, *(_before(spans[field], moment).seen_at for field in changed))
        made.append(ListingVersion(len(made) + 1, moment, subject.seen_at, changed, values))
    return made[::-1]


def _at(spans: Sequence[Span], moment: float) -> Span:
    return next((span for span in reversed(spans) if span.since <= moment), spans[0])


def _before(spans: Sequence[Span], moment: float) -> Span:
    return next((span for span in reversed(spans) if span.since < moment), spans[0])


def _text(known: dict[str, ListingFact], field: str) -> str:
    value = known[field].value if field in known else ""
    return value if isinstance(value, str) else ""
