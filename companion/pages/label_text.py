"""A label in a text: whether it stands there as words of its own, and what stands behind it. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .figures import is_empty, plain

_LONGEST = 200


def mentioned(text: str, label: str) -> int:
    """Where a label stands in a text, -1 where it does not."""
    found = re.search(r"\s+".join(map(re.escape, label.split())), text, re.IGNORECASE)
    return found.start() if found else -1


def spelled(text: str) -> str:
    """One spelling of a label, by which labels are compared."""
    return " ".join(plain(text).casefold().split())[:_LONGEST]


def begins(text: str, labels: list[str]) -> str | None:
    """The longest label the text begins with, as a whole word."""
    own = spelled(text) if text else ""
    fitting = [label for label in labels if label and own.startswith(label) and alone(own, 0, len(label))]
    return max(fitting, key=len, default=None)


def alone(text: str, start: int, end: int) -> bool:
    """Whether what stands there is no part of a longer word; scripts without spaces have no such borders."""

    def joins(one: str, other: str) -> bool:
        return one.isalnum() and other.isalnum() and one.isascii() == other.isascii() and not _is_wide(other)

    before = start == 0 or not joins(text[start], text[start - 1])
    return before and (end >= len(text) or not joins(text[end - 1], text[end]))


def _is_wide(char: str) -> bool:
    return "\u0e00" <= char <= "\u0eff" or "\u2e80" <= char <= "\u9fff" or "\uac00" <= char <= "\ud7af"


def behind(text: str, label: str) -> str:
    """The text behind a label it begins with."""
    at = 0
    for at in range(1, min(len(text), 2 * len(label) + 20) + 1):
        if spelled(text[:at]) == label:
            break
    rest = text[at:].lstrip(" :：")
    return rest if is_empty(rest) else rest.lstrip(" :：-–—·")


def until_label(lines: list[str], labels: list[str]) -> Iterator[str]:
    """The lines as far as none of the labels stands in them."""
    for line in lines:
        cut = min((at for label in labels if (at := mentioned(line, label)) >= 0), default=-1)
        if text := line[:cut] if cut >= 0 else line:
            yield text
        if cut >= 0:
            return
