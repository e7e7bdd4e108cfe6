"""Telephone and card numbers whose digits are words: "nine one two three four five six seven". Pure."""

from __future__ import annotations

import re
from itertools import pairwise

from .occurrences import Span

_DIGITS = (
    "zero|oh|one|two|three|four|five|six|seven|eight|nine",
    "cero|uno|dos|tres|cuatro|cinco|seis|siete|ocho|nueve",
    "zero|um|dois|três|tres|quatro|cinco|seis|meia|sete|oito|nove",
    "null|eins|zwei|zwo|drei|vier|fünf|sechs|sieben|acht|neun",
    "zéro|un|deux|trois|quatre|cinq|six|sept|huit|neuf",
    "zero|uno|due|tre|quattro|cinque|sei|sette|otto|nove",
    "nol|kosong|satu|dua|tiga|empat|lima|enam|tujuh|delapan|sembilan",
    "không|một|hai|ba|bốn|năm|sáu|bảy|tám|chín",
    "ноль|один|два|три|четыре|пять|шесть|семь|восемь|девять",
)
_SEVERAL = r"(?:(?:double|triple|treble|doble|doppel)\s)?"
#: A digit in words, or a figure among them.
_ROWS = tuple(
    re.compile(
        rf"(?<![^\W_])(?:{_SEVERAL}(?:{words})(?![^\W_])[\s,.–-]{{1,3}}){{6,17}}{_SEVERAL}(?:{words})(?![^\W_])",
        re.IGNORECASE,
    )
    for words in _DIGITS
)
#: Seven signs of Chinese or Thai or more; 一二三 in a row that only counts is none.
_JOINED = re.compile(
    "[零〇一二三四五六七八九幺两](?:[ -]?[零〇一二三四五六七八九幺两]){6,17}"
    r"|(?:ศูนย์|หนึ่ง|สอง|สาม|สี่|ห้า|หก|เจ็ด|แปด|เก้า)(?:[\s-]?(?:ศูนย์|หนึ่ง|สอง|สาม|สี่|ห้า|หก|เจ็ด|แปด|เก้า)){6,17}"
)
_HAN_COUNTING = "零一二三四五六七八九"


def digits_said_in(text: str) -> list[Span]:
    """Where seven digits or more are said one by one, in no order; who only counts ("one, two, three …") is left."""
    found = [
        match.span()
        for pattern, words in zip(_ROWS, _DIGITS, strict=True)
        for match in pattern.finditer(text)
        if not _counts(
            [word for word in re.findall(r"[^\W_]+", match[0].casefold()) if word in words.split("|")], words
        )
    ]
    for match in _JOINED.finditer(text):
        plain = match[0].replace(" ", "").replace("-", "")
        if plain not in _HAN_COUNTING and plain not in _HAN_COUNTING[::-1]:
            found.append(match.span())
    return found


def _counts(said: list[str], words: str) -> bool:
    """Whether the digits go up or down one by one."""
    order = words.split("|")
    places = [order.index(word) for word in said]
    steps = {after - before for before, after in pairwise(places)}
    return steps in ({1}, {-1})
