"""What is asked of an import, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

import msgspec

from companion.protocol.base import Code, Instant, Name, Url


@dataclass(frozen=True, slots=True)
class Given:
    """A file's name, which tells its kind, its bytes, and when it was changed last, in seconds since 1970 UTC."""

    name: str
    data: bytes
    modified: float


class ImportSaid(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """What the seller says about a file. ``dry_run``: only look at it.

    ``columns``: header to field, "" = leave the column out; ``sellers``: names or addresses on the seller's side;
    ``zone``: IANA name for times without one, "" = the computer's; ``saved_at``: when a page was saved, None = the
    file's own time; ``url``: the address it had. ``even_erased``: also what was erased on request.
    """

    marketplace: Code = ""
    shop: Name = ""
    region: Code = ""
    columns: Annotated[dict[Name, Name], msgspec.Meta(max_length=200)] = {}
    sellers: Annotated[list[Name], msgspec.Meta(max_length=50)] = []
    zone: Name = ""
    encoding: Code = ""
    saved_at: Instant | None = None
    url: Url = ""
    dry_run: bool = False
    even_erased: bool = False


class ImportAsked(ImportSaid, forbid_unknown_fields=True, kw_only=True):
    """A file on this computer."""

    path: str


class ImportColumn(msgspec.Struct):
    """A column of a table and the field it was taken for, "" = left out."""

    header: str
    field: str


class ImportSample(msgspec.Struct):
    """A message as it was read. ``at``: seconds since 1970 UTC, None = without a time; ``pictures``: how many."""

    buyer: str
    direction: str
    at: float | None
    text: str
    new: bool
    pictures: int = 0


class ImportReport(msgspec.Struct):
    """What the file holds and what of it is new; ``dry_run``: nothing was kept.

    ``left_out``: entries that are no message with a buyer, of mails by reason in ``left_out_mails`` ("others",
    "undated", "empty", "large", "damaged"); ``shortened``: messages cut to the longest the archive takes; ``erased``:
    messages that were erased on request, of ``erased_threads`` conversations, and not taken in; ``first`` and ``last``:
    when the earliest and the latest were sent; ``sheets``: names of a workbook's other sheets, which were not read.
    """

    kind: Literal["csv", "xlsx", "mail", "page", "jsonl"]
    dry_run: bool
    threads: int
    new_threads: int
    messages: int
    new: int
    known: int
    left_out: int
    shortened: int
    erased: int
    erased_threads: int
    encoding: str
    zone: str
    first: float | None
    last: float | None
    columns: list[ImportColumn]
    samples: list[ImportSample]
    left_out_mails: dict[str, int] = {}
    sheets: list[str] = []
