"""The same word, or the same sign, once too often."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache

from ..ready import Ready
from ..scan import Hit, Scan
from ..scripts import TOKEN, UNSPACED

_MOST = 2


def repetition(ready: Ready, at: int, scan: Scan, language: str) -> list[Hit]:
    """Every word beyond the number allowed, one and several of a thing together; with characters, the row of them."""
    limit = ready.rule.limit
    most = limit.max if limit is not None and limit.max is not None else _MOST
    if limit is not None and limit.unit == "characters" and limit.max is not None:
        return [Hit(*row.span()) for row in _row(most).finditer(scan.text.exact)]
    if max(Counter(map(_one_of, TOKEN.findall(scan.text.bare))).values(), default=0) <= most:
        return []
    seen: Counter[str] = Counter()
    found = []
    for word in TOKEN.finditer(scan.text.bare):
        if not word[0][0].isalpha() or UNSPACED.match(word[0]) or word[0] in ready.ignored:
            continue
        one = _one_of(word[0])
        seen[one] += 1
        if seen[one] > most:
            found.append(Hit(*word.span()))
    return found


@lru_cache(16)
def _row(most: int) -> re.Pattern[str]:
    return re.compile(rf"([^\s\d])\1{{{most},}}")


@lru_cache(4096)
def _one_of(word: str) -> str:
    """A word without the ending of several: boxes, straps, batteries."""
    word = word.removesuffix("'s")
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 4 and word.endswith(("ses", "xes", "zes", "ches", "shes")):
        return word[:-2]
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")) else word
