"""Any page but a conversation, read from a saved page: the account it belongs to and what it lists."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from companion.protocol.pages import (
    KpiPage,
    ListingPage,
    Marketplace,
    NoticesPage,
    OrdersPage,
    ReturnsPage,
    ReviewsPage,
    ThreadsPage,
)

from .chat import REGION
from .health import Missing
from .kpi import read_kpis
from .listing import read_listing
from .lists import Found, read_list, row_elements
from .missing import faults_of_editor, faults_of_figures, faults_of_rows
from .read import Place, read_page
from .threads import read_threads

OtherPage = ThreadsPage | ListingPage | NoticesPage | KpiPage | OrdersPage | ReviewsPage | ReturnsPage
#: Under which key a report has what a kind of page lists.
KEYS = {
    "threads": "threads",
    "listing": "listing",
    "notices": "notices",
    "kpi": "kpis",
    "orders": "orders",
    "reviews": "reviews",
    "returns": "returns",
}


@dataclass(frozen=True, slots=True)
class Account:
    """Whose page it is; empty parts could not be read."""

    shop: str
    region: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What a saved page says. ``content``: rows or figures as plain values, of an editor its fields."""

    marketplace: Marketplace
    page: OtherPage
    place: Place
    account: Account
    content: Any
    missing: list[Missing]
    refused: dict[str, str]

    @property
    def kind(self) -> str:
        return kind_of(self.page)


def kind_of(page: Any) -> str:
    """The name of the kind of a page."""
    return str(page.__struct_config__.tag)


def read_other(marketplace: Marketplace, page: OtherPage, place: Place) -> Reading:
    """Read a page. Never guesses: what could not be read is empty, and what must be there is named in ``missing``."""
    region = read_page(place, page.account.region)
    account = Account(shop=read_page(place, page.account.shop), region=region.upper() if REGION.match(region) else "")
    content: Any
    if isinstance(page, ListingPage):
        content = read_listing(place, page)
        faults = faults_of_editor(page, place, account, content)
    elif isinstance(page, KpiPage):
        content, without = read_kpis(place, page)
        faults = faults_of_figures(page, place, account, content, without)
    else:
        rows: Found = row_elements(place.tree, page.rows)
        if isinstance(page, ThreadsPage):
            content = read_threads(place, page, rows.elements)
        else:
            content = read_list(place, page, rows.elements)
        faults = faults_of_rows(page, place, account, rows, content)
    return Reading(marketplace, page, place, account, content, faults, dict(place.tree.saved.refused))
