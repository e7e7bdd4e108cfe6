"""How well a message fits a search: BM25 over the phrases, and what is newer counts more. Pure.

Chat messages are short, so BM25 says little more than "more often, in fewer words, and the rarer phrase first"; the
age then tells apart what fits alike. Whoever searches with a deadline looks for something of the last months.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import exp2, log1p
from operator import add, mul

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


def by_length(candidates: Sequence[tuple[int, bytes]]) -> list[int]:
    """The moments of (moment, sizes as FTS5 keeps them), the likely best first: BM25 as if each held every phrase
    once, and the age."""
    moments = [moment for moment, _ in candidates]
    # a call for each of two thousand would take as long as the rest
    lengths = [s[0] + s[1] if s[0] < 0x80 and s[1] < 0x80 else words_in(s) for _, s in candidates]
    usual = sum(lengths) / len(lengths) or 1
    dull, each = _SATURATION * (1 - _LENGTH), _SATURATION * _LENGTH / usual
    aged = zip(moments, _ages(moments), lengths, strict=True)
    scores = {moment: age / (1 + dull + each * length) for moment, age, length in aged}
    return sorted(scores, key=scores.__getitem__, reverse=True)


def words_in(sizes: bytes) -> int:
    """How many words original and translation have, of the sizes FTS5 keeps: a variable-length number each column."""
    numbers = [0]
    for byte in sizes:
        numbers[-1] = numbers[-1] << 7 | byte & 0x7F
        if byte < 0x80:
            numbers.append(0)
    return numbers[0] + numbers[1]


def ranked(candidates: Sequence[tuple[int, str]], phrases: Sequence[Phrase], weights: Sequence[float]) -> list[int]:
    """The moments, best first, of (moment, text as the index holds it, with a space at both ends).

    ``weights``: one for each phrase. A text in which no phrase occurs (it was hit by the buyer's name alone) counts by
    its age only.
    """
    if not candidates:
        return []
    texts = [text for _, text in candidates]
    usual = sum(map(len, texts)) / len(texts)
    # whole lists at a time: six hundred texts are weighed in half a millisecond
    long = [_SATURATION * (1 - _LENGTH + _LENGTH * len(text) / usual) for text in texts]
    scores = [_NAME_ALONE] * len(texts)
    for phrase, weight in zip(phrases, weights, strict=True):
        needle, whole = _needle(phrase), f" {' '.join(phrase.words)} "
        times = [text.count(needle) for text in texts]
        parts = [weight * n * (_SATURATION + 1) / (n + dull) for n, dull in zip(times, long, strict=True)]
        if phrase.open_end:
            parts = [part * _WHOLE if whole in text else part for part, text in zip(parts, texts, strict=True)]
        scores = list(map(add, scores, parts))
    if len(phrases) > 1:
        joined = f" {' '.join(word for phrase in phrases for word in phrase.words)}"
        scores = [score * _TOGETHER if joined in text else score for score, text in zip(scores, texts, strict=True)]
    moments = [moment for moment, _ in candidates]
    scores = list(map(mul, scores, _ages(moments)))
    return [moment for _, moment in sorted(zip(scores, moments, strict=True), reverse=True)]


def rarities(sample: Sequence[str], phrases: Sequence[Phrase]) -> list[float]:
    """A weight for each phrase, relative to the rarest, by how many texts of a sample hold it."""
    weights = [_rarity(sum(needle in text for text in sample), len(sample)) for needle in map(_needle, phrases)]
    return [weight / max(weights) for weight in weights]


def _rarity(hits: int, most: int) -> float:
    """As BM25 weighs a phrase that ``hits`` of ``most`` texts hold; never nothing."""
    return log1p((most - hits + 0.5) / (hits + 0.5))


def _ages(moments: Sequence[int]) -> list[float]:
    newest = max(moments)
    return [_LASTING + (1 - _LASTING) * exp2((moment - newest) / _HALF_AGE) for moment in moments]


def _needle(phrase: Phrase) -> str:
    """What stands in a text that holds the phrase. What begins like it is it where its last word may go on, or is a
    character of its own."""
    ends = "" if phrase.open_end or stands_alone(phrase.words[-1][0]) else " "
    return f" {' '.join(phrase.words)}{ends}"
