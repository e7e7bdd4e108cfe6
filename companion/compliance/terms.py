"""Terms of rules as what an automaton looks for, and whether a place where it stands is really that term. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .folding import Folded, folded
from .scripts import spaced, word_end, word_start

#: Languages in which a term is found with these endings too.
_PLURAL = frozenset({"any", "en", "es", "fr", "pt"})
_ENDING = re.compile(r"(?:es|s)(?![^\W_])")
#: Where a missing accent makes another word.
_ACCENTS_MATTER = frozenset({"vi"})


@dataclass(frozen=True, slots=True)
class Term:
    """``bare`` is what the automaton looks for; ``open``: before or behind it a word may go on (``*``)."""

    bare: str
    exact: str
    language: str
    open_left: bool = False
    open_right: bool = False
    plural: bool = False

    def place(self, text: Folded, start: int, end: int, *, begins: bool, stops: bool) -> tuple[int, int] | None:
        """The whole word or words where ``bare`` stands at a place, None where it is only part of something else.

        ``begins``, ``stops``: whether a word begins and ends just there.
        """
        if not begins and not self.open_left:
            return None
        if not self._accented(text.exact[start:end]):
            return None
        if not begins:
            start = word_start(text.bare, start)
        if stops:
            return start, end
        if self.open_right:
            return start, word_end(text.bare, end)
        ending = _ENDING.match(text.bare, end) if self.plural else None
        return (start, ending.end()) if ending else None

    def _accented(self, written: str) -> bool:
        """Whether the accents are those of the term, or left out altogether."""
        if written == self.exact:
            return True
        written = written.replace("-", " ")
        return written == self.exact.replace("-", " ") or (
            written == self.bare and self.language not in _ACCENTS_MATTER
        )


def term_of(written: str, language: str) -> Term | None:
    """A term as a rule has it, with ``*`` for an open end; None when nothing is left of it."""
    core = written.strip()
    left, right = core.startswith("*"), core.endswith("*")
    exact, bare = folded(core.strip("*"))
    if not bare.strip():
        return None
    plural = language in _PLURAL and bare[-1].isalpha() and spaced(bare[-1]) and not right
    return Term(bare, exact, language, left, right, plural)


def speaks(of: str, phrase: bool, language: str) -> bool:
    """Whether what is of one language ("any" = all) is looked for in a text of another ("" = not known).

    English phrases are used in all shops of the world; single English words are other words elsewhere (a German "Rat"
    gives advice), save where no Latin letters are written. What is written in a script of its own is never another
    word: 微信 in an English text is what it is; only Chinese and Japanese share theirs.
    """
    if not language or of in ("any", language) or of in _OWN_SCRIPT:
        return True
    if of in _HAN:
        return language not in _HAN
    return of == "en" and (phrase or language in _NOT_LATIN)


_OWN_SCRIPT, _HAN = frozenset({"th", "ko"}), frozenset({"zh", "ja"})
_NOT_LATIN = frozenset({"zh", "ja", "ko", "th", "ru", "ar", "he", "hi", "uk", "el", "bg"})
