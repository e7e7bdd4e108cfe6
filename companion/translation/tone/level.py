"""How polite is a text? Told from ends of sentences, words of address or particles; what shows nothing is "". Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence

from companion.protocol.values import Level

from .particle import said_at_end
from .rules import Levels, ToneRules
from .sentences import core, sentences
from .words import passages, words

RANK: dict[Level, int] = {"": -1, "familiar": 0, "polite": 1, "formal": 2}


def level_of(text: str, rules: ToneRules) -> Level:
    """The least polite thing said decides."""
    levels = rules.levels
    if levels is None:
        return ""
    match levels.shown_by:
        case "ending":
            return _by_endings(text, rules.language, levels)
        case "word":
            return _by_words(text, levels)
        case "particle":
            return _by_particle(text, levels)


def short_of(level: Level, tone: str, rules: ToneRules) -> bool:
    """Whether a text shows less than the tone asks for. Where no level shows, nothing falls short."""
    wanted: Level = rules.levels.wanted.get(tone, "") if rules.levels else ""
    return level != "" and RANK[level] < RANK[wanted]


def _by_endings(text: str, language: str, levels: Levels) -> Level:
    found = [_ending(sentence, levels) for sentence in sentences(text, language)]
    told = [level for level in found if level]
    if not told:
        return ""
    least = min(told, key=RANK.__getitem__)
    raised = least == "polite" and any(re.search(mark, text) for mark in levels.raised_by)
    return "formal" if raised else least


def _ending(sentence: str, levels: Levels) -> Level:
    """The longest ending known, else the same without the particles after it."""
    said, _after = core(sentence)
    for _ in range(3):
        level, size = _longest(said, levels)
        if size:
            return level
        tail = max((tail for tail in levels.tails if said.endswith(tail)), key=len, default="")
        if not tail or len(tail) == len(said):
            return ""
        said = said[: -len(tail)]
    return ""


def _longest(said: str, levels: Levels) -> tuple[Level, int]:
    best: tuple[Level, int] = ("", 0)
    tables: Sequence[tuple[Level, list[str]]] = (
        ("", levels.neutral),
        ("formal", levels.formal),
        ("polite", levels.polite),
        ("familiar", levels.familiar),
    )
    for level, endings in tables:
        size = max((len(ending) for ending in endings if f" {said}".endswith(ending)), default=0)
        if size > best[1]:
            best = (level, size)
    return best


def _by_words(text: str, levels: Levels) -> Level:
    for start, end in reversed(passages(text, levels.excepted)):
        text = f"{text[:start]} {text[end:]}"
    found = words(text)
    if any(word.casefold() in levels.familiar for word in found):
        return "familiar"
    # "Sie" is the buyer in capitals only, and "vous" begins sentences.
    polite = set(levels.polite)
    return "polite" if any(word in polite or word.lower() in polite for word in found) else ""


def _by_particle(text: str, levels: Levels) -> Level:
    if any(word in text for word in levels.familiar):
        return "familiar"
    return "polite" if said_at_end(text, levels.polite) else ""
