"""The language of what one person wrote in a conversation, line by line and on the whole. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from .detect import detect, thread_language


def languages_of(texts: Sequence[str], prior: str = "") -> tuple[list[tuple[str, bool]], str]:
    """Language and certainty of each text, oldest first, and the language of them all; "" = cannot be told.

    ``prior``: a language the person is known by. An "ok" that says nothing by itself is read as what stands around it.
    """
    alone = [detect(text, prior) for text in texts]
    of_all = thread_language(alone) or prior
    found = [each if each.sure else detect(text, prior or of_all) for text, each in zip(texts, alone, strict=True)]
    return [(each.language, each.sure) for each in found], of_all
