"""Rows of a table as conversations. Pure.

Every fault names its line and column, and one fault is enough for nothing to be taken.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, tzinfo
from functools import cache
from itertools import pairwise

from companion.protocol.errors import ErrorCode, SeabridgeError

from ..cells import BAR
from ..identity import clean, ident
from ..transcript import Line, Rendering, Transcript
from .cell_times import bare, clock_alone, counted, day_order, instant
from .mapping import columns_of
from .parsed import Options, Parsed, conversation, marketplace_named, message
from .sheet import Sheet

#: Code points of a message, of a name, of the time as the table writes it.
_LONGEST, _NAME, _LABEL = 20_000, 200, 100
_CODE = re.compile(r"[a-z0-9_.:-]{1,40}\Z")
#: What spreadsheets make of an order number of 18 digits; two of them may come out the same.
_ROUNDED = re.compile(r"\d(?:[.,]\d+)?[eE]\+\d{2,3}\Z")
_LANGUAGE = re.compile(r"[A-Za-z0-9-]{0,16}\Z")
#: A table may be from another clock than ours.
_AHEAD_S = 86_400
#: How tables name the two sides and the platform.
_SIDES = {
    "buyer": {"buyer", "customer", "client", "user", "in", "inbound", "incoming", "received", "receive", "from buyer",
              "买家", "买方", "客户", "客人", "顾客", "用户", "收", "接收", "收到", "買家"},
    "seller": {"seller", "shop", "store", "me", "agent", "staff", "service", "out", "outbound", "outgoing", "sent",
               "send", "from seller", "卖家", "卖方", "商家", "店铺", "客服", "我", "发", "发送", "发出", "賣家"},
    "system": {"system", "platform", "notice", "notification", "系统", "平台", "系統"},
}  # fmt: skip
_WORDS = {word: side for side, words in _SIDES.items() for word in words}


@dataclass(frozen=True, slots=True)
class _Clock:
    """How the column of times is to be read."""

    zone: tzinfo
    order: str
    day_zero: date | None

    def read(self, value: str) -> tuple[float, int] | None:
        """(seconds since 1970 UTC, seconds of doubt), None for what tells no day."""
        if self.day_zero is not None:
            return counted(value, self.day_zero, self.zone)
        return instant(value, self.zone, self.order)


class _Row:
    """A row by field, and where its cells stand."""

    def __init__(self, line: int, cells: Sequence[str], fields: Sequence[str], header: Sequence[str]) -> None:
        self.line = line
        self._cells = {field: clean(cell) for field, cell in zip(fields, cells, strict=True) if field}
        self._header = {field: name for field, name in zip(fields, header, strict=True) if field}

    def __getitem__(self, field: str) -> str:
        return self._cells.get(field, "")

    @property
    def when(self) -> str:
        """The time, with the day of its own column where it is a clock alone."""
        day = re.sub(r"[T ]00:00(:00)?\Z", "", self["date"])
        alone = not self["time"] or clock_alone(self["time"])
        return f"{day} {self['time']}".strip() if day and alone else self["time"]

    def fault(self, field: str, code: ErrorCode = ErrorCode.MESSAGES_CELL) -> SeabridgeError:
        """What is wrong with a cell."""
        return SeabridgeError(code, line=self.line, column=self._header.get(field, field), value=self[field][:60])

    def name(self, field: str) -> str:
        """A cell that is a name or number. Raises ``messages_cell`` for a longer one, ``messages_rounded``."""
        if len(self[field]) > _NAME:
            raise self.fault(field)
        if _ROUNDED.match(self[field]):
            raise self.fault(field, ErrorCode.MESSAGES_ROUNDED)
        return self[field]


def conversations(
    sheet: Sheet,
    options: Options,
    zone: tzinfo,
    kind: str,
    encoding: str = "",
    marketplace_of: Callable[[str], str] = marketplace_named,
) -> Parsed:
    """The table's messages by conversation, each in order of time.

    ``marketplace_of``: the name of a marketplace by what a cell calls it.

    Raises ``messages_columns``, ``messages_cell``, ``messages_days``, ``messages_rounded``, ``messages_side``,
    ``messages_shop``, and ``messages_masked`` for an export in which personal data is hidden: all buyers would become
    one.
    """
    fields = columns_of(sheet.header, options.columns)
    rows = [_Row(line, cells, fields, sheet.header) for line, cells in sheet.rows]
    if any(BAR in (row["buyer"], row["thread"], row["masked"]) for row in rows):
        raise SeabridgeError(ErrorCode.MESSAGES_MASKED)
    spoken = [row for row in rows if row["text"] or row["digest"]]
    clock = _Clock(zone, day_order(row.when for row in rows), _day_zero(sheet, rows))
    named = cache(marketplace_of)
    found: dict[tuple[str, ...], list[tuple[_Row, Line]]] = {}
    for number, row in enumerate(spoken, 1):
        found.setdefault(_address(row, options, named), []).append((row, _message(row, number, options, clock)))
    transcripts = [_conversation(address, entries, options) for address, entries in found.items()]
    columns = list(zip(sheet.header, fields, strict=True))
    left_out = len(rows) - len(spoken)
    return Parsed(kind, transcripts, columns=columns, encoding=encoding, left_out=left_out, sheets=sheet.others)


def _day_zero(sheet: Sheet, rows: Sequence[_Row]) -> date | None:
    """Where a workbook's times are bare numbers throughout, the day it counts from; one among dates is a slip."""
    return sheet.day_zero if all(bare(row["time"]) for row in rows if row["time"]) else None


