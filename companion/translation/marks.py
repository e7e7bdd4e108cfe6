"""Marks that stand in a text for what an engine must not see or touch; engines differ in what they give back. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class MarkStyle:
    """How a mark is written, and the forms in which engines hand it back (the first group is its number)."""

    name: str
    before: str
    after: str
    back: re.Pattern[str]

    def write(self, number: int) -> str:
        """The mark with that number."""
        return f"{self.before}{number}{self.after}"


#: Of the marks tried the one an Argos model gives back (``{0} 👍`` became ``-0``): doubled, single, full width, spaced.
BRACKETS = MarkStyle("brackets", "[[", "]]", re.compile(r"[\[［【]\s*[\[［【]?\s*(\d+)\s*[\]］】]?\s*[\]］】]"))
#: For engines that handle markup; some close the element, some change the quotes.
TAG = MarkStyle(
    "tag",
    '<x id="',
    '"/>',
    re.compile(r"<\s*[xX]\s+id\s*=\s*[\"'“”„«]?\s*(\d+)\s*[\"'“”»]?\s*/?\s*>(?:\s*</\s*[xX]\s*>)?"),
)
#: One word of capitals: for engines that take punctuation apart.
WORD = MarkStyle("word", "XQ", "Z", re.compile(r"(?<![A-Za-z0-9])[xX][qQ]\s?(\d+)\s?[zZ](?![A-Za-z0-9])"))

STYLES = {style.name: style for style in (BRACKETS, TAG, WORD)}


def next_free(text: str, style: MarkStyle) -> int:
    """The first number no mark in the text has."""
    return max((int(match[1][:9]) + 1 for match in style.back.finditer(text)), default=0)


def put_back(
    text: str, items: Sequence[str], style: MarkStyle, first: int = 0, wanted: Callable[[int], bool] = lambda _n: True
) -> tuple[str, bool]:
    """Replace the marks ``first`` … by their items.

    False when one is missing or doubled, or when a mark stands there that is ``wanted`` and nobody's: the text is
    then not to be trusted.
    """
    seen: list[int] = []

    def item(match: re.Match[str]) -> str:
        number = int(match[1][:9]) - first
        if 0 <= number < len(items):
            seen.append(number)
            return items[number]
        if wanted(number + first):
            seen.append(-1)
        return match[0]

    return style.back.sub(item, text), sorted(seen) == list(range(len(items)))
