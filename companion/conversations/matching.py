"""Reads back what ``expression.py`` writes for FTS5, for an index that speaks another language. Pure.

The language, as far as it is used: phrases in double quotes, a star behind one whose last word may go on, columns and
a colon before one that must stand there, AND, OR, NOT, parentheses. NOT binds strongest, OR weakest.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_TOKEN = re.compile(r'\s*(?:"(?P<phrase>[^"]*)"|\{(?P<names>[a-z ]+)\}|(?P<name>[a-z]+)|(?P<sign>AND|OR|NOT|[():*]))')


@dataclass(frozen=True, slots=True)
class Words:
    """Words that follow one another, in one of the ``columns``; none named = in any."""

    words: tuple[str, ...]
    open_end: bool = False
    columns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class All:
    """Every part must fit."""

    parts: tuple[Match, ...]


@dataclass(frozen=True, slots=True)
class Either:
    """One part at least must fit."""

    parts: tuple[Match, ...]


@dataclass(frozen=True, slots=True)
class But:
    """The first must fit and the second must not."""

    wanted: Match
    unwanted: Match


Match = Words | All | Either | But


def read(expression: str) -> Match:
    """The tree of an expression. Raises ValueError for what ``expression.py`` does not write."""
    reader = _Reader(expression)
    found = reader.either()
    if reader.next is not None:
        raise ValueError(f"not understood from here: {reader.next[1]!r}")
    return found


class _Reader:
    def __init__(self, expression: str) -> None:
        self._rest = expression.rstrip()
        self._at = 0
        #: The token at hand: its kind and what it says; None = the end.
        self.next: tuple[str, str] | None = None
        self._go_on()

    def either(self) -> Match:
        parts = [self._all()]
        while self._took("OR"):
            parts.append(self._all())
        return parts[0] if len(parts) == 1 else Either(tuple(parts))

    def _all(self) -> Match:
        parts = [self._but()]
        while self._took("AND"):
            parts.append(self._but())
        return parts[0] if len(parts) == 1 else All(tuple(parts))

    def _but(self) -> Match:
        found = self._one()
        while self._took("NOT"):
            found = But(found, self._one())
        return found

    def _one(self) -> Match:
        if self._took("("):
            found = self.either()
            self._must(")")
            return found
        columns: tuple[str, ...] = ()
        if self.next is not None and self.next[0] in ("names", "name"):
            columns = tuple(self.next[1].split())
            self._go_on()
            self._must(":")
        if self.next is None or self.next[0] != "phrase":
            raise ValueError("a phrase is missing")
        words = tuple(self.next[1].split())
        self._go_on()
        return Words(words, self._took("*"), columns)

    def _took(self, sign: str) -> bool:
        if self.next != ("sign", sign):
            return False
        self._go_on()
        return True

    def _must(self, sign: str) -> None:
        if not self._took(sign):
            raise ValueError(f"{sign!r} is missing")

    def _go_on(self) -> None:
        if self._at == len(self._rest):
            self.next = None
            return
        found = _TOKEN.match(self._rest, self._at)
        if found is None or found.lastgroup is None:
            raise ValueError(f"not understood from here: {self._rest[self._at :]!r}")
        self._at = found.end()
        self.next = found.lastgroup, found[found.lastgroup]
