"""Pictographs and tags. Pure."""

from __future__ import annotations

import re

_EMOJI = re.compile(
    "(?:[\U0001f000-\U0001faff\u2600-\u26ff\u2700-\u27bf\u2b50\u2b55\u2b1b\u2b1c\u231a\u231b\u23e9-\u23f3\u3030\u303d]"
    "[\U0001f3fb-\U0001f3ff]?){1,40}"
)
#: Marks people use as plain signs.
_PLAIN = re.compile("[\u2713\u2714\u2716\u2605\u2606\u2640\u2642\u2660-\u2667\u266d-\u266f\u2690-\u2692\u2698]{1,40}")
_TAG = re.compile(
    r"</?[a-z][a-z0-9]{0,15}(?:\s[^<>]{0,300})?/?>|<!--|<!doctype|&(?:[a-z]{2,8}|#\d{2,6}|#x[0-9a-f]{2,5});"
)


def emoji(text: str) -> list[tuple[int, int]]:
    """Places of emoji, several in a row as one."""
    if text.isascii():
        return []
    return [hit.span() for hit in _EMOJI.finditer(text) if _PLAIN.fullmatch(hit[0]) is None]


def tags(text: str) -> list[tuple[int, int]]:
    """Places of HTML tags and entities in a folded text."""
    if "<" not in text and "&" not in text:
        return []
    return [hit.span() for hit in _TAG.finditer(text)]


def tag_name(tag: str) -> str:
    """``br`` of ``<br/>``; "" of what is no tag."""
    found = re.match(r"</?([a-z][a-z0-9]*)", tag)
    return found[1] if found else ""
