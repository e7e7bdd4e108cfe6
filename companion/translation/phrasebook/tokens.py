"""A sentence as the matcher sees it: words without case, accents and punctuation, with typed items marked. Pure.

A token is a word, or a single character where words are not set apart by spaces. Items (order ids, sizes, prices,
dates, colours …) become one token ``MARK`` and keep their value and place in the original.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from ..codes import UNSPACED
from ..scripts import HAN, HANGUL, KANA, THAI

MARK = "\ue000"
#: Full-width forms to ASCII, one character for one, so that places in the text stay the same. The full-width comma
#: stays: "165，50公斤" is two numbers, "165,50" may be one.
_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F) if code != 0xFF0C} | {
    0x3000: 0x20, 0xA0: 0x20, 0x2019: 0x27, 0x2018: 0x27, 0x2BC: 0x27, 0x2013: 0x2D, 0x2014: 0x2D, 0x301C: 0x7E,
}  # fmt: skip
_TOKEN = re.compile(
    rf"[{HAN}ー]|[{KANA}]|[{HANGUL}]|[{THAI}]|%|(?:(?![{HAN}{KANA}{HANGUL}{THAI}])[^\W_])+(?:'(?:(?![{HAN}{KANA}{HANGUL}{THAI}])[^\W_])+)*"
)
#: Laughing and crying of chat: says nothing.
_NOISE = re.compile(
    r"[ㄱ-ㅎㅏ-ㅣ]+|\b5{3,}\b|[:;=]['-]?[()DPp3/|]|\^_*\^|T_T|<3|(?<![^\W_])(?:xd|jaja+|haha+|hehe+|kkk+|lol|wkwk\w*|rsrs)(?![^\W_])",
    re.IGNORECASE,
)
_QUESTION = re.compile(r"[?？؟]")


@dataclass(frozen=True, slots=True)
class TypedItem:
    """A value that may fill a slot: which kinds it can be, as typed, and what it means where that is known."""

    start: int
    end: int
    value: str
    kinds: frozenset[str]
    #: For colours, places and dates: the thing itself ("red", "br", "03-05"); else the value in lower case.
    meaning: str


@dataclass(frozen=True, slots=True)
class Token:
    """One token with its place in the text; ``item`` is set where ``text`` is MARK."""

    text: str
    start: int
    end: int
    item: TypedItem | None = None


@dataclass(frozen=True, slots=True)
class Sentence:
    """A tokenised text. ``text`` is what the places refer to (NFC, width folded)."""

    text: str
    language: str
    tokens: tuple[Token, ...]

    @property
    def words(self) -> tuple[str, ...]:
        """The tokens' texts."""
        return tuple(token.text for token in self.tokens)

    @property
    def items(self) -> tuple[TypedItem, ...]:
        """The typed items in order."""
        return tuple(token.item for token in self.tokens if token.item)

    @property
    def asks(self) -> bool:
        """Whether there is a question mark."""
        return _QUESTION.search(self.text) is not None


def fold_width(text: str) -> str:
    """NFC, and full-width letters, digits and punctuation as ASCII."""
    return unicodedata.normalize("NFC", text).translate(_WIDTH)


def joiner(language: str) -> str:
    """What stands between tokens in a key: nothing where spaces mean nothing (Korean buyers leave them out too)."""
    return "" if language in UNSPACED or language == "ko" else " "


def plain(text: str) -> str:
    """Without accents (Latin letters only: in Thai, Japanese and Korean the marks are letters), ё as е."""
    if text.isascii():
        return text
    return "".join(map(_bare, text))


@lru_cache(maxsize=4_096)
def _bare(char: str) -> str:
    base = unicodedata.normalize("NFD", char)
    if len(base) > 1 and ("a" <= base[0].lower() <= "z" or char in "ёЁ"):
        return base[0]
    return {"đ": "d", "ł": "l", "ø": "o", "œ": "oe", "æ": "ae"}.get(char, char)


_RUN = re.compile(r"([^\W\d_])\1+")
_LONG_RUN = re.compile(r"([^\W\d_])\1{2,}")


def squash(text: str, language: str) -> str:
    """Repeated letters once ("helloooo", "soooo", "มากกก"): for both sides, so real doubles still meet each other."""
    return (_LONG_RUN if joiner(language) == "" else _RUN).sub(r"\1", text)


def key_of(words: tuple[str, ...], language: str) -> str:
    """The strict key: accents and doubles still there."""
    return joiner(language).join(words)


def loose(key: str, language: str) -> str:
    """The key to look up: no accents, no doubled letters."""
    return squash(plain(key), language)


def tokenise(text: str, language: str, find_items: Callable[[str, str], list[TypedItem]]) -> Sentence:
    """Cut a text into tokens. ``find_items(text, language)`` names the typed items, in order, not overlapping."""
    folded = fold_width(text)
    tokens: list[Token] = []
    at = 0
    for item in find_items(folded, language):
        tokens += _words(folded, at, item.start)
        tokens.append(Token(MARK, item.start, item.end, item))
        at = item.end
    tokens += _words(folded, at, len(folded))
    return Sentence(folded, language, tuple(tokens))


def _words(text: str, start: int, end: int) -> list[Token]:
    quiet = _NOISE.sub(lambda match: " " * len(match[0]), text[start:end])
    return [
        Token(match[0].casefold().replace("'", ""), start + match.start(), start + match.end())
        for match in _TOKEN.finditer(quiet)
    ]
