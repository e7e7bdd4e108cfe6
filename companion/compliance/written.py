"""The literal texts of all rules, and what each is for. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from .ready import OF_ALL_WORDS, Ready
from .rule import Words
from .scripts import spaced
from .terms import Term, term_of
from .traditional import traditional

#: What a literal text is for: found, an exception to it, a word near it, what must stand there, or the sign that a
#: pattern could fit.
Role = Literal["hit", "except", "near", "need", "anchor"]


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


def uses_of(rules: Sequence[Ready]) -> Iterator[Use]:
    """Every literal text of the rules with what it is for."""
    for at, ready in enumerate(rules):
        rule = ready.rule
        yield from _terms(at, "hit", rule.terms)
        yield from _terms(at, "hit", {language: list(pairs) for language, pairs in rule.substitutions.items()})
        if rule.kind not in OF_ALL_WORDS:
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
        for each in _spelled(written) if language == "zh" else written:
            if term := term_of(each, language):
                yield Use(rule, role, term, at)


def _spelled(written: Sequence[str]) -> Iterator[str]:
    """Chinese terms in the signs of the mainland and in those of Taiwan, each once."""
    yield from written
    yield from dict.fromkeys(each for term in written for each in traditional(term) if each not in written)
