"""By which number a listing is known. Pure.

Two listings may share a number that stands in a field (a SKU of several products, typed by hand); the one by which the
address names the listing they do not share. And one number may be two listings in two countries.
"""

from __future__ import annotations

from ..protocol.pages import ListingPage

_LONGEST = 200


def key_of(page: ListingPage | None, region: str, sku: str, item: str) -> str:
    """What tells a listing from the others of its shop; "" for one without a number. ``page`` None: not known."""
    number = _number(page, sku.strip(), item.strip())
    return f"{region}/{number}"[:_LONGEST] if region and number else number[:_LONGEST]


def _number(page: ListingPage | None, sku: str, item: str) -> str:
    addressed = page is not None and any(read.query or read.path or read.hash for read in page.listing.sku)
    return (sku or item) if addressed else (item or sku)
