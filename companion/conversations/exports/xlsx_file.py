"""Conversations as an Excel workbook. Every cell is text: no formula, no order number cut to 15 digits."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import tzinfo
from pathlib import Path
from typing import IO, Any

from ..transcript import Transcript
from .table import COLUMNS, rows

#: Most a cell may hold, in UTF-16 units.
_MOST_UNITS = 32_767
#: Characters XML cannot hold.
_UNSAYABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
#: Widths in characters of the columns that need more than the usual.
_WIDTHS = {"time": 26, "text": 60, "translation": 60, "thread": 24, "order": 24, "buyer": 18}


def write(transcripts: Iterable[Transcript], zone: tzinfo, out: IO[bytes]) -> None:
    """The file, a row at a time; ``out`` can be sought in."""
    write_table(COLUMNS, rows(transcripts, zone), _WIDTHS, out)


def write_table(
    columns: Sequence[str], lines: Iterable[Sequence[str]], widths: Mapping[str, int], out: IO[bytes]
) -> None:
    """Any table of texts. ``widths``: in characters, by column, of those that need another than the usual."""
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    book = Workbook(write_only=True)
    sheet = book.create_sheet("Seabridge")
    for at, name in enumerate(columns, 1):
        sheet.column_dimensions[get_column_letter(at)].width = widths.get(name, 14)
    sheet.freeze_panes = "A2"
    heading, body = (WriteOnlyCell(sheet, "") for _ in range(2))
    heading.font = Font(bold=True)
    body.alignment = Alignment(wrap_text=True, vertical="top")
    for pattern in (heading, body):
        # Excel takes a leading "=" for a formula when somebody edits the cell
        pattern.quotePrefix = True
        pattern.number_format = "@"
    try:
        sheet.append([_cell(sheet, name, heading) for name in columns])
        for row in lines:
            # an empty cell needs neither a text nor a look
            sheet.append([_cell(sheet, value, body) if value else None for value in row])
        book.save(out)
    except BaseException:
        _forget(sheet)
        raise


def _forget(sheet: Any) -> None:
    """Remove the file in which openpyxl gathers rows: of a workbook that is not saved it would stay until the program
    ends."""
    writer = sheet._writer
    if writer is not None and Path(writer.out).exists():
        with suppress(Exception):  # the file goes, whatever state its rows are in
            sheet.close()
        with suppress(OSError):
            writer.cleanup()


def _cell(sheet: Any, value: str, pattern: Any) -> Any:
    """A text that looks like the pattern. The look is worked out once: doing so for each cell took most of the time."""
    from openpyxl.cell import WriteOnlyCell

    cell = WriteOnlyCell(sheet, _short(_UNSAYABLE.sub("\ufffd", value)))
    # openpyxl takes a leading "=" for a formula
    cell.data_type = "s"
    cell._style = pattern._style
    return cell


def _short(value: str) -> str:
    """As much as a cell takes."""
    if len(value.encode("utf-16-le")) <= 2 * _MOST_UNITS:
        return value
    return value.encode("utf-16-le")[: 2 * (_MOST_UNITS - 1)].decode("utf-16-le", "ignore") + "…"
