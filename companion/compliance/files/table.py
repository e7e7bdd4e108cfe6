"""Listings out of a table: a seller's own, or a marketplace's flat file with settings and labels above. Pure."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

import msgspec

from .columns import MULTIPLE, Columns, columns_of
from .listing import LONGEST, MOST_LISTINGS, MOST_TEXTS, ListingFields, Unusable, filled
from .template import place_of

#: A row of a table: its line in the file from 1, and its cells.
Row = tuple[int, list[str]]
#: Cells of a sheet by line and column, both from 1.
Cells = Collection[tuple[int, int]]
#: What flat files write below their headers, in place of a listing.
_ASKED = frozenset({
    "required", "optional", "preferred", "recommended", "mandatory", "conditional mandatory", "conditionally required",
    "必填", "选填", "可选", "建议填写", "pflichtfeld", "erforderlich", "obligatoire", "obligatorio", "obrigatório",
    "必須", "任意",
})  # fmt: skip
_OF_LISTING = ("brand", "sku", "category", "marketplace", "region", "language")


def listings_in(sheets: Sequence[Sequence[Row]], unstored: Sequence[Cells] = ()) -> list[ListingFields]:
    """The listings of the sheet that has most of them: others may hold examples.

    ``unstored``: of each sheet, cells whose formula has no stored value.

    Raises Unusable when no sheet has a column we know, or none holds a listing.
    """
    best: list[ListingFields] | None = None
    every = 0
    for at, rows in enumerate(sheets):
        columns = columns_of([cells for _, cells in rows])
        if columns is None:
            continue
        found = _listings(rows, columns, unstored[at] if at < len(unstored) else ())
        every += len(found)
        if best is None or len(found) > len(best):
            best = found
    if best is None:
        header = next((cells for rows in sheets for _, cells in rows if any(cells)), [])
        raise Unusable("check_columns", found=", ".join(cell for cell in header if cell)[:300])
    if not best:
        raise Unusable("check_table_empty")
    best[0] = msgspec.structs.replace(best[0], elsewhere=every - len(best))
    return best


def _listings(rows: Sequence[Row], columns: Columns, unstored: Cells) -> list[ListingFields]:
    marketplace, region = place_of([cells for _, cells in rows[: columns.row + 1]])
    found: list[ListingFields] = []
    for row, cells in rows[columns.row + 1 :]:
        if len(found) >= MOST_LISTINGS:
            raise Unusable("check_many", limit=MOST_LISTINGS)
        unread = [name for at, name in enumerate(columns.fields, 1) if name and (row, at) in unstored]
        if (listing := _listing(row, cells, columns, unread)) is not None:
            found.append(filled(listing, marketplace=marketplace, region=region))
    return found


def _listing(row: int, cells: Sequence[str], columns: Columns, unread: Sequence[str]) -> ListingFields | None:
    fields: dict[str, str | list[str] | dict[str, str]] = {}
    about: dict[str, str] = {}
    for name, called, cell in zip(columns.fields, columns.names, cells, strict=False):
        value = cell.strip()
        if not name or not value:
            continue
        if len(value) > LONGEST:
            raise Unusable("check_long", row=row, field=name, limit=LONGEST)
        if name in _OF_LISTING:
            about.setdefault(name, value[:500])
        elif name == "attributes":
            attributes = fields.setdefault(name, {})
            assert isinstance(attributes, dict)
            if len(attributes) < MOST_TEXTS:
                attributes[called] = value
        elif name in MULTIPLE:
            several = fields.setdefault(name, [])
            assert isinstance(several, list)
            several.append(value)
        else:
            fields.setdefault(name, value)
    if not (fields or unread) or _is_asked(fields):
        return None
    if isinstance(bullets := fields.get("bullets"), list) and len(bullets) == 1 and "\n" in bullets[0]:
        fields["bullets"] = [line for line in bullets[0].splitlines() if line.strip()]
    return msgspec.structs.replace(ListingFields(fields=fields, row=row, unread=list(dict.fromkeys(unread))), **about)


def _is_asked(fields: Mapping[str, object]) -> bool:
    """Whether a row says what is required, in place of a listing."""
    return any(isinstance(value, str) and value.casefold() in _ASKED for value in fields.values())
