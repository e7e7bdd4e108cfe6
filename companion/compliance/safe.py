"""Patterns of rules must not run away: everything in them is bounded, and so are the ways to try them. Pure.

A backtracking engine tries at most every way a pattern can be read from one place. Here each repetition has an upper
bound, and the product of all choices is counted before a pattern is taken, so the time is linear in the text.
"""

from __future__ import annotations

import re

from companion.pages.pattern import PatternRefused, compiled_pattern

#: Ways to fit from one place. ``(leave|write)[^.]{0,40}(5|five) ?stars?`` has 656.
MOST_WAYS = 2_000
_LONGEST = 300
_MOST_REPEATED = 200
_TOKEN = re.compile(
    r"(?P<set>\[\^?(?:\\.|[^\]\\])*\])|(?P<open>\((?:\?(?:[:=!]|<[=!]))?)|(?P<close>\))"
    r"|(?P<repeat>[*+]\??|\?\??|\{\d+(?:,\d*)?\}\??)|(?P<or>\|)|(?P<escape>\\(?:u\{[0-9A-Fa-f]+\}|u[0-9A-Fa-f]{4}|x[0-9A-Fa-f]{2}|.))"
    r"|(?P<char>.)",
    re.S,
)
_COUNT = re.compile(r"\{(\d+)(,(\d*))?\}")
#: Escapes that stand for one plain character.
_LITERAL = re.compile(r"\\([^A-Za-z0-9])")


def checked(source: str) -> re.Pattern[str]:
    """The pattern compiled; raises PatternRefused with the reason."""
    if len(source) > _LONGEST:
        raise PatternRefused(f"longer than {_LONGEST} characters")
    compiled = compiled_pattern(source)
    if compiled.match("") is not None:
        raise PatternRefused("fits nothing at all, so it would fit everywhere")
    if (ways := _ways(source)) > MOST_WAYS:
        raise PatternRefused(f"can be read in {ways} ways from one place, {MOST_WAYS} are allowed; say it more closely")
    return compiled


def anchor(source: str) -> str:
    """Plain characters without which the pattern cannot fit, the longest such run; "" where none is certain."""
    runs, depth = [""], 0
    for token in _TOKEN.finditer(source):
        kind, text = token.lastgroup, token[0]
        if kind == "or" and depth == 0:
            return ""
        if kind == "open":
            depth += 1
        elif kind == "close":
            depth -= 1
        plain = text if kind == "char" and text not in ".^$" else ""
        if kind == "escape" and (literal := _LITERAL.fullmatch(text)):
            plain = literal[1]
        if kind == "repeat":
            if not text.startswith("{") or _COUNT.match(text) is None:
                runs[-1] = runs[-1][:-1]
            else:
                least = int(_COUNT.match(text)[1])  # type: ignore[index]
                runs[-1] = runs[-1] if least else runs[-1][:-1]
            runs.append("")
        elif depth == 0 and plain:
            runs[-1] += plain
        elif runs[-1]:
            runs.append("")
    return max(runs, key=len)


def _ways(source: str) -> int:
    """Upper bound of the ways to fit from one place; raises PatternRefused for a repetition without a bound."""
    #: For each open bracket: ways of the choices before, ways of this choice, and of what stands last in it.
    stack: list[list[int]] = [[0, 1, 1]]
    for token in _TOKEN.finditer(source):
        kind, here = token.lastgroup, stack[-1]
        if kind == "open":
            stack.append([0, 1, 1])
        elif kind == "close":
            done, choice, last = stack.pop()
            stack[-1][1] *= stack[-1][2]
            stack[-1][2] = done + choice * last
        elif kind == "or":
            here[0] += here[1] * here[2]
            here[1] = here[2] = 1
        elif kind == "repeat":
            here[2] = _repeated(here[2], token[0])
        else:
            here[1] *= here[2]
            here[2] = 1
    done, choice, last = stack[0]
    return done + choice * last


def _repeated(ways: int, repeat: str) -> int:
    if repeat[0] in "*+":
        raise PatternRefused(f"{repeat[0]} has no end; write {{0,20}} or what is enough")
    if repeat[0] == "?":
        return ways + 1
    counted = _COUNT.match(repeat)
    assert counted is not None
    least = int(counted[1])
    if counted[2] and not counted[3]:
        raise PatternRefused(f"{counted[0]} has no end; write {{{least},{least + 20}}} or what is enough")
    most = int(counted[3]) if counted[2] else least
    if most < least or most > _MOST_REPEATED:
        raise PatternRefused(f"{counted[0]}: the counts must rise and stay below {_MOST_REPEATED}")
    if ways == 1:
        return most - least + 1
    total = 0
    for count in range(least, most + 1):
        total += ways**count
        if total > MOST_WAYS:  # no need to know how many more
            break
    return total
