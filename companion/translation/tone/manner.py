"""How the seller wants a text to sound, and a text made to sound so. Pure."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from companion.protocol.values import Level, ThaiParticle, ToneOrNone

from ..protect import Known
from .address import politely
from .endings import with_endings
from .frame import framed, greets, thanked
from .level import level_of, short_of
from .particle import ended, spoken
from .rules import ToneRules


@dataclass(frozen=True, slots=True)
class Manner:
    """``turns`` are the seller's last texts of the conversation: who greeted there does not greet again."""

    tone: ToneOrNone = ""
    particle: ThaiParticle = ""
    turns: tuple[str, ...] = ()


AS_IT_IS = Manner()


@dataclass(frozen=True, slots=True)
class Spoken:
    """A text in a tone: with its frame, its level without the frame, and the reasons to doubt that it is reached."""

    text: str
    level: Level
    doubt: list[str]


def speak(text: str, manner: Manner, rules: ToneRules, known: Known, *, confirmed: bool = False) -> Spoken:
    """The text as the manner wants it. ``confirmed``: the seller sent these words before, so only the frame is new."""
    body = text if confirmed else worded(text, manner, rules, known)
    level = level_of(body, rules)
    said = already(manner.turns, rules)
    whole = framed(body, manner.tone, rules, particle=manner.particle, said=said, known=known)
    return Spoken(whole, level, _doubts(level, manner, rules))


def worded(text: str, manner: Manner, rules: ToneRules, known: Known) -> str:
    """The text as polite as the tone asks for, as far as that is certain."""
    language = rules.language
    more = rules.to_raise
    text = with_endings(text, language, more.polite, known, asked_by=more.asked_by)
    if manner.tone == "formal":
        text = with_endings(text, language, more.formal, known, more.unless, more.asked_by)
    if manner.tone == "warm":
        text = with_endings(text, language, rules.soften.warm, known)
    if rules.address is not None and rules.levels is not None and level_of(text, rules) == "familiar":
        text = politely(text, rules.levels, rules.address, language, known)
    if rules.particle is not None:
        text = spoken(text, manner.particle, rules.particle, known)
        if manner.tone != "plain" and level_of(text, rules) != "familiar":
            text = ended(text, manner.particle, rules.particle, known)
    return text


def already(turns: Collection[str], rules: ToneRules) -> frozenset[str]:
    """What of a frame the seller's last texts have."""
    opened = {"opening"} if any(greets(turn, rules) for turn in turns) else set()
    closed = {"closing"} if any(thanked(turn, rules) for turn in turns) else set()
    return frozenset(opened | closed)


def _doubts(level: Level, manner: Manner, rules: ToneRules) -> list[str]:
    """Spoken to as a friend is never right towards a buyer, whatever the tone."""
    if level == "familiar":
        return ["familiar"]
    if short_of(level, manner.tone, rules):
        return ["level_not_reached"]
    bare = rules.particle is not None and level == "" and manner.tone != "plain"
    return ["particle_unset"] if bare and not manner.particle else []
