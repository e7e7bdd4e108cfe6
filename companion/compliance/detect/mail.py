"""Addresses of e-mail, also where they are spelled out: "name at gmail dot com", "name小老鼠163点com". Pure.

Every search begins at a sign that is rare in texts (@, the word for it), so that most texts cost one look.
"""

from __future__ import annotations

import re

from .names import LABEL, NAME_SIGNS, TRAILING, back
from .telltale import told

_AT_WORDS = "at|arroba|arobase|ät|a còng|a cong|собака|แอท"
#: Between two names it makes an address only of a provider's: Indonesian "et" is French for "and".
_AT_NAMES = "et"
_AT_SIGNS = "艾特|圈a|小老鼠|アットマーク|あっとまーく|골뱅이"
#: Providers whose name is no other word or number.
_KNOWN = "(?:g ?mail|hot ?mail|outlook|yahoo|foxmail|icloud|protonmail)"
_PROVIDER = f"(?:{_KNOWN}|qq|扣扣|163|126|139|proton|aliyun|sina|live|gmx|web|naver|orange|yandex|mail|daum)"
_DOT_WORDS = "dot|punto|ponto|point|punkt|titik|chấm|cham|точка|จุด|ดอท"
_DOT_SIGNS = "点|點|ドット|どっと|점"
_DOT = rf"(?:\.| ?[(\[{{] ?(?:{_DOT_WORDS}|\.) ?[)\]}}] ?| (?:{_DOT_WORDS}) | ?(?:{_DOT_SIGNS}|。) ?)"
_END = (
    r"(?:c ?o ?m|net|org|cn|info|biz|xyz|shop|store|co|io|de|fr|es|it|uk|jp|kr|ru|br|mx|eu|us|hk|tw|me|vip|top|"
    r"id|th|vn)"
)
_BRACKETS = r"[(\[{] ?(?:at|a|ät|arroba|arobase|@) ?[)\]}]"
_AT = rf"(?:@| ?{_BRACKETS} ?| (?:{_AT_WORDS}) | ?(?:{_AT_SIGNS}) ?)"
_HOST_BEHIND = re.compile(rf"@{LABEL}(?:\.{LABEL}){{1,4}}")
_SPELLED_BEHIND = re.compile(
    rf"(?:(?:{_AT}{_PROVIDER}| (?:{_AT_NAMES}) {_KNOWN})(?:(?:{_DOT}| ?\. ?){_END}| com)"
    rf"|{_AT}[a-z0-9-]{{2,40}}{_DOT}{_END}"
    rf"|(?:@|{_BRACKETS} ?){_KNOWN})(?![a-z0-9-])"
)
_SIGN = re.compile(rf"@|[(\[{{] ?(?:at|a|ä|@)|{_AT_SIGNS}| (?:{_AT_WORDS}|{_AT_NAMES}) ")


def emails(text: str) -> list[tuple[int, int]]:
    """Places of e-mail addresses in a folded text."""
    if "mail" not in told(text):
        return []
    found: list[tuple[int, int]] = []
    for sign in _SIGN.finditer(text):
        at = sign.start() - (sign.start() > 0 and text[sign.start() - 1] == " " and sign[0][0] != " ")
        behind = _HOST_BEHIND.match(text, sign.start()) or _SPELLED_BEHIND.match(text, at)
        if behind is None:
            continue
        start = back(text, behind.start(), NAME_SIGNS)
        if start < behind.start() and (not found or found[-1][1] <= start):
            found.append((start, behind.start() + len(behind[0].rstrip(TRAILING))))
    return found
