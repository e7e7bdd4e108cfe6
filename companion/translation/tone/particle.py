"""Thai ครับ and ค่ะ: which one a seller says is the seller's to choose, and where it stands is certain. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..protect import Known, items_in
from ..scripts import THAI
from .rules import Particle, Said
from .sentences import asks, core

#: What men and what women say: longest first, and never the beginning of a longer word (คะแนน).
_SAID = {"khrap": "ครับผม|ครับ|คับ", "kha": "ค่ะ|ค่า|คะ"}
_OF = {voice: re.compile(rf"(?:{words})(?![{THAI}])") for voice, words in _SAID.items()}
_PARTICLE = re.compile(rf"(?:{'|'.join(_SAID.values())})(?![{THAI}])")
#: A text up to its last word, and the emoji and marks after it.
_LAST_WORD = re.compile(rf"^(.*[\w{THAI}/%)])(.*)$", re.DOTALL)


def said_at_end(text: str, particles: Sequence[str]) -> bool:
    """Whether a particle ends the text, or a part of it before a blank or a mark."""
    return any(re.search(rf"{re.escape(one)}(?![{THAI}])", text) for one in particles)


def spoken(text: str, chosen: str, rules: Particle, known: Known) -> str:
    """Particles of the other voice as the seller says them; ``chosen`` "" leaves them."""
    said = _said(chosen, rules)
    if said is None:
        return text
    items = [(item.start, item.end) for item in items_in(text, known=known)]

    def put(match: re.Match[str]) -> str:
        if any(start < match.end() and match.start() < end for start, end in items):
            return match[0]
        return said.question if _is_question(text[: match.start()], text[match.end() :], rules) else said.statement

    return _OF["kha" if chosen == "khrap" else "khrap"].sub(put, text)


def ended(text: str, chosen: str, rules: Particle, known: Known) -> str:
    """The text with the seller's particle at its end, unless one is there or none was chosen."""
    said = _said(chosen, rules)
    match = _LAST_WORD.match(text)
    if said is None or match is None:
        return text
    last = len(match[1])
    items = [item for item in items_in(text, known=known) if item.start < last <= item.end]
    last = max((item.end for item in items), default=last)
    body, after = text[:last], text[last:]
    if any(one.end() == last for one in _PARTICLE.finditer(body)):
        return text
    word = said.question if _is_question(body, after, rules) else said.statement
    # After Latin letters, numbers and what must stay as it is, Thai writes a blank.
    apart = bool(items) or not re.search(rf"[{THAI}]$", body)
    return f"{body}{' ' if apart else ''}{word}{after}"


def voice_of(text: str) -> str:
    """Whose particle stands in the text, "khrap" or "kha"; "" for none."""
    return next((voice for voice, words in _OF.items() if words.search(text)), "")


def without(text: str) -> str:
    """The text without particles, for a seller who chose none."""
    return re.sub(r" {2,}", " ", _PARTICLE.sub("", text)).strip()


def _said(chosen: str, rules: Particle) -> Said | None:
    return {"khrap": rules.khrap, "kha": rules.kha}.get(chosen)


def _is_question(before: str, after: str, rules: Particle) -> bool:
    body, _marks = core(before)
    _words, marks = core(after.split("\n")[0][:1])
    return asks(marks) or body.endswith(tuple(rules.questions))
