"""Words written so that a filter should not see them: "w h a t s a p p", "we.chat", "wh4ts4pp", "ԝеchаt". Pure.

A skeleton has one sign for all that look alike and no separators; what is found in it counts only where the way it is
written cannot be chance ("we chat with buyers" has the letters of a contact word too).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import groupby

from .folding import Folded
from .scripts import UNSPACED, apart
from .skeleton import BOXED, SIGN, skeleton, spans
from .terms import Term

#: Fewer Latin letters make too many other words, taken apart or not.
_FEWEST, _FEWEST_APART, _FEWEST_BACKWARDS = 3, 4, 6
#: What letters look like on their head that have no sign of their own for it.
_OVER = str.maketrans("nupdbqmw", "undpqbww")
_SENTENCE = frozenset("。，！？、；：,!?;:")
#: Separators between two letters are at most so long.
_LONGEST_GAP = 3


def backwards(look: str) -> set[str]:
    """How a skeleton looks written from its end, and stood on its head with letters of either size: ddɐsʇɐɥʍ."""
    turned = look[::-1]
    over = turned.translate(_OVER)
    return {turned, over, turned.replace("w", "m"), over.replace("w", "m")} - {look}


def looks_of(term: Term) -> Iterator[tuple[str, str]]:
    """Every skeleton a term is looked for by, with the spelling that is not disguised.

    Names of apps are written backwards too; words of a language are not: "stressed" is "desserts".
    """
    look = skeleton(term.bare)
    # one sign alone disguises nothing: 薇❤ has the skeleton of every 蔷薇
    if len(look) > 1:
        yield look, term.bare
    if term.language == "any" and term.bare.isascii() and term.bare.isalpha() and len(look) >= _FEWEST_BACKWARDS:
        for back in sorted(backwards(look)):
            yield back, ""


def disguised(text: Folded, found: Callable[[str], Iterable[tuple[int, int, int]]]) -> list[tuple[int, int, int]]:
    """What ``found`` finds in the skeleton of a text, as (what, start, end) in the folded text; chance among it."""
    hits = list(found(skeleton(text.bare)))
    return spans(text.bare, hits) if hits else []


def meant(text: Folded, start: int, end: int, term: str) -> bool:
    """Whether what has the skeleton of a folded term cannot have been written so by chance, nor plainly."""
    written, bare = text.exact[start:end], text.bare[start:end]
    if bare == term:
        return written.replace("-", " ") != term and _whole(text, start, end)
    pieces, gaps = _taken_apart(written)
    if any(len(gap) > _LONGEST_GAP for gap in gaps) or not any(map(_is_letter, written)):
        return False
    if UNSPACED.search(written):
        return not any(sign in _SENTENCE for gap in gaps for sign in gap)
    if not _whole(text, start, end):
        return False
    if not gaps or _same_words(bare, term):
        return len(written) >= _FEWEST and not any(map(_letter_for_figure, bare, term))
    if sum(map(len, pieces)) < _FEWEST_APART:
        return False
    if len(gaps) >= 3 and (max(map(len, pieces)) <= 2 or _one_by_one(pieces)):
        return True
    # punctuation alone: "we.chat"; a comma and a blank end a thought instead
    return not any(sign.isspace() or sign in _SENTENCE for gap in gaps for sign in gap)


def _whole(text: Folded, start: int, end: int) -> bool:
    return apart(text.bare, start) and apart(text.bare, end)


def _same_words(bare: str, term: str) -> bool:
    """Whether blanks stand where those of the term do, so that they take nothing apart: "l0se we1ght"."""
    return " " in term and list(map(len, bare.split(" "))) == list(map(len, term.split(" ")))


def _one_by_one(pieces: list[str]) -> bool:
    """Whether a word among others is spelled letter by letter: "w.e.i.g.h.t loss"."""
    return any(
        alone and len(list(row)) >= _FEWEST_APART for alone, row in groupby(pieces, lambda piece: len(piece) == 1)
    )


def _letter_for_figure(written: str, term: str) -> bool:
    """Nobody writes "S star" for "5 star"."""
    return term.isdigit() and written.isalpha()


def _is_letter(char: str) -> bool:
    """Digits and signs alone are a number, whatever they look like."""
    return char.isalpha() or ord(char) >= BOXED[0]


def _taken_apart(written: str) -> tuple[list[str], list[str]]:
    """The pieces between separators, and the separators."""
    pieces, gaps, separated = [""], [], False
    for char in written:
        if SIGN[char]:
            if separated:
                pieces.append("")
            pieces[-1] += char
            separated = False
        else:
            if not separated:
                gaps.append("")
            gaps[-1] += char
            separated = True
    return pieces, gaps
