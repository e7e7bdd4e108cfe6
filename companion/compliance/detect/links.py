"""Addresses of the web, and which of them a rule allows. Pure.

Every search begins at a sign that is rare in texts (a dot before "com"), so that most texts cost one look.
"""

from __future__ import annotations

import re

from .links_apart import links_apart
from .names import LABEL, TRAILING, named

#: Endings a bare name is a site with; words of languages (it, is, in, me, shop) are left to "www." and a path.
_SURE = r"(?:com|net|org|cn|info|biz|xyz|io|co\.uk|co\.jp|co\.kr|com\.[a-z]{2})"
_PATH = r"(?:/[^\s\"'<>]{0,200})?"
_WITH_SCHEME = re.compile(r"(?:https?|hxxps?|h\*\*ps?|ftp)://[^\s\"'<>]{3,300}")
_WWW = re.compile(rf"www\.{LABEL}(?:\.{LABEL}){{0,4}}{_PATH}")
_ENDING = re.compile(rf"\.(?:{_SURE}(?![a-z0-9-])(?!\.[a-z0-9]){_PATH}|[a-z]{{2,10}}/[^\s\"'<>]{{1,200}})")
_NET_WEIGHT = re.compile(r"\.net(?= ?(?:weight|wt|content))")
_HOST = re.compile(r"(?:[a-z*]{1,20}://)?([^/:?#\s]{1,300})")


def links(text: str) -> list[tuple[int, int]]:
    """Places of addresses of the web in a folded text; those of e-mail are none."""
    found = links_apart(text)
    if "://" in text:
        found += [hit.span() for hit in _WITH_SCHEME.finditer(text)]
    if "www." in text:
        found += [hit.span() for hit in _WWW.finditer(text)]
    if "." in text:
        found += named(text, _ENDING)
    kept: list[tuple[int, int]] = []
    for start, end in sorted(found, key=lambda place: (place[0], -place[1])):
        end = start + len(text[start:end].rstrip(TRAILING))
        if (not kept or kept[-1][1] <= start) and _NET_WEIGHT.search(text, start, end + 12) is None:
            kept.append((start, end))
    return kept


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
