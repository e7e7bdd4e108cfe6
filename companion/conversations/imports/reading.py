"""A file from the disk, by its kind. Bounded, and read whole before anything is stored."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from companion.marketplaces.called import marketplace_of
from companion.protocol.errors import ErrorCode, SeabridgeError
from companion.protocol.methods.archive import MessageSeenParams
from companion.protocol.pages import Marketplace
from companion.runtime.zones import zone_named

from . import encodings, mail, mapping, own, page, sheet, table, workbook
from .asked import ImportColumn, ImportSaid
from .parsed import MOST_BYTES, Options, Parsed, marketplace_named

#: Loading the descriptions takes a second, and only pages need them, and tables that name a marketplace.
Marketplaces = Callable[[], Sequence[Marketplace]]

_KINDS = {
    ".csv": "csv", ".tsv": "csv", ".txt": "csv",
    ".xlsx": "xlsx", ".xlsm": "xlsx",
    ".eml": "mail", ".mbox": "mail", ".mbx": "mail",
    ".html": "page", ".htm": "page",
    ".jsonl": "jsonl", ".ndjson": "jsonl",
}  # fmt: skip


def read(
    data: bytes, path: Path, asked: ImportSaid, options: Options, marketplaces: Marketplaces, saved_at: float
) -> Parsed | list[MessageSeenParams]:
    """The conversations of a file, of a saved page its windows. Raises the codes ``messages_…``."""
    kind = _KINDS.get(path.suffix.lower(), "")
    if kind == "page":
        return page.read_page(data, options, marketplaces(), saved_at, asked.url)
    if kind == "mail":
        return mail.read_mails(data, options)
    if kind == "jsonl" and own.is_own(data):
        return own.read_own(data)
    zone = zone_named(options.zone)
    if kind == "xlsx":
        return table.conversations(
            workbook.read_xlsx(data), options, zone, kind, marketplace_of=lambda said: _marketplace(said, marketplaces)
        )
    if not kind:
        raise SeabridgeError(ErrorCode.MESSAGES_FORMAT, path.suffix, kind=", ".join(_KINDS))
    content, encoding = encodings.decode(data, options.encoding)
    found = sheet.read_csv(content) if kind == "csv" else sheet.read_objects(content)
    return table.conversations(found, options, zone, kind, encoding, lambda said: _marketplace(said, marketplaces))


def _marketplace(said: str, marketplaces: Marketplaces) -> str:
    """The folder's name of what a cell calls a marketplace; one that nobody described stays as it is written."""
    known = {each.name for each in marketplaces()}
    name = marketplace_of(said, known)
    return name if name in known else marketplace_named(said)


def columns_in(data: bytes, path: Path, asked: ImportSaid) -> list[ImportColumn]:
    """The columns of a table with the fields they are taken for, whatever else is missing; [] of what is no table.

    Raises the codes ``messages_…`` for a table that cannot be read at all.
    """
    kind = _KINDS.get(path.suffix.lower(), "")
    if kind == "xlsx":
        header = workbook.read_xlsx(data).header
    elif kind in ("csv", "jsonl") and not (kind == "jsonl" and own.is_own(data)):
        content, _ = encodings.decode(data, asked.encoding)
        header = (sheet.read_csv(content) if kind == "csv" else sheet.read_objects(content)).header
    else:
        return []
    given = {mapping.folded(name): field for name, field in asked.columns.items()}
    return [ImportColumn(name, field) for name, field in zip(header, mapping.guessed(header, given), strict=True)]


def kind_of(path: Path) -> str:
    """The kind of a file by its name, "" = not known."""
    return _KINDS.get(path.suffix.lower(), "")


def bytes_of(path: Path) -> bytes:
    """The file. Raises ``messages_file`` for what cannot be read, ``too_large``."""
    try:
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except OSError as exc:
        raise SeabridgeError(ErrorCode.MESSAGES_FILE, str(exc), path=str(path)) from exc
    if len(data) > MOST_BYTES:
        raise SeabridgeError(ErrorCode.TOO_LARGE, size=path.stat().st_size, limit=MOST_BYTES)
    return data


def options_of(asked: ImportSaid, zone: str, now: float) -> Options:
    """What was asked in the terms of the readers."""
    return Options(
        now=now,
        zone=zone,
        marketplace=marketplace_named(asked.marketplace),
        shop=asked.shop,
        region=asked.region,
        columns={mapping.folded(header): field for header, field in asked.columns.items()},
        sellers=frozenset(name.casefold().strip() for name in asked.sellers),
        encoding=asked.encoding,
    )
