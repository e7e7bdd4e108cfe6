"""Patterns of rules must not run away: everything in them is bounded, and so are the ways to try them. Pure.

A backtracking engine tries at most every way a pattern can be read from one place. Here each repetition has an upper
bound, and the product of all choices is counted before a pattern is taken, so the time is linear in the text.
"""

from __future__ import annotations

import re

from companion.pages.pattern import PatternRefused, compiled_pattern

from .regex import needed, taken_apart, telling, ways

#: Ways to fit from one place. ``(leave|write)[^.]{0,40}(5|five) ?stars?`` has 656.
MOST_WAYS = 2_000
_LONGEST = 2_000


def checked(source: str) -> re.Pattern[str]:
    """The pattern compiled; raises PatternRefused with the reason."""
    if len(source) > _LONGEST:
        raise PatternRefused(f"longer than {_LONGEST} characters")
    compiled = compiled_pattern(source)
    if compiled.match("") is not None:
        raise PatternRefused("fits nothing at all, so it would fit everywhere")
    if (count := ways(taken_apart(source))) > MOST_WAYS:
        raise PatternRefused(
            f"can be read in {count} ways from one place, {MOST_WAYS} are allowed; say it more closely"
        )
    return compiled


def anchor_groups(source: str) -> list[list[str]]:
    """Groups of texts of which one each must stand there for the pattern to fit, the most telling group first.

    [] where the pattern must be tried everywhere.
    """
    groups = needed(taken_apart(source))
    return groups if groups and all(map(telling, groups[0])) else []


def at_start(source: str) -> bool:
    """Whether the pattern can fit only at the beginning of a text, so that no other place need be tried."""
    return source.startswith("^") and len(taken_apart(source)) == 1
