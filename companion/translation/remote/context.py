"""What stands around a message: for engines that translate better when they know it. Pure."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, replace
from typing import Literal

MAX_TURNS = 6
MAX_TURN_CHARS = 500
MAX_TERMS = 60


@dataclass(frozen=True, slots=True)
class Turn:
    """One line of the conversation."""

    by: Literal["buyer", "seller"]
    text: str


@dataclass(frozen=True, slots=True)
class Context:
    """The thread's last turns, the glossary's renderings that may matter, and words about the shop.

    ``tone`` and ``address`` say how a text for the buyer shall sound. ``names`` (of buyer and consignee) and those of
    the shop's other orders (``elsewhere``) are never sent: they tell what must be hidden.
    """

    turns: tuple[Turn, ...] = ()
    glossary: tuple[tuple[str, str], ...] = ()
    facts: str = ""
    names: tuple[str, ...] = ()
    elsewhere: tuple[str, ...] = ()
    tone: str = ""
    address: str = ""
    #: What the text is part of.
    kind: Literal["chat", "listing"] = "chat"

    def bounded(self) -> Context:
        """At most so much of it; the newest turns stay."""
        turns = tuple(replace(turn, text=turn.text[:MAX_TURN_CHARS]) for turn in self.turns[-MAX_TURNS:])
        terms = tuple((one[:100], other[:100]) for one, other in self.glossary[:MAX_TERMS])
        return replace(self, turns=turns, glossary=terms, facts=self.facts[:1_000])

    def digest(self) -> str:
        """Changes with everything that is sent; "" for nothing."""
        told: list[object] = [[(turn.by, turn.text) for turn in self.turns], self.glossary, self.facts]
        told += [self.tone, self.address]
        if self.kind != "chat":
            told.append(self.kind)
        if not any(told):
            return ""
        return hashlib.sha256(json.dumps(told, ensure_ascii=True).encode()).hexdigest()[:16]


NOTHING = Context()
