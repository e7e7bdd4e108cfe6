"""A table as rows of texts, out of an Excel workbook: its first sheet with anything in it."""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from collections.abc import Generator, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import date, datetime, time
from itertools import islice
from typing import Any

from companion.protocol.errors import ErrorCode, SeabridgeError
from companion.runtime.unzip import Unsafe, members

from .sheet import MOST_COLUMNS, Sheet, gathered

#: A workbook of so many parts or bytes, unpacked, holds no messages.
_MOST_PARTS = 2_000
_MOST_UNPACKED = 400 * 1024 * 1024
#: Empty rows in a row: a cell in the last of a million rows brings all others along.
_MOST_EMPTY = 20_000
#: Rows of a sheet that is not read, to see whether it has a table.
_MOST_LOOKED = 100
#: A cell holds 15 digits: Excel makes what follows them 0.
_EXACT = 10**15
#: A sheet is searched for formulas in pieces of so many bytes, and a tag may lie across two of them.
_PIECE, _TAG = 1 << 20, 40
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s>/]")
_DECLARES = re.compile(rb"<\s*!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)


def read_xlsx(data: bytes) -> Sheet:
    """The table. Raises ``messages_format``, ``messages_unsafe``, ``messages_line`` and ``messages_many``."""
    with _opened(data) as sheets:
        for sheet in sheets:
            found = gathered(_rows(sheet))
            if found.header:
                # 1900 or 1904, as the workbook says
                day_zero = sheet.parent.epoch.date()
                return replace(found, day_zero=day_zero, others=tuple(each.title for each in sheets if _tabular(each)))
    return Sheet([], [])


def workbook_rows(data: bytes, most: int) -> list[list[tuple[int, list[str]]]]:
    """The rows of every sheet, at most so many of each, with their lines. Raises as ``read_xlsx`` does."""
    with _opened(data) as sheets:
        return [[row for row, _ in zip(_rows(sheet), range(most), strict=False)] for sheet in sheets]


def unstored_formulas(data: bytes, most: int) -> list[set[tuple[int, int]]]:
    """Of every sheet the cells (line and column from 1) with a formula whose value the file does not hold: a program
    wrote it that does not reckon. One that came out as an empty text is none of them. Raises as ``read_xlsx`` does."""
    if not _reckons(data):
        return []
    found: list[set[tuple[int, int]]] = []
    with _opened(data) as values, _opened(data, formulas=True) as formulas:
        for sheet, written in zip(values, formulas, strict=True):
            found.append(set())
            pairs = zip(_cells(sheet), _cells(written), range(1, most + 1), strict=False)
            for cells, asked, line in pairs:
                for at, (cell, formula) in enumerate(zip(cells, asked, strict=False), 1):
                    # a text that is empty is stored as one; a number that is missing was never reckoned
                    if formula.data_type == "f" and cell.value is None and cell.data_type == "n":
                        found[-1].add((line, at))
    return found


def _cells(sheet: Any) -> Iterator[Any]:
    return iter(sheet.iter_rows(max_col=MOST_COLUMNS))


def _reckons(data: bytes) -> bool:
    """Whether any sheet has a formula; most have none, and need not be read again."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as bundle:
            return any(_holds_formula(bundle, name) for name in bundle.namelist() if name.startswith("xl/worksheets/"))
    except Exception as exc:  # as below: whatever zipfile raises of a damaged file
        raise SeabridgeError(ErrorCode.MESSAGES_FORMAT, f"{type(exc).__name__}: {exc}", kind="XLSX") from exc


def _holds_formula(bundle: zipfile.ZipFile, name: str) -> bool:
    before = b""
    with bundle.open(name) as part:
        while piece := part.read(_PIECE):
            if _FORMULA.search(before + piece):
                return True
            before = piece[-_TAG:]
    return False


@contextmanager
def _opened(data: bytes, *, formulas: bool = False) -> Iterator[Iterator[Any]]:
    """The sheets of a workbook whose bounds were looked at; ``formulas``: as written, not what they came out as."""
    try:
        _checked(data)
        with closing(_sheets(data, formulas)) as sheets:
            yield sheets
    except SeabridgeError:
        raise
    except Unsafe as exc:
        raise SeabridgeError(ErrorCode.MESSAGES_UNSAFE, str(exc)) from exc
    except Exception as exc:  # a damaged file makes zipfile and openpyxl raise whatever their parsers do
        raise SeabridgeError(ErrorCode.MESSAGES_FORMAT, f"{type(exc).__name__}: {exc}", kind="XLSX") from exc


def _checked(data: bytes) -> None:
    """Bounds of what comes out, which zipfile keeps to afterwards; and no part declares entities."""
    with zipfile.ZipFile(io.BytesIO(data)) as bundle:
        for _path, info in members(bundle, most_files=_MOST_PARTS, most_bytes=_MOST_UNPACKED):
            if info.filename.lower().endswith((".xml", ".rels")):
                with bundle.open(info) as part:
                    if _DECLARES.search(part.read(65_536).replace(b"\x00", b"")):
                        raise Unsafe(f"{info.filename} declares entities")


def _sheets(data: bytes, formulas: bool) -> Generator[Any, None, None]:
    from openpyxl import load_workbook

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # styles and extensions that openpyxl leaves out are nothing to us
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=not formulas, keep_links=False)
        try:
            for sheet in book.worksheets:
                sheet.reset_dimensions()  # what the sheet says of its own size may be anything
                yield sheet
        finally:
            book.close()


def _rows(sheet: Any) -> Iterator[tuple[int, list[str]]]:
    empty = 0
    for line, cells in enumerate(sheet.iter_rows(max_col=MOST_COLUMNS, values_only=True), 1):
        row = _trimmed([_text(cell) for cell in cells])
        empty = 0 if row else empty + 1
        if empty > _MOST_EMPTY:
            raise SeabridgeError(ErrorCode.MESSAGES_LINE, "only empty rows", line=line)
        yield line, row


def _tabular(sheet: Any) -> bool:
    """Whether somebody would miss a sheet that is not read: it is shown, and has more than a heading."""
    if sheet.sheet_state != "visible":
        return False
    return sum(1 for _line, row in islice(_rows(sheet), _MOST_LOOKED) if row) > 1


def _trimmed(cells: list[str]) -> list[str]:
    while cells and not cells[-1]:
        cells.pop()
    return cells


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.isoformat(sep=" ", timespec="seconds")
    if isinstance(value, (date, time)):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value)) if abs(value) < _EXACT else f"{value:.15g}"
    if isinstance(value, int) and abs(value) >= _EXACT and set(str(abs(value))[15:]) == {"0"}:
        return f"{float(value):.15g}"
    return str(value).replace("\x00", "").strip()
