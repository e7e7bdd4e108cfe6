"""Listings as their editors show them, on their way into the catalogue."""

from __future__ import annotations

from typing import Annotated

import msgspec

from ..base import Code, Instant, Name, Text, Wire
from ..registry import Method, method

#: Most bullet points and pictures of one listing, and longest address of a picture, in characters.
MOST_BULLETS = 30
MOST_IMAGES = 30
LONGEST_ADDRESS = 1_000
#: Most attributes of one listing.
MOST_ATTRIBUTES = 60

#: A title, a bullet point, a category: a passage that is no description.
Line = Annotated[str, msgspec.Meta(max_length=2_000)]


class SeenListing(Wire, kw_only=True):
    """The fields of an editor before anybody typed into it; what it does not show is empty."""

    title: Annotated[str, msgspec.Meta(min_length=1, max_length=2_000)]
    bullets: Annotated[list[Line], msgspec.Meta(max_length=MOST_BULLETS)] = []
    description: Text = ""
    brand: Line = ""
    keywords: Line = ""
    price: Name = ""
    stock: Name = ""
    category: Line = ""
    images: Annotated[
        list[Annotated[str, msgspec.Meta(max_length=LONGEST_ADDRESS)]], msgspec.Meta(max_length=MOST_IMAGES)
    ] = []
    #: What the category asks for besides, by what the editor calls it: {"material": "Steel"}.
    attributes: Annotated[dict[Name, Name], msgspec.Meta(max_length=MOST_ATTRIBUTES)] = {}
    #: The seller's own number, and the platform's; one of them at least.
    sku: Name = ""
    item: Name = ""


class ListingSeenParams(Wire, kw_only=True):
    """A listing as an editor showed it. ``page``: the id of the description it was read by."""

    marketplace: Code
    region: Code
    #: "" = the page did not tell.
    shop: Name
    page: Code
    listing: SeenListing
    observed_at: Instant


class ListingSeenResult(Wire, kw_only=True):
    """``kept`` False: it has no number to know it by."""

    kept: bool


method(Method("listing.seen", ListingSeenParams, ListingSeenResult, doc="Keep a listing as its editor shows it."))
