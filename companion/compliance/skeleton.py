"""A text by what it looks like: one sign for all that look alike, no separators, and the way back. Pure."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from itertools import compress

from .lookalikes import LOOKS

#: Letters in boxes and circles that Unicode does not take for letters.
BOXED = (0x1F150, 0x1F170, 0x1F1E6)
#: Looking for one place costs as much as a list of the places of so many signs.
_ONE_COSTS = 400


class _Skeleton(dict[str, str]):
    """The sign a character looks like, "" for what separates."""

    def __missing__(self, char: str) -> str:
        self[char] = sign = char if char.isalnum() or unicodedata.category(char) in ("Mn", "Mc", "Lm") else ""
        return sign


SIGN = _Skeleton({look: sign for sign, looks in LOOKS.items() for look in looks})
SIGN.update({chr(first + at): chr(97 + at).replace("l", "i") for first in BOXED for at in range(26)})

#: The same of plain text, whose skeleton takes one step.
_ASCII_SIGNS = bytes(ord(SIGN[chr(code)] or " ") if code < 128 else code for code in range(256))
_ASCII_NONE = bytes(code for code in range(128) if not SIGN[chr(code)])
_ASCII_KEPT = bytes(code not in _ASCII_NONE for code in range(256))


def skeleton(bare: str) -> str:
    """A folded text or term by what it looks like, without separators."""
    if bare.isascii():
        return bare.encode().translate(_ASCII_SIGNS, _ASCII_NONE).decode()
    made = bare
    for char in set(bare):
        if (sign := SIGN[char]) != char:
            made = made.replace(char, sign)
    return made


def spans(bare: str, hits: Sequence[tuple[int, int, int]]) -> list[tuple[int, int, int]]:
    """Where (what, start, end) of a skeleton stand in its text, separators inside them counted."""
    kept = _kept(bare)
    if len(hits) * _ONE_COSTS > len(kept):
        places = list(compress(range(len(kept)), kept))
        return [(what, places[start], places[end - 1] + 1) for what, start, end in hits]
    return [(what, *_span(kept, start, end - start)) for what, start, end in hits]


def _kept(bare: str) -> bytes:
    """1 for each sign of which the skeleton has something, 0 for each separator."""
    return bare.encode().translate(_ASCII_KEPT) if bare.isascii() else bytes(map(bool, map(SIGN.__getitem__, bare)))


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
