"""listing.seen: keep a listing as its editor shows it; answered when it is durable."""

from __future__ import annotations

import logging
import time

from ...locales import resolve
from ...protocol.methods.catalogue import ListingSeenParams, ListingSeenResult
from ...protocol.pages import ListingPage
from ..call import Call

_log = logging.getLogger("seabridge.desk")


def handle(call: Call, params: ListingSeenParams) -> ListingSeenResult:
    """Raises the storage codes."""
    from ...catalogue.listings import keep_seen

    page = _page(call, params.marketplace, params.page)
    # a browser whose clock is ahead must not keep every later look out
    at = min(params.observed_at, time.time())
    kept = keep_seen(call.room.archive, params, page, at)
    if kept:
        _check(call, params)
    return ListingSeenResult(kept=kept)


def _check(call: Call, params: ListingSeenParams) -> None:
    """Write down what is on sale was checked for. It is kept whether that works or not."""
    try:
        call.room.checking.seen(params, resolve(call.room.settings.get().locale))
    except Exception:
        _log.exception("a listing was not checked")


def _page(call: Call, marketplace: str, page: str) -> ListingPage | None:
    known = (one for market in call.room.rules().marketplaces if market.name == marketplace for one in market.pages)
    return next((one for one in known if isinstance(one, ListingPage) and one.id == page), None)
