"""A listing as a file has it."""

from __future__ import annotations

from typing import Any

import msgspec

#: Characters of one field, texts of one field, and listings of a file that are looked at.
LONGEST = 100_000
MOST_TEXTS = 200
MOST_LISTINGS = 100_000


class Unusable(ValueError):
    """A file or an input that cannot be checked: a key of the catalogue of texts, with its data."""

    def __init__(self, key: str, **data: Any) -> None:
        super().__init__(key)
        self.key, self.data = key, data


class ListingFields(msgspec.Struct, frozen=True):
    """A listing, and where it stands: ``row`` of its file from 1, ``sku`` as the seller calls it; "" = not said.

    ``fields`` are texts, lists of texts, or texts by name (attributes); ``unread``: fields that stand in the file as a
    formula without a stored value, so that what they will say is not known. ``elsewhere``: listings on other sheets of
    the file that are not looked at; told by the first listing of those that are.
    """

    fields: dict[str, str | list[str] | dict[str, str]]
    marketplace: str = ""
    region: str = ""
    category: str = ""
    brand: str = ""
    licensed: list[str] = []
    language: str = ""
    sku: str = ""
    row: int = 1
    unread: list[str] = []
    elsewhere: int = 0


class MessageText(msgspec.Struct, frozen=True):
    """A message to be checked."""

    text: str
    marketplace: str = ""
    region: str = ""
    direction: str = "seller"
    language: str = ""


def filled(listing: ListingFields, **given: str) -> ListingFields:
    """A listing with what is known of its file where the listing itself says nothing."""
    told = {name: value for name, value in given.items() if value and not getattr(listing, name)}
    return msgspec.structs.replace(listing, **told)
