"""A text as its sentences, each as words and what follows them: punctuation, brackets, laughter. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable

from ..scripts import has_letters
from ..segment import segment

_AFTER = re.compile(r"[\s.,!?。！？…、，~〜～ー・:;：；)\]}）」』】\"'”’]*$")


def sentences(text: str, language: str) -> list[str]:
    """Those with letters in them."""
    return [piece.text for piece in segment(text, language) if not piece.keep and has_letters(piece.text)]


def each_sentence(text: str, language: str, change: Callable[[str], str]) -> str:
    """The text with every sentence changed; all between them stays."""
    return "".join(piece.text if piece.keep else change(piece.text) for piece in segment(text, language))


def core(sentence: str) -> tuple[str, str]:
    """The words of a sentence, and the marks after them."""
    match = _AFTER.search(sentence)
    at = match.start() if match else len(sentence)
    return sentence[:at], sentence[at:]


def asks(after: str) -> bool:
    """Whether the marks after a sentence make it a question."""
    return "?" in after or "？" in after
