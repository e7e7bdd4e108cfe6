"""A search as PostgreSQL takes it: terms that must be there (``terms.py``), and what the texts must show. Pure.

Nearly everything is decided by the terms. Of phrases of three words and more they give the messages that have all the
pairs, of words in the original or translation alone those that have them anywhere; the texts of these few decide.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from .matching import All, But, Either, Match, Words
from .terms import LONGEST, SHORTEST, TAGS, TEXTS, beginning, pair
from .words import BREAK

#: Beside a row of texts.
_WORDS = "(SELECT words FROM search_terms AS terms WHERE terms.rowid = texts.rowid)"


@dataclass(frozen=True, slots=True)
class Condition:
    """A tsquery every message must fulfil; and what its row ``texts`` must fulfil besides, as a part of a WHERE with
    the values it names, "" = nothing."""

    terms: str
    seen: str = ""
    values: Mapping[str, str] = field(default_factory=dict)


def condition(match: Match) -> Condition:
    """What a message must fulfil."""
    values: dict[str, str] = {}
    seen = _seen(match, values)
    return Condition(_terms(match)[0], " AND ".join(seen), values)


def with_any(terms: str, some: Iterable[str]) -> str:
    """A tsquery with one of some terms besides; none = as it is."""
    either = " | ".join(map(quoted, some))
    return f"{terms} & ({either})" if either else terms


def _terms(match: Match) -> tuple[str, bool]:
    """A tsquery that lets through what fits, and whether it lets through nothing else."""
    if isinstance(match, Words):
        return _of_words(match)
    if isinstance(match, But):
        wanted, exact = _terms(match.wanted)
        unwanted, sure = _terms(match.unwanted)
        return (f"({wanted} & !{unwanted})", exact) if sure else (wanted, False)
    # a phrase is asked with the signs of its pairs, which are its terms
    asked = list(dict.fromkeys(_terms(part) for part in match.parts))
    sign = " & " if isinstance(match, All) else " | "
    return f"({sign.join(terms for terms, _ in asked)})", all(exact for _, exact in asked)


def _of_words(match: Words) -> tuple[str, bool]:
    words = match.words
    # a message has one sign of each block of signs, so that two that follow one another need not be looked at
    if all(map(_is_sign, words)):
        return f"({' & '.join(map(quoted, words))})", True
    tag = TAGS.get(match.columns[0], "") if len(match.columns) == 1 else ""
    decided = len(words) <= 2 and (bool(tag) or not match.columns)
    if len(words) == 1:
        [word] = words
        if not match.open_end:
            return f"({quoted(tag + word)})", decided
        if tag or not SHORTEST <= len(word) <= LONGEST:
            return f"({quoted(tag + word)}:*)", decided
        return f"({quoted(word)} | {quoted(beginning(word))})", decided
    pairs = [quoted(tag + pair(one, next_)) for one, next_ in pairwise(words)]
    return f"({' & '.join(pairs)}{':*' if match.open_end else ''})", decided


def _seen(match: Match, values: dict[str, str]) -> list[str]:
    """What must be looked at in the texts, since the terms let through too much."""
    if _terms(match)[1]:
        return []
    if isinstance(match, All):
        return [one for part in match.parts for one in _seen(part, values)]
    if isinstance(match, But):
        wanted = _seen(match.wanted, values)
        return wanted if _terms(match.unwanted)[1] else [*wanted, f"NOT {_whole(match.unwanted, values)}"]
    return [_whole(match, values)]


def _whole(match: Match, values: dict[str, str]) -> str:
    """Exactly what fits, as a condition of its own."""
    if isinstance(match, But):
        return f"({_whole(match.wanted, values)} AND NOT {_whole(match.unwanted, values)})"
    if isinstance(match, All | Either):
        joined = " AND " if isinstance(match, All) else " OR "
        return f"({joined.join(_whole(part, values) for part in match.parts)})"
    terms, exact = _terms(match)
    if exact:
        return f"({_WORDS} @@ {_named(values, terms)}::tsquery)"
    needle = f" {' '.join(match.words)}{'' if match.open_end else ' '}"
    return f"(strpos({_text(match.columns)}, {_named(values, needle)}) > 0)"


def _text(columns: Sequence[str]) -> str:
    """The words of some columns with a space at both ends; no phrase spans two."""
    named = [column for column in TEXTS if column in columns] or TEXTS
    between = f" || ' {BREAK} ' || "
    return f"' ' || {between.join(named)} || ' '"


def _named(values: dict[str, str], value: str) -> str:
    name = f"v{len(values)}"
    values[name] = value
    return f"%({name})s"


def quoted(term: str) -> str:
    """A term as tsqueries and tsvectors are written."""
    escaped = term.replace("\\", "\\\\").replace("'", "''")
    return f"'{escaped}'"


def _is_sign(word: str) -> bool:
    return "\ue001" <= word <= "\uf8ff" or word >= "\U000f0000"
