"""What one character is read as: small, of one width, one kind of quote and of blank, and without its accents. Pure."""

from __future__ import annotations

import unicodedata

_ACCENTS = ("\u0300", "\u036f")
#: Circles, boxes and keys drawn around the sign before them: 4️⃣.
_AROUND = ("\u20dd", "\u20e4")

_ALIKE = {
    **dict.fromkeys("\t\n\v\f\r\u00a0\u1680\u2028\u2029\u202f\u205f\u3000", " "),
    **{chr(code): " " for code in range(0x2000, 0x200B)},
    **dict.fromkeys("‘’‛ʼ´`′＇", "'"),
    **dict.fromkeys("“”„‟″«»", '"'),
    **dict.fromkeys("‐‑‒–—―−﹣－", "-"),
    # soft hyphen, zero-width signs, marks of direction, byte order mark, variants of signs
    **dict.fromkeys("\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u2060\u3164\ufeff\uffa0", ""),
    **{chr(code): "" for code in (*range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2061, 0x2070))},
    **{chr(code): "" for code in range(0xFE00, 0xFE10)},
}  # fmt: skip
#: Letters whose stroke is no accent that could be taken off.
_STROKES = {"đ": "d", "ł": "l", "ø": "o", "ı": "i", "ħ": "h"}


class _Fold(dict[str, str]):
    """What one character becomes, worked out when it is first seen. An accent without its letter is nothing."""

    def __missing__(self, char: str) -> str:
        if "\ud800" <= char <= "\udfff":  # half a sign, which no engine takes
            self[char] = "\ufffd"
            return "\ufffd"
        folded = unicodedata.normalize("NFC", unicodedata.normalize("NFKC", char).casefold())
        self[char] = folded = "".join(_ALIKE.get(c, c) for c in folded if not _left_out(c))
        return folded


def _left_out(mark: str) -> bool:
    return _ACCENTS[0] <= mark <= _ACCENTS[1] or _AROUND[0] <= mark <= _AROUND[1]


class _Strip(dict[int, str]):
    """A character without its accents, always one."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        taken = unicodedata.normalize("NFD", char)
        accented = len(taken) > 1 and all(_ACCENTS[0] <= mark <= _ACCENTS[1] for mark in taken[1:])
        self[code] = stripped = taken[0] if accented else _STROKES.get(char, char)
        return stripped


FOLD = _Fold(_ALIKE)
STRIP = _Strip({ord("-"): " "})
