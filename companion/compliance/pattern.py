"""Patterns of rules, with the plain texts that must stand in a text before one of them is tried. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from .folding import fold
from .rule import Words
from .safe import anchor_groups, at_start, checked
from .terms import Term


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


def patterns_of(sources: Words) -> Iterator[Pattern]:
    """The patterns of a rule, ready; raises PatternRefused for one that could run away."""
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
