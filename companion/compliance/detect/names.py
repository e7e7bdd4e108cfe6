"""What names of hosts, mailboxes and accounts are made of. Pure."""

from __future__ import annotations

import re

LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
HOST_SIGNS = frozenset("abcdefghijklmnopqrstuvwxyz0123456789.-")
NAME_SIGNS = HOST_SIGNS | {"_", "+"}
#: Stops behind an address that are none of it.
TRAILING = ".,;:!?)]}'\""
_LONGEST = 130

_LETTERS_APART = re.compile(r"(?<![a-z0-9])(?:[a-z0-9] ){3,40}[a-z0-9]?$")
_LONGEST_APART = 82
#: Words before "dot com" that are no name of a site.
_NO_NAME = frozenset(("the", "a", "an", "any", "this", "that", "our", "my", "your", "el", "un", "der", "den", "le"))


def named(text: str, ending: re.Pattern[str]) -> list[tuple[int, int]]:
    """Places of endings such as ".com" with the name of a site before them."""
    found = ((_name(text, hit.start()), hit.end()) for hit in ending.finditer(text))
    return [(start, end) for start, end in found if start is not None]


def _name(text: str, end: int) -> int | None:
    """Where the name before an ending begins, None where there is none, or it is that of an e-mail address."""
    start = back(text, end, HOST_SIGNS)
    while start < end and not text[start].isalnum():
        start += 1
    if start == end or text[start - 1 : start] == "@" or text[start:end] in _NO_NAME:
        return None
    apart = _LETTERS_APART.search(text, max(0, end - _LONGEST_APART), end) if end - start == 1 else None
    return apart.start() if apart else start


def back(text: str, end: int, signs: frozenset[str]) -> int:
    """How far back from a place only such signs stand."""
    start = end
    while start and end - start < _LONGEST and text[start - 1] in signs:
        start -= 1
    return start
