"""Cuts a message into what an engine should see and what must stay as it is: line breaks, emoji, spaces. Pure.

Small on purpose: chat lines end in few ways. The stock sentence splitter fetches a model over the network.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from .codes import UNSPACED, primary
from .scripts import EMOJI_RUN, has_letters

#: Words with a full stop that end no sentence, by language.
_ABBREVIATIONS = {
    "en": "mr mrs ms dr st vs etc eg e.g i.e approx no inc ltd co dept est max min pcs pc pls u.s",
    "es": "sr sra srta dr dra ud uds p.ej etc aprox núm num tel av",
    "pt": "sr sra dr dra p.ex etc aprox nº num tel av obs",
    "de": "hr fr dr z.b bzw ca usw evtl ggf inkl nr str tel d.h max min",
    "fr": "m mme mlle dr p.ex etc env tél av no",
    "id": "bpk dr dll dsb no tgl jl",
    "vi": "tp ths tr",
    "ru": "г руб шт т.е т.к т.д др ул стр тел",
}
#: Longest piece handed to an engine at once; their training sentences were shorter.
MAX_CHARS = 400

#: Line breaks and emoji with the blanks around them; begun at the first blank only, or a line of blanks takes seconds.
BREAK = re.compile(rf"(?<!\s)\s*(?:(?:{EMOJI_RUN.pattern}|[\r\n]+)\s*)+")
_TERMINATOR = re.compile(r"[.!?。！？…؟।｡]+[\"'”’»」』)\]）】]*")
_FALLBACK_CUT = re.compile(r"[,;，；、:：]\s*|\s+")


@dataclass(frozen=True, slots=True)
class Piece:
    """``keep``: copied as it is; otherwise a sentence for the engine."""

    text: str
    keep: bool


def segment(text: str, language: str) -> list[Piece]:
    """The pieces of a text; joined, they are the text."""
    pieces: list[Piece] = []
    at = 0
    for match in BREAK.finditer(text):
        pieces += _sentences(text[at : match.start()], language)
        pieces.append(Piece(match[0], True))
        at = match.end()
    pieces += _sentences(text[at:], language)
    return [piece for piece in pieces if piece.text]


def _sentences(line: str, language: str) -> list[Piece]:
    """One line without breaks or emoji, cut at its sentence ends; the space between belongs to nobody."""
    pieces: list[Piece] = []
    start = 0
    for match in _TERMINATOR.finditer(line):
        if _ends(line, match, language):
            pieces += _bounded(line[start : match.end()])
            start = match.end()
    return pieces + _bounded(line[start:])


def _ends(line: str, match: re.Match[str], language: str) -> bool:
    """Whether the punctuation found ends a sentence, and is no decimal point, abbreviation or address."""
    after = line[match.end() : match.end() + 1]
    if match[0][0] in "。！？｡؟।":
        return True
    if after and not after.isspace() and not ("\u2e80" <= after <= "\u9fff"):
        return False
    if match[0] == ".":
        word = re.search(r"[\w.]*$", line[: match.start()])
        known = _ABBREVIATIONS.get(primary(language), "").split()
        if word and (word[0].lower() in known or (len(word[0]) == 1 and word[0].isalpha() and word[0].isupper())):
            return False
        # German writes "5. März"; elsewhere a digit and a small letter are "2. piece", not an end and a beginning.
        if word and word[0].isdigit() and (primary(language) == "de" or re.match(r"\s*[a-zà-ÿ]", line[match.end() :])):
            return False
    return True


def _bounded(sentence: str) -> list[Piece]:
    """A sentence with its outer spaces kept apart, cut further where it is far too long."""
    body = sentence.strip()
    if not body:
        return [Piece(sentence, True)] if sentence else []
    lead = sentence[: len(sentence) - len(sentence.lstrip())]
    tail = sentence[len(sentence.rstrip()) :]
    pieces = [Piece(lead, True)] if lead else []
    while len(body) > MAX_CHARS:
        cuts = [match.end() for match in _FALLBACK_CUT.finditer(body, 0, MAX_CHARS)]
        cut = cuts[-1] if cuts else MAX_CHARS
        pieces.append(Piece(body[:cut], not has_letters(body[:cut])))
        body = body[cut:]
    if body:
        # Bare punctuation or a number alone is nothing an engine could better.
        pieces.append(Piece(body, not has_letters(body)))
    return [*pieces, Piece(tail, True)] if tail else pieces


def join(pieces: Sequence[Piece], translated: Sequence[str], target: str) -> str:
    """Put a translated text together: ``translated`` holds one text per piece that is not kept.

    Blanks between sentences go where the target writes none and come where it needs one.
    """
    unspaced = primary(target) in UNSPACED
    out = ""
    answers = iter(translated)
    after_sentence = False
    for piece in pieces:
        if piece.keep:
            blank = piece.text.strip(" \u3000\xa0") == ""
            if not (blank and unspaced and after_sentence):
                out += piece.text
            after_sentence = after_sentence and blank
            continue
        text = next(answers)
        if after_sentence and not unspaced and out and not out[-1].isspace():
            out += " "
        out += text
        after_sentence = True
    return out
