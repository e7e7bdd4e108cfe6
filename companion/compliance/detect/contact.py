"""Addresses of e-mail and of the web, and names on other platforms, also where they are spelled out. Pure."""

from __future__ import annotations

import re

_AT = r"(?:@| ?[(\[{]at[)\]}] ?| at | ?艾特 ?| ?\(a\) ?)"
_DOT = r"(?:\.| ?[(\[{]dot[)\]}] ?| dot | ?点 ?)"
_END = r"(?:com|net|org|cn|info|biz|xyz|shop|store|co|io|de|fr|es|it|uk|jp|kr|ru|br|mx|eu|us|hk|tw|me|vip|top)"
_PROVIDER = (
    r"(?:gmail|hotmail|outlook|yahoo|qq|163|126|foxmail|icloud|proton|protonmail|aliyun|sina|live|gmx|web|naver)"
)
_PLAIN = re.compile(r"(?<![\w.+-])[\w][\w.+-]{0,63}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}")
_SPELLED = re.compile(
    rf"(?<![\w.+-])[a-z0-9][a-z0-9._+-]{{1,40}}{_AT}"
    rf"(?:{_PROVIDER}(?:{_DOT}| ){_END}|[a-z0-9-]{{2,40}}{_DOT}{_END})(?![a-z0-9-])"
)

#: Endings a bare name is a site with; words of languages (it, is, in, me, shop) are left to "www." and a path.
_SURE = r"(?:com|net|org|cn|info|biz|xyz|io|co\.uk|co\.jp|co\.kr|com\.[a-z]{2})"
_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_LINK = re.compile(
    rf"(?:https?|ftp)://[^\s\"'<>]{{3,300}}"
    rf"|(?<![\w@.-])www\.{_LABEL}(?:\.{_LABEL}){{0,4}}(?:/[^\s\"'<>]{{0,200}})?"
    rf"|(?<![\w@.-])(?:{_LABEL}\.){{1,4}}(?:{_SURE}(?![a-z0-9-])(?!\.[a-z0-9])(?:/[^\s\"'<>]{{0,200}})?|[a-z]{{2,10}}/[^\s\"'<>]{{1,200}})"
    rf"|(?<![\w@.-])[a-z0-9-]{{3,40}} ?(?:[(\[]dot[)\]]| dot |点) ?(?:com|net|cn|shop|store)(?![a-z])"
)
_NET_WEIGHT = re.compile(r"\.net(?= ?(?:weight|wt|content))")
_HOST = re.compile(r"(?:[a-z]+://)?([^/:?#\s]+)")
_TRAILING = ".,;:!?)]}'\""
_HANDLE = re.compile(r"(?<![\w@./+-])@[a-z][a-z0-9_.]{2,29}(?![a-z0-9_@.-]*@)")


def emails(text: str) -> list[tuple[int, int]]:
    """Places of e-mail addresses in a folded text."""
    found = {(hit.start(), hit.start() + len(hit[0].rstrip(_TRAILING))) for hit in _PLAIN.finditer(text)}
    for hit in _SPELLED.finditer(text):
        if not any(start < hit.end() and hit.start() < end for start, end in found):
            found.add((hit.start(), hit.end()))
    return sorted(found)


def links(text: str) -> list[tuple[int, int]]:
    """Places of addresses of the web; those of e-mail are none."""
    return [
        (hit.start(), hit.start() + len(hit[0].rstrip(_TRAILING)))
        for hit in _LINK.finditer(text)
        if _NET_WEIGHT.search(text, hit.start(), hit.end() + 12) is None
    ]


def handles(text: str) -> list[tuple[int, int]]:
    """Places of names such as @shop_name."""
    return [(hit.start(), hit.start() + len(hit[0].rstrip("."))) for hit in _HANDLE.finditer(text)]


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
