"""Reads ``rules/tone``: one file a language, loaded when somebody first writes it."""

from __future__ import annotations

import logging
import threading
from pathlib import Path
from typing import Any, Literal

import msgspec

from companion.protocol.values import Level

from ..codes import primary
from ..rule_files import read_rules

_log = logging.getLogger(__name__)


class Levels(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """Where a language shows how polite a text is: at the ends of sentences, in words, or in a last particle.

    ``wanted`` is the level each tone asks for. ``tails`` may follow an ending; what ends as in ``neutral`` tells
    nothing; with a pattern of ``raised_by`` polite sentences are formal; passages of ``except`` are not looked at.
    """

    shown_by: Literal["ending", "word", "particle"]
    wanted: dict[str, Level]
    familiar: list[str]
    polite: list[str]
    formal: list[str] = []
    neutral: list[str] = []
    tails: list[str] = []
    raised_by: list[str] = []
    excepted: list[str] = msgspec.field(default_factory=list, name="except")


class Endings(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """Ends of sentences, each with what takes its place; a question has its own."""

    statement: dict[str, str] = {}
    question: dict[str, str] = {}


class Raise(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """Endings that become polite, and polite ones that become formal, save in sentences with a word of ``unless``.

    A sentence that a pattern of ``asked_by`` fits is a question without its mark.
    """

    polite: Endings = Endings()
    formal: Endings = Endings()
    unless: list[str] = []
    asked_by: list[str] = []


class Soften(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """Endings of a warm text where the polite one is softer than the formal."""

    warm: Endings = Endings()


class Address(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """The familiar way to say "you", with the verb forms that go with it; nothing beyond these is ever rewritten.

    ``begins``: with what a part of a sentence may begin, lest it be a request, whose verb would be left as it is;
    ``joins``: words after which another part begins. ``between``: what may stand between pronoun and verb (fr).
    ``back``: words that could also point back at the buyer; ``other``: words that only look like a familiar verb (de).
    """

    pronoun: list[str]
    words: dict[str, str]
    verbs: dict[str, str]
    begins: list[str]
    joins: list[str]
    between: list[str] = []
    back: list[str] = []
    other: list[str] = []


class Said(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """A polite particle at the end of a statement and of a question."""

    statement: str
    question: str


class Particle(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """What the seller ends sentences with; ``questions`` are ends after which the question's form stands."""

    khrap: Said
    kha: Said
    questions: list[str]


class Ends(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """Greeting and closing words of a tone; the same in every language, so that each translates the other."""

    opening: str
    closing: str


class ToneRules(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """A file. ``told`` goes to engines that take instructions; ``cases`` are for the tests."""

    language: str
    frame: dict[str, Ends]
    greetings: list[str]
    thanks: list[str]
    cases: list[Any] = []
    levels: Levels | None = None
    to_raise: Raise = msgspec.field(default_factory=Raise, name="raise")
    soften: Soften = Soften()
    address: Address | None = None
    particle: Particle | None = None
    told: dict[str, str] = {}


def load(path: Path) -> ToneRules:
    """One file. Raises ValueError naming the fault; OSError when it cannot be read."""
    rules = read_rules(path, ToneRules)
    if rules.language != path.stem or set(rules.frame) != {"warm", "formal"}:
        raise ValueError(f"{path.name}: language must be {path.stem}, frame must have warm and formal")
    return rules


class ToneBook:
    """The files of a folder by language. Thread-safe. A faulty file is left out and logged: texts stay as they are."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock = threading.Lock()
        self._known: dict[str, ToneRules | None] = {}

    def of(self, language: str) -> ToneRules | None:
        """The rules of a language; None where there are none."""
        code = {"pb": "pt"}.get(primary(language), primary(language))
        with self._lock:
            if code not in self._known:
                self._known[code] = self._load(code)
            return self._known[code]

    def _load(self, code: str) -> ToneRules | None:
        path = self._folder / f"{code}.yml"
        if not code.isalpha() or not path.is_file():
            return None
        try:
            return load(path)
        except (OSError, ValueError) as exc:
            _log.warning("tone rules left out: %s", exc)
            return None
