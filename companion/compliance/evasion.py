"""Words written so that a filter should not see them: "w h a t s a p p", "we.chat", "wh4ts4pp", "ԝеchаt". Pure.

A skeleton has one sign for all that look alike and no separators; what is found in it counts only where the way it is
written cannot be chance ("we chat with buyers" has the letters of a contact word too).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable

from .folding import Folded
from .scripts import UNSPACED, apart

_LOOK = {
    "a": "4@аαⲁᴀ", "b": "вьβʙ", "c": "сᴄ¢", "d": "ԁᴅ", "e": "3еεєᴇ€", "f": "ғ", "g": "ɡ", "h": "нһʜ",
    "i": "1!|lіιɩӏɪʟ¡",
    "j": "јᴊ", "k": "кκᴋ", "m": "мᴍ", "n": "ηпɴ", "o": "0оοσᴏ", "p": "рρᴘ", "q": "ԛ", "r": "гʀ", "s": "5$ѕꜱ",
    "t": "7тτᴛ",
    "u": "υᴜ", "v": "νѵᴠ", "w": "ԝωɯᴡ", "x": "хχ×", "y": "уүγʏ", "z": "ᴢ",
}  # fmt: skip
#: Letters in boxes and circles that Unicode does not take for letters.
_BOXED = (0x1F150, 0x1F170, 0x1F1E6)
#: Fewer Latin letters make too many other words, taken apart or not.
_FEWEST, _FEWEST_APART = 3, 4
_SENTENCE = frozenset("。，！？、；：,!?;:")
#: Separators between two letters are at most so long.
_LONGEST_GAP = 3


class _Skeleton(dict[str, str]):
    """The sign a character looks like, "" for what separates."""

    def __missing__(self, char: str) -> str:
        self[char] = sign = char if char.isalnum() or unicodedata.category(char) in ("Mn", "Mc", "Lm") else ""
        return sign


_SIGN = _Skeleton({look: sign for sign, looks in _LOOK.items() for look in looks})
_SIGN.update({chr(first + at): chr(97 + at).replace("l", "i") for first in _BOXED for at in range(26)})

#: The same of plain text, whose skeleton takes one step.
_ASCII_SIGNS = bytes(ord(_SIGN[chr(code)] or " ") if code < 128 else code for code in range(256))
_ASCII_NONE = bytes(code for code in range(128) if not _SIGN[chr(code)])


def skeleton(bare: str) -> str:
    """A folded text or term by what it looks like, without separators."""
    if bare.isascii():
        return bare.encode().translate(_ASCII_SIGNS, _ASCII_NONE).decode()
    made = bare
    for char in set(bare):
        if (sign := _SIGN[char]) != char:
            made = made.replace(char, sign)
    return made


def disguised(text: Folded, found: Callable[[str], Iterable[tuple[int, int, int]]]) -> list[tuple[int, int, int]]:
    """What ``found`` finds in the skeleton of a text, as (what, start, end) in the folded text, chance left out."""
    hits = list(found(skeleton(text.bare)))
    if not hits:
        return []
    places = [at for at, char in enumerate(text.bare) if _SIGN[char]]
    spans = ((what, places[start], places[end - 1] + 1) for what, start, end in hits)
    return [(what, start, end) for what, start, end in spans if _meant(text, start, end)]


def _meant(text: Folded, start: int, end: int) -> bool:
    written = text.exact[start:end]
    pieces, gaps = _taken_apart(written)
    if any(len(gap) > _LONGEST_GAP for gap in gaps) or not any(map(_is_letter, written)):
        return False
    if UNSPACED.search(written):
        return not any(sign in _SENTENCE for gap in gaps for sign in gap)
    if not (apart(text.bare, start) and apart(text.bare, end)):
        return False
    if not gaps:
        return len(written) >= _FEWEST
    if sum(map(len, pieces)) < _FEWEST_APART:
        return False
    if len(gaps) >= 3 and max(map(len, pieces)) <= 2:
        return True
    # punctuation alone: "we.chat"; a comma and a blank end a thought instead
    return not any(sign.isspace() or sign in _SENTENCE for gap in gaps for sign in gap)


def _is_letter(char: str) -> bool:
    """Digits and signs alone are a number, whatever they look like."""
    return char.isalpha() or ord(char) >= _BOXED[0]


def _taken_apart(written: str) -> tuple[list[str], list[str]]:
    """The pieces between separators, and the separators."""
    pieces, gaps, separated = [""], [], False
    for char in written:
        if _SIGN[char]:
            if separated:
                pieces.append("")
            pieces[-1] += char
            separated = False
        else:
            if not separated:
                gaps.append("")
            gaps[-1] += char
            separated = True
    return pieces, gaps
