"""Cells that a spreadsheet must not take for a formula, and back again. Pure."""

from __future__ import annotations

#: What stands in a masked export for what is hidden. As many for every find: the length would tell something.
BAR = "█████"

#: What begins a formula, also in the full-width forms that East Asian spreadsheets take for it.
_FORMULA = frozenset("=+-@\t\r\n＝＋－＠")


def guarded(value: str) -> str:
    """The text with an apostrophe before what would be a formula; spreadsheets show it as text then."""
    return f"'{value}" if value.lstrip("'")[:1] in _FORMULA else value


def unguarded(value: str) -> str:
    """What ``guarded`` was given."""
    return value[1:] if value[:1] == "'" and value.lstrip("'")[:1] in _FORMULA else value
