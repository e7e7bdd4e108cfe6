"""How people of a language write in chat, as values: slang, bare accents, laughter. Pure; ``chat_rules`` loads it."""

from __future__ import annotations

import re
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from .codes import UNSPACED

#: Letters and digits of the scripts that put blanks between words.
_LETTER = "A-Za-z0-9_\u00c0-\u024f\u0400-\u052f\u1e00-\u1eff"
FEELINGS = ("laugh", "cry")


@dataclass(frozen=True)
class Chat:
    """One language's file. ``words`` and ``accents`` are by lower-case spelling; ``say`` by feeling."""

    language: str = ""
    words: Mapping[str, str] = field(default_factory=dict)
    accents: Mapping[str, str] = field(default_factory=dict)
    doubled: frozenset[str] = frozenset()
    feelings: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    numbers_after: tuple[str, ...] = ()
    say: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def version(self) -> str:
        """Changes with what the file says."""
        said = (sorted(self.words.items()), sorted(self.accents.items()), sorted(self.doubled), self.numbers_after)
        felt = (sorted(self.feelings.items()), sorted(self.say.items()))
        return f"{zlib.crc32(repr((said, felt)).encode()):08x}"

    @cached_property
    def meanings(self) -> Mapping[str, str]:
        """Every spelling to what the engine should read instead."""
        return {word.removeprefix("^"): meant for word, meant in {**self.accents, **self.words}.items()}

    @cached_property
    def spellings(self) -> re.Pattern[str] | None:
        """Finds the spellings, the longest first."""
        if not self.meanings:
            return None
        ranked = sorted((*self.accents, *self.words), key=lambda word: (-len(word), word))
        return re.compile("|".join(_bounded(word, self.language) for word in ranked), re.IGNORECASE)

    @cached_property
    def signs(self) -> re.Pattern[str] | None:
        """Finds signs of feelings; the name of the group is the feeling."""
        groups = [
            f"(?P<{feeling}>{'|'.join(_sign(sign) for sign in sorted(signs, key=len, reverse=True))})"
            for feeling, signs in self.feelings.items()
            if signs and feeling in FEELINGS
        ]
        return re.compile("|".join(groups), re.IGNORECASE) if groups else None


NO_CHAT = Chat()


def _bounded(word: str, language: str) -> str:
    """A spelling as a word of its own; scripts without blanks have no borders to look for, but "^亲" stands alone."""
    if word.startswith("^"):
        return rf"(?<!\w){re.escape(word[1:])}(?!\w)"
    letters = r"\s+".join(re.escape(part) for part in word.split())
    if language in UNSPACED and not word.isascii():
        return letters
    return rf"(?<![{_LETTER}'’\uac00-\ud7a3]){letters}" + (
        "" if word.endswith("/") else rf"(?![{_LETTER}'’\uac00-\ud7a3])"
    )


def _sign(sign: str) -> str:
    """A sign as a pattern: ``+`` repeats the letter before it, and a word of letters may go on with its own letters."""
    pattern = "".join(char if char == "+" and at else re.escape(char) for at, char in enumerate(sign))
    plain = sign.replace("+", "")
    if not re.fullmatch(f"[{_LETTER}]+", plain):
        # "T.T" is no part of "great.thanks"
        begins, ends = (re.match(f"[{_LETTER}]", at) for at in (plain[0], plain[-1]))
        return (rf"(?<![{_LETTER}])" if begins else "") + pattern + (rf"(?![{_LETTER}])" if ends else "")
    again = f"[{re.escape(''.join(sorted(set(plain))))}]*" if plain.isalpha() and len(plain) > 2 else ""
    return rf"(?<![{_LETTER}.,]){pattern}{again}(?![{_LETTER}])"
