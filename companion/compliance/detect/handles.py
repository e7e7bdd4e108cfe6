"""Names on other platforms, such as @shop_name. Pure."""

from __future__ import annotations

import re

_HANDLE = re.compile(r"@[a-z][a-z0-9_.]{2,29}(?![a-z0-9_.-]{0,64}@)")
_BEFORE_HANDLE = re.compile(r"[\w@./+-]")


def handles(text: str) -> list[tuple[int, int]]:
    """Places of names such as @shop_name."""
    return [
        (hit.start(), hit.start() + len(hit[0].rstrip(".")))
        for hit in _HANDLE.finditer(text)
        if not hit.start() or _BEFORE_HANDLE.match(text[hit.start() - 1]) is None
    ]
