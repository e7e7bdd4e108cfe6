"""All rules made ready to be looked for at once: one automaton over every literal text of them. Pure."""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal, TypeVar

import msgspec
from ahocorasick_rs import AhoCorasick

from .cues import Cues, Excuses
from .evasion import skeleton
from .folding import fold, folded
from .place import Place, Places, in_force, reads
from .rule import Near, Reference, Rule, Target, Words
from .safe import anchor_groups, at_start, checked
from .scripts import LONGEST_WORD, spaced
from .terms import Term, term_of

K = TypeVar("K")

#: What a literal text is for: found, an exception to it, a word near it, what must stand there, or the sign that a
#: pattern could fit.
Role = Literal["hit", "except", "near", "need", "anchor"]

#: Kinds that look at every word; their exceptions are words to leave alone.
_OF_ALL_WORDS = ("capitalisation", "repetition")


@dataclass(frozen=True, slots=True)
class Use:
    """A term of a rule. ``at``: which of the rule's conditions (near), patterns (anchor); else 0.

    ``everywhere``: it counts for texts beside the one it stands in.
    """

    rule: int
    role: Role
    term: Term
    at: int = 0
    everywhere: bool = False


@dataclass(frozen=True, slots=True)
class Pattern:
    """A pattern of a rule by its language.

    It is tried only where one of its ``anchors`` was seen, if it has any, and one of each group of ``also``;
    ``at_start``: only at the beginning of a text.
    """

    language: str
    regex: re.Pattern[str]
    phrase: bool
    anchors: tuple[Term, ...]
    also: tuple[tuple[str, ...], ...]
    at_start: bool

    def possible(self, bare: str) -> bool:
        """Whether it could fit in a folded text that has one of its anchors."""
        for group in self.also:
            for one in group:
                if one in bare:
                    break
            else:
                return False
        return True


@dataclass(frozen=True, slots=True)
class Ready:
    """A rule with what was made of it.

    ``instead``: what to write for a term, by its bare form; ``ignored``: words that kinds about all words leave alone;
    ``known_from``: the reference that is told.
    """

    rule: Rule
    patterns: tuple[Pattern, ...]
    needs_patterns: tuple[Pattern, ...]
    signs: re.Pattern[str] | None
    instead: dict[str, str]
    near: tuple[tuple[Near, bool], ...]
    ignored: frozenset[str]
    known_from: Reference


class Written:
    """All uses of one literal text; those of ``beside`` matter only where their rule could find something.

    ``begins_spaced``, ``stops_spaced``: whether it begins and ends with a sign of a script that has words apart;
    ``open_left``, ``open_right``: whether any use lets a word go on there.
    """

    __slots__ = ("anchors", "begins_spaced", "beside", "open_left", "open_right", "stops_spaced", "uses")

    def __init__(self, bare: str, uses: Sequence[Use]) -> None:
        self.anchors = tuple((use.rule, use.at) for use in uses if use.role == "anchor")
        self.uses = tuple(use for use in uses if use.role in ("hit", "need") or use.everywhere)
        self.beside = tuple(use for use in uses if use.role in ("near", "except") and not use.everywhere)
        self.begins_spaced, self.stops_spaced = spaced(bare[0]), spaced(bare[-1])
        every = (*self.uses, *self.beside)
        self.open_left = any(use.term.open_left for use in every)
        self.open_right = any(use.term.open_right or use.term.plural for use in every)


class Pack:
    """Rules ready to be looked for. Reading only, so that threads may share it.

    ``version`` changes when any rule does. Raises PatternRefused for a pattern that could run away.
    """

    def __init__(self, rules: Sequence[Rule], cues: Cues, places: Places) -> None:
        self.version = version_of(rules, cues, places)
        self.rules = tuple(_ready(rule) for rule in rules)
        self.excuses = Excuses(cues)
        self._places = places
        uses: dict[str, list[Use]] = defaultdict(list)
        disguises: dict[str, list[Use]] = defaultdict(list)
        for use in _uses(self.rules):
            uses[use.term.bare].append(use)
            # one sign alone disguises nothing: 薇❤ has the skeleton of every 蔷薇
            if use.role == "hit" and self.rules[use.rule].rule.evasion and len(look := skeleton(use.term.bare)) > 1:
                disguises[look].append(use)
        self.literals = [Written(bare, each) for bare, each in uses.items()]
        self.disguises = list(disguises.values())
        self.automaton = AhoCorasick(list(uses))
        #: No place of a term is longer: it takes in the rest of a word on both sides at most.
        self.longest = max(map(len, uses), default=0) + 2 * LONGEST_WORD
        self.disguised_automaton = AhoCorasick(list(disguises))
        #: Rules by what they want detected, and by signs they look for: a text has it or has not.
        self.detecting = _by((name, at) for at, ready in enumerate(self.rules) for name in ready.rule.detect)
        self.signed = _by((sign, at) for at, ready in enumerate(self.rules) for sign in ready.rule.signs)
        self._plain_signs = {sign: rules for sign, rules in self.signed.items() if sign.isascii()}
        #: Rules that look at every text, whatever stands in it.
        self.looking = frozenset(at for at, ready in enumerate(self.rules) if _everywhere(ready))
        self.in_force = lru_cache(64)(self._in_force)

    def with_signs(self, text: str) -> Iterator[frozenset[int]]:
        """Rules that look for signs and have one in a text."""
        signs = self._plain_signs if text.isascii() else self.signed
        return (rules for sign, rules in signs.items() if sign in text)

    def _in_force(self, place: Place) -> Force:
        known = frozenset(at for at, ready in enumerate(self.rules) if in_force(ready.rule, place, self._places))
        return Force(self, known, place.target)


