"""Terms as CSV: one line a term, one column a language. What a spreadsheet writes can be read back. Pure."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence

import msgspec

from companion.protocol.decode import convert
from companion.protocol.errors import ErrorCode, SeabridgeError
from companion.protocol.methods.glossary import GlossaryTerm

from ..codes import LANGUAGES, primary
from .store import sound

_COLUMNS = ("text", "language", "keep", "kind", "cased", "note")
_YES = frozenset({"1", "yes", "y", "true", "x", "是", "√", "✓"})
_NO = frozenset({"", "0", "no", "n", "false", "否"})


def write(terms: Sequence[GlossaryTerm]) -> str:
    """The file. Cells a spreadsheet would take for a formula are written with a quote in front."""
    out = io.StringIO()
    languages = [*LANGUAGES, *sorted({code for term in terms for code in term.renderings} - set(LANGUAGES))]
    sheet = csv.writer(out, lineterminator="\r\n")
    sheet.writerow([*_COLUMNS, *languages])
    for term in terms:
        row = [term.text, term.language, _flag(term.keep), term.kind, _flag(term.cased), term.note]
        sheet.writerow([_cell(value) for value in [*row, *(term.renderings.get(code, "") for code in languages)]])
    return "\ufeff" + out.getvalue()


def _flag(value: bool) -> str:
    return "1" if value else ""


def _cell(value: str) -> str:
    return "'" + value if value[:1] in ("=", "+", "-", "@", "\t") else value


def read(content: str) -> list[GlossaryTerm]:
    """The terms of a file; commas, semicolons and tabs are understood.

    Raises ``import_unreadable``, ``import_column`` and ``import_value`` with the line.
    """
    content = content.removeprefix("\ufeff")
    first = content.split("\n", 1)[0]
    mark = max(",;\t", key=first.count)
    lines = csv.reader(io.StringIO(content, newline=""), delimiter=mark, strict=True)
    try:
        header = [name.strip().lower() for name in next(lines, [])]
        columns = [_column(name) for name in header]
        if "text" not in columns:
            raise SeabridgeError(ErrorCode.IMPORT_COLUMN, line=1, column=header[0] if header else "")
        terms = []
        for row in lines:
            if any(cell.strip() for cell in row):
                terms.append(_term(dict(zip(columns, row, strict=False)), lines.line_num))
        return terms
    except csv.Error as exc:
        raise SeabridgeError(ErrorCode.IMPORT_UNREADABLE, str(exc), line=max(1, lines.line_num)) from exc


def _column(name: str) -> str:
    if name in _COLUMNS:
        return name
    code = primary(name)
    if code in LANGUAGES or code == "zt":
        return code
    raise SeabridgeError(ErrorCode.IMPORT_COLUMN, line=1, column=name[:60])


def _term(row: dict[str, str], line: int) -> GlossaryTerm:
    cells = {name: _plain(value) for name, value in row.items()}
    says = {name: value for name, value in cells.items() if name not in _COLUMNS and value}
    term: dict[str, object] = {
        "text": cells.get("text", ""),
        "language": cells.get("language", ""),
        "keep": _truth(cells, "keep", line) or not says,
        "kind": cells.get("kind") or "other",
        "cased": _truth(cells, "cased", line),
        "note": cells.get("note", ""),
        "renderings": says,
    }
    # Column by column first, so that the fault names its own.
    for column in ("text", "language", "kind", "note", *says):
        part = {"renderings": {column: says[column]}} if column in says else {column: term.get(column, "")}
        if not _fits({"text": "x", "keep": True} | part):
            raise SeabridgeError(ErrorCode.IMPORT_VALUE, line=line, column=column)
    return convert(term, GlossaryTerm)


def _fits(term: Mapping[str, object]) -> bool:
    try:
        return sound(convert(term, GlossaryTerm))
    except msgspec.ValidationError:
        return False


def _plain(value: str | None) -> str:
    text = (value or "").strip()
    return text[1:] if text[:1] == "'" and text[1:2] in ("=", "+", "-", "@", "\t") else text


def _truth(cells: dict[str, str], column: str, line: int) -> bool:
    value = cells.get(column, "").casefold()
    if value not in _YES | _NO:
        raise SeabridgeError(ErrorCode.IMPORT_VALUE, line=line, column=column)
    return value in _YES
