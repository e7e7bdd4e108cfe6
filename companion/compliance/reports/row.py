"""A finding with the listing it is in, and the words around it. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import msgspec

from ..files.listing import ListingFields
from ..finding import Excused, Finding

#: Code points shown before and behind what was found.
_AROUND = 40
_LONGEST_TITLE = 120


class Row(msgspec.Struct, frozen=True):
    """``file``, ``row``, ``sku``, ``title``: the listing. ``before`` and ``after``: the words around what was found.

    ``waiver``: id of what excuses it, "" = nothing does; ``reason``: the seller's.
    """

    file: str
    row: int
    sku: str
    title: str
    marketplace: str
    region: str
    finding: Finding
    before: str
    after: str
    waiver: str = ""
    reason: str = ""


def rows_of(file: str, listing: ListingFields, findings: Sequence[Finding]) -> Iterator[Row]:
    """A row for each finding of a listing."""
    title = title_of(listing)
    for one in findings:
        before, after = around(text_of(listing.fields, one.field, one.index), one.start, one.end)
        waiver, reason = (one.waiver, one.reason) if isinstance(one, Excused) else ("", "")
        yield Row(
            file=file,
            row=listing.row,
            sku=listing.sku,
            title=title,
            marketplace=listing.marketplace,
            region=listing.region,
            finding=one,
            before=before,
            after=after,
            waiver=waiver,
            reason=reason,
        )


def around(text: str, start: int, end: int) -> tuple[str, str]:
    """The words before and behind a place in a text."""
    first, last = max(0, start - _AROUND), end + _AROUND
    return ("…" if first > 0 else "") + text[first:start], text[end:last] + ("…" if len(text) > last else "")


def title_of(listing: ListingFields) -> str:
    """What a person knows a listing by, cut short."""
    title = listing.fields.get("title", "")
    return title[:_LONGEST_TITLE] if isinstance(title, str) else ""


def text_of(fields: Mapping[str, Any], field: str, index: int | str | None) -> str:
    """The text a finding is in, "" where the listing has none."""
    value = fields.get(field)
    if isinstance(value, str):
        return value if index is None else ""
    try:
        found = value[index]  # type: ignore[index]
    except (KeyError, IndexError, TypeError):
        return ""
    return found if isinstance(found, str) else ""
