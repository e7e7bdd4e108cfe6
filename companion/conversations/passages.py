"""The passage of a text around what a search hit, in marked pieces. Pure."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from companion.protocol.values import Span

from .query import Phrase
from .words import words as _read

#: Code points of a passage, and of what stands before the first hit in it.
WIDTH = 140
LEAD = 30
#: More occurrences than this in one message are not weighed.
MAX_HITS = 500
#: A hit's texts are asked about several times in a row.
words = lru_cache(maxsize=64)(_read)


def hits(text: str, phrases: Sequence[Phrase]) -> list[tuple[int, int, int]]:
    """(start, end, index of the phrase) of every occurrence, in code points, in order of start."""
    parts = words(text)
    found = []
    for index, phrase in enumerate(phrases):
        size = len(phrase.words)
        for at in range(len(parts) - size + 1):
            if parts[at].text != phrase.words[0] and not (size == 1 and phrase.open_end):
                continue
            last = parts[at + size - 1].text
            ends = last.startswith(phrase.words[-1]) if phrase.open_end else last == phrase.words[-1]
            if ends and all(parts[at + k].text == phrase.words[k] for k in range(size - 1)):
                found.append((parts[at].start, parts[at + size - 1].end, index))
    return sorted(found)


def passage(text: str, phrases: Sequence[Phrase], width: int = WIDTH) -> list[Span]:
    """At most about ``width`` code points where most of the phrases occur; the beginning when none does."""
    if not text:
        return []
    found = hits(text, phrases)[:MAX_HITS]
    begin, end = 0, len(text)
    if len(text) > width:
        begin, end = _window(text, found, width)
    spans: list[Span] = []
    at = begin
    for start, stop in merged(found):
        start, stop = max(start, begin), min(stop, end)
        if start >= stop:
            continue
        if start > at:
            spans.append(Span(text=text[at:start], hit=False))
        spans.append(Span(text=text[start:stop], hit=True))
        at = stop
    if at < end:
        spans.append(Span(text=text[at:end], hit=False))
    if begin:
        spans.insert(0, Span(text="…", hit=False))
    if end < len(text):
        spans.append(Span(text="…", hit=False))
    return spans


def _window(text: str, found: Sequence[tuple[int, int, int]], width: int) -> tuple[int, int]:
    start = 0
    if found:
        reach = width - LEAD
        best = max(found, key=lambda h: (len({p for s, e, p in found if h[0] <= s and e <= h[0] + reach}), -h[0]))
        start = max(0, min(best[0] - LEAD, len(text) - width))
    begin = _whole(text, start, -1)
    return begin, _whole(text, min(len(text), start + width), 1)


def _whole(text: str, cut: int, step: int) -> int:
    """The nearest cut that parts no letter from its accents."""
    for _ in range(8):
        if not 0 < cut < len(text) or not unicodedata.category(text[cut]).startswith("M"):
            break
        cut += step
    return cut


def merged(found: Sequence[tuple[int, int, int]]) -> list[tuple[int, int]]:
    """The stretches that the hits cover, in order."""
    runs: list[tuple[int, int]] = []
    for start, end, _ in found:
        if runs and start <= runs[-1][1]:
            runs[-1] = (runs[-1][0], max(end, runs[-1][1]))
        else:
            runs.append((start, end))
    return runs
