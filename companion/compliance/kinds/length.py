"""Fields that are too long or too short."""

from __future__ import annotations

from typing import Literal

from ..ready import Ready
from ..rule import Unit
from ..scan import Hit, Scan
from ..scripts import TOKEN


def length(ready: Ready, at: int, scan: Scan, language: str) -> list[Hit]:
    """What is beyond the limit; all of a field that is too short. An empty field is somebody else's matter."""
    limit, text = ready.rule.limit, scan.text
    if limit is None or not text.exact.strip():
        return []
    count = measured(text.text, limit.unit)
    if limit.min is not None and count < limit.min:
        return [Hit(0, len(text.exact))]
    if limit.max is None or count <= limit.max:
        return []
    start, end = text.place(_kept(text.text, limit.max, limit.unit), len(text.text))
    return [Hit(start, end) if end > start else Hit(0, len(text.exact))]


def measured(text: str, unit: Unit | Literal[""]) -> int:
    """How long a text is."""
    if unit == "bytes":
        return len(text.encode("utf-8", "surrogatepass"))
    if unit == "words":
        return sum(1 for _ in TOKEN.finditer(text.lower()))
    return sum(map(str.isalpha, text)) if unit == "letters" else len(text)


def _kept(text: str, most: int, unit: Unit | Literal[""]) -> int:
    """Where that begins which is too much."""
    if unit in ("", "characters"):
        return most
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        if measured(text[:middle], unit) <= most:
            low = middle
        else:
            high = middle - 1
    return low
