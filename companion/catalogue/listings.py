"""Listings into the archive, as an editor or a saved page showed them, and out of it as dated versions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import msgspec

from ..conversations.facts import Facts, Said
from ..conversations.looks import Look
from ..conversations.words import index_text
from ..pages.read import read_page
from ..pages.reading import Reading
from ..protocol.methods.catalogue import ListingSeenParams
from ..protocol.pages import ListingPage
from .fields import values_of
from .numbers import key_of
from .versions import Listing, listing_of

#: By which a listing is found.
_FOUND_BY = ("sku", "item", "title", "brand")


class ArchiveApi(Protocol):
    """The archive as this room uses it."""

    @property
    def facts(self) -> Facts: ...


def keep(archive: ArchiveApi, reading: Reading, at: float) -> int:
    """Keep the listing of a saved editor seen at ``at``; 0 for one without a number, and for one not on sale yet."""
    page, content = reading.page, reading.content
    assert isinstance(page, ListingPage)
    if read_page(reading.place, page.draft):
        return 0
    return _note(
        archive,
        reading.marketplace.name,
        reading.account.region,
        reading.account.shop,
        page,
        page.id,
        values_of(content),
        at,
    )


def keep_seen(archive: ArchiveApi, seen: ListingSeenParams, page: ListingPage | None, at: float) -> bool:
    """Keep the listing of an editor that is open; False for one without a number. ``page`` None: forgotten since."""
    values = values_of(msgspec.structs.asdict(seen.listing))
    return bool(_note(archive, seen.marketplace, seen.region, seen.shop, page, seen.page, values, at))


def _note(
    archive: ArchiveApi,
    marketplace: str,
    region: str,
    shop: str,
    page: ListingPage | None,
    description: str,
    values: dict[str, str],
    at: float,
) -> int:
    key = key_of(page, region, values["sku"], values["item"])
    if not key:
        return 0
    look = Look(marketplace, region, shop, key, values, f"{marketplace}/{description}")
    archive.facts.note("listing", [look], at)
    return 1


def listed(archive: ArchiveApi, now: float, number: str = "", limit: int = 100) -> list[Listing]:
    """Listings of a number, the seller's or the platform's; without one those seen last."""
    facts = archive.facts
    known = facts.named("listing", number) if number else facts.newest("listing", limit)
    return [listing_of(subject, now) for subject in known]


def found(archive: ArchiveApi, now: float, words: str, limit: int = 100) -> list[Listing]:
    """Listings whose numbers, title or brand hold all these words or their beginnings, in any script; those seen last
    in front."""
    wanted = [f" {folded}" for word in words.split() if (folded := index_text(word))]
    if not wanted:
        return listed(archive, now, "", limit)
    fitting = [one.id for one in archive.facts.said("listing", _FOUND_BY) if _holds(one, wanted)]
    return [listing_of(subject, now) for subject in archive.facts.some(fitting[:limit])]


def one(archive: ArchiveApi, now: float, marketplace: str, shop: str, key: str) -> Listing | None:
    """The listing of a key; None when it is not there."""
    for subject in archive.facts.named("listing", key):
        if (subject.marketplace, subject.shop, subject.ref) == (marketplace, shop, key):
            return listing_of(subject, now)
    return None


def _holds(one: Said, wanted: Sequence[str]) -> bool:
    text = f" {index_text(*(one.values.get(field, '') for field in _FOUND_BY))}"
    return all(word in text for word in wanted)
