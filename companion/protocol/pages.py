"""A marketplace: where it lives and how its pages are read. The kinds of page stand beside this file."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec

from .base import Code, Data, Name
from .chat_page import ChatPage, ComposerReads, MessageReads, Placement, ThreadReads
from .describing import Css, Demand, Described, Pattern, Read, Select, Shape, Trust
from .list_pages import (
    AccountReads,
    AttributeRows,
    Kpi,
    KpiPage,
    ListingPage,
    ListingReads,
    NoticeRows,
    NoticesPage,
    OrderRows,
    OrdersPage,
    ReturnRows,
    ReturnsPage,
    ReviewRows,
    ReviewsPage,
    Rows,
    ThreadRows,
    ThreadsPage,
)

__all__ = [
    "PAGE_KINDS", "AccountReads", "AttributeRows", "ChatPage", "ComposerReads", "Css", "Demand", "Described", "Kpi",
    "KpiPage", "ListingPage", "ListingReads", "Marketplace", "MessageReads", "NoticeRows", "NoticesPage", "OrderRows",
    "OrdersPage", "Page", "Pattern", "Placement", "Read", "ReturnRows", "ReturnsPage", "ReviewRows", "ReviewsPage",
    "Rows", "RowsPage", "Select", "Shape", "ThreadReads", "ThreadRows", "ThreadsPage", "Trust",
]  # fmt: skip

#: Pages that list things row by row.
RowsPage = ThreadsPage | NoticesPage | OrdersPage | ReviewsPage | ReturnsPage
Page = ChatPage | ThreadsPage | ListingPage | NoticesPage | KpiPage | OrdersPage | ReviewsPage | ReturnsPage
#: Every kind of page there is, in the order they are spoken of.
PAGE_KINDS = ("chat", "threads", "listing", "notices", "kpi", "orders", "reviews", "returns")


class Marketplace(Data, kw_only=True):
    """A marketplace as the extension needs it."""

    name: Code
    title: Name
    #: Match patterns of the browser, e.g. "https://seller-us.tiktok.com/*".
    hosts: list[Annotated[str, msgspec.Meta(max_length=200, pattern=r"^https://[^/]+/\*$")]]
    #: Further hosts that serve buyers' images, granted together with ``hosts``.
    image_hosts: list[Annotated[str, msgspec.Meta(max_length=200, pattern=r"^https://[^/]+/\*$")]] = []
    pages: list[Page]
    #: Why a kind of page has no description.
    gaps: dict[Literal["chat", "threads", "listing", "notices", "kpi", "orders", "reviews", "returns"], Name] = {}
