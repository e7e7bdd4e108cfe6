"""The listing of a saved editor page, read by the descriptions of pages."""

from __future__ import annotations

from collections.abc import Sequence

from companion.pages.document import PageUnreadable, Saved
from companion.pages.reading import Reading
from companion.pages.recognise import recognise
from companion.protocol.pages import Marketplace

from .listing import ListingFields, Unusable

#: What a description reads beside the fields a rule may look at.
_ABOUT = frozenset({"brand", "sku", "item", "price", "category"})


def listing_in(data: bytes, marketplaces: Sequence[Marketplace], url: str = "") -> ListingFields:
    """The listing of a page. Raises Unusable."""
    try:
        found = recognise(Saved(data), marketplaces, url)
    except PageUnreadable as exc:
        raise Unusable("check_page_unreadable", reason=exc.reason) from exc
    read = found.read if found is not None else None
    if not isinstance(read, Reading) or read.kind != "listing":
        raise Unusable("check_page_unknown")
    content = read.content
    fields = {
        name: value
        for name, value in content.items()
        if name not in _ABOUT and value and (isinstance(value, str) or all(isinstance(each, str) for each in value))
    }
    if not fields:
        raise Unusable("check_page_empty")
    return ListingFields(
        fields=fields,
        marketplace=read.marketplace.name,
        region=read.account.region,
        category=str(content.get("category") or ""),
        brand=str(content.get("brand") or ""),
        sku=str(content.get("sku") or content.get("item") or ""),
    )
