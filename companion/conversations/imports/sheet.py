"""A table as rows of texts, out of CSV."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain, islice

from companion.protocol.errors import ErrorCode, SeabridgeError

from ..cells import unguarded
from .mapping import NEEDED, guessed
from .parsed import MOST_MESSAGES

#: A wider table was not made for people.
MOST_COLUMNS = 200
_MARKS = ",;\t|"
#: Rows among which the header is looked for.
_HEAD = 10
_SEPARATOR = re.compile(r"sep=([,;\t|])\r?\n", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Sheet:
    """Headers, and rows as (line in the file, cells); every row is as wide as the header.

    ``day_zero``: of a workbook, from which it counts days where a date is kept as a bare number; ``others``: names of
    its other sheets with a table in them.
    """

    header: list[str]
    rows: list[tuple[int, list[str]]]
    day_zero: date | None = None
    others: tuple[str, ...] = ()


def read_csv(content: str) -> Sheet:
    """The table; commas, semicolons, tabs and bars are understood. Raises ``messages_line`` and ``messages_many``."""
    return gathered(csv_rows(content))


def csv_rows(content: str) -> Iterator[tuple[int, list[str]]]:
    """Every row with its line; the mark between cells is the one the first line with any has most of, or names
    (``sep=;``, as Excel takes it).

    Raises ``messages_line``.
    """
    named = _SEPARATOR.match(content)
    mark = named[1] if named else _mark_of(content)
    above = 1 if named else 0
    reader = csv.reader(io.StringIO(content[named.end() if named else 0 :], newline=""), delimiter=mark, strict=True)
    line = 1 + above
    try:
        for row in reader:
            yield line, [unguarded(cell.strip()) for cell in row]
            line = reader.line_num + 1 + above
    except csv.Error as exc:
        raise SeabridgeError(ErrorCode.MESSAGES_LINE, str(exc), line=line) from exc


def _mark_of(content: str) -> str:
    """What the first line with any mark has most of; a title above the table has none."""
    head = content[:20_000].splitlines()[:_HEAD]
    first = next((line for line in head if any(mark in line for mark in _MARKS)), "")
    return max(_MARKS, key=first.count)


def read_objects(content: str) -> Sheet:
    """Flat objects in JSON lines as a table, their names the headers. Raises ``messages_line``, ``messages_many``."""
    header: dict[str, None] = {}
    objects: list[tuple[int, dict[str, str]]] = []
    for line, raw in enumerate(content.split("\n"), 1):
        if not raw.strip():
            continue
        try:
            record = json.loads(raw)
        except (ValueError, RecursionError) as exc:
            raise SeabridgeError(ErrorCode.MESSAGES_LINE, str(exc)[:200], line=line) from exc
        if not isinstance(record, dict) or any(isinstance(value, (dict, list)) for value in record.values()):
            raise SeabridgeError(ErrorCode.MESSAGES_LINE, "not a flat object", line=line)
        if len(objects) == MOST_MESSAGES:
            raise SeabridgeError(ErrorCode.MESSAGES_MANY, limit=MOST_MESSAGES)
        header |= dict.fromkeys(record)
        if len(header) > MOST_COLUMNS:
            raise SeabridgeError(ErrorCode.MESSAGES_LINE, "too many names", line=line)
        cells = {name: "" if value is None else str(value).replace("\x00", "") for name, value in record.items()}
        objects.append((line, cells))
    return Sheet(list(header), [(line, [cells.get(name, "") for name in header]) for line, cells in objects])


def gathered(lines: Iterator[tuple[int, list[str]]]) -> Sheet:
    """The first row with anything in it is the header, or one below a title; empty rows are nothing."""
    header: list[str] = []
    rows: list[tuple[int, list[str]]] = []
    lines = iter(lines)
    above = list(islice(lines, _HEAD))
    for line, cells in chain(above[_header_at([cells for _line, cells in above]) :], lines):
        if len(cells) > MOST_COLUMNS:
            raise SeabridgeError(ErrorCode.MESSAGES_LINE, f"{len(cells)} columns", line=line)
        if not any(cells):
            continue
        if not header:
            header = cells
            continue
        if len(rows) == MOST_MESSAGES:
            raise SeabridgeError(ErrorCode.MESSAGES_MANY, limit=MOST_MESSAGES)
        if len(cells) > len(header) and any(cells[len(header) :]):
            raise SeabridgeError(ErrorCode.MESSAGES_LINE, "more cells than headers", line=line)
        rows.append((line, [*cells, *[""] * (len(header) - len(cells))][: len(header)]))
    return Sheet(header, rows)


def _header_at(rows: Sequence[Sequence[str]]) -> int:
    """Where the header is among the first rows: below titles of a cell or two the first with more, or the one right
    below it that names what a conversation needs. More rows than one are never left out: they would be messages."""
    wide = [at for at, row in enumerate(rows) if sum(1 for cell in row if cell) >= len(NEEDED)][:2]
    named = (at for at in wide if set(NEEDED) <= set(guessed(rows[at], {})))
    return next(named, wide[0] if wide else 0)
