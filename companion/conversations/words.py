"""Text as the search index sees it: folded words, and single characters of scripts written without spaces. Pure.

SQLite's own tokenizers cannot find two Chinese characters (``trigram`` needs three) and ``unicode61`` takes a Chinese
sentence for one word. With a space around each such character one, two or more of them are a phrase. Folding happens
here and not in SQLite, so that the highlighter sees exactly the words the index holds.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

#: Scripts written without spaces: each character is a word of its own.
_ALONE = (
    (0x0E00, 0x0EFF),  # Thai, Lao
    (0x1000, 0x109F),  # Myanmar
    (0x1100, 0x11FF),  # Hangul jamo
    (0x1780, 0x17FF),  # Khmer
    (0x3005, 0x3007),  # 々 〇
    (0x3040, 0x318F),  # kana, bopomofo, Hangul compatibility jamo
    (0x31F0, 0x31FF),
    (0x3400, 0x4DBF),
    (0x4E00, 0x9FFF),
    (0xAC00, 0xD7AF),  # Hangul syllables
    (0xF900, 0xFAFF),
    (0xFF66, 0xFF9F),  # half-width kana
    (0x20000, 0x3FFFF),
)
#: Thai and Lao tone marks and signs: typed or left out at will. Vowel signs stay, they make the word.
_TONES = {*range(0x0E47, 0x0E4F), *range(0x0EC8, 0x0ECE)}
_VOWEL_SIGNS = {0x0E38, 0x0E39, 0x0EB8, 0x0EB9}
#: Letters people type without their stroke, which Unicode does not take apart.
_PLAIN = {"đ": "d", "ð": "d", "ø": "o", "ł": "l", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe", "ə": "e", "ŋ": "n"}
_TATWEEL = "\u0640"
#: Several code points that are one character: decomposed Hangul, kana with a separate voicing mark.
_CLUSTER = re.compile(
    "[\u1100-\u1112][\u1161-\u1175][\u11a8-\u11c2]?|[\u3041-\u30ff][\u3099\u309a]|[\uff66-\uff9d][\uff9e\uff9f]"
)
#: What parts ASCII words and the next such word, which needs nothing but the lower case.
_ASCII = re.compile("[^0-9A-Za-z\x80-\U0010ffff]*([0-9A-Za-z]*)")
#: Longer words are cut, in the index and in the query alike.
MAX_WORD = 64


class Word(NamedTuple):
    """A folded word and where it stands in the original, in code points."""

    text: str
    start: int
    end: int
    alone: bool


def stands_alone(char: str) -> bool:
    """Whether the character belongs to a script written without spaces."""
    code = ord(char)
    return code >= 0x0E00 and any(first <= code <= last for first, last in _ALONE)


@lru_cache(maxsize=8192)
def _fold(char: str) -> tuple[str | None, bool]:
    """What the index keeps of a character (None = it separates words, "" = ignored), and whether it stands alone."""
    category = unicodedata.category(char[0])
    if category in {"Cf", "Me"} or char == _TATWEEL or 0xFE00 <= ord(char[0]) <= 0xFE0F or ord(char[0]) in _TONES:
        return "", False
    if category[0] not in "LNM":
        return None, False
    if category == "Nd":
        return str(unicodedata.digit(char)), False
    if stands_alone(char[0]):
        # NFKC joins half-width kana and loose jamo, but would take a Thai vowel apart.
        return unicodedata.normalize("NFKC" if ord(char[0]) >= 0x1100 else "NFC", char), True
    kept = []
    for part in unicodedata.normalize("NFKD", char.casefold()):
        kind = unicodedata.category(part)
        if kind[0] in "LN" or (kind in {"Mn", "Mc"} and not unicodedata.combining(part)):
            kept.append(_PLAIN.get(part, part))
    return "".join(kept), False


def words(text: str) -> list[Word]:
    """All words of a text in order."""
    found: list[Word] = []
    pending = ""
    start = end = index = 0
    clusters = {m.start(): m.group() for m in _CLUSTER.finditer(text)}

    while index < len(text):
        char = text[index]
        if char < "\x80":
            plain = _ASCII.match(text, index)
            assert plain
            begin, after = plain.span(1)
            if pending and begin > index:
                found.append(Word(pending[:MAX_WORD], start, end, False))
                pending = ""
            if begin < after:
                start = start if pending else begin
                pending += plain[1].lower()
                end = after
            index = plain.end()
            continue
        unit = clusters.get(index, char) if clusters else char
        after = index + len(unit)
        folded, alone = _fold(unit)
        if not folded and folded is not None:
            # An accent belongs to what it stands on; the marks' length counts for highlighting.
            if pending:
                end = after
            elif found and found[-1].end == index:
                found[-1] = found[-1]._replace(end=after)
        elif folded and not alone:
            start = start if pending else index
            pending += folded
            end = after
        else:
            if pending:
                found.append(Word(pending[:MAX_WORD], start, end, False))
                pending = ""
            if folded:
                found.append(Word(folded, index, after, True))
        index = after
    if pending:
        found.append(Word(pending[:MAX_WORD], start, end, False))
    return found


#: Between two texts in one column of the index, so that no phrase spans both. A private-use character is a word to
#: SQLite and never one in a query.
BREAK = "\ue000"


def index_text(*texts: str) -> str:
    """Texts as the index takes them."""
    parts = [" ".join(word.text for word in words(text)) for text in texts]
    return f" {BREAK} ".join(part for part in parts if part)
