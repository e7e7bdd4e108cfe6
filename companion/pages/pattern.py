"""The patterns of page descriptions are JavaScript's; this makes Python read exactly the same of them.

Pure. What the two languages understand differently is translated where that is exact, else refused by name, so that a
saved page is never read otherwise than the live one.
"""

from __future__ import annotations

import re
from functools import lru_cache

#: A pattern looks at this many characters of a value: the last ones when it ends in ``$``, else the first ones.
WINDOW = 2_000
#: More repetitions without an end than this can take longer than anybody waits.
_MOST_OPEN = 8

#: What JavaScript calls white space, as the inside of a character class.
SPACE = "\t\n\v\f\r \u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff"
_SAME = frozenset("dDwWtnrfv")
_REPEAT = re.compile(r"\*|\+|\?|\{(\d+)(,)?(\d*)\}")
_HEX = re.compile(r"x([0-9A-Fa-f]{2})|u([0-9A-Fa-f]{4})|u\{([0-9A-Fa-f]{1,6})\}")
#: From this upper bound on a counted repetition weighs like one without an end.
_MANY = 20


class PatternRefused(ValueError):
    """A pattern that Python would read otherwise than a browser, or that could take for ever."""


def first_group(source: str, text: str) -> str | None:
    """The first group of the first match, the whole match without a group, None where it does not fit."""
    found = search(source, text)
    if found is None:
        return None
    return found[1] if found.re.groups and found[1] is not None else found[0]


def search(source: str, text: str) -> re.Match[str] | None:
    """The first match within the window; raises PatternRefused."""
    compiled = compiled_pattern(source)
    if source.endswith("$") and not source.endswith("\\$"):
        return compiled.search(text, max(0, len(text) - WINDOW))
    return compiled.search(text, 0, min(len(text), WINDOW)) if len(text) > WINDOW else compiled.search(text)


@lru_cache(maxsize=512)
def compiled_pattern(source: str) -> re.Pattern[str]:
    """A JavaScript pattern for Python; raises PatternRefused with the reason."""
    translated = _Translation(source).done()
    try:
        return re.compile(translated, re.ASCII)
    except re.error as exc:
        raise PatternRefused(str(exc)) from exc


class _Group:
    """What stands in one pair of brackets, as far as time goes."""

    def __init__(self, *, look: bool = False) -> None:
        self.open = False
        self.choice = False
        self.look = look


