"""Whole messages for engines that translate single sentences. Pure."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ..segment import join, segment


def by_sentences(
    texts: Sequence[str], source: str, target: str, translate: Callable[[list[str]], list[str]]
) -> list[str]:
    """Cut the messages into sentences, translate all of them in one batch, put the messages together again."""
    cut = [segment(text, source) for text in texts]
    sentences = [piece.text for pieces in cut for piece in pieces if not piece.keep]
    answers = iter(translate(sentences) if sentences else [])
    return [join(pieces, [next(answers) for piece in pieces if not piece.keep], target) for pieces in cut]
