"""Terms, patterns and signs that stand there, of overlapping ones the longest."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from ..pattern import Pattern
from ..ready import Ready
from ..scan import Hit, Scan
from ..scripts import apart, word_end, word_start
from ..terms import speaks

#: Places of one pattern in one text; a text with more has made its point.
_MOST = 200


def literal(ready: Ready, at: int, scan: Scan, language: str) -> list[Hit]:
    """Every place, from left to right."""
    found = [hit for hit in scan.hits.get(at, ()) if hit.disguised or speaks(hit.language, hit.phrase, language)]
    for number, pattern in enumerate(ready.patterns):
        if not pattern.anchors or (at, number) in scan.anchors:
            found.extend(matches(pattern, scan, language))
    if ready.signs is not None:
        found += _signs(ready, scan)
    return longest(found)


def matches(pattern: Pattern, scan: Scan, language: str) -> Iterator[Hit]:
    """Where a pattern fits."""
    if not speaks(pattern.language, pattern.phrase, language):
        return
    exact = scan.text.exact
    once = pattern.regex.match(exact) if pattern.at_start else None
    every = ((once,) if once else ()) if pattern.at_start else pattern.regex.finditer(exact)
    for found in islice(every, _MOST):
        if found.end() > found.start():
            # whole words are shown, also where the pattern says only how they begin
            bare = scan.text.bare
            start = found.start() if apart(bare, found.start()) else word_start(bare, found.start())
            yield Hit(start, found.end() if apart(bare, found.end()) else word_end(bare, found.end()), pattern.language)


def longest(hits: list[Hit]) -> list[Hit]:
    """Of overlapping hits the longest; of equal ones what is written so ("diabetes", not the plural of "diabète"), else
    the first."""
    if len(hits) < 2:
        return hits
    kept: list[Hit] = []
    taken = bytearray(max(hit.end for hit in hits))
    for hit in sorted(hits, key=lambda hit: (hit.start - hit.end, hit.start, _goes_on(hit))):
        # what is longer and overlaps holds one of its ends
        if not taken[hit.start] and not taken[hit.end - 1]:
            taken[hit.start : hit.end] = b"\x01" * (hit.end - hit.start)
            kept.append(hit)
    return sorted(kept, key=lambda hit: hit.start)


def _goes_on(hit: Hit) -> bool:
    """Whether its term is written with an ending."""
    return not hit.disguised and 0 < len(hit.bare) < hit.end - hit.start


def _signs(ready: Ready, scan: Scan) -> Iterator[Hit]:
    assert ready.signs is not None
    for found in islice(ready.signs.finditer(scan.text.text), _MOST):
        start, end = scan.text.place(*found.span())
        if end > start:
            yield Hit(start, end)