class _Translation:
    def __init__(self, source: str) -> None:
        self._source = source
        self._at = 0
        self._out: list[str] = []
        self._groups = [_Group()]
        #: The group a repetition at this point would repeat, None = a single character.
        self._last: _Group | None = None
        self._repeatable = False
        self._opens = 0

    def done(self) -> str:
        while self._at < len(self._source):
            self._one()
        if len(self._groups) > 1:
            raise PatternRefused("a ( is not closed")
        return "".join(self._out)

    def _one(self) -> None:
        rest = self._source[self._at :]
        repeat = _REPEAT.match(rest)
        if repeat:
            self._repeat(repeat)
            return
        char = rest[0]
        if char == "(":
            self._open(rest)
        elif char == ")":
            if len(self._groups) == 1:
                raise PatternRefused("a ) without its (")
            inner = self._groups.pop()
            self._groups[-1].open |= inner.open
            self._take(")", repeatable=not inner.look, group=inner)
        elif char == "[":
            self._set()
        elif char == "\\":
            self._take_escape()
        elif char == "|":
            self._groups[-1].choice = True
            self._take("|", repeatable=False)
        elif char == "^":
            self._take("^", repeatable=False)
        elif char == "$":
            self._take(r"\Z", repeatable=False)  # Python's $ also fits before a last line end
        elif char == ".":
            self._take("[^\n\r\u2028\u2029]")
        elif char in "{}]":
            raise PatternRefused(f"a lone {char}; write \\{char}")
        else:
            self._take(re.escape(char))

    def _take(self, out: str, width: int = 1, *, repeatable: bool = True, group: _Group | None = None) -> None:
        self._out.append(out)
        self._at += width
        self._repeatable, self._last = repeatable, group

    def _open(self, rest: str) -> None:
        head = next((h for h in ("(?:", "(?=", "(?!", "(?<=", "(?<!") if rest.startswith(h)), "(")
        if head == "(" and rest.startswith("(?"):
            raise PatternRefused(f"{rest[:3]} is not understood alike everywhere; use ( ) or (?: )")
        self._groups.append(_Group(look=head not in ("(", "(?:")))
        self._take(head, len(head), repeatable=False)

    def _repeat(self, found: re.Match[str]) -> None:
        if not self._repeatable:
            raise PatternRefused(f"nothing to repeat before {found[0]}")
        again, endless = found[0] != "?", found[0] in "*+" or bool(found[2] and not found[3])
        if found[0][0] == "{" and not endless:
            endless = int(found[3] or found[1]) > _MANY
        group = self._last
        if again and group is not None and (group.open or (endless and group.choice)):
            raise PatternRefused("a repetition inside a repetition can take for ever")
        if endless:
            self._groups[-1].open = True
            self._opens += 1
            if self._opens > _MOST_OPEN:
                raise PatternRefused(f"more than {_MOST_OPEN} repetitions without an end")
        self._take(found[0], len(found[0]), repeatable=False)
        follow = self._source[self._at : self._at + 1]
        if follow == "?":
            self._take("?", repeatable=False)
        elif follow == "+":
            raise PatternRefused(f"{found[0]}+ is not understood by browsers")

    def _take_escape(self) -> None:
        char = self._source[self._at + 1 : self._at + 2]
        if char in ("b", "B") and char:
            self._take("\\" + char, 2, repeatable=False)
        elif char == "s":
            self._take(f"[{SPACE}]", 2)
        elif char == "S":
            self._take(f"[^{SPACE}]", 2)
        else:
            out, width = self._escape()
            self._take(out, width)

    def _escape(self) -> tuple[str, int]:
        """What one escape that means the same inside and outside of a set becomes, and how long it is."""
        rest = self._source[self._at + 1 : self._at + 10]
        char = rest[:1]
        if not char:
            raise PatternRefused("a \\ at the end")
        if char in _SAME:
            return "\\" + char, 2
        if hexadecimal := _HEX.match(rest):
            code = int(next(g for g in hexadecimal.groups() if g), 16)
            if code > 0x10FFFF:
                raise PatternRefused(f"\\{hexadecimal[0]} is no character")
            return re.escape(chr(code)), 1 + len(hexadecimal[0])
        if char == "0" and not rest[1:2].isdigit():
            return "\\x00", 2
        if char.isalnum() or not char.isascii():
            raise PatternRefused(f"\\{char} is not understood alike everywhere")
        return re.escape(char), 2

    def _set(self) -> None:
        out = ["["]
        self._at += 1
        if self._source[self._at : self._at + 1] == "^":
            out.append("^")
            self._at += 1
        first = True
        while (char := self._source[self._at : self._at + 1]) != "]":
            if not char:
                raise PatternRefused("a [ is not closed")
            if char == "\\":
                follow = self._source[self._at + 1 : self._at + 2]
                if follow == "s":
                    out.append(SPACE)
                    self._at += 2
                elif follow == "b":
                    out.append("\\x08")
                    self._at += 2
                else:
                    piece, width = self._escape()
                    out.append(piece)
                    self._at += width
            elif char == "-":
                ends = first or self._source[self._at + 1 : self._at + 2] == "]"
                out.append("\\-" if ends else "-")
                self._at += 1
            else:
                out.append(re.escape(char))
                self._at += 1
            first = False
        if first:
            raise PatternRefused("an empty [ ]")
        out.append("]")
        self._take("".join(out))
