"""Page descriptions: how to read a marketplace page, as data from ``rules/marketplaces`` and from the seller."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec

from ..base import Code, Hex32, Name, Url, Wire
from ..pages import Marketplace, Page
from ..registry import Method, method, topic
from .desk import Nothing


class PagesGetParams(Wire, kw_only=True):
    """``version`` the extension already holds; "" = none."""

    version: str = ""


class PagesGetResult(Wire, kw_only=True):
    """``marketplaces`` is empty when ``version`` is unchanged."""

    version: str
    marketplaces: list[Marketplace]


class PagesTeachParams(Wire, kw_only=True):
    """A page the seller taught by pointing. Its id, state, source and day are the companion's to say."""

    #: Host of the page, with a port if it has one: "seller.example.com".
    host: Annotated[str, msgspec.Meta(min_length=1, max_length=200, pattern=r"^[a-z0-9.-]+(:[0-9]{1,5})?$")]
    title: Name
    page: Page


class PagesTeachResult(Wire, kw_only=True):
    """Where the description lies now."""

    marketplace: Code
    page: Code
    version: str
    folder: str


class PagesForgetParams(Wire, kw_only=True):
    """A page the seller taught."""

    marketplace: Code
    page: Code


class PagesForgetResult(Wire, kw_only=True):
    """``forgotten`` False: there was none."""

    forgotten: bool
    version: str


class OwnPage(Wire, kw_only=True):
    """A page of the seller's own: taught, written by hand or taken from somebody."""

    marketplace: Code
    title: Name
    page: Code
    kind: Code
    source: str
    folder: str


class PagesOwnResult(Wire, kw_only=True):
    """All of them."""

    pages: list[OwnPage]


class PagesExportParams(Wire, kw_only=True):
    """A marketplace with pages of the seller's own."""

    marketplace: Code


class PagesExportResult(Wire, kw_only=True):
    """A rules folder as a ZIP in base64, and what the file is to be called."""

    file: Name
    zip: str


class PagesImportParams(Wire, kw_only=True):
    """A shared rules folder. ``take`` False: nothing is kept, only looked at.

    ``hosts``: the hosts the seller was shown; ``replace``: pages of the seller's own that may be replaced.
    """

    #: A ZIP in base64; a frame holds no more.
    zip: Annotated[str, msgspec.Meta(max_length=180_000, pattern=r"^[A-Za-z0-9+/]*={0,2}$")]
    take: bool = False
    hosts: list[Name] = []
    replace: list[Code] = []


class SharedHost(Wire, kw_only=True):
    """A host the pages are for. ``known``: it already belongs to the marketplace."""

    host: Name
    known: bool


class SharedPage(Wire, kw_only=True):
    """A page that comes. ``takes``: whose page of the same id it would take the place of."""

    page: Code
    kind: Code
    source: str
    takes: Literal["", "own", "shipped"]


class PagesImportResult(Wire, kw_only=True):
    """What the folder holds. ``taken`` False: nothing was kept. ``folder`` "" unless it was."""

    marketplace: Code
    title: Name
    hosts: list[SharedHost]
    pages: list[SharedPage]
    taken: bool
    folder: str
    version: str


class PageReadParams(Wire, kw_only=True):
    """A captured page that was handed over before, by its SHA-256, and the address it had."""

    sha256: Hex32
    url: Url


class PageFound(Wire, kw_only=True):
    """A described page found in a capture. Nothing of its content crosses back but how much was read."""

    marketplace: Code
    page: Code
    kind: Literal["notices", "kpi", "orders", "reviews", "returns"]
    #: What the description demands and the page does not have, or what made the reading doubtful.
    lost: list[Name]
    #: "notices", "kpis", "orders", "reviews" or "returns" to the number that was read.
    counts: dict[Code, int]
    #: Whose page it is, "" where it does not say.
    shop: Name
    region: Code


class PageReadResult(Wire, kw_only=True):
    """The page that was read, then other described ones that stand beside it; [] when none is drawn there."""

    pages: list[PageFound]


class PagesChanged(Wire, kw_only=True):
    """New rules are there."""

    version: str


method(Method("pages.get", PagesGetParams, PagesGetResult, doc="Page descriptions."))
method(Method("pages.teach", PagesTeachParams, PagesTeachResult, doc="Keep a page the seller taught."))
method(Method("pages.forget", PagesForgetParams, PagesForgetResult, doc="Forget a page the seller taught."))
method(Method("pages.own", Nothing, PagesOwnResult, doc="Pages of the seller's own."))
method(Method("pages.export", PagesExportParams, PagesExportResult, doc="The seller's pages as a file to share."))
method(Method("pages.import", PagesImportParams, PagesImportResult, doc="Look at shared pages, or take them."))
method(Method("page.read", PageReadParams, PageReadResult, timeout_s=30.0, doc="Read a captured page."))
topic("pages", PagesChanged)
