"""Telephone numbers whose digits are words: "one three eight zero", 一三八零, ศูนย์แปดหนึ่ง, "onze nove 7 seis". Pure."""

from __future__ import annotations

import re
from itertools import pairwise

from ahocorasick_rs import AhoCorasick, MatchKind

from ..scripts import SPACED
from .han_digits import han_digits
from .numerals import NUMBERS, TIMES

_WORDS = [*NUMBERS, *TIMES]
_AUTOMATON = AhoCorasick(_WORDS, matchkind=MatchKind.LeftmostLongest)
_UP, _DOWN = "01234567890", "9876543210"
#: Single digits in words are a number from seven on; with tens or figures it takes eight, three of them such words.
_FEWEST, _FEWEST_MIXED, _FEWEST_WORDS = 7, 8, 3
_MOST = 15
#: What may stand between two words of one number: stops and figures, or a stop said as a word ("trinta e dois").
_STOP_WORDS = "dot|dash|then|punto|ponto|point|punkt|tiret|guion|guión|titik|e|y|et"
_BETWEEN = re.compile(rf"[ ,.の-]{{0,3}}(?:\d{{1,4}}[ ,.-]{{1,3}}){{0,3}}|,? (?:{_STOP_WORDS}) ")
_LONGEST_GAP = 20
_BEFORE = re.compile(r"(?:(?<![\w.,])\d{1,4}[ ,.-]{1,2}){1,2}$")
_BEHIND = re.compile(r"(?:[ ,.-]{1,2}\d{1,4}(?![\w%]|[.,]\d)){1,2}")
_LONGEST_BEFORE = 12
_FIGURE = re.compile(r"\d{1,4}")

#: Korean digits are syllables of many words; the beginning of a mobile number, 010, is not.
_KOREAN = re.compile("공 ?일 ?[공일육칠팔구](?:[ ,.-]{0,2}[공영일이삼사오육칠팔구]){7,8}")

#: Which word, and where it stands.
_Word = tuple[str, int, int]


def spelled(text: str) -> list[tuple[int, int]]:
    """Places of rows of digits in words in a folded text; who counts to ten gives no number."""
    hits = _AUTOMATON.find_matches_as_indexes(text)
    found = [place for row in _rows(text, hits) if (place := _place(text, row))] if len(hits) >= _FEWEST_WORDS else []
    if text.isascii():
        return found
    return found + han_digits(text) + [hit.span() for hit in _KOREAN.finditer(text)]


def _rows(text: str, hits: list[tuple[int, int, int]]) -> list[list[_Word]]:
    rows: list[list[_Word]] = []
    last = len(text)
    for number, start, end in hits:
        # most are parts of other words, so this asks without a call: "vacuum" has a Portuguese one
        if start and SPACED[text[start - 1]] and SPACED[text[start]]:
            continue
        if end < last and SPACED[text[end]] and SPACED[text[end - 1]]:
            continue
        if rows and _follows(text, rows[-1][-1][2], start):
            rows[-1].append((_WORDS[number], start, end))
        else:
            rows.append([(_WORDS[number], start, end)])
    return [row for row in rows if len(row) >= _FEWEST_WORDS]


def _follows(text: str, end: int, start: int) -> bool:
    """Whether one number may go on there; in Thai and Japanese nothing at all need stand between its words."""
    return start == end or (start - end <= _LONGEST_GAP and _BETWEEN.fullmatch(text, end, start) is not None)


def _place(text: str, row: list[_Word]) -> tuple[int, int] | None:
    """Where the telephone number of a row stands, with the figures around it; None when it is none."""
    units = sum(NUMBERS.get(word, 10) < 10 for word, _, _ in row)
    start, end = row[0][1], row[-1][2]
    before, behind = _BEFORE.search(text, max(0, start - _LONGEST_BEFORE), start), _BEHIND.match(text, end)
    start, end = before.start() if before else start, behind.end() if behind else end
    said = _said(text, row, start, end)
    digits = "".join(said)
    fewest = _FEWEST if units == len(row) == len(said) else _FEWEST_MIXED
    if not fewest <= len(digits) <= _MOST or units < _FEWEST_WORDS or _ordered(said) or counting(digits):
        return None
    return start, end


def _said(text: str, row: list[_Word], start: int, end: int) -> list[str]:
    """The digits of a row, word by word and figure by figure: soixante-dix-huit is 78, double four 44."""
    said: list[str] = []
    at, times, tens = start, 1, 0
    for word, first, last in row:
        if figures := _FIGURE.findall(text, at, first):
            said += figures
            tens = 0
        at = last
        if word in TIMES:
            times = TIMES[word]
            continue
        value = NUMBERS[word]
        if tens and (value < 10 or (value < 20 and tens in (60, 80))):
            value += int(said.pop())
        said.append(str(value) * (times if value < 10 else 1))
        tens = value if value in range(20, 100, 10) else 0
        times = 1
    return said + _FIGURE.findall(text, at, end)


def _ordered(said: list[str]) -> bool:
    """Sizes and scales only rise or fall; none begins with a nought that is said."""
    numbers = list(map(int, said))
    rising, falling = all(a <= b for a, b in pairwise(numbers)), all(a >= b for a, b in pairwise(numbers))
    return numbers[0] > 0 and (rising or falling)


def counting(digits: str) -> bool:
    """Whether digits only count up or down, as a toy or a scale does."""
    return digits in _UP or digits in _DOWN
