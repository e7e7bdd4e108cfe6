"""Which passages a question asks for: by the words they share with it, the rare ones above all. Pure."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence

from ...conversations.manuals import Passage
from ...conversations.words import words

#: Words of a question that count; who asks for more asks several things.
MOST_TERMS = 32
#: A word of a script with spaces tells something from here on; shorter ones only where they hold a digit.
_SHORTEST = 3
#: Words this long are also found in their other forms ("batteries" by "battery"): so many last letters do not count.
_INFLECTED = ((8, 3), (6, 2))
#: What no passage holds is mostly how people ask ("how long", 怎么) and says little against one that holds the rest.
_UNHELD = 0.2
#: A Chinese character by itself is often a whole word (洗, 克), but found in many others too.
_LONE = 0.4
_HAN = re.compile("[\u3400-\u9fff\U00020000-\U0003ffff]")


def terms(question: str) -> list[str]:
    """What to look for, folded as the archive folds: words; of scripts without spaces two characters side by side, then
    Chinese characters by themselves."""
    found: dict[str, None] = {}
    parts = words(question)
    for at, word in enumerate(parts):
        if word.alone:
            after = parts[at + 1] if at + 1 < len(parts) else None
            if after is not None and after.alone and after.start == word.end:
                found[f"{word.text} {after.text}"] = None
        elif len(word.text) >= _SHORTEST or any(letter.isdigit() for letter in word.text):
            found[_stem(word.text)] = None
    found |= {word.text: None for word in parts if _HAN.fullmatch(word.text)}
    if not found:  # words that are all short
        found = {word.text: None for word in parts}
    return list(found)[:MOST_TERMS]


def rank(passages: Sequence[Passage], asked: Sequence[str], limit: int) -> list[tuple[Passage, float]]:
    """The best passages with their weight, from 0 to 1: the share of what was asked for that a passage holds, by
    rarity. Of two alike the one of the newer manual, then the earlier one."""
    holding = {term: [one.id for one in passages if f" {term}" in one.folded] for term in asked}
    weight = {
        term: (math.log(1 + (len(passages) + 1) / (len(ids) + 1)) if ids else _UNHELD)
        * (_LONE if _HAN.fullmatch(term) else 1)
        for term, ids in holding.items()
    }
    whole = sum(weight.values())
    score: dict[int, float] = {}
    for term, ids in holding.items():
        for one in ids:
            score[one] = score.get(one, 0.0) + weight[term] / whole
    best = sorted(
        (one for one in passages if one.id in score),
        key=lambda one: (-score[one.id], -one.manual.added_at, one.manual.id, one.position),
    )
    return [(one, round(score[one.id], 4)) for one in best[:limit]]


def _stem(word: str) -> str:
    tail = next((cut for long, cut in _INFLECTED if len(word) >= long), 0) if word.isalpha() else 0
    return word[:-tail] if tail else word
