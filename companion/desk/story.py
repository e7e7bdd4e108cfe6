"""A buyer's story with the listings that the orders are about."""

from __future__ import annotations

from typing import Any

from ..protocol.methods.buyer import BuyerStoryParams, BuyerStoryResult, StoryListing


def story(archive: Any, asked: BuyerStoryParams, now: float, language: str = "") -> BuyerStoryResult:
    """The stories as the room of orders tells them; an item that the catalogue knows is named by its listing."""
    from ..catalogue.about import bought, known
    from ..orders.story import tell

    told = tell(archive, asked, now, language)
    for each in told.stories:
        listings = known(archive, each.marketplace, now) if any(order.items for order in each.orders) else []
        for order in each.orders:
            order.listings = [
                StoryListing(shop=one.shop, key=one.key, sku=one.sku or one.item, title=one.title)
                for one in bought(order.items, order.shop, listings)
            ]
    return told
