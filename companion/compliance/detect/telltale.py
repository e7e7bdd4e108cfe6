"""Signs one of which stands wherever something is spelled out: one pass over a text spares most searches. Pure."""

from __future__ import annotations

from functools import lru_cache
from operator import itemgetter
from typing import Literal

from ahocorasick_rs import AhoCorasick

#: An address of mail, an address of the web taken apart or said in words, letters among figures.
Spelled = Literal["mail", "web", "figures"]

_FIGURES = "0123456789"
_SIGNS: dict[Spelled, list[str]] = {
    "mail": [
        "@", " at ", " arroba ", " arobase ", " ät ", " a còng ", " a cong ", " собака ", " แอท ", " et ", "(a", "[a",
        "{a", "( a", "[ a", "{ a", "(ä", "[ä", "艾特", "圈a", "小老鼠", "アットマーク", "あっとまーく", "골뱅이",
    ],
    "web": [
        "www", " .", "c o m", "com/", "·", "•", "。com", "。cn", "。net", "dot", "punto", "punkt", "ponto", "point ",
        "point)", "point]", "titik ", "[.]", "(.)", "{.}", "[ .", "( .", "点", "點", "ドット", "chấm ", "точка ", "จุด ",
    ],
    "figures": [*(f + look for f in _FIGURES for look in "oils"), *("o" + f for f in _FIGURES)],
}  # fmt: skip
_KINDS = [kind for kind, signs in _SIGNS.items() for _ in signs]
_AUTOMATON = AhoCorasick([sign for signs in _SIGNS.values() for sign in signs])
_WHICH = itemgetter(0)
#: Detectors ask one after the other about the same text.
_TEXTS = 16


@lru_cache(_TEXTS)
def told(text: str) -> frozenset[Spelled]:
    """What could stand in a folded text."""
    hits = _AUTOMATON.find_matches_as_indexes(text, overlapping=True)
    return frozenset(_KINDS[number] for number in set(map(_WHICH, hits)))
