"""A practice buyer as a pure state machine: what is said next, given what the seller said and how long it took.

No clock, no IO: the caller passes instants and carries out the sayings it gets back.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Literal

from .hearing import addresses, looks_chinese

#: Seconds of silence after which a buyer asks again, then once more.
PATIENCE_S = (75.0, 150.0)
#: How often one question is repeated when the answer missed it; after that the buyer only waits.
MAX_REPEATS = 2
#: How often a buyer complains about one language before waiting in silence.
MAX_COMPLAINTS = 3


@dataclass(frozen=True, slots=True)
class Order:
    """What the buyer bought."""

    number: str
    item: str
    variant: str
    price: str


@dataclass(frozen=True, slots=True)
class Past:
    """A message from before the practice began, ``ago`` seconds old."""

    ago: float
    by: Literal["buyer", "seller", "system"]
    text: str


@dataclass(frozen=True, slots=True)
class Ask:
    """One question and the reactions to its answer."""

    topic: str
    say: tuple[str, ...]
    again: str
    pleased: tuple[str, ...]
    #: Name of a picture that goes with the question, "" = none.
    picture: str = ""


@dataclass(frozen=True, slots=True)
class Buyer:
    """A character. ``id`` is ours, ``name`` and ``user`` are what the marketplace shows."""

    id: str
    name: str
    user: str
    conversation: str
    language: str
    account: str
    arrives: float
    order: Order
    hello: tuple[str, ...]
    asks: tuple[Ask, ...]
    nudges: tuple[str, ...]
    chinese: str
    bye: tuple[str, ...]
    history: tuple[Past, ...] = ()


@dataclass(frozen=True, slots=True)
class Say:
    """One line the buyer will write ``after`` seconds from now."""

    text: str
    after: float
    picture: str = ""


@dataclass(frozen=True, slots=True)
class Mood:
    """Where the buyer stands. ``waiting`` = a question is open since ``since``."""

    ask: int = -1
    waiting: bool = False
    since: float = 0.0
    nudged: int = 0
    repeats: int = 0
    complaints: int = 0
    done: bool = False
    farewell: bool = False


@dataclass(slots=True)
class _Talk:
    """Collects lines with plausible typing times."""

    lines: list[Say] = field(default_factory=list)
    after: float = 0.0

    def add(self, text: str, picture: str = "") -> None:
        self.after += 0.9 + min(2.5, len(text) * 0.02)
        self.lines.append(Say(text, round(self.after, 2), picture))


def arrive(buyer: Buyer, at: float) -> tuple[Mood, list[Say]]:
    """The first words: greeting and first question."""
    talk = _Talk()
    for line in buyer.hello:
        talk.add(line)
    return _ask(buyer, Mood(), 0, talk, at), talk.lines


def hear(buyer: Buyer, mood: Mood, text: str, at: float) -> tuple[Mood, list[Say]]:
    """The seller wrote ``text``."""
    talk = _Talk()
    if mood.ask < 0 or mood.farewell:
        return mood, []
    if looks_chinese(text, buyer.language):
        if mood.complaints >= MAX_COMPLAINTS:
            return mood, []
        talk.add(buyer.chinese)
        return replace(mood, complaints=mood.complaints + 1, since=at), talk.lines
    if mood.done:
        return replace(mood, farewell=True), []
    ask = buyer.asks[mood.ask]
    if not addresses(text, ask.topic, buyer.language):
        if mood.repeats >= MAX_REPEATS:
            return replace(mood, since=at), []
        talk.add(ask.again)
        return replace(mood, repeats=mood.repeats + 1, since=at), talk.lines
    for line in ask.pleased:
        talk.add(line)
    if mood.ask + 1 < len(buyer.asks):
        return _ask(buyer, mood, mood.ask + 1, talk, at), talk.lines
    for line in buyer.bye:
        talk.add(line)
    return replace(mood, waiting=False, done=True, since=at), talk.lines


def wait(buyer: Buyer, mood: Mood, at: float) -> tuple[Mood, list[Say]]:
    """Time passed: an open question makes the buyer impatient, twice at most."""
    if not mood.waiting or mood.nudged >= min(len(PATIENCE_S), len(buyer.nudges)):
        return mood, []
    if at - mood.since < PATIENCE_S[mood.nudged]:
        return mood, []
    talk = _Talk()
    talk.add(buyer.nudges[mood.nudged])
    return replace(mood, nudged=mood.nudged + 1, since=at), talk.lines


def _ask(buyer: Buyer, mood: Mood, index: int, talk: _Talk, at: float) -> Mood:
    ask = buyer.asks[index]
    for number, line in enumerate(ask.say):
        talk.add(line, ask.picture if number == len(ask.say) - 1 else "")
    return replace(mood, ask=index, waiting=True, since=at + talk.after, nudged=0, repeats=0)
