"""Words that excuse: a negation before a claim, and "compatible with" before a mark. Pure."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

import msgspec
from ahocorasick_rs import AhoCorasick, MatchKind

from .folding import Folded, folded
from .scripts import SENTENCE_END, TOKEN, UNSPACED, apart

#: How far back a negation is looked for, and how many words may stand between it and what it denies.
_BEFORE, _WORDS, _SIGNS = 90, 5, 6
#: A lone sign of Chinese denies what follows at once: 无副作用 says nothing against the claim behind it.
_LONE = 2
_AFTER = 16
#: How far behind a claim of an enumeration its purpose is denied: 診断、治療、予防を目的としたものではありません.
_FAR = 30
#: Thai has no blanks between words but between thoughts; so many signs may stand between a cue and what it denies.
_THAI, _THAI_SIGNS = re.compile("[\u0e00-\u0e7f]"), 18
#: Words of one part of an enumeration: "to diagnose, treat, cure, or prevent".
_PART = 3
_COMPATIBLE, _COMPATIBLE_WORDS = 60, 3
_COMMA = re.compile(r"[,，、]")
_OR = re.compile(r"(?<![a-z])(?:or|nor|oder|ou|o|u|ni|nem|atau|hoặc|hay)(?![a-z])|或|または|หรือ|또는")


class Negation(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """Cues ``before`` and ``after`` a claim; ``but`` begins another thought; ``only`` looks like a cue and is none.

    ``purpose``: what denies every part of an enumeration before it.
    """

    before: list[str] = []
    after: list[str] = []
    purpose: list[str] = []
    but: list[str] = []
    only: list[str] = []


class Cues(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """``cues.yml`` by language."""

    negation: dict[str, Negation] = {}
    compatibility: dict[str, list[str]] = {}


@dataclass(frozen=True)
class Excuses:
    """The cues, ready to be looked for."""

    cues: Cues

    @cached_property
    def _compatible(self) -> _AnyOf:
        return _AnyOf(word for words in self.cues.compatibility.values() for word in words)

    @cached_property
    def _negations(self) -> dict[str, _Negations]:
        made = {language: _Negations(words) for language, words in self.cues.negation.items()}
        every = [
            [word for each in self.cues.negation.values() for word in getattr(each, name)]
            for name in Negation.__struct_fields__
        ]
        return {**made, "any": _Negations(Negation(*every))}

    def negated(self, text: Folded, start: int, end: int, language: str) -> bool:
        """Whether what stands there is denied. ``language``: of the claim, "any" where none is known."""
        found = self._negations.get(language)
        return found is not None and found.deny(text, start, end)

    def compatible(self, text: Folded, start: int, end: int) -> bool:
        """Whether what stands there is named as what the product fits."""
        first = max(0, start - _COMPATIBLE)
        for cue in self._compatible.within(text, first, start):
            between = text.written(cue[1], start)
            if _whole(text, cue) and not SENTENCE_END.search(between) and _count(between) <= _COMPATIBLE_WORDS:
                return True
        return self._compatible.follows(text, end) and UNSPACED.match(text.bare, end) is not None


class _Negations:
    def __init__(self, words: Negation) -> None:
        self._before, self._after = _AnyOf(words.before), _AnyOf(words.after)
        self._but, self._only = _AnyOf(words.but), _AnyOf(words.only)
        self._purpose = _AnyOf(words.purpose)

    def deny(self, text: Folded, start: int, end: int) -> bool:
        first = max(0, start - _BEFORE)
        only = [cue for cue in self._only.within(text, first, start) if _whole(text, cue)]
        for cue in self._before.within(text, first, start):
            if not _whole(text, cue) or any(at <= cue[0] < until for at, until in only):
                continue
            if self._reaches(text, cue, start, end):
                return True
        return self._behind(text, end)

    def _behind(self, text: Folded, end: int) -> bool:
        if any(not SENTENCE_END.search(text.written(end, at)) for at, _ in self._purpose.within(text, end, end + _FAR)):
            return True
        only = [at for at, _ in self._only.within(text, end, end + _AFTER)]
        for cue in self._after.within(text, end, end + _AFTER):
            if cue[0] in only:
                continue
            between = text.written(end, cue[0])
            if (
                not SENTENCE_END.search(between)
                and not _COMMA.search(between)
                and (_unspaced(text, cue) or not between.strip(" -"))
            ):
                return True
        return False

    def _reaches(self, text: Folded, cue: tuple[int, int], start: int, end: int) -> bool:
        between = text.written(cue[1], start)
        if SENTENCE_END.search(between) or any(_whole(text, but) for but in self._but.within(text, cue[1], start)):
            return False
        parts = _COMMA.split(between)
        if len(parts) > 1:
            # an enumeration has its "or" before its last part, which may stand behind this one
            rest = text.bare[cue[1] : end + _BEFORE]
            stop = SENTENCE_END.search(rest, start - cue[1])
            return _OR.search(rest[: stop.start()] if stop else rest) is not None and all(
                _count(part) <= (_WORDS if at == 0 else _PART) for at, part in enumerate(parts)
            )
        if _THAI.match(text.bare, cue[0]) and " " not in between:
            return len(between) <= _THAI_SIGNS
        if _unspaced(text, cue):
            return len(between.strip()) <= (_LONE if cue[1] - cue[0] == 1 else _SIGNS)
        return _count(between) <= _WORDS


class _AnyOf:
    """Any of some words, of those that overlap the first and longest. Accents are those of the word, or left out."""

    def __init__(self, words: Iterable[str]) -> None:
        forms: dict[str, set[str]] = defaultdict(set)
        for exact, bare in map(folded, words):
            forms[bare] |= {exact.replace("-", " "), bare}
        forms.pop("", None)
        self._longest = max(map(len, forms), default=0)
        self._forms = [forms[bare] for bare in sorted(forms)]
        self._words = AhoCorasick(sorted(forms), matchkind=MatchKind.LeftmostLongest)

    def within(self, text: Folded, start: int, end: int) -> Iterator[tuple[int, int]]:
        """Places between two places of a text: of "chưa" (not yet) not in "chữa" (heals)."""
        for number, first, last in self._words.find_matches_as_indexes(text.bare[start:end]):
            if text.exact[start + first : start + last].replace("-", " ") in self._forms[number]:
                yield start + first, start + last

    def follows(self, text: Folded, at: int) -> bool:
        """Whether one of them begins at a place."""
        return any(start == at for start, _ in self.within(text, at, at + self._longest))


def _whole(text: Folded, cue: tuple[int, int]) -> bool:
    start, end = cue
    return apart(text.bare, start) and (text.bare[end - 1] == "'" or apart(text.bare, end))


def _unspaced(text: Folded, cue: tuple[int, int]) -> bool:
    return UNSPACED.match(text.bare, cue[0]) is not None


def _count(written: str) -> int:
    return sum(1 for _ in TOKEN.finditer(written.casefold()))
