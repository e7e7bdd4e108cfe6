"""Addresses behind which marketplaces hide buyers in mails. Pure.

eBay: ``@members.ebay.<site>``, by its Trading API user guide ("Member communications", read 2026-11-30). Amazon: an
alias for each buyer, by its help page "Buyer-Seller Messages FAQ" (read 2026-11-30), which does not spell the domain
out; ``@marketplace.amazon.<site>`` is what sellers know it by.
"""

from __future__ import annotations

import re

_SITE = r"(?:com|[a-z]{2}|com?\.[a-z]{2})"
_RELAYS = {
    "amazon": re.compile(rf"[^@\s]+@marketplace\.amazon\.{_SITE}\Z"),
    "ebay": re.compile(rf"[^@\s]+@members\.ebay\.{_SITE}\Z"),
}
#: Order numbers as the marketplaces write them.
_ORDERS = {
    "amazon": re.compile(r"(?<![\d-])\d{3}-\d{7}-\d{7}(?![\d-])"),
    "ebay": re.compile(r"(?<![\d-])\d{2}-\d{5}-\d{5}(?![\d-])"),
}


def relayed(address: str) -> str:
    """The marketplace whose relay an address (in small letters) is, "" for any other."""
    return next((name for name, pattern in _RELAYS.items() if pattern.match(address)), "")


def order_in(marketplace: str, text: str) -> str:
    """The order number in a text, "" without one or with several."""
    pattern = _ORDERS.get(marketplace)
    found = set(pattern.findall(text)) if pattern else set()
    return found.pop() if len(found) == 1 else ""
