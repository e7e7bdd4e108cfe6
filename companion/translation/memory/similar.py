"""How alike two lines are. Pure.

Edit distance by bit vectors (Hyyrö's form of Myers' algorithm): Python's whole numbers are as wide as a line, so a pair
of lines of 40 characters takes some ten microseconds.
"""

from __future__ import annotations

from ..codes import UNSPACED, primary

#: Lines less alike are not shown.
THRESHOLD = 0.8


def distance(one: str, other: str) -> int:
    """Insertions, deletions and changes of a character that make one line the other."""
    if len(one) < len(other):
        one, other = other, one
    if not other:
        return len(one)
    places: dict[str, int] = {}
    for at, char in enumerate(one):
        places[char] = places.get(char, 0) | 1 << at
    last = 1 << (len(one) - 1)
    whole = (1 << len(one)) - 1
    plus, minus, cost = whole, 0, len(one)
    for char in other:
        match = places.get(char, 0)
        zero = (((match & plus) + plus) ^ plus) | match | minus
        up, down = minus | ~(zero | plus), plus & zero
        cost += bool(up & last) - bool(down & last)
        up, down = (up << 1 | 1) & whole, (down << 1) & whole
        plus, minus = (down | ~(zero | up)) & whole, up & zero
    return cost


def similarity(one: str, other: str) -> float:
    """1 for the same line, 0 for lines with nothing in common."""
    longest = max(len(one), len(other))
    return 1.0 - distance(one, other) / longest if longest else 1.0


def grams(key: str, language: str) -> frozenset[str]:
    """The pieces a key is looked up by: pairs of characters where a character is a word, else threes."""
    size = 2 if primary(language) in UNSPACED | {"ko"} else 3
    padded = f"^{key}$"
    return frozenset(padded[at : at + size] for at in range(max(1, len(padded) - size + 1)))
