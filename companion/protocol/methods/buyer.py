"""What is known of one buyer."""

from __future__ import annotations

from typing import Annotated

import msgspec

from ..base import Code, Instant, Language, Wire
from ..registry import Method, method
from ..values import ThreadSummary


class BuyerStoryParams(Wire, kw_only=True):
    """``buyer``: the display name; ``marketplace`` "" = wherever somebody has this name; the newest conversations."""

    buyer: Annotated[str, msgspec.Meta(min_length=1, max_length=200)]
    marketplace: Code = ""
    limit: Annotated[int, msgspec.Meta(ge=1, le=100)] = 50


class StoryThread(Wire, kw_only=True):
    """A conversation. ``languages``: those the buyer wrote in, the most used first."""

    thread: ThreadSummary
    first_at: Instant
    languages: list[Language]
    #: The first words of the buyer that the seller has not answered, "" = none; and since when.
    open: str
    open_since: Instant | None


class StoryListing(Wire, kw_only=True):
    """A listing of the catalogue that an order is about; ``shop`` and ``key`` tell it from the others."""

    shop: str
    key: str
    sku: str
    title: str


class StoryOrder(Wire, kw_only=True):
    """An order as an orders page showed it last. ``seen_at`` None: conversations name it, no page showed it."""

    order: str
    region: str
    shop: str
    #: When it was first heard of: in a conversation or on a page.
    at: Instant
    seen_at: Instant | None
    items: list[str]
    amount: str
    status: str
    #: ``status`` was seen too long ago to rely on.
    stale: bool
    #: Conversations of the story that are about it.
    threads: list[int]
    #: What was bought, as far as the catalogue knows it.
    listings: list[StoryListing] = []


class BuyerStory(Wire, kw_only=True):
    """Everybody of the name on one marketplace, in order of time. ``accounts``: in so many shop accounts; of more than
    one nobody can say from the name alone that it is one person."""

    marketplace: str
    accounts: int
    first_at: Instant
    last_at: Instant
    languages: list[Language]
    conversations: list[StoryThread]
    orders: list[StoryOrder]


class BuyerStoryResult(Wire, kw_only=True):
    """One story a marketplace. ``more``: there are older conversations than those told."""

    stories: list[BuyerStory]
    more: bool


method(Method("buyer.story", BuyerStoryParams, BuyerStoryResult, doc="All that is known of one buyer."))
