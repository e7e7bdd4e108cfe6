"""Which listings a conversation is about, and which conversations are about a listing.

A page says so where it shows the listing's card beside the conversation; else an order that the conversation names does
so where one of its items is the listing.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

from ..conversations.facts import Facts, Said, Subject
from ..conversations.identity import normal
from ..conversations.linked import Linked
from ..conversations.observed import current
from ..protocol.values import ThreadSummary
from .versions import Listing, listing_of

#: A number that may stand in an item's text by chance ("5") tells nothing, nor does so short a title.
_SHORTEST_NUMBER = 4
_SHORTEST_TITLE = 8
#: By which an item of an order names a listing.
NAMED_BY = ("sku", "item", "title")
#: Listings told of one conversation, and conversations told of one listing.
MOST = 50


class ArchiveApi(Protocol):
    """The archive as this room uses it."""

    @property
    def facts(self) -> Facts: ...
    @property
    def linked(self) -> Linked: ...
    def link(self, thread_id: int, kind: str, ref: str, /) -> None: ...


def note(archive: ArchiveApi, thread_id: int, item: str) -> None:
    """The page shows the listing of this number beside a conversation."""
    if item.strip():
        archive.link(thread_id, "listing", item.strip())


def of_thread(archive: ArchiveApi, thread: ThreadSummary, now: float) -> list[Listing]:
    """The listings of a conversation that are in the catalogue, those of its page in front."""
    found: list[Subject] = []
    for ref in archive.linked.refs(thread.id, "listing"):
        found += _fitting(archive.facts.named("listing", ref), thread.marketplace, thread.shop)
    items = [item for ref in archive.linked.orders(thread.id) for item in order_items(archive, thread, ref)]
    ordered = of_items(archive, thread.marketplace, thread.shop, items, now)
    return _unique([*(listing_of(one, now) for one in found), *ordered])


def of_items(archive: ArchiveApi, marketplace: str, shop: str, items: Sequence[str], now: float) -> list[Listing]:
    """The listings that items of an order name."""
    if not items:
        return []
    ids = bought(items, shop, archive.facts.said("listing", NAMED_BY, marketplace))
    return [listing_of(one, now) for one in archive.facts.some(ids)]


def bought(items: Sequence[str], shop: str, listings: Sequence[Said]) -> list[int]:
    """Ids of a shop's listings that an order's items name. Pure."""
    mine = (one for one in listings if not shop or one.shop in ("", shop))
    return [one.id for one in mine if any(names(item, one.values) for item in items)][:MOST]


def order_items(archive: ArchiveApi, thread: ThreadSummary, ref: str) -> list[str]:
    """What was bought with an order of a conversation's shop, as far as a page showed it."""
    orders = _fitting(archive.facts.named("order", ref), thread.marketplace, thread.shop)
    return [item for order in orders for item in items_of(order)]


def conversations(archive: ArchiveApi, listing: Listing, language: str = "") -> list[ThreadSummary]:
    """The conversations about a listing, heard from last in front."""
    numbers = [number for number in (listing.sku, listing.item) if number]
    said = {"sku": listing.sku, "item": listing.item, "title": listing.title}
    found = set(archive.linked.threads("listing", listing.marketplace, listing.shop, numbers))
    # spaces and letter case may differ; a word of the title stands in the item as it is
    hint = max(listing.title.split(), key=len, default="")
    for order in archive.facts.naming(listing.marketplace, [*numbers, hint]):
        if listing.shop in ("", order.shop) and any(names(item, said) for item in items_of(order)):
            found.update(archive.linked.about_order(listing.marketplace, order.ref))
    told = archive.linked.summaries(sorted(found)[-MOST * 4 :], language)
    mine = [each for each in told if listing.shop in ("", each.shop) or not each.shop]
    return sorted(mine, key=lambda each: -each.last_at)[:MOST]


def names(item: str, listing: Mapping[str, str]) -> bool:
    """Whether an item of an order is the listing of these ``NAMED_BY``: it holds one of its numbers, or is its title.
    Pure."""
    title = listing.get("title", "")
    if len(title) >= _SHORTEST_TITLE and normal(item).casefold() == normal(title).casefold():
        return True
    return any(_holds(item, listing.get(number, "")) for number in ("sku", "item"))


def items_of(order: Subject) -> list[str]:
    """What was bought, as seen last. Pure."""
    last = current(order.fields.get("items", ()))
    return [str(item) for item in json.loads(last.value)] if last else []


def _holds(text: str, number: str) -> bool:
    if len(number) < _SHORTEST_NUMBER or number not in text:
        return False
    # part of a longer number is another number: LB-72 in LB-72-GRY
    return re.search(rf"(?<![\w./-]){re.escape(number)}(?![\w/-]|\.\w)", text) is not None


def _fitting(subjects: Iterable[Subject], marketplace: str, shop: str) -> list[Subject]:
    return [one for one in subjects if one.marketplace == marketplace and (not shop or one.shop in ("", shop))]


def _unique(listings: Iterable[Listing]) -> list[Listing]:
    return list({(one.marketplace, one.shop, one.key): one for one in listings}.values())[:MOST]
