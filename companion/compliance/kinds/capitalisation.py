"""Words in capitals."""

from __future__ import annotations

import re

from ..folding import folded
from ..ready import Ready
from ..scan import Hit, Scan
from ..scripts import LETTER, SIGN

#: A word of letters alone: what has a digit in it is a model or a size, and 有線LAN付き is three words.
_WORD = re.compile(rf"(?<!{SIGN})(?<!-){LETTER}+(?:['’]{LETTER}+)?(?!{SIGN})")
_SHORTEST = 4


def capitalisation(ready: Ready, at: int, scan: Scan, language: str) -> list[Hit]:
    """Every word of at least ``limit.min`` letters that is written in capitals throughout."""
    least = ready.rule.limit.min if ready.rule.limit is not None and ready.rule.limit.min is not None else _SHORTEST
    found = []
    for word in _WORD.finditer(scan.text.text):
        if len(word[0]) < least or not word[0].isupper() or word[0].lower() == word[0]:
            continue
        if folded(word[0])[1] not in ready.ignored:
            start, end = scan.text.place(*word.span())
            found.append(Hit(start, end))
    return found
