"""Terms or patterns that stand there too often."""

from __future__ import annotations

from ..ready import Ready
from ..scan import Hit, Scan
from .literal import literal


def occurrence(ready: Ready, at: int, scan: Scan, language: str) -> list[Hit]:
    """What is beyond the number that is allowed."""
    most = ready.rule.limit.max if ready.rule.limit is not None else None
    return literal(ready, at, scan, language)[most or 0 :]
