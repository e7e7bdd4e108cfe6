"""A message in two languages: cut where the language changes, each part translated from its own. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from companion.protocol.methods.translate import Translated

from .detect import detect
from .scripts import counts
from .segment import segment

_WORD = re.compile(r"[^\W\d_]+")
#: A sentence of so many words, or so many letters of a script of its own, shows its language.
_WORDS, _LETTERS = 4, 3


@dataclass(frozen=True, slots=True)
class Run:
    """Sentences of one language, and the blanks after them."""

    text: str
    language: str
    after: str


def runs(text: str, prior: str = "") -> list[Run]:
    """The runs of a message that certainly is in more than one language; [] for every other one."""
    pieces = segment(text, prior)
    if len(pieces) < 2:
        return []
    told = ["" if piece.keep else _certain(piece.text) for piece in pieces]
    if len({language for language in told if language}) < 2:
        return []
    out: list[tuple[str, str]] = []
    current = next(language for language in told if language)
    for piece, language in zip(pieces, told, strict=True):
        if out and language in ("", current):
            out[-1] = (out[-1][0] + piece.text, current)
        else:
            current = language or current
            out.append((piece.text, current))
    return [Run(part.rstrip(), language, part[len(part.rstrip()) :]) for part, language in out]


def _certain(sentence: str) -> str:
    """The language of a sentence that shows it beyond doubt, else ""."""
    found = detect(sentence)
    if not found.sure:
        return ""
    scripts = counts(sentence)
    own = sum(number for name, number in scripts.items() if name != "latin")
    enough = own >= _LETTERS if own else len(_WORD.findall(sentence)) >= _WORDS
    return found.language if enough else ""


def merged(ref: str, parts: Sequence[Run], answers: Sequence[Translated]) -> Translated:
    """One answer out of those of the runs: named after the longest run, doubted for every reason of any."""
    main = max(range(len(parts)), key=lambda at: len(parts[at].text))
    translated = [answer for answer in answers if answer.match != "same"]
    lead = answers[main] if answers[main].match != "same" or not translated else translated[0]
    return Translated(
        ref=ref,
        text="".join(answer.text + part.after for part, answer in zip(parts, answers, strict=True)),
        source=lead.source,
        target=lead.target,
        sure=all(answer.sure for answer in answers),
        engine=lead.engine,
        match="machine" if any(answer.match == "machine" for answer in answers) else lead.match,
        doubt=list(dict.fromkeys(code for answer in answers for code in answer.doubt)),
        missing=[],
        destination=" ".join(dict.fromkeys(host for answer in answers for host in answer.destination.split())),
    )
