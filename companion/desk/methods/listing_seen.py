"""listing.seen: keep a listing as its editor shows it; answered when it is durable."""

from __future__ import annotations

import time

from ...protocol.methods.catalogue import ListingSeenParams, ListingSeenResult
from ...protocol.pages import ListingPage
from ..call import Call


def handle(call: Call, params: ListingSeenParams) -> ListingSeenResult:
    """Raises the storage codes."""
    from ...catalogue.listings import keep_seen

    page = _page(call, params.marketplace, params.page)
    # a browser whose clock is ahead must not keep every later look out
    at = min(params.observed_at, time.time())
    return ListingSeenResult(kept=keep_seen(call.room.archive, params, page, at))


def _page(call: Call, marketplace: str, page: str) -> ListingPage | None:
    known = (one for market in call.room.rules().marketplaces if market.name == marketplace for one in market.pages)
    return next((one for one in known if isinstance(one, ListingPage) and one.id == page), None)
