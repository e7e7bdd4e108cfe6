"""How likely a text is what somebody wrote: the letters its languages use most, and where in a word they stand. Pure.

The letters of a language come in rough order of how often they are written; a text in the wrong encoding has rare
ones, capitals in the middle of words, and two scripts in one word. Used to tell encodings apart, nothing else.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from .alphabets import CAPITALISED, FEW, MANY, WORDS

_HAN, _HANGUL = (0x4E00, 0x9FFF), (0xAC00, 0xD7A3)
_REST = {"zh": _HAN, "hant": _HAN, "ja": _HAN, "ko": _HANGUL}
#: Logarithm of what such a word adds.
_WORD = 4.0
#: Marks any text may have.
_MARKS = "’“”–—…‘•°€£©®™×\u00a0"
#: Logarithms: a letter or mark of ASCII, a listed mark, a letter nobody writes, and a sign that was no text.
_ASCII, _MARK, _STRANGE, _BROKEN = -4.0, -3.0, -14.0, -20.0
#: A letter where no word has it, such as a capital behind a small one; two scripts in one word.
_ODD, _MIXED = -4.0, -6.0
#: A word in capitals beyond ASCII; behind so many of a line the next is no surprise.
_SHOUT, _SHOUTS = -2.0, 3
_SPELT = re.compile(r"[^\W\d_]+")
_SHOUTED = re.compile(
    "[A-Z\u00c0-\u00de\u0386-\u03ab\u0400-\u042f]*[\u00c0-\u00d6\u00d8-\u00de\u0386-\u03ab\u0400-\u042f]{2,}[A-Z]*"
)
_BUMPS = re.compile(r"(?<=[^\W\d_])[^\W\d_]")
_LATIN = "A-Za-z"
_OTHER = "\u0370-\u05ff\u0600-\u06ff\u0e00-\u0e7f"
_TWO_SCRIPTS = re.compile(f"[{_LATIN}](?=[{_OTHER}])|[{_OTHER}](?=[{_LATIN}])")
_LONELY = re.compile(f"(?<=[{_LATIN}])[\u3040-\u9fff\uac00-\ud7a3\uf900-\ufaff](?=[{_LATIN} ])")
#: A letter alone, also beside a figure, is "à", "é" or "o" of a few languages, and seldom any other.
_ALONE = re.compile(r"(?<![^\W\d_])[^\W\d_a-zàéèóíyаийквсоуяζηο\u0e00-\ud7a3](?![^\W\d_])", re.IGNORECASE)
#: No language with accents writes three of them in a row.
_RUN = re.compile("[\u00c0-\u00ff\u0152\u0153\u0178]{3}")
_BREAKS = re.compile("[\x01-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffd\ue000-\uf8ff]")


class Seen(NamedTuple):
    """``score``: logarithm of how likely, comparable between encodings of the same bytes; of the characters beyond
    ASCII there are ``beyond``, ``known`` of them such as the language writes often
    and where it writes them."""

    score: float
    beyond: int
    known: int


def likely(line: str, languages: tuple[str, ...]) -> Seen:
    """How likely a line is in the likeliest of the languages."""
    odd, mixed = _oddities(line)
    # a word in capitals has the letters of any other
    said, shouted = _SHOUTED.subn(lambda match: match[0].lower(), line)
    beyond = [char for char in said if char > "\x7f"]
    plain = (len(line) - len(beyond)) * _ASCII + min(shouted, _SHOUTS) * _SHOUT + odd * _ODD + mixed * _MIXED
    words = {word for word in _SPELT.findall(line.casefold()) if not word.isascii()}
    best = Seen(-math.inf, len(beyond), 0)
    for language in languages:
        known, rest = _chances(language)
        score = plain + _WORD * len(words & _words(language))
        hits = 0
        for char in beyond:
            chance = known.get(char)
            hits += chance is not None
            score += chance if chance is not None else rest(char)
        if score > best.score:
            best = Seen(score, len(beyond), hits - odd - mixed)
    return best


def broken(line: str) -> bool:
    """Whether a line holds what no text holds."""
    return _BREAKS.search(line) is not None


def _oddities(line: str) -> tuple[int, int]:
    """Letters where no word has them, and where two scripts meet in one word."""
    if line.isascii():
        return 0, 0
    bumps = sum(match[0].isupper() and line[match.start() - 1].islower() for match in _BUMPS.finditer(line))
    odd = bumps + len(_ALONE.findall(line)) + 3 * len(_RUN.findall(line))
    return odd, len(_TWO_SCRIPTS.findall(line)) + len(_LONELY.findall(line))


class _Rest:
    """What a character that is not listed counts."""

    def __init__(self, language: str) -> None:
        self._span = _REST.get(language)

    def __call__(self, char: str) -> float:
        if _BREAKS.match(char):
            return _BROKEN
        if self._span and self._span[0] <= ord(char) <= self._span[1]:
            return math.log(0.2 / (self._span[1] - self._span[0]))
        return _STRANGE


@cache
def _words(language: str) -> frozenset[str]:
    return frozenset(WORDS.get(language, "").split())


@cache
def _chances(language: str) -> tuple[Mapping[str, float], _Rest]:
    few = FEW.get(language)
    letters = list(dict.fromkeys(few or MANY[language]))
    if few is not None and language in CAPITALISED:
        letters += [letter.upper() for letter in letters if letter.upper() not in letters]
    letters = [letter for letter in letters if letter > "\x7f"]
    # the many-lettered languages are flatter: their first letter is no tenth of the text
    flat = 3 if few is not None else 40
    total = sum(1 / (rank + flat) for rank in range(len(letters)))
    share = 0.97 if few is not None else 0.75
    known = {letter: math.log(share / (rank + flat) / total) for rank, letter in enumerate(letters)}
    return {**dict.fromkeys(_MARKS, _MARK), **known}, _Rest(language)
