"""What a report must say beside its findings, or a listing that was not looked at would pass for a clean one. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Any, Literal

import msgspec

from ..files.listing import ListingFields
from ..where import marketplace_of

Kind = Literal["marketplace_unknown", "marketplace_missing", "formulas", "sheets"]
#: So many names or rows are told.
_MOST = 5


class Note(msgspec.Struct, frozen=True):
    """``kind``: the end of a key of the catalogue of texts, ``data``: what its sentence tells."""

    kind: Kind
    data: dict[str, Any]


def place_notes(marketplaces: Iterable[str], known: Collection[str], own: Collection[str] = ()) -> list[Note]:
    """For which of them (each as written, "" = none named) only the rules of every marketplace counted; ``known``:
    those that rules name, ``own``: those the seller described."""
    written = list(marketplaces)
    strange = {name for name in written if name.strip() and marketplace_of(name, known) not in known}
    strange -= set(own)
    notes: list[Note] = []
    if strange:
        named = ", ".join(f"“{name[:40]}”" for name in sorted(strange)[:_MOST])
        notes.append(Note("marketplace_unknown", {"names": named, "known": ", ".join(sorted(known))}))
    if missing := sum(1 for name in written if not name.strip()):
        notes.append(Note("marketplace_missing", {"count": missing}))
    return notes


def file_notes(listings: Sequence[ListingFields]) -> list[Note]:
    """What of a file was not looked at: rows with a formula without a stored value in a field that is checked, and
    listings on its other sheets."""
    notes: list[Note] = []
    if rows := [listing.row for listing in listings if listing.unread]:
        named = ", ".join(map(str, rows[:_MOST])) + (" …" if len(rows) > _MOST else "")
        notes.append(Note("formulas", {"rows": named, "count": len(rows)}))
    if elsewhere := sum(listing.elsewhere for listing in listings):
        notes.append(Note("sheets", {"count": elsewhere}))
    return notes
