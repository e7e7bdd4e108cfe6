"""The shop's own texts that rules are about: listings as they were seen last, and replies that are offered again."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Any

from ..compliance.check import Text, listing_texts
from ..compliance.feed.hits import ShopText
from ..compliance.loader import marketplace_names
from ..compliance.place import Place
from ..compliance.where import language_of, marketplace_of, region_of

if TYPE_CHECKING:
    from ..translation.memory.store import MemoryStore

#: The newest of each kind: one more than a change list looks at, so that it knows that there are more.
_MOST = 2_001
#: So much of a sentence is a name for it.
_LONGEST = 60
#: Whoever looks sets the day.
_ANY_DAY = date.min


def listing_shop_texts(archive: Any) -> Iterator[ShopText]:
    """Listings, those seen last in front."""
    from ..catalogue.listings import listed

    for one in listed(archive, time.time(), "", _MOST):
        fields = {field: fact.value for field, fact in one.facts.items()}
        place = Place(
            "listing",
            _ANY_DAY,
            marketplace_of(one.marketplace, marketplace_names()),
            region_of(one.region),
            _text(fields.get("category")),
            _text(fields.get("brand")),
        )
        name = one.sku or one.item or one.key
        yield ShopText(
            "listing", name, one.title[:_LONGEST], listing_texts(fields), place, (one.marketplace, one.shop, one.key)
        )


def memory_shop_texts(memory: MemoryStore) -> Iterator[ShopText]:
    """What the seller sent in another language, the newest in front: it is offered again word for word."""
    for shop in memory.shops():
        marketplace = marketplace_of(shop.partition("/")[0], marketplace_names())
        for pair in memory.pairs(shop)[: -_MOST - 1 : -1]:
            place = Place("message", _ANY_DAY, marketplace, language=language_of(pair.target))
            yield ShopText("memory", pair.target, pair.said[:_LONGEST], [Text("text", None, pair.told)], place)


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""
