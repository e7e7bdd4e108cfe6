"""What excuses a hit: an exception around it, its surroundings, a negation, or who may use the mark. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from .folding import folded
from .pack import Pack, Ready
from .place import Place
from .rule import Near
from .scan import Hit, Scan
from .scripts import SENTENCE_END, apart, distance
from .terms import speaks

#: A word of one of our scripts is never longer, so farther words need not be counted.
_LONGEST_WORD = 25


def excused(pack: Pack, at: int, hit: Hit, scan: Scan, others: Sequence[Scan], place: Place, language: str) -> bool:
    """Whether a hit of the rule ``at`` is none. ``others``: scans of the whole listing, this one among them."""
    ready = pack.rules[at]
    if any(each.start <= hit.start and hit.end <= each.end for each in scan.exceptions.get(at, ())):
        return True
    if ready.near and not _context(ready, at, hit, scan, others, language):
        return True
    if ready.rule.negatable and _negated(pack, hit, scan, language):
        return True
    return bool(ready.rule.brands) and _may_use(pack, ready, hit, scan, place)


def _context(ready: Ready, at: int, hit: Hit, scan: Scan, others: Sequence[Scan], language: str) -> bool:
    """Whether the words around are as the rule wants them."""
    for number, (near, wanted) in enumerate(ready.near):
        scans = others if near.where == "listing" else (scan,)
        stands = any(
            speaks(word.language, word.phrase, language) and (each is not scan or _close(near, hit, word, scan))
            for each in scans
            for word in each.near.get((at, number), ())
        )
        if stands is not wanted:
            return False
    return True


def _close(near: Near, hit: Hit, word: Hit, scan: Scan) -> bool:
    if word.end > hit.start and word.start < hit.end:
        return False
    before = word.end <= hit.start
    if (near.side == "before" and not before) or (near.side == "after" and before):
        return False
    if near.where != "near":
        return True
    start, end = (word.end, hit.start) if before else (hit.end, word.start)
    if end - start > near.within * (_LONGEST_WORD if near.unit == "words" else 1):
        return False
    if SENTENCE_END.search(scan.text.written(start, end)):
        return False
    return distance(scan.text.bare, start, end, near.unit) <= near.within


def _negated(pack: Pack, hit: Hit, scan: Scan, language: str) -> bool:
    """By cues of the language of what was found, and of the text."""
    spoken = {hit.language if hit.language != "any" else language or "any", language or "any"}
    return any(pack.excuses.negated(scan.text, hit.start, hit.end, each) for each in spoken)


def _may_use(pack: Pack, ready: Ready, hit: Hit, scan: Scan, place: Place) -> bool:
    allowed = ready.rule.brands
    names = [*filter(None, (place.brand,)), *place.own] if "own" in allowed else []
    names += place.licensed if "licensed" in allowed else ()
    bare = scan.text.bare
    if any(_covers(bare, folded(name)[1], hit) for name in names):
        return True
    return "compatible" in allowed and pack.excuses.compatible(scan.text, hit.start, hit.end)


def _covers(bare: str, mark: str, hit: Hit) -> bool:
    """Whether a hit is a mark, lies in it, or says it: "Velcro", "best" in "Best Paws", "Dior style"."""
    if not mark:
        return False
    if _squashed(bare[hit.start : hit.end]) == _squashed(mark):
        return True
    at = bare.find(mark, max(0, hit.start - len(mark)), hit.end + len(mark))
    while at >= 0:
        end = at + len(mark)
        inside = (at <= hit.start and hit.end <= end) or (hit.start <= at and end <= hit.end)
        if inside and apart(bare, at) and apart(bare, end):
            return True
        at = bare.find(mark, at + 1, hit.end + len(mark))
    return False


def _squashed(text: str) -> str:
    return "".join(char for char in text if char.isalnum())
