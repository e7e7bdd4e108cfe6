"""The fields of a listing editor in a saved page."""

from __future__ import annotations

import re
from typing import Any

from companion.protocol.pages import AttributeRows, ListingPage

from .lists import flat, read_all, row_elements
from .read import NAME, Place, read_page, read_row, target
from .text import LONGEST

_TITLE = 2_000
#: Fields of which every match counts.
MULTIPLE = frozenset({"bullets", "images"})
#: Attributes of one listing; each has a name and a value of at most ``NAME`` characters.
MOST_ATTRIBUTES = 60
#: How to reach somebody says nothing about what is sold.
_PERSONAL = re.compile(r"[^\s@]@[^\s@]+\.[^\s@]|^\+[\d\s().-]{7,}$")
_PERSONAL_TYPES = frozenset({"email", "tel"})


def read_listing(place: Place, page: ListingPage) -> dict[str, Any]:
    """Every field; what the editor does not show is ""."""
    section = page.listing
    fields = {name: read_part(place, name, getattr(section, name)) for name in section.__struct_fields__}
    return {**fields, "attributes": read_attributes(place, page.attributes)}


def read_part(place: Place, name: str, reads: list[Any]) -> Any:
    """One field of the editor."""
    if name in MULTIPLE:
        return read_all(place.tree, place.tree, reads)
    return read_page(place, reads, LONGEST if name == "description" else _TITLE)


def read_attributes(place: Place, section: AttributeRows) -> dict[str, str]:
    """What each further field that holds something is called, and what it holds; several of one name are one."""
    found: dict[str, str] = {}
    for row in row_elements(place.tree, section).elements:
        name = flat(read_row(row, place.tree, section.name, LONGEST))[:NAME]
        value = flat(read_row(row, place.tree, section.value, LONGEST))[:NAME]
        if not name or not value or _personal(row, place, section, value):
            continue
        if name in found:
            found[name] = f"{found[name]}; {value}"[:NAME]
        elif len(found) < MOST_ATTRIBUTES:
            found[name] = value
    return found


def _personal(row: Any, place: Place, section: AttributeRows, value: str) -> bool:
    fields = (target(row, place.tree, read) for read in section.value)
    types = {(field.get("type") or "").lower() for field in fields if field is not None}
    return bool(types & _PERSONAL_TYPES or _PERSONAL.search(value))
