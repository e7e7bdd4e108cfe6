"""Words written so that a filter should not see them: "w h a t s a p p", "we.chat", "wh4ts4pp", "ԝеchаt". Pure.

A skeleton has one sign for all that look alike and no separators; what is found in it counts only where the way it is
written cannot be chance ("we chat with buyers" has the letters of a contact word too).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Iterator
from itertools import compress, groupby

from .folding import Folded
from .lookalikes import LOOKS
from .scripts import UNSPACED, apart
from .terms import Term

#: Letters in boxes and circles that Unicode does not take for letters.
_BOXED = (0x1F150, 0x1F170, 0x1F1E6)
#: Fewer Latin letters make too many other words, taken apart or not.
_FEWEST, _FEWEST_APART, _FEWEST_BACKWARDS = 3, 4, 6
#: What letters look like on their head that have no sign of their own for it.
_OVER = str.maketrans("nupdbqmw", "undpqbww")
_SENTENCE = frozenset("。，！？、；：,!?;:")
#: Separators between two letters are at most so long.
_LONGEST_GAP = 3


class _Skeleton(dict[str, str]):
    """The sign a character looks like, "" for what separates."""

    def __missing__(self, char: str) -> str:
        self[char] = sign = char if char.isalnum() or unicodedata.category(char) in ("Mn", "Mc", "Lm") else ""
        return sign


_SIGN = _Skeleton({look: sign for sign, looks in LOOKS.items() for look in looks})
_SIGN.update({chr(first + at): chr(97 + at).replace("l", "i") for first in _BOXED for at in range(26)})

#: The same of plain text, whose skeleton takes one step.
_ASCII_SIGNS = bytes(ord(_SIGN[chr(code)] or " ") if code < 128 else code for code in range(256))
_ASCII_NONE = bytes(code for code in range(128) if not _SIGN[chr(code)])
_ASCII_KEPT = bytes(code not in _ASCII_NONE for code in range(256))
#: From so many places on a list of all is quicker than looking for each.
_MANY = 12


def skeleton(bare: str) -> str:
    """A folded text or term by what it looks like, without separators."""
    if bare.isascii():
        return bare.encode().translate(_ASCII_SIGNS, _ASCII_NONE).decode()
    made = bare
    for char in set(bare):
        if (sign := _SIGN[char]) != char:
            made = made.replace(char, sign)
    return made


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
    if not hits:
        return []
    kept = _kept(text.bare)
    if len(hits) > _MANY:
        places = list(compress(range(len(kept)), kept))
        return [(what, places[start], places[end - 1] + 1) for what, start, end in hits]
    return [(what, *_span(kept, start, end - start)) for what, start, end in hits]


def _kept(bare: str) -> bytes:
    """1 for each sign of which the skeleton has something, 0 for each separator."""
    return bare.encode().translate(_ASCII_KEPT) if bare.isascii() else bytes(map(bool, map(_SIGN.__getitem__, bare)))


def _span(kept: bytes, number: int, length: int) -> tuple[int, int]:
    """Where so many signs of the skeleton stand, from the one of that number on; most stand in a row."""
    start = _place(kept, number)
    if kept.count(0, start, start + length) == 0:
        return start, start + length
    return start, _place(kept, number + length - 1) + 1


def _place(kept: bytes, number: int) -> int:
    """Where the sign of that number in the skeleton stands: counting in halves is quicker than a list of all places."""
    low, high = 0, len(kept)
    while high - low > 1:
        middle = (low + high) // 2
        before = middle - low - kept.count(0, low, middle)
        if number < before:
            high = middle
        else:
            low, number = middle, number - before
    return low


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
    return char.isalpha() or ord(char) >= _BOXED[0]


def _taken_apart(written: str) -> tuple[list[str], list[str]]:
    """The pieces between separators, and the separators."""
    pieces, gaps, separated = [""], [], False
    for char in written:
        if _SIGN[char]:
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
