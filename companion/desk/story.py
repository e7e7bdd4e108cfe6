"""A buyer's story with the listings that the orders are about."""

from __future__ import annotations

from typing import Any

from ..protocol.methods.buyer import BuyerStoryParams, BuyerStoryResult, StoryListing


def story(archive: Any, asked: BuyerStoryParams, now: float, language: str = "") -> BuyerStoryResult:
    """The stories as the room of orders tells them; an item that the catalogue knows is named by its listing."""
    from ..catalogue.about import NAMED_BY, bought
    from ..catalogue.versions import listing_of
    from ..orders.story import tell

    told = tell(archive, asked, now, language)
    for each in told.stories:
        orders = [order for order in each.orders if order.items]
        listings = archive.facts.said("listing", NAMED_BY, each.marketplace) if orders else []
        for order in orders:
            for subject in archive.facts.some(bought(order.items, order.shop, listings)):
                one = listing_of(subject, now)
                shown = StoryListing(shop=one.shop, key=one.key, sku=one.sku or one.item, title=one.title)
                order.listings.append(shown)
    return told
