"""Where a name or a term stands in a text, as a word of its own in scripts that put blanks between words. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

Span = tuple[int, int]
#: Letters and digits of the scripts that put blanks between words.
LETTER = "A-Za-z0-9\u00c0-\u024f\u0370-\u052f\u1e00-\u1eff"


@lru_cache(maxsize=2_048)
def _pattern(term: str, cased: bool) -> re.Pattern[str]:
    words = r"\s+".join(re.escape(word) for word in term.split())
    # A Latin term inside Chinese or Thai text has no blanks around it.
    before = f"(?<![{LETTER}])" if _spaced(term[0]) else ""
    after = f"(?![{LETTER}])" if _spaced(term[-1]) else ""
    return re.compile(f"{before}{words}{after}", 0 if cased else re.IGNORECASE)


def occurrences(text: str, term: str, cased: bool = False) -> list[Span]:
    """Every place of ``term`` (blanks in it stand for any blanks)."""
    term = term.strip()
    return [match.span() for match in _pattern(term, cased).finditer(text)] if term else []


def _spaced(char: str) -> bool:
    """Whether the character's script puts blanks between words and no endings onto names (Korean does the latter)."""
    return char.isalnum() and char < "\u0e00"


def meet(one: Span, other: Span) -> bool:
    """Whether two spans share a character."""
    return one[0] < other[1] and other[0] < one[1]


def merged(spans: Iterable[Span]) -> list[Span]:
    """Overlapping spans as one, left to right; empty ones are left out."""
    out: list[Span] = []
    for start, end in sorted(spans):
        if out and start < out[-1][1]:
            out[-1] = (out[-1][0], max(end, out[-1][1]))
        elif end > start:
            out.append((start, end))
    return out


def without(span: Span, holes: Sequence[Span]) -> list[Span]:
    """What is left of a span around the holes in it."""
    rest: list[Span] = []
    at = span[0]
    for start, end in sorted(hole for hole in holes if meet(span, hole)):
        rest.append((at, start))
        at = max(at, end)
    return [(start, end) for start, end in [*rest, (at, span[1])] if end > start]


def run_together(before: str, after: str) -> bool:
    """Whether two texts side by side read as one word or number."""
    return bool(before and after) and all(char.isalnum() and char < "\u0e00" for char in (before[-1], after[0]))


def side_by_side(before: str, after: str) -> bool:
    """Whether nothing parts two items: a Korean name may follow a word without a blank, but not an order number."""
    return bool(before and after) and before[-1].isalnum() and after[0].isalnum()
