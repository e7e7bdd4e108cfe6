"""Which scripts write blanks between words, and where a word begins and ends. Pure."""

from __future__ import annotations

import re

#: Han, kana, hangul, Thai, Lao, Khmer, Burmese: a term may stand anywhere in a row of these.
_UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1100-\u11ff\u1780-\u17ff\u2e80-\u2fdf\u3005-\u3007\u3021-\u30ff\u3130-\u318f"
    "\u31f0-\u31ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff"
)
UNSPACED = re.compile(f"[{_UNSPACED}]")
#: A word of a spaced script, or one sign of another.
TOKEN = re.compile(rf"[{_UNSPACED}]|[^\W_{_UNSPACED}]+(?:'[a-z]+)?")
_WORD, _ASCII_WORD = re.compile(rf"[^\W_{_UNSPACED}]+"), re.compile(r"[a-z0-9]+")

#: Where a sentence or a line ends; the dot in 99.9 and in a name of a site does not.
SENTENCE_END = re.compile(r"[.!?;](?=\s|$)|[。！？；…\n\r\u2028\u2029]")


def spaced(char: str) -> bool:
    """Whether it is a letter or digit of a script that has blanks between words."""
    if char.isascii():
        return char.isalnum()
    return char.isalnum() and UNSPACED.match(char) is None


def apart(text: str, at: int) -> bool:
    """Whether a word may begin or end at a place of the text."""
    return at <= 0 or at >= len(text) or not (spaced(text[at - 1]) and spaced(text[at]))


def edges(text: str) -> tuple[set[int], set[int]]:
    """Where words of spaced scripts begin, and where they end, in a folded text."""
    words = [word.span() for word in (_ASCII_WORD if text.isascii() else _WORD).finditer(text)]
    return {start for start, _ in words}, {end for _, end in words}


def word_end(text: str, at: int) -> int:
    """The end of the word around a place."""
    while at < len(text) and spaced(text[at]):
        at += 1
    return at


def word_start(text: str, at: int) -> int:
    """The beginning of the word around a place."""
    while at > 0 and spaced(text[at - 1]):
        at -= 1
    return at


def distance(text: str, start: int, end: int, unit: str) -> int:
    """How many words (a sign of a script without blanks is one) or characters stand between two places."""
    if unit == "characters":
        return end - start
    return sum(1 for _ in TOKEN.finditer(text, start, end))
