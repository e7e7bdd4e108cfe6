"""What the seller typed into the search field, as phrases; the query language of SQLite never shows through. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .words import words

#: A quoted phrase in the quotes people's keyboards give them.
_QUOTED = re.compile(r'"([^"]*)"|“([^”]*)”|„([^“”]*)[“”]|«([^»]*)»|「([^」]*)」|『([^』]*)』')
MAX_PHRASES = 16
MAX_WORDS = 200


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that must follow one another; with ``open_end`` the last may go on ("refun" finds "refunded")."""

    words: tuple[str, ...]
    open_end: bool = False


def parse(query: str) -> list[Phrase]:
    """The phrases that must all occur. Anything but letters and digits only separates; [] = nothing to look for."""
    quoted = [next(filter(None, groups), "") for groups in _QUOTED.findall(query)]
    loose = _QUOTED.sub(" ", query).split()
    found: dict[Phrase, None] = {}
    room = MAX_WORDS
    for text, open_ended in [*((t, False) for t in quoted), *((t, True) for t in loose)]:
        parts = words(text)[:room]
        if not parts or len(found) == MAX_PHRASES:
            continue
        room -= len(parts)
        # A single letter as the beginning of a word would find nearly everything.
        goes_on = open_ended and not parts[-1].alone and len(parts[-1].text) > 1
        found[Phrase(tuple(part.text for part in parts), goes_on)] = None
    return list(found)


def match_expression(phrases: list[Phrase]) -> str:
    """The phrases for FTS5. Words hold letters, digits and marks only, so quoting them is enough."""
    return " AND ".join(f'"{" ".join(p.words)}"{" *" if p.open_end else ""}' for p in phrases)
