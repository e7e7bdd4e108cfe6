"""Listings of a page into the archive, and out of it as dated versions."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Protocol

import msgspec

from ..conversations.facts import Look, Subject
from ..conversations.observed import Span
from ..pages.reading import Reading

#: Fields of a listing, in the order in which they are told.
FIELDS = ("title", "bullets", "description", "brand", "keywords", "price", "sku", "item")
#: A listing is edited now and then; after a month what was seen of it is checked before anybody relies on it.
STALE_AFTER_S = 30 * 86_400


class ArchiveApi(Protocol):
    """The archive as this room uses it."""

    def note_facts(self, kind: str, looks: Sequence[Look], at: float, /) -> None: ...
    def facts(self, kind: str, ref: str, limit: int, /) -> list[Subject]: ...


class ListingVersion(msgspec.Struct):
    """The listing as it was seen from ``since`` on; ``changed``: the fields that differ from the version before."""

    since: float
    changed: list[str]
    fields: dict[str, str | list[str]]


class Listing(msgspec.Struct):
    """A listing by its own number; ``versions``, the latest first. ``stale``: last seen too long ago to rely on."""

    marketplace: str
    region: str
    shop: str
    sku: str
    first_seen_at: float
    seen_at: float
    stale: bool
    versions: list[ListingVersion]


def keep(archive: ArchiveApi, reading: Reading, at: float) -> int:
    """Keep the listing of an editor seen at ``at``; 0 for one that shows no number to know it by."""
    content = reading.content
    ref = (content["sku"] or content["item"]).strip()
    if not ref:
        return 0
    values = {field: content[field] for field in FIELDS if field != "bullets"}
    values["bullets"] = json.dumps(content["bullets"], ensure_ascii=False) if content["bullets"] else ""
    look = Look(
        marketplace=reading.marketplace.name,
        region=reading.account.region,
        shop=reading.account.shop,
        ref=ref[:200],
        values=values,
        page=f"{reading.marketplace.name}/{reading.page.id}",
    )
    archive.note_facts("listing", [look], at)
    return 1


def listed(archive: ArchiveApi, now: float, ref: str = "", limit: int = 100) -> list[Listing]:
    """Listings of a number; without one those seen last."""
    return [listing_of(subject, now) for subject in archive.facts("listing", ref, limit)]


def listing_of(subject: Subject, now: float) -> Listing:
    """A listing with its versions. Pure."""
    return Listing(
        marketplace=subject.marketplace,
        region=subject.region,
        shop=subject.shop,
        sku=subject.ref,
        first_seen_at=subject.first_seen_at,
        seen_at=subject.seen_at,
        stale=now - subject.seen_at > STALE_AFTER_S,
        versions=_versions(subject),
    )


def _versions(subject: Subject) -> list[ListingVersion]:
    """One for each moment at which a known field became another. A field that is first seen later was there before."""
    spans = {field: list(subject.fields.get(field, ())) for field in FIELDS}
    moments = {span.since for known in spans.values() for span in known[1:]}
    made: list[ListingVersion] = []
    for moment in sorted({subject.first_seen_at, *moments}):
        at = {field: _at(known, moment) for field, known in spans.items() if known}
        values = {field: _value(field, span.value) for field, span in at.items()}
        before = made[-1].fields if made else {}
        changed = [field for field, value in values.items() if made and before.get(field) != value]
        if not made or changed:
            made.append(ListingVersion(moment, changed, values))
    return made[::-1]


def _at(spans: Sequence[Span], moment: float) -> Span:
    return next((span for span in reversed(spans) if span.since <= moment), spans[0])


def _value(field: str, value: str) -> str | list[str]:
    return list(json.loads(value)) if field == "bullets" else value
