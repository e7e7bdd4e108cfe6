"""Addresses of the web taken apart or spelled out: "shop dot com", "www . shop . com", "s h o p . c o m". Pure."""

from __future__ import annotations

import re

from .names import LABEL, named
from .telltale import told

_END = "(?:com|net|org|cn|xyz|info|io|co|de|fr|es|it|shop|store)"
_WWW = re.compile(rf"(?<![a-z0-9])www ?[ .,。·] ?{LABEL} ?[ .,。·] ?{_END}(?![a-z0-9])")
#: Another stop for the dot; a comma only where a path shows that no sentence goes on.
_OTHER_STOP = re.compile(r"(?:[·•。]|,(?=[a-z.]{2,6}/))(?:com|cn|net)(?![a-z0-9])")
_APART = re.compile(r"(?: \. ?|\. ?(?=c o m))c ?o ?m(?![a-z0-9])(?! port)")
_BRACKETED = r"[(\[{] ?(?:dot|\.|punto|ponto|point|punkt) ?[)\]}]"
#: Between plain words only endings that are no word there: "ponto com" also says "point with", "point de" is French.
_SAID = re.compile(
    rf"(?: ?{_BRACKETED} ?| ?(?:点|點|ドット) ?)(?:com|net|cn|org|co|shop|store)(?![a-z])"
    r"| dot (?:com|net|cn|org|co|shop|store|de|fr)(?![a-z])(?! (?:era|boom|bubble|crash|years|age|company)(?![a-z]))"
    r"| (?:punto|titik|punkt|chấm|точка|จุด) (?:com|net|org|shop|store|cn)(?![a-z])| punkt de(?![a-z])"
    r"| point (?:com|fr)(?![a-z])| ponto com(?:(?: ponto |\.)br|(?=[.,!?/]|$))"
)


def links_apart(text: str) -> list[tuple[int, int]]:
    """Places of them in a folded text."""
    if "web" not in told(text):
        return []
    found = [hit.span() for hit in _WWW.finditer(text)] if "www" in text else []
    return found + [place for ending in (_APART, _OTHER_STOP, _SAID) for place in named(text, ending)]
