"""Visual order of rows that a virtual list draws in any order, from what is written on them (sites/order.ts)."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from .look import declarations

_LENGTH = re.compile(r"^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?(?=[a-z%])|^[+-]?0+(?:\.0*)?$")
_MOVED = re.compile(r"translate(y|3d)?\(([^)]*)\)")


def written_offset(row: Any, is_around: Callable[[Any], bool]) -> float | None:
    """Vertical offset written on a row or on what holds it alone; ``is_around`` says where to stop. None = none is."""
    element = row
    while element is not None and not is_around(element):
        style = element.get("style")
        if style and ("top" in style.lower() or "translate" in style.lower()):
            given = declarations(style)
            top = _length(given.get("top", ""))
            shift = _shift(given.get("transform", ""))
            if top is not None or shift is not None:
                return (top or 0.0) + (shift or 0.0)
        element = element.getparent()
    return None


def _shift(transform: str) -> float | None:
    found = _MOVED.search(transform)
    if found is None:
        return None
    parts = found[2].split(",")
    part = parts[0] if found[1] == "y" else parts[1] if len(parts) > 1 else ""
    return _length(part.strip())


def _length(value: str) -> float | None:
    found = _LENGTH.match(value)
    return float(found[0]) if found else None


def by_offset(rows: list[Any], offsets: list[float | None]) -> list[Any] | None:
    """Rows top to bottom, document order among equals; None when an offset is not written."""
    if None in offsets:
        return None
    order = sorted(range(len(rows)), key=lambda at: (offsets[at] or 0.0, at))
    return [rows[at] for at in order]