@dataclass(frozen=True, slots=True)
class FieldRules:
    """Rules that read a field; of them those that look at every text, whatever stands in it."""

    every: frozenset[int]
    everywhere: tuple[int, ...]


class Force:
    """The rules in force in one place. ``demanding``: those of what must stand there whatever else does."""

    def __init__(self, pack: Pack, rules: frozenset[int], target: Target) -> None:
        self._pack, self._rules, self._target = pack, rules, target
        self.of_field = lru_cache(64)(self._of_field)
        self.demanding = tuple(sorted(at for at in rules if _demands(pack.rules[at].rule)))

    def _of_field(self, field: str) -> FieldRules:
        every = frozenset(at for at in self._rules if reads(self._pack.rules[at].rule, field, self._target))
        return FieldRules(every, tuple(sorted(every & self._pack.looking)))


def _by(pairs: Iterable[tuple[K, int]]) -> dict[K, frozenset[int]]:
    rules: dict[K, set[int]] = defaultdict(set)
    for key, at in pairs:
        rules[key].add(at)
    return {key: frozenset(each) for key, each in rules.items()}


def version_of(rules: Sequence[Rule], cues: Cues, places: Places) -> str:
    """The latest day anything was seen, and a digest of everything: ``2026-11-20.1a2b3c4d5e6f``."""
    latest = max((each.seen for rule in rules for each in rule.references), default="0000-00-00")
    digest = hashlib.sha256(msgspec.json.encode((rules, cues, places), order="sorted")).hexdigest()
    return f"{latest}.{digest[:12]}"


def _ready(rule: Rule) -> Ready:
    near = [(each, True) for each in rule.context.only_near] + [(each, False) for each in rule.context.unless_near]
    return Ready(
        rule=rule,
        patterns=tuple(_patterns(rule.patterns)),
        needs_patterns=tuple(_patterns(rule.needs_patterns)),
        signs=re.compile(f"[{re.escape(rule.signs)}]") if rule.signs else None,
        instead={
            term.bare: new
            for language, pairs in rule.substitutions.items()
            for old, new in pairs.items()
            if (term := term_of(old, language))
        },
        near=tuple(near),
        ignored=frozenset(folded(word)[1] for words in rule.exceptions.values() for word in words)
        if rule.kind in _OF_ALL_WORDS
        else frozenset(),
        known_from=_best(rule.references),
    )


def _best(references: Sequence[Reference]) -> Reference:
    """The most official one, of those the one seen last."""
    newest = sorted(references, key=lambda each: each.seen, reverse=True)
    return min(newest, key=lambda each: "ORCG".index(each.basis), default=Reference(source="", basis="G", seen=""))


def _demands(rule: Rule) -> bool:
    return rule.kind == "requires" and not (rule.terms or rule.patterns)


def _everywhere(ready: Ready) -> bool:
    if ready.rule.kind in ("length", "capitalisation", "repetition"):
        return True
    return any(not pattern.anchors for pattern in ready.patterns)


def _patterns(sources: Words) -> Iterator[Pattern]:
    for language, each in sources.items():
        for source in each:
            # with their blanks: " ig" is rarer than "ig"; what is nothing but blanks tells nothing
            first, *others = [[fold(one) for one in group] for group in anchor_groups(source)] or [[]]
            known = all(one.bare.strip() for one in first)
            yield Pattern(
                language=language,
                regex=checked(source),
                phrase=" " in source or "\\s" in source,
                anchors=tuple(Term(one.bare, one.exact, "any", open_left=True) for one in first) if known else (),
                also=tuple(
                    tuple(one.bare for one in group) for group in others if all(one.bare.strip() for one in group)
                ),
                at_start=at_start(source),
            )


def _uses(rules: Sequence[Ready]) -> Iterator[Use]:
    for at, ready in enumerate(rules):
        rule = ready.rule
        yield from _terms(at, "hit", rule.terms)
        yield from _terms(at, "hit", {language: list(pairs) for language, pairs in rule.substitutions.items()})
        if rule.kind not in _OF_ALL_WORDS:
            yield from _terms(at, "except", rule.exceptions)
        yield from _terms(at, "need", rule.needs)
        for number, (near, _) in enumerate(ready.near):
            for use in _terms(at, "near", near.words, number):
                yield replace(use, everywhere=near.where == "listing")
        for number, pattern in enumerate(ready.patterns):
            for term in pattern.anchors:
                yield Use(at, "anchor", term, number)


def _terms(rule: int, role: Role, words: Words, at: int = 0) -> Iterator[Use]:
    for language, written in words.items():
        for each in written:
            if term := term_of(each, language):
                yield Use(rule, role, term, at)
