"""How the other pages of a back-end are read: inbox, listing editor, notices, figures, orders, reviews, returns."""

from __future__ import annotations

from typing import Literal

import msgspec

from .base import Code, Data, Name
from .describing import Described, Pattern, Read, Select


class AccountReads(Data, kw_only=True):
    """Whose page it is, as far as it shows that."""

    shop: list[Read] = []
    region: list[Read] = []


class Rows(Data, kw_only=True):
    """Rows of a list. Inside a row every selector is relative to it (or matches the row itself). Rows nobody sees are
    none; of a row that stands in another the outer one counts."""

    row: list[Select]
    #: What the platform itself calls the row; tells it from others when the list moves.
    key: list[Read] = []


class ThreadRows(Rows, kw_only=True):
    """The conversations of an inbox."""

    buyer: list[Read]
    preview: list[Read] = []
    time: list[Read] = []
    #: A number, or any text or mark: there is something unread.
    unread: list[Read] = []
    order: list[Read] = []
    #: Marks of a conversation that is the platform's own mail, not a buyer's.
    system: list[Select] = []
    #: Marks that the last message is the buyer's, or the seller's; with neither nobody knows.
    last_buyer: list[Select] = []
    last_seller: list[Select] = []


class ThreadsPage(Described, kw_only=True, tag_field="page", tag="threads"):
    """An inbox: who wrote last, and what is unread."""

    account: AccountReads = msgspec.field(default_factory=AccountReads)
    rows: ThreadRows
    #: Patterns of a preview by which a notice of the platform is told where the row has no mark.
    system_previews: list[Pattern] = []
    #: Patterns of a preview that the seller wrote, e.g. "^You: "; the first group, if any, is what was said.
    seller_previews: list[Pattern] = []


class ListingReads(Data, kw_only=True):
    """The fields of a listing editor. Of a form field its value counts, of an editor its text."""

    title: list[Read]
    #: Every match of the first way that finds something.
    bullets: list[Read] = []
    description: list[Read] = []
    brand: list[Read] = []
    keywords: list[Read] = []
    price: list[Read] = []
    #: How many are left to sell, and where the marketplace files it.
    stock: list[Read] = []
    category: list[Read] = []
    #: Addresses of its pictures: every match, as bullets.
    images: list[Read] = []
    #: The seller's own number, and the platform's.
    sku: list[Read] = []
    item: list[Read] = []


class AttributeRows(Data, kw_only=True):
    """Further fields of a listing editor, as its category asks for: what each is called, and what stands in it."""

    row: list[Select] = []
    name: list[Read] = []
    value: list[Read] = []


class ListingPage(Described, kw_only=True, tag_field="page", tag="listing"):
    """An editor of one listing."""

    account: AccountReads = msgspec.field(default_factory=AccountReads)
    listing: ListingReads
    attributes: AttributeRows = msgspec.field(default_factory=AttributeRows)
    #: Finds something where the editor holds what is not on sale yet: such a listing is not kept.
    draft: list[Read] = []
    #: Longest title, bullet and description in characters as the page or its source states it, 0 = not stated.
    title_limit: int = 0
    bullet_limit: int = 0
    description_limit: int = 0


class NoticeRows(Rows, kw_only=True):
    """Violations, penalties and other notices."""

    reason: list[Read]
    #: Every match: what the notice is about.
    items: list[Read] = []
    date: list[Read] = []
    status: list[Read] = []
    #: Until when, or how long, an appeal is possible.
    deadline: list[Read] = []
    body: list[Read] = []


class NoticesPage(Described, kw_only=True, tag_field="page", tag="notices"):
    """A list of notices, or one notice that is open."""

    account: AccountReads = msgspec.field(default_factory=AccountReads)
    rows: NoticeRows


class Kpi(Data, kw_only=True):
    """One figure. It is read from ``row`` where that is there, else near one of its ``labels``."""

    name: Code
    unit: Literal["percent", "days", "hours", "minutes", "seconds", "count", "points", "rating", "level", "date"]
    row: list[Select] = []
    #: What the page may call it, in the languages known; ``rules`` name an entry of the table of labels.
    labels: list[Name] = []
    #: Pattern of the value in the text beside the label; "" = the unit's own.
    value: Pattern = ""
    #: Pattern of the target where the page states it.
    target: Pattern = ""
    #: Days the figure looks back, 0 = not known.
    window: int = 0


class KpiPage(Described, kw_only=True, tag_field="page", tag="kpi"):
    """Service figures."""

    account: AccountReads = msgspec.field(default_factory=AccountReads)
    kpis: list[Kpi]


class OrderRows(Rows, kw_only=True):
    """Orders, or the one order that is open."""

    order: list[Read]
    buyer: list[Read] = []
    #: Every match.
    items: list[Read] = []
    amount: list[Read] = []
    status: list[Read] = []
    time: list[Read] = []
    ship_by: list[Read] = []
    tracking: list[Read] = []
    #: Every match: name, lines of the address and telephone of whoever gets the parcel. Kept in memory only, to hide
    #: them from remote translation.
    consignee: list[Read] = []


class OrdersPage(Described, kw_only=True, tag_field="page", tag="orders"):
    """Orders."""

    account: AccountReads = msgspec.field(default_factory=AccountReads)
    rows: OrderRows


class ReviewRows(Rows, kw_only=True):
    """Buyers' reviews."""

    text: list[Read]
    #: Stars, or what stands for them.
    rating: list[Read] = []
    buyer: list[Read] = []
    time: list[Read] = []
    item: list[Read] = []
    order: list[Read] = []
    status: list[Read] = []


class ReviewsPage(Described, kw_only=True, tag_field="page", tag="reviews"):
    """Reviews."""

    account: AccountReads = msgspec.field(default_factory=AccountReads)
    rows: ReviewRows


class ReturnRows(Rows, kw_only=True):
    """Returns, claims and disputes."""

    order: list[Read]
    buyer: list[Read] = []
    items: list[Read] = []
    #: The platform's reason, and the buyer's own words.
    reason: list[Read] = []
    comment: list[Read] = []
    status: list[Read] = []
    time: list[Read] = []
    deadline: list[Read] = []


class ReturnsPage(Described, kw_only=True, tag_field="page", tag="returns"):
    """Returns and claims."""

    account: AccountReads = msgspec.field(default_factory=AccountReads)
    rows: ReturnRows
