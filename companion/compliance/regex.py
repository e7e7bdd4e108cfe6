"""A pattern taken apart: how many ways it can be read, and what must stand in a text for it to fit. Pure.

Only what ``companion.pages.pattern`` lets through is understood, and only as far as these two questions need.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from companion.pages.pattern import PatternRefused

_MOST_REPEATED = 200
#: More ways than anybody allows need no exact number.
_ENDLESS = 10**6
_TOKEN = re.compile(
    r"(?P<set>\[\^?(?:\\.|[^\]\\])*\])|(?P<open>\((?:\?(?:[:=!]|<[=!]))?)|(?P<close>\))"
    r"|(?P<repeat>[*+]\??|\?\??|\{\d+(?:,\d*)?\}\??)|(?P<or>\|)"
    r"|(?P<escape>\\(?:u\{[0-9A-Fa-f]+\}|u[0-9A-Fa-f]{4}|x[0-9A-Fa-f]{2}|.))|(?P<char>.)",
    re.S,
)
_SHORTEST_ANCHOR = 3
#: Stand in nearly every listing or message, in a word or by themselves.
_EVERYDAY = frozenset(
    """
    all and any are box can eight fit fits for gift have her his not one order other our out please product quality set
    ship size ten text that the this top use with you your
    """.split()  # noqa: SIM905  a list of words is read as a sentence
)
_RARE = re.compile(r"[^a-z0-9 .,'-]")
_COUNT = re.compile(r"\{(\d+)(,(\d*))?\}")
#: A set of a few plain signs is a choice between them.
_PLAIN_SET = re.compile(r"\[[^\\^\]\-a-z0-9 ]{1,12}\]")
_LITERAL = re.compile(r"\\([^A-Za-z0-9])")


@dataclass(slots=True)
class Part:
    """One thing of a row: a plain character, a group of choices, anything else; ``least`` to ``most`` times."""

    char: str = ""
    signs: str = ""
    choices: list[list[Part]] | None = None
    look: bool = False
    least: int = 1
    most: int = 1


@dataclass(slots=True)
class _Open:
    look: bool
    choices: list[list[Part]] = field(default_factory=lambda: [[]])


def taken_apart(source: str) -> list[list[Part]]:
    """The choices of a pattern, each a row of parts. Raises PatternRefused for a repetition without a bound."""
    stack = [_Open(False)]
    for token in _TOKEN.finditer(source):
        kind, text = token.lastgroup, token[0]
        row = stack[-1].choices[-1]
        if kind == "open":
            stack.append(_Open(text not in ("(", "(?:")))
        elif kind == "close":
            done = stack.pop()
            stack[-1].choices[-1].append(Part(choices=done.choices, look=done.look))
        elif kind == "or":
            stack[-1].choices.append([])
        elif kind == "repeat":
            row[-1].least, row[-1].most = _bounds(text)
        elif kind == "set" and _PLAIN_SET.fullmatch(text):
            row.append(Part(signs=text[1:-1]))
        else:
            literal = _LITERAL.fullmatch(text) if kind == "escape" else None
            plain = text if kind == "char" and text not in ".^$" else ""
            row.append(Part(char=literal[1] if literal else plain))
    return stack[0].choices


def ways(choices: list[list[Part]]) -> int:
    """Upper bound of the ways to read a pattern from one place."""
    total = 0
    for row in choices:
        product = 1
        for part in row:
            product = min(_ENDLESS, product * _ways_of(part))
        total = min(_ENDLESS, total + product)
    return total


def anchors(choices: list[list[Part]]) -> list[str]:
    """Plain texts one of which must stand in a text for the pattern to fit; [] where that cannot be said."""
    return next(iter(needed(choices)), [])


def needed(choices: list[list[Part]]) -> list[list[str]]:
    """Groups of plain texts, the rarest first: of each group one must stand in a text for the pattern to fit."""
    if len(choices) == 1:
        return sorted(map(_unlike, _candidates(choices[0])), key=_strength, reverse=True)
    found: list[str] = []
    for row in choices:
        best = max(_candidates(row), key=_strength, default=[])
        if not best:
            return []
        found += best
    return [_unlike(found)] if found else []


def telling(text: str) -> bool:
    """Whether few texts have it: anything short stands everywhere, save a sign that is no letter, digit or stop."""
    return len(text) >= _SHORTEST_ANCHOR or _RARE.search(text) is not None


def _strength(texts: list[str]) -> tuple[bool, bool, int, int]:
    """No word of everyday, then the longer its shortest text, and the fewer of them, the better an anchor."""
    everyday = any(one.strip() in _EVERYDAY for one in texts)
    return all(map(telling, texts)), not everyday, min(map(len, texts), default=0), -len(texts)


def _unlike(texts: list[str]) -> list[str]:
    return list(dict.fromkeys(texts))


def _candidates(row: list[Part]) -> Iterator[list[str]]:
    run = ""
    for part in row:
        if part.char and part.least == part.most == 1:
            run += part.char
            continue
        if run:
            yield [run]
        run = part.char if part.char and part.least else ""
        if part.signs and part.least:
            yield list(part.signs)
        if part.choices is not None and part.least and not part.look and (inner := anchors(part.choices)):
            yield inner
    if run:
        yield [run]


def _ways_of(part: Part) -> int:
    one = ways(part.choices) if part.choices is not None else 1
    if one == 1:
        return part.most - part.least + 1
    total = 0
    for count in range(part.least, part.most + 1):
        total += one**count
        if total > _ENDLESS:
            return _ENDLESS
    return total


def _bounds(repeat: str) -> tuple[int, int]:
    if repeat[0] in "*+":
        raise PatternRefused(f"{repeat[0]} has no end; write {{0,20}} or what is enough")
    if repeat[0] == "?":
        return 0, 1
    counted = _COUNT.match(repeat)
    assert counted is not None
    least = int(counted[1])
    if counted[2] and not counted[3]:
        raise PatternRefused(f"{counted[0]} has no end; write {{{least},{least + 20}}} or what is enough")
    most = int(counted[3]) if counted[2] else least
    if most < least or most > _MOST_REPEATED:
        raise PatternRefused(f"{counted[0]}: the counts must rise and stay below {_MOST_REPEATED}")
    return least, most
