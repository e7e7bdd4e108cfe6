"""How well a message fits a search: BM25 over the phrases, and what is newer counts more. Pure.

Chat messages are short, so BM25 says little more than "more often, in fewer words, and the rarer phrase first"; the
age then tells apart what fits alike. Whoever searches with a deadline looks for something of the last months.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from .query import Phrase
from .words import stands_alone

#: How soon more of the same word counts no more, and how much a long message loses; the usual values.
_SATURATION, _LENGTH = 1.2, 0.75
#: A message so much older than the newest hit counts half of what age can give or take (ms).
_HALF_AGE = 90 * 86_400_000
#: The share of the score that does not depend on age.
_LASTING = 0.45
#: The score of a phrase found as typed, against one whose last word goes on.
_WHOLE = 1.25
#: The loose words of the query standing next to each other, in order.
_TOGETHER = 1.5
#: Scores are whole numbers, so that a cursor holds one exactly.
_SCALE = 1 << 24


def ranked(
    candidates: Sequence[tuple[int, str]], phrases: Sequence[Phrase], rarity: Sequence[float]
) -> list[tuple[int, int]]:
    """(score, moment), best first, of (moment, text as the index holds it, with a space at both ends).

    ``rarity``: a weight for each phrase. A text in which no phrase occurs (it was hit by the buyer's name alone)
    counts by its age only.
    """
    if not candidates:
        return []
    newest = max(moment for moment, _ in candidates)
    usual = sum(len(text) for _, text in candidates) / len(candidates)
    needles = [
        (begun := f" {' '.join(phrase.words)}", f"{begun} ", _ends_anywhere(phrase), phrase.open_end, weight)
        for phrase, weight in zip(phrases, rarity, strict=True)
    ]
    joined = f" {' '.join(word for p in phrases for word in p.words)}" if len(phrases) > 1 else ""
    found = []
    for moment, text in candidates:
        long = _SATURATION * (1 - _LENGTH + _LENGTH * len(text) / usual)
        score = 0.05
        for begun, whole, anywhere, open_end, weight in needles:
            times = text.count(begun if anywhere else whole)
            if times:
                part = weight * times * (_SATURATION + 1) / (times + long)
                score += part * _WHOLE if open_end and whole in text else part
        if joined and joined in text:
            score *= _TOGETHER
        score *= _LASTING + (1 - _LASTING) * 0.5 ** ((newest - moment) / _HALF_AGE)
        found.append((round(score * _SCALE), moment))
    found.sort(reverse=True)
    return found


def _ends_anywhere(phrase: Phrase) -> bool:
    """Whether what begins like the phrase is the phrase: its last word may go on, or is a character of its own."""
    return phrase.open_end or stands_alone(phrase.words[-1][0])


def rarity(hits: int, most: int) -> float:
    """The weight of a phrase that ``hits`` of ``most`` looked-at messages hold, as BM25 weighs it."""
    return math.log1p((most - hits + 0.5) / (hits + 0.5))
