"""The fields of a listing editor in a saved page."""

from __future__ import annotations

from typing import Any

from companion.protocol.pages import ListingPage

from .lists import read_all
from .read import Place, read_page
from .text import LONGEST

_TITLE = 2_000
#: Fields of which every match counts.
MULTIPLE = frozenset({"bullets", "images"})


def read_listing(place: Place, page: ListingPage) -> dict[str, Any]:
    """Every field; what the editor does not show is ""."""
    section = page.listing
    return {name: read_part(place, name, getattr(section, name)) for name in section.__struct_fields__}


def read_part(place: Place, name: str, reads: list[Any]) -> Any:
    """One field of the editor."""
    if name in MULTIPLE:
        return read_all(place.tree, place.tree, reads)
    return read_page(place, reads, LONGEST if name == "description" else _TITLE)
