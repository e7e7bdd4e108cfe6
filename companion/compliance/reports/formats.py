"""Kinds of files a report can be written as."""

from __future__ import annotations

from typing import Literal

Format = Literal["csv", "xlsx", "json", "sarif"]
FORMATS: tuple[Format, ...] = ("csv", "xlsx", "json", "sarif")
#: Kinds for programs, in which excused findings stand apart from the others and are never left out.
TELLING_APART: frozenset[Format] = frozenset({"json", "sarif"})
#: What browsers and mail programs call them.
TYPES: dict[Format, str] = {
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
    "sarif": "application/sarif+json",
}
