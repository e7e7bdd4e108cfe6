"""A text as it may have stood before its tone: the phrasebook knows its sentences in one wording only. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import product

from ..protect import NOTHING_KNOWN
from ..segment import segment
from .endings import with_endings
from .particle import spoken
from .rules import Endings, ToneRules

#: Entries of the book have few sentences; all wordings of longer texts would be too many to try.
_MOST_SENTENCES = 3


def as_known(text: str, rules: ToneRules, knows: Callable[[str], bool]) -> str:
    """The text in the wording that is known, as a whole or sentence by sentence; what is known in none stays.

    Tones change how a sentence sounds and never what it says, so the answer for one wording holds for all.
    """
    pieces = segment(text, rules.language)
    ways = [[piece.text] if piece.keep else list(dict.fromkeys(_wordings(piece.text, rules))) for piece in pieces]
    if sum(not piece.keep for piece in pieces) <= _MOST_SENTENCES:
        wholes = map("".join, product(*ways))
        whole = next(filter(knows, wholes), None)
        if whole is not None:
            return whole
    return "".join(one[0] if len(one) == 1 else next(filter(knows, one), one[0]) for one in ways)


def _wordings(sentence: str, rules: ToneRules) -> Iterator[str]:
    yield sentence
    language = rules.language
    for table in (_back(rules.soften.warm), _back(rules.to_raise.formal), _back(rules.to_raise.polite)):
        yield with_endings(sentence, language, table, NOTHING_KNOWN)
    if rules.particle is not None:
        for voice in ("kha", "khrap"):
            yield spoken(sentence, voice, rules.particle, NOTHING_KNOWN)


def _back(table: Endings) -> Endings:
    """What an ending may have been; of several the first in the table."""
    return Endings(
        *({new: old.lstrip("^") for old, new in reversed(way.items())} for way in (table.statement, table.question))
    )
