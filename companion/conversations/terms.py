"""What the search index on PostgreSQL holds of a message, as terms: each is looked for whole, and together. Pure.

An inverted index there gives the rows of any combination of terms, however common some of them are, in the time that
the rarest takes. So everything a search may ask is a term of its own:

- a word, a sign (``marks.py``, ``pairs.py``), and two words that follow one another, with a space before each: two
  Chinese characters, or a phrase of two, are found by that alone;
- the beginning of a word, with a star behind: what is gathered from all words that go on costs as much as there are;
- the same words of the buyer's name and of the order number, with the column before them;
- the time, in pieces of four sizes: the newest hits are those of the last days, and the others are not even counted.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

from .pairs import pair_sign
from .words import BREAK

#: Columns with texts; ``marks`` has signs.
TEXTS = ("original", "translation", "refs", "buyer")
#: Columns whose words are terms besides, by what stands before those.
TAGS = {"buyer": "b:", "refs": "r:"}
#: Letters that the shortest and the longest beginning has. A shorter one nobody asks for; words with a longer one in
#: common are few.
SHORTEST, LONGEST = 2, 6
#: Pieces of time by the bits of their milliseconds (19 hours, 6 days, 50 days, 200 days), and how many of them a search
#: names at most. Where each is rarer than any of the words, all they hold is stepped through, a millisecond for 10,000
#: messages; so a longer time is asked for by few long pieces, and the words are read.
_SCALES = {26: 16, 29: 8, 32: 3, 34: 4}
#: A tsvector ends at a megabyte; that many words are in no message, only in one with translations without number.
_MOST_BYTES = 900_000


def held(entry: Mapping[str, Any]) -> dict[str, Any]:
    """An entry of the index with ``words``, its terms in the order of the database, and ``sizes``, how many words
    original and translation have as FTS5 writes it."""
    kept: dict[str, None] = {}
    room = _MOST_BYTES
    for term in _terms(entry):
        room -= 0 if term in kept else len(term.encode())
        if room >= 0:
            kept[term] = None
    sizes = b"".join(_number(len(entry[column].split())) for column in ("original", "translation"))
    return {**entry, "sizes": sizes, "words": sorted(kept)}


def beginning(word: str) -> str:
    """The term of messages with a word that goes on so."""
    return f"{word}*"


def pair(first: str, second: str) -> str:
    """The term of two words that follow one another; what has a sign (``pairs.py``) needs no other."""
    return pair_sign(first, second) or f" {first} {second}"


def between(since: int, until: int) -> list[str]:
    """Terms of which every message from and below those moments has one; none = too long a time."""
    for scale, most in _SCALES.items():
        first, last = since >> scale, (until - 1) >> scale
        if last - first < most:
            return [_piece(scale, number) for number in range(first, last + 1)]
    return []


def _terms(entry: Mapping[str, Any]) -> Iterator[str]:
    """All terms, some of them several times; what would be missed most comes first."""
    runs = {column: [text.split() for text in entry[column].split(BREAK)] for column in TEXTS}
    words = dict.fromkeys(word for column in TEXTS for run in runs[column] for word in run)
    yield from (_piece(scale, entry["moment"] >> scale) for scale in _SCALES)
    yield from entry["marks"].split()
    yield from words
    for column, tag in TAGS.items():
        yield from (tag + word for run in runs[column] for word in run)
        yield from (tag + two for run in runs[column] for two in _pairs(run))
    yield from (beginning(word[:size]) for word in words for size in range(SHORTEST, min(LONGEST + 1, len(word))))
    yield from (two for column in TEXTS for run in runs[column] for two in _pairs(run))


def _pairs(run: Sequence[str]) -> Iterator[str]:
    return (pair(one, next_) for one, next_ in pairwise(run))


def _piece(scale: int, number: int) -> str:
    return f"@{[*_SCALES].index(scale)}{number:x}"


def _number(value: int) -> bytes:
    """A number as SQLite writes it: seven bits a byte, the highest first, all but the last byte marked."""
    found = [value & 0x7F]
    while value := value >> 7:
        found.insert(0, value & 0x7F | 0x80)
    return bytes(found)
