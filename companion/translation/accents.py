"""Names as people type them on keyboards without accents: Zoe Muller, Zoe Mueller. Pure; lengths of texts stay."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

#: Letters with a stroke, which Unicode does not take apart.
_PLAIN = {"đ": "d", "ð": "d", "ø": "o", "ł": "l", "ħ": "h", "ı": "i"}
_PLAIN |= {letter.upper(): plain.upper() for letter, plain in _PLAIN.items() if letter != "ı"}
#: How Germans and Scandinavians write them out.
_WRITTEN_OUT = {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "ø": "oe", "å": "aa", "æ": "ae"}
_WRITTEN_OUT |= {letter.upper(): out.capitalize() for letter, out in _WRITTEN_OUT.items() if letter != "ß"}


@lru_cache(maxsize=4096)
def _plain(char: str) -> str:
    base = unicodedata.normalize("NFD", char)[0]
    return _PLAIN.get(base, base) if "A" <= _PLAIN.get(base, base) <= "z" else char


def without_accents(text: str) -> str:
    """Latin letters without their accents, one character for one; other scripts as they are."""
    return text if text.isascii() else "".join(char if char < "\x80" else _plain(char) for char in text)


def spellings(name: str) -> set[str]:
    """A name (or a part of one) without accents, and with its letters written out; not the name itself."""
    composed = unicodedata.normalize("NFC", name)
    out = "".join(_WRITTEN_OUT.get(char, char) for char in composed)
    plain = without_accents(composed).replace("ß", "ss")
    return {plain, without_accents(out)} - {name, composed}


def vietnamese(name: str) -> bool:
    """Whether a name has letters that only Vietnamese has; without their accents its parts are everyday words."""
    return any(char in "ăđơưĂĐƠƯ" or "\u1ea0" <= char <= "\u1ef9" for char in unicodedata.normalize("NFC", name))
