"""A text as rules read it, with the way back: case, width, quotes, blanks and invisible characters made alike. Pure.

Two views of one length: ``exact`` keeps accents, ``bare`` does not and has blanks for hyphens, so that one automaton
over ``bare`` finds a term however it is written; what accents it had is then looked up in ``exact``.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from .alike import FOLD, STRIP
from .lookalikes import latin

#: Marks that belong to the sign before them: accents, voicing of kana, vowels of taken-apart Korean, variants of signs.
_JOINED = "\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f\u3099\u309a\uff9e\uff9f\u1160-\u11ff"
_MARK = re.compile(f"[{_JOINED}]")
_CLUSTER = re.compile(f"[^{_JOINED}][{_JOINED}]+", re.S)
#: No letter of any language carries so many marks, and putting a pile of them in order takes its square.
_MOST_MARKS = 30
#: Until so many signs, replacing one after the other is quicker than a table.
_FEW = 40
_BLANKS = re.compile("  +")
#: The same of plain text, byte for byte.
_ASCII = bytes(ord(FOLD[chr(code)]) if code < 128 else code for code in range(256))


@dataclass(frozen=True, slots=True)
class Folded:
    """``exact`` and ``bare`` of ``text``; ``starts`` and ``ends``: where each character was, None = where it is."""

    text: str
    exact: str
    bare: str
    starts: list[int] | None = None
    ends: list[int] | None = None

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where a folded passage, not empty, stands in the text."""
        if self.starts is None or self.ends is None:
            return start, end
        return self.starts[start], self.ends[end - 1]

    def written(self, start: int, end: int) -> str:
        """What was written between two folded places: line ends are blanks in a folded text."""
        if start >= end:
            return ""
        first, last = self.span(start, end)
        return self.text[first:last]

    def place(self, start: int, end: int) -> tuple[int, int]:
        """Where a passage of the text stands in the folded one; empty where nothing is left of it."""
        if self.starts is None or self.ends is None:
            return start, end
        return bisect_right(self.ends, start), bisect_left(self.starts, end)


def fold(text: str) -> Folded:
    """Both views of a text. A sign that stays one sign costs next to nothing: most texts have no other."""
    if text.isascii():
        return _unmoved(text, text.encode().translate(_ASCII).decode())
    signs = set(text)
    if all(len(FOLD[sign]) == 1 for sign in signs) and _MARK.search(text) is None:
        # casefold first: full-width capitals become full-width small letters, which are then replaced
        odd = {sign.casefold(): FOLD[sign] for sign in signs if FOLD[sign] != sign.casefold()}
        return _unmoved(text, latin(_replaced(text.casefold(), odd)))
    return _moved(text)


def _unmoved(text: str, exact: str) -> Folded:
    if "  " not in exact:
        return Folded(text, exact, _bare(exact))
    exact, starts, ends = _single_blanks(exact, range(len(text)), range(1, len(text) + 1))
    return Folded(text, exact, _bare(exact), starts, ends)


def _moved(text: str) -> Folded:
    """The views of a text in which signs become none or several."""
    parts: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    at = 0
    for cluster in _CLUSTER.finditer(text):
        _plain(text, at, cluster.start(), parts, starts, ends)
        at = cluster.end()
        _add(_clustered(cluster[0]), cluster.start(), at, parts, starts, ends)
    _plain(text, at, len(text), parts, starts, ends)
    exact, starts, ends = _single_blanks(latin("".join(parts)), starts, ends)
    return Folded(text, exact, _bare(exact), starts, ends)


def _bare(exact: str) -> str:
    if exact.isascii():
        return exact.replace("-", " ")
    return _replaced(exact, {s: STRIP[ord(s)] for s in set(exact) if STRIP[ord(s)] != s})


def _replaced(text: str, table: dict[str, str]) -> str:
    """Signs replaced by one sign each; a few are quicker one by one."""
    if len(table) > _FEW:
        return text.translate({ord(old): new for old, new in table.items()})
    for old, new in table.items():
        text = text.replace(old, new)
    return text


def folded(term: str) -> tuple[str, str]:
    """The two views of a term by itself, without blanks around it."""
    both = fold(term.strip())
    return both.exact, both.bare


def _plain(text: str, start: int, end: int, parts: list[str], starts: list[int], ends: list[int]) -> None:
    """Fold a stretch without clusters."""
    made = list(map(FOLD.__getitem__, text[start:end]))
    joined = "".join(made)
    if len(joined) == len(made) and "" not in made:
        parts.append(joined)
        starts.extend(range(start, end))
        ends.extend(range(start + 1, end + 1))
        return
    for at, part in enumerate(made, start):
        _add(part, at, at + 1, parts, starts, ends)


def _add(part: str, start: int, end: int, parts: list[str], starts: list[int], ends: list[int]) -> None:
    parts.append(part)
    starts.extend([start] * len(part))
    ends.extend([end] * len(part))


def _single_blanks(exact: str, starts: Sequence[int], ends: Sequence[int]) -> tuple[str, list[int], list[int]]:
    """Of several blanks one, which stands where all of them did."""
    parts: list[str] = []
    firsts: list[int] = []
    lasts: list[int] = []
    at = 0
    for run in _BLANKS.finditer(exact):
        parts += [exact[at : run.start()], " "]
        firsts.extend(starts[at : run.start() + 1])
        lasts.extend(ends[at : run.start()])
        lasts.append(ends[run.end() - 1])
        at = run.end()
    firsts.extend(starts[at:])
    lasts.extend(ends[at:])
    return "".join([*parts, exact[at:]]), firsts, lasts


def _clustered(cluster: str) -> str:
    """A sign with the marks on it; a pile of accents that no letter has is left off."""
    together = unicodedata.normalize("NFKC", cluster[: 1 + _MOST_MARKS]).casefold()
    return unicodedata.normalize("NFC", "".join(FOLD[char] for char in together))
