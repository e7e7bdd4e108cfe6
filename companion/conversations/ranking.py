"""How well a message fits a search: BM25 over the phrases, and what is newer counts more. Pure.

Chat messages are short, so BM25 says little more than "more often, in fewer words, and the rarer phrase first"; the
age then tells apart what fits alike. Whoever searches with a deadline looks for something of the last months.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from operator import add

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
#: What a text counts that holds none of the phrases.
_NAME_ALONE = 0.05
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
    texts = [text for _, text in candidates]
    usual = sum(map(len, texts)) / len(texts)
    # whole lists at a time: two thousand texts are weighed in about two milliseconds
    long = [_SATURATION * (1 - _LENGTH + _LENGTH * len(text) / usual) for text in texts]
    scores = [_NAME_ALONE] * len(texts)
    for phrase, weight in zip(phrases, rarity, strict=True):
        begun = f" {' '.join(phrase.words)}"
        whole = f"{begun} "
        needle = begun if _ends_anywhere(phrase) else whole
        times = [text.count(needle) for text in texts]
        parts = [weight * n * (_SATURATION + 1) / (n + dull) for n, dull in zip(times, long, strict=True)]
        if phrase.open_end:
            parts = [part * _WHOLE if whole in text else part for part, text in zip(parts, texts, strict=True)]
        scores = list(map(add, scores, parts))
    if len(phrases) > 1:
        joined = f" {' '.join(word for phrase in phrases for word in phrase.words)}"
        scores = [score * _TOGETHER if joined in text else score for score, text in zip(scores, texts, strict=True)]
    aged = [_LASTING + (1 - _LASTING) * 0.5 ** ((newest - moment) / _HALF_AGE) for moment, _ in candidates]
    found = [
        (round(score * age * _SCALE), moment) for score, age, (moment, _) in zip(scores, aged, candidates, strict=True)
    ]
    found.sort(reverse=True)
    return found


def _ends_anywhere(phrase: Phrase) -> bool:
    """Whether what begins like the phrase is the phrase: its last word may go on, or is a character of its own."""
    return phrase.open_end or stands_alone(phrase.words[-1][0])


def rarity(hits: int, most: int) -> float:
    """The weight of a phrase that ``hits`` of ``most`` looked-at messages hold, as BM25 weighs it."""
    return math.log1p((most - hits + 0.5) / (hits + 0.5))
