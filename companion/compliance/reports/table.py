"""A report as one table, a finding a row: for CSV and XLSX. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from companion.locales import text

from .row import Row

#: Columns, and widths in characters where a workbook needs another than its usual.
COLUMNS = {
    "level": 10, "file": 18, "row": 6, "sku": 16, "title": 36, "marketplace": 14, "region": 8, "field": 14,
    "found": 22, "around": 48, "why": 48, "instead": 48, "alternatives": 28, "rule": 28, "version": 8, "source": 36,
    "as_of": 12, "reason": 28,
}  # fmt: skip


def header(locale: str) -> list[str]:
    """What the columns are called."""
    return [text(f"report_column_{name}", locale) for name in COLUMNS]


def widths(locale: str) -> dict[str, int]:
    """Widths by what the columns are called."""
    return dict(zip(header(locale), COLUMNS.values(), strict=True))


def lines(rows: Iterable[Row], locale: str) -> Iterator[list[str]]:
    """The rows, each as one text a column."""
    for row in rows:
        one = row.finding
        yield [
            text(f"check_level_{one.level}", locale), row.file, str(row.row), row.sku, row.title, row.marketplace,
            row.region, field_of(row), one.text, f"{row.before}{one.text}{row.after}", one.message, one.fix,
            " / ".join(one.alternatives), one.rule, str(one.version), one.source, one.as_of, row.reason,
        ]  # fmt: skip


def field_of(row: Row) -> str:
    """A field as people count: bullets from 1, attributes by their names."""
    field, index = row.finding.field, row.finding.index
    if index is None:
        return field
    return f"{field} {index + 1}" if isinstance(index, int) else f"{field} {index}"
