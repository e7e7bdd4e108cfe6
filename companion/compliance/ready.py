"""A rule ready to be tried: its patterns compiled, its texts folded. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from .folding import folded
from .pattern import Pattern, patterns_of
from .rule import Near, Reference, Rule
from .terms import term_of

#: Kinds that look at every word; their exceptions are words to leave alone.
OF_ALL_WORDS = ("capitalisation", "repetition")


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


def ready_of(rule: Rule) -> Ready:
    """The rule made ready; raises PatternRefused for a pattern that could run away."""
    near = [(each, True) for each in rule.context.only_near] + [(each, False) for each in rule.context.unless_near]
    return Ready(
        rule=rule,
        patterns=tuple(patterns_of(rule.patterns)),
        needs_patterns=tuple(patterns_of(rule.needs_patterns)),
        signs=re.compile(f"[{re.escape(rule.signs)}]") if rule.signs else None,
        instead={
            term.bare: new
            for language, pairs in rule.substitutions.items()
            for old, new in pairs.items()
            if (term := term_of(old, language))
        },
        near=tuple(near),
        ignored=frozenset(folded(word)[1] for words in rule.exceptions.values() for word in words)
        if rule.kind in OF_ALL_WORDS
        else frozenset(),
        known_from=_best(rule.references),
    )


def _best(references: Sequence[Reference]) -> Reference:
    """The most official one, of those the one seen last."""
    newest = sorted(references, key=lambda each: each.seen, reverse=True)
    return min(newest, key=lambda each: "ORCG".index(each.basis), default=Reference(source="", basis="G", seen=""))
