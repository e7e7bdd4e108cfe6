"""A file of listings, by its kind."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path, PurePath

from companion.conversations.imports.encodings import decode
from companion.conversations.imports.sheet import csv_rows
from companion.conversations.imports.workbook import unstored_formulas, workbook_rows
from companion.protocol.errors import ErrorCode, SeabridgeError
from companion.protocol.pages import Marketplace

from . import json_file, page, table
from .listing import MOST_LISTINGS, ListingFields, Unusable

#: Loading the descriptions takes a while, and only pages need them.
Marketplaces = Callable[[], Sequence[Marketplace]]

_MOST_BYTES = 64 << 20
_KINDS = {
    ".json": "json", ".jsonl": "json", ".ndjson": "json",
    ".csv": "csv", ".tsv": "csv", ".txt": "csv",
    ".xlsx": "xlsx", ".xlsm": "xlsx",
    ".html": "page", ".htm": "page", ".mhtml": "page",
}  # fmt: skip
#: A header and what stands above it are no listings.
_ROWS = MOST_LISTINGS + 20
_SAID = {
    ErrorCode.MESSAGES_ENCODING: "check_encoding",
    ErrorCode.MESSAGES_ENCODING_LINES: "check_encoding_lines",
    ErrorCode.MESSAGES_ENCODING_DOUBT: "check_encoding_doubt",
    ErrorCode.MESSAGES_LINE: "check_line",
    ErrorCode.MESSAGES_FORMAT: "check_damaged",
    ErrorCode.MESSAGES_UNSAFE: "check_damaged",
}


def listings_from(path: Path, marketplaces: Marketplaces) -> list[ListingFields]:
    """The listings of a file. Raises Unusable."""
    _kind(path.name)
    return listings_in(path.name, _bytes(path), marketplaces)


def listings_in(name: str, data: bytes, marketplaces: Marketplaces) -> list[ListingFields]:
    """The listings of a file's content; its kind is what the ending of its name says. Raises Unusable."""
    kind = _kind(name)
    try:
        if kind == "page":
            return [page.listing_in(data, marketplaces())]
        if kind == "xlsx":
            return table.listings_in(workbook_rows(data, _ROWS), unstored_formulas(data, _ROWS))
        content, _encoding = decode(data)
        if kind == "json":
            return json_file.listings_of(content)
        return table.listings_in([[row for row, _ in zip(csv_rows(content), range(_ROWS), strict=False)]])
    except SeabridgeError as exc:
        raise Unusable(_SAID.get(exc.code, "check_damaged"), **exc.data) from exc


def _kind(name: str) -> str:
    kind = _KINDS.get(PurePath(name).suffix.lower(), "")
    if not kind:
        raise Unusable("check_kind", known=" ".join(_KINDS))
    return kind


def _bytes(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            data = file.read(_MOST_BYTES + 1)
    except OSError as exc:
        raise Unusable("check_unreadable", reason=exc.strerror or str(exc)) from exc
    if len(data) > _MOST_BYTES:
        raise Unusable("check_large", limit=_MOST_BYTES >> 20)
    return data
