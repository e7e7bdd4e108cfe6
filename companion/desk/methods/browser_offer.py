"""browser.offer: a browser tells what its own translator has."""

from __future__ import annotations

from ...protocol.methods.browser import BrowserOfferParams
from ...protocol.methods.desk import Nothing
from ..call import Call


def handle(call: Call, params: BrowserOfferParams) -> Nothing:
    """Takes the place of what it told before, until its connection ends."""
    call.room.browsers.offer(call.session, params, call.push)
    if not call.session.key_id:  # revoked in this very moment: no text goes there any more
        call.room.browsers.gone(call.session)
    return Nothing()
