"""Addresses of e-mail and of the web, and names on other platforms, also where they are spelled out. Pure.

Every search begins at a sign that is rare in texts (@, a dot before "com"), so that most texts cost one look.
"""

from __future__ import annotations

import re

_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_AT = r"(?:@| ?[(\[{](?:at|a|arroba|arobase)[)\]}] ?| (?:at|arroba|arobase|a còng) | ?艾特 ?| ?圈a ?)"
_DOT = r"(?:\.| ?[(\[{](?:dot|punto|ponto|point|punkt)[)\]}] ?| (?:dot|punto|ponto|point|punkt|chấm) | ?点 ?)"
_END = r"(?:com|net|org|cn|info|biz|xyz|shop|store|co|io|de|fr|es|it|uk|jp|kr|ru|br|mx|eu|us|hk|tw|me|vip|top)"
_PROVIDER = (
    r"(?:gmail|hotmail|outlook|yahoo|qq|163|126|foxmail|icloud|proton|protonmail|aliyun|sina|live|gmx|web|naver)"
)
_HOST_SIGNS = frozenset("abcdefghijklmnopqrstuvwxyz0123456789.-")
_NAME_SIGNS = _HOST_SIGNS | {"_", "+"}
_HOST_BEHIND = re.compile(rf"@{_LABEL}(?:\.{_LABEL}){{1,4}}")
_SPELLED_BEHIND = re.compile(rf"{_AT}(?:{_PROVIDER}(?:{_DOT}| ){_END}|[a-z0-9-]{{2,40}}{_DOT}{_END})(?![a-z0-9-])")
#: One of these stands in a text with an address; with what the spelled-out ones begin.
_AT_SIGNS = ("@", " at ", " arroba ", " arobase ", " a còng ", "艾特", "圈a", "(a", "[a", "{a")
_SPELLED = re.compile(r"@|[(\[{]|艾特|圈a| (?:at|arroba|arobase|a còng) ")

#: Endings a bare name is a site with; words of languages (it, is, in, me, shop) are left to "www." and a path.
_SURE = r"(?:com|net|org|cn|info|biz|xyz|io|co\.uk|co\.jp|co\.kr|com\.[a-z]{2})"
_PATH = r"(?:/[^\s\"'<>]{0,200})?"
_WITH_SCHEME = re.compile(r"(?:https?|ftp)://[^\s\"'<>]{3,300}")
_WWW = re.compile(rf"www\.{_LABEL}(?:\.{_LABEL}){{0,4}}{_PATH}")
_ENDING = re.compile(rf"\.(?:{_SURE}(?![a-z0-9-])(?!\.[a-z0-9]){_PATH}|[a-z]{{2,10}}/[^\s\"'<>]{{1,200}})")
_SPELLED_ENDING = re.compile(r"(?: ?[(\[]dot[)\]]| dot |点) ?(?:com|net|cn|shop|store)(?![a-z])")
_NET_WEIGHT = re.compile(r"\.net(?= ?(?:weight|wt|content))")
_HOST = re.compile(r"(?:[a-z]{1,20}://)?([^/:?#\s]{1,300})")
_TRAILING = ".,;:!?)]}'\""
_HANDLE = re.compile(r"@[a-z][a-z0-9_.]{2,29}(?![a-z0-9_.-]{0,64}@)")
_BEFORE_HANDLE = re.compile(r"[\w@./+-]")
_LONGEST_NAME = 130


def emails(text: str) -> list[tuple[int, int]]:
    """Places of e-mail addresses in a folded text."""
    if not any(sign in text for sign in _AT_SIGNS):
        return []
    found: list[tuple[int, int]] = []
    for sign in _SPELLED.finditer(text):
        at = sign.start() - (sign.start() > 0 and text[sign.start() - 1] == " " and sign[0][0] != " ")
        behind = _HOST_BEHIND.match(text, sign.start()) or _SPELLED_BEHIND.match(text, at)
        if behind is None:
            continue
        start = _back(text, behind.start(), _NAME_SIGNS)
        if start < behind.start() and (not found or found[-1][1] <= start):
            found.append((start, behind.start() + len(behind[0].rstrip(_TRAILING))))
    return found


def links(text: str) -> list[tuple[int, int]]:
    """Places of addresses of the web; those of e-mail are none."""
    found = [hit.span() for hit in _WITH_SCHEME.finditer(text)] if "://" in text else []
    if "www." in text:
        found += [hit.span() for hit in _WWW.finditer(text)]
    if "." in text:
        found += [
            (start, hit.end()) for hit in _ENDING.finditer(text) if (start := _labels(text, hit.start())) is not None
        ]
    if "dot" in text or "点" in text:
        found += [
            (start, hit.end())
            for hit in _SPELLED_ENDING.finditer(text)
            if (start := _labels(text, hit.start())) is not None
        ]
    kept: list[tuple[int, int]] = []
    for start, end in sorted(found, key=lambda place: (place[0], -place[1])):
        end = start + len(text[start:end].rstrip(_TRAILING))
        if (not kept or kept[-1][1] <= start) and _NET_WEIGHT.search(text, start, end + 12) is None:
            kept.append((start, end))
    return kept


def handles(text: str) -> list[tuple[int, int]]:
    """Places of names such as @shop_name."""
    return [
        (hit.start(), hit.start() + len(hit[0].rstrip(".")))
        for hit in _HANDLE.finditer(text)
        if not hit.start() or _BEFORE_HANDLE.match(text[hit.start() - 1]) is None
    ]


def allowed(link: str, hosts: list[str]) -> bool:
    """Whether a link goes to one of the hosts or below it; ``amazon.*`` takes every ending of one or two parts."""
    found = _HOST.match(link)
    host = found[1].rstrip(".").removeprefix("www.") if found else ""
    for each in hosts:
        if each.endswith(".*"):
            if re.fullmatch(rf"(?:[a-z0-9-]+\.)*{re.escape(each[:-2])}(?:\.[a-z]{{2,3}}){{1,2}}", host):
                return True
        elif host == each or host.endswith(f".{each}"):
            return True
    return False


def _labels(text: str, end: int) -> int | None:
    """Where the name before an ending begins, None where there is none, or it is that of an e-mail address."""
    start = _back(text, end, _HOST_SIGNS)
    while start < end and not text[start].isalnum():
        start += 1
    return None if start == end or text[start - 1 : start] == "@" else start


def _back(text: str, end: int, signs: frozenset[str]) -> int:
    """How far back from a place only such signs stand."""
    start = end
    while start and end - start < _LONGEST_NAME and text[start - 1] in signs:
        start -= 1
    return start
