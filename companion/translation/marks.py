"""Marks that stand in a text for what an engine must not see or touch; engines differ in what they give back. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from .occurrences import run_together, side_by_side


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


# Chosen by `seabridge bench protection`: the share of sentences that came back with all their marks. Mozilla en-pt and
# pt-en: XQ0Z 0.99 and 1.0, ZX0 0.98 and 0.99, [[0]] as read here 0.94 and 0.91 (500 messages), __0__ 0.43 and 0.53, and
# {0}, <x0/>, <x id="0"/>, ⟦0⟧, «0», 【0】, @0@ none at all (100 messages). The two tiny Argos packages for development
# give back no mark of any kind, so there all is split around; an Argos model tried earlier kept [[0]] and spoilt {0}.
#: Read doubled, single, full width, spaced.
BRACKETS = MarkStyle("brackets", "[[", "]]", re.compile(r"[\[［【]\s*[\[［【]?\s*(\d+)\s*[\]］】]?\s*[\]］】]"))
#: One word of capitals: for Mozilla's models, which take punctuation apart.
WORD = MarkStyle("word", "XQ", "Z", re.compile(r"(?<![A-Za-z0-9])[xX][qQ]\s?(\d+)\s?[zZ](?![A-Za-z0-9])"))

STYLES = {style.name: style for style in (BRACKETS, WORD)}


def next_free(text: str, style: MarkStyle) -> int:
    """The first number no mark in the text has."""
    return max((int(match[1][:9]) + 1 for match in style.back.finditer(text)), default=0)


def put_back(
    text: str,
    items: Sequence[str],
    style: MarkStyle,
    first: int = 0,
    wanted: Callable[[int], bool] = lambda _n: True,
    glued: Sequence[tuple[bool, bool]] = (),
) -> tuple[str, bool]:
    """Replace the marks ``first`` … by their items.

    False when one is missing or doubled, or when a mark stands there that is ``wanted`` and nobody's: the text is
    then not to be trusted. With ``glued`` (per item: touched a word before, after) an item is set apart from a word or
    number that touches it now and did not before: "order[[0]]now" would change the id.
    """
    seen: list[int] = []
    out = ""
    at = 0
    open_end = True
    for match in style.back.finditer(text):
        number = int(match[1][:9]) - first
        if not 0 <= number < len(items):
            if wanted(number + first):
                seen.append(-1)
            continue
        seen.append(number)
        before, after = glued[number] if glued else (True, True)
        between = text[at : match.start()]
        if not open_end and (run_together(out, between) if between else side_by_side(out, items[number])):
            out += " "
        out += between
        if not before and run_together(out, items[number]):
            out += " "
        out += items[number]
        open_end, at = after, match.end()
    rest = text[at:]
    out += " " + rest if not open_end and run_together(out, rest) else rest
    return out, sorted(seen) == list(range(len(items)))