def _address(row: _Row, options: Options, named: Callable[[str], str]) -> tuple[str, ...]:
    """Marketplace, region, shop, thread, and what finds a thread without a number: its buyer, else its order."""
    marketplace = named(row["marketplace"]) if row["marketplace"] else options.marketplace
    if not marketplace:
        raise SeabridgeError(ErrorCode.MESSAGES_SHOP)
    if not _CODE.match(marketplace):
        raise row.fault("marketplace")
    region = row["region"] or options.region
    if region and not re.fullmatch(r"[A-Za-z0-9_.:-]{1,40}", region):
        raise row.fault("region")
    thread, buyer, order = row.name("thread"), row.name("buyer"), row.name("order")
    if not (thread or buyer or order):
        raise row.fault("buyer")
    by = "" if thread else buyer or f"order:{order}"
    return marketplace, region, row.name("shop") or options.shop, thread, by


def _message(row: _Row, number: int, options: Options, clock: _Clock) -> Line:
    text = row["text"]
    if len(text) > _LONGEST:
        raise row.fault("text")
    if not _LANGUAGE.match(row["language"]) or not _LANGUAGE.match(row["translation_language"]):
        raise row.fault("language" if row["language"] else "translation_language")
    direction = _direction(row, options)
    seen = instant(row["seen"], clock.zone, clock.order) if row["seen"] else (options.now, 0)
    if seen is None:
        raise row.fault("seen")
    sent = clock.read(row.when)
    if sent is None and bare(row["time"]):
        raise row.fault("time", ErrorCode.MESSAGES_DAYS)
    # Seabridge's own tables leave the time of a message empty when the page did not show one.
    if (sent is None and (row["time"] or not row["seen"])) or (sent and sent[0] > options.now + _AHEAD_S):
        raise row.fault("time")
    line = message(
        direction,
        text,
        arrival=number,
        observed_at=seen[0],
        ident=ident(direction, text),
        label=row["label"][:_LABEL] or row.when[:_LABEL],
        sent_at=sent[0] if sent else None,
        sent_span=sent[1] if sent else 0,
        key=row.name("key"),
        order=row.name("order"),
        language=row["language"],
        digest=_digest(row),
    )
    if row["translation"] and row["translation_language"]:
        if len(row["translation"]) > _LONGEST:
            raise row.fault("translation")
        shown = Rendering(row["translation_language"], row["translation"], "import", "machine", (), options.now)
        return replace(line, renderings=(shown,), translated=2)
    return line


def _direction(row: _Row, options: Options) -> str:
    said = row["direction"].casefold().strip()
    if said in options.sellers:
        return "seller"
    if said in _WORDS:
        return _WORDS[said]
    buyer = row["buyer"].casefold().strip()
    # With names in the column, whoever is not the seller's side is the buyer, once it is known who is.
    if said and (said == buyer or options.sellers):
        return "buyer"
    raise row.fault("direction", ErrorCode.MESSAGES_SIDE)


def _digest(row: _Row) -> bytes:
    if not row["digest"]:
        return b""
    if not re.fullmatch("[0-9a-f]{64}", row["digest"]):
        raise row.fault("digest")
    return bytes.fromhex(row["digest"])


def _conversation(address: tuple[str, ...], entries: list[tuple[_Row, Line]], options: Options) -> Transcript:
    marketplace, region, shop, thread, _by = address
    lines = [line for _row, line in entries]
    known = [line.sent_at for line in lines if line.sent_at is not None]
    if known and known[0] > known[-1] and all(a >= b for a, b in pairwise(known)):
        lines.reverse()  # the newest first
    buyer = next((row.name("buyer") for row, _line in entries if row["buyer"]), "")
    return conversation(marketplace, region, shop, thread, buyer, in_time(lines), options.now)


def in_time(lines: Sequence[Line]) -> list[Line]:
    """The lines in order of time; one without a time stays behind the one above it."""
    above = 0.0
    keyed = []
    for line in lines:
        above = line.sent_at if line.sent_at is not None else above
        keyed.append((above, line))
    return [line for _at, line in sorted(keyed, key=lambda entry: entry[0])]
