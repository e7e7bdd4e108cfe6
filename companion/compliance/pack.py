"""All rules made ready to be looked for at once: one automaton over every literal text of them. Pure."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeVar

import msgspec
from ahocorasick_rs import AhoCorasick

from .cues import Cues, Excuses
from .evasion import looks_of
from .place import Place, Places, advises, in_force, reads
from .ready import Ready, ready_of
from .rule import Rule, Target
from .scripts import LONGEST_WORD
from .written import Use, Written, uses_of

K = TypeVar("K")


class Pack:
    """Rules ready to be looked for. Reading only, so that threads may share it.

    ``version`` changes when any rule does. Raises PatternRefused for a pattern that could run away.
    """

    def __init__(self, rules: Sequence[Rule], cues: Cues, places: Places) -> None:
        self.version = version_of(rules, cues, places)
        self.rules = tuple(map(ready_of, rules))
        self.excuses = Excuses(cues)
        self._places = places
        uses: dict[str, list[Use]] = defaultdict(list)
        disguises: dict[str, list[tuple[Use, str]]] = defaultdict(list)
        for use in uses_of(self.rules):
            uses[use.term.bare].append(use)
            if use.role == "hit" and self.rules[use.rule].rule.evasion:
                for look, spelling in looks_of(use.term):
                    disguises[look].append((use, spelling))
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
        advising = frozenset(at for at, ready in enumerate(self.rules) if advises(ready.rule, place, self._places))
        return Force(self, known | advising, advising, place.target)


@dataclass(frozen=True, slots=True)
class FieldRules:
    """Rules that read a field; of them those that look at every text, whatever stands in it."""

    every: frozenset[int]
    everywhere: tuple[int, ...]


class Force:
    """The rules that count in one place. ``advising``: those for which only general knowledge speaks there;
    ``demanding``: those of what must stand there whatever else does."""

    def __init__(self, pack: Pack, rules: frozenset[int], advising: frozenset[int], target: Target) -> None:
        self._pack, self._rules, self._target = pack, rules, target
        self.advising = advising
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


def _demands(rule: Rule) -> bool:
    return rule.kind == "requires" and not (rule.terms or rule.patterns)


def _everywhere(ready: Ready) -> bool:
    if ready.rule.kind in ("length", "capitalisation", "repetition"):
        return True
    return any(not pattern.anchors for pattern in ready.patterns)
