"""Conversations as an Excel workbook. Every cell is text: no formula, no order number cut to 15 digits."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable
from datetime import tzinfo
from typing import Any

from ..transcript import Transcript
from .table import COLUMNS, rows

#: Most a cell may hold, in UTF-16 units.
_MOST_UNITS = 32_767
#: Characters XML cannot hold.
_UNSAYABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
#: Widths in characters of the columns that need more than the usual.
_WIDTHS = {"time": 26, "text": 60, "translation": 60, "thread": 24, "order": 24, "buyer": 18}


def write(transcripts: Iterable[Transcript], zone: tzinfo) -> bytes:
    """The file."""
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    book = Workbook(write_only=True)
    sheet = book.create_sheet("Seabridge")
    for at, name in enumerate(COLUMNS, 1):
        sheet.column_dimensions[get_column_letter(at)].width = _WIDTHS.get(name, 14)
    sheet.freeze_panes = "A2"
    sheet.append([_cell(sheet, name, Font(bold=True), None) for name in COLUMNS])
    wrapped = Alignment(wrap_text=True, vertical="top")
    for row in rows(transcripts, zone):
        sheet.append([_cell(sheet, value, None, wrapped) for value in row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _cell(sheet: Any, value: str, font: Any, alignment: Any) -> Any:
    from openpyxl.cell import WriteOnlyCell

    cell = WriteOnlyCell(sheet, _short(_UNSAYABLE.sub("\ufffd", value)))
    # openpyxl takes a leading "=" for a formula, Excel does so again when somebody edits the cell.
    cell.data_type = "s"
    cell.quotePrefix = True
    cell.number_format = "@"
    if font is not None:
        cell.font = font
    if alignment is not None:
        cell.alignment = alignment
    return cell


def _short(value: str) -> str:
    """As much as a cell takes."""
    if len(value.encode("utf-16-le")) <= 2 * _MOST_UNITS:
        return value
    return value.encode("utf-16-le")[: 2 * (_MOST_UNITS - 1)].decode("utf-16-le", "ignore") + "…"
