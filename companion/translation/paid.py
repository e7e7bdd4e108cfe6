"""A line that two seats of a team see at the same moment is paid for once."""

from __future__ import annotations

import logging
import time
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Protocol

from companion.protocol import SeabridgeError

_log = logging.getLogger(__name__)

#: Longest wait for what a colleague is asking, in s; then it is asked here too, since the seller waits.
WAIT_S = 6.0
_LOOK_S = 0.2

#: A translation and the reasons to doubt it.
Answer = tuple[str, list[str]]


class Answers(Protocol):
    """What the seats share, by the keys of the cache. Raises ``database_…``."""

    def take(self, keys: Collection[str], /) -> tuple[dict[str, Answer], frozenset[str]]: ...
    def known(self, keys: Collection[str], /) -> dict[str, Answer]: ...
    def put(self, answers: Mapping[str, Answer], /) -> None: ...
    def give_back(self, keys: Collection[str], /) -> None: ...
    def clear(self) -> None: ...


@dataclass(frozen=True, slots=True)
class Division:
    """Which lines are known, which are ours to ask, and which a colleague asks at this moment."""

    known: Mapping[str, Answer]
    ours: frozenset[str]
    theirs: frozenset[str]


@dataclass(slots=True)
class PaidOnce:
    """Trouble with what is shared is logged and stops no translation: then every seat asks for itself."""

    answers: Answers
    wait_s: float = WAIT_S

    def divide(self, keys: Collection[str]) -> Division:
        """Before an engine is asked."""
        try:
            known, ours = self.answers.take(keys)
        except SeabridgeError as exc:
            _log.info("answers are not shared now: %s", exc)
            return Division({}, frozenset(keys), frozenset())
        return Division(known, ours - known.keys(), frozenset(keys) - known.keys() - ours)

    def wait(self, keys: Collection[str]) -> dict[str, Answer]:
        """What a colleague's engine said, as far as it comes in time."""
        found: dict[str, Answer] = {}
        until = time.monotonic() + self.wait_s
        while len(found) < len(keys) and time.monotonic() < until:
            time.sleep(_LOOK_S)
            try:
                found = self.answers.known(keys)
            except SeabridgeError as exc:
                _log.info("answers are not shared now: %s", exc)
                break
        return found

    def said(self, answers: Mapping[str, Answer]) -> None:
        """What the engine said here."""
        try:
            self.answers.put(answers)
        except SeabridgeError as exc:
            _log.info("an answer is not shared: %s", exc)

    def failed(self, keys: Collection[str]) -> None:
        """It said nothing."""
        try:
            self.answers.give_back(keys)
        except SeabridgeError as exc:
            _log.info("what was being asked ends by time: %s", exc)

    def clear(self) -> None:
        """Somebody was erased. Raises ``database_…``: what must be forgotten is not passed over."""
        self.answers.clear()
