"""Which scripts write blanks between words, and where a word begins and ends. Pure."""

from __future__ import annotations

import re

#: Han, kana, hangul, Thai, Lao, Khmer, Burmese: a term may stand anywhere in a row of these.
_UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1100-\u11ff\u1780-\u17ff\u2e80-\u2fdf\u3005-\u3007\u3021-\u30ff\u3130-\u318f"
    "\u31f0-\u31ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff"
)
UNSPACED = re.compile(f"[{_UNSPACED}]")
#: A letter, and a letter or digit, of a script that has blanks between words.
LETTER, SIGN = rf"[^\W\d_{_UNSPACED}]", rf"[^\W{_UNSPACED}]"
#: A word of a spaced script, or one sign of another.
TOKEN = re.compile(rf"[{_UNSPACED}]|[^\W_{_UNSPACED}]+(?:'[a-z]+)?")

#: What is longer is no word of anybody, and is not shown whole.
LONGEST_WORD = 80

#: Where a sentence or a line ends; the dot in 99.9 and in a name of a site does not.
SENTENCE_END = re.compile(r"[.!?;](?=\s|$)|[。！？；…\n\r\u2028\u2029]")


class _Spaced(dict[str, bool]):
    """Whether a sign is a letter or digit of a script that has blanks between words, told once for each."""

    def __missing__(self, char: str) -> bool:
        self[char] = told = char.isalnum() and UNSPACED.match(char) is None
        return told


#: The same for every sign: the busiest question of all.
SPACED = _Spaced()


def spaced(char: str) -> bool:
    """Whether it is a letter or digit of a script that has blanks between words."""
    return SPACED[char]


def apart(text: str, at: int) -> bool:
    """Whether a word may begin or end at a place of the text."""
    return at <= 0 or at >= len(text) or not (spaced(text[at - 1]) and spaced(text[at]))


def word_end(text: str, at: int) -> int:
    """The end of the word around a place, at most ``LONGEST_WORD`` farther."""
    last = min(len(text), at + LONGEST_WORD)
    while at < last and SPACED[text[at]]:
        at += 1
    return at


def word_start(text: str, at: int) -> int:
    """The beginning of the word around a place, at most ``LONGEST_WORD`` back."""
    first = max(0, at - LONGEST_WORD)
    while at > first and SPACED[text[at - 1]]:
        at -= 1
    return at


def distance(text: str, start: int, end: int, unit: str) -> int:
    """How many words (a sign of a script without blanks is one) or characters stand between two places."""
    if unit == "characters":
        return end - start
    return sum(1 for _ in TOKEN.finditer(text, start, end))
