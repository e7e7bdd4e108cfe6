"""Ends of sentences made more polite, or softer, by a closed table: what is not in it stays. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..protect import Known, items_in
from .rules import Endings
from .sentences import asks, core, each_sentence


def with_endings(
    text: str, language: str, table: Endings, known: Known, unless: Sequence[str] = (), asked_by: Sequence[str] = ()
) -> str:
    """The text with every sentence ended as the table has it; an ending that touches a protected item stays.

    An ending that begins with ^ is the whole sentence. Sentences with a word of ``unless`` stay too; one that a
    pattern of ``asked_by`` fits is a question.
    """
    if not table.statement and not table.question:
        return text

    def change(sentence: str) -> str:
        if any(word in sentence for word in unless):
            return sentence
        said, after = core(sentence)
        question = asks(after) or any(re.search(pattern, said) for pattern in asked_by)
        endings = table.question if question else table.statement
        fits = [ending for ending in endings if f"^{said}".endswith(ending)]
        if not fits:
            return sentence
        ending = max(fits, key=len)
        at = max(0, len(said) - len(ending))
        if any(item.end > at and item.start < len(said) for item in items_in(sentence, known=known)):
            return sentence
        return f"{said[:at]}{endings[ending]}{after}"

    return each_sentence(text, language, change)
