"""Telephone numbers whose digits are words: "one three eight zero", 一三八零, ศูนย์แปดหนึ่ง, 138零零1. Pure."""

from __future__ import annotations

import re

from ahocorasick_rs import AhoCorasick, MatchKind

from ..scripts import apart

_FEWEST = 7
#: Digits from zero to nine, with their accents and without, as people type them.
_BY_LANGUAGE = (
    "zero one two three four five six seven eight nine",
    "cero uno dos tres cuatro cinco seis siete ocho nueve",
    "zero um dois três quatro cinco seis sete oito nove",
    "zéro un deux trois quatre cinq six sept huit neuf",
    "null eins zwei drei vier fünf sechs sieben acht neun",
    "không một hai ba bốn năm sáu bảy tám chín",
    "khong mot hai ba bon nam sau bay tam chin",
    "nol satu dua tiga empat lima enam tujuh delapan sembilan",
    "ศูนย์ หนึ่ง สอง สาม สี่ ห้า หก เจ็ด แปด เก้า",
)
_DIGITS = {word: digit for words in _BY_LANGUAGE for digit, word in enumerate(words.split())}
_DIGITS |= {"oh": 0, "kosong": 0, "meia": 6}
_WORDS = list(_DIGITS)
_AUTOMATON = AhoCorasick(_WORDS, matchkind=MatchKind.LeftmostLongest)
_UP, _DOWN = "01234567890", "9876543210"
_BETWEEN = frozenset(" ,.-")
_LONGEST_GAP = 3
_HAN_DIGITS = "零〇一二三四五六七八九幺壹贰叁肆伍陆柒捌玖貳參陸"
_HAN = re.compile(f"[{_HAN_DIGITS}]{{7,15}}")
#: A Chinese mobile number of figures and words: 138零零1三8000.
_DIGIT = f"[0-9{_HAN_DIGITS}]"
_HAN_MIXED = re.compile(f"(?<!{_DIGIT})[1一幺壹][3-9三四五六七八九叁肆伍陆柒捌玖參陸]{_DIGIT}{{9}}(?!{_DIGIT})")


def spelled(text: str) -> list[tuple[int, int]]:
    """Places of rows of digits in words in a folded text; who counts to ten gives no number."""
    hits = _AUTOMATON.find_matches_as_indexes(text)
    found = list(_rows(text, hits)) if len(hits) >= _FEWEST else []
    if not text.isascii():
        found += [hit.span() for hit in _HAN.finditer(text)]
        mixed = (hit for hit in _HAN_MIXED.finditer(text) if not hit[0].isascii())
        found += [hit.span() for hit in mixed if not _HAN.fullmatch(hit[0])]
    return found


def _rows(text: str, hits: list[tuple[int, int, int]]) -> list[tuple[int, int]]:
    rows: list[list[tuple[int, int, int]]] = []
    for hit in hits:
        _, start, end = hit
        if not (apart(text, start) and apart(text, end)):
            continue
        if rows and _follows(text, rows[-1][-1][2], start):
            rows[-1].append(hit)
        else:
            rows.append([hit])
    return [(row[0][1], row[-1][2]) for row in rows if len(row) >= _FEWEST and not counting(_digits(row))]


def _follows(text: str, end: int, start: int) -> bool:
    """Whether nothing but a blank or a stop stands between two words; in Thai nothing at all may."""
    return start - end <= _LONGEST_GAP and _BETWEEN.issuperset(text[end:start])


def _digits(row: list[tuple[int, int, int]]) -> str:
    return "".join(str(_DIGITS[_WORDS[number]]) for number, _, _ in row)


def counting(digits: str) -> bool:
    """Whether digits only count up or down, as a toy or a scale does."""
    return digits in _UP or digits in _DOWN
