"""The connected browsers that carry a translator, and the questions put to them. Thread-safe; nobody waits for ever."""

from __future__ import annotations

import itertools
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import msgspec

from companion.protocol import ErrorCode, SeabridgeError
from companion.protocol.methods.browser import BrowserAnswerParams, BrowserAsked, BrowserOfferParams, PairState

from .codes import primary

#: Puts a message onto a browser's connection; returns at once.
Push = Callable[[str, msgspec.Struct], None]
Pair = tuple[str, str]

#: Questions one browser may have before it at a time.
MOST_OPEN = 8


@dataclass(eq=False, slots=True)
class _Question:
    session: object
    count: int
    done: threading.Event = field(default_factory=threading.Event)
    texts: list[str] = field(default_factory=list)
    problem: ErrorCode | None = None

    def end(self, texts: list[str], problem: ErrorCode | None) -> None:
        self.texts, self.problem = texts, problem
        self.done.set()


@dataclass(eq=False, slots=True)
class _Browser:
    push: Push
    name: str
    states: dict[Pair, PairState]


class Browsers:
    """A browser is known by the session of its connection: one opaque object for as long as the connection lasts."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._browsers: dict[object, _Browser] = {}
        self._questions: dict[str, _Question] = {}
        self._ids = itertools.count(1)

    # -- what the connections tell -------------------------------------------------------------------------------

    def offer(self, session: object, offer: BrowserOfferParams, push: Push) -> None:
        """A browser tells what it has. One without a translator is as good as none."""
        states = {(primary(pair.source), primary(pair.target)): pair.state for pair in offer.pairs}
        with self._lock:
            if offer.has:
                self._browsers[session] = _Browser(push, offer.browser, states)
            else:
                self._forget(session)

    def answer(self, session: object, told: BrowserAnswerParams) -> bool:
        """Whether somebody waited for it. Only the browser that was asked may answer, once, with a text for each."""
        with self._lock:
            question = self._questions.get(told.id)
            if question is None or question.session is not session:
                return False
            del self._questions[told.id]
            problem = ErrorCode(told.problem) if told.problem else None
            if problem is None and len(told.texts) != question.count:
                problem = ErrorCode.ENGINE_FAILED
            question.end(told.texts, problem)
            return True

    def gone(self, session: object) -> None:
        """The connection closed, or its key was revoked: whoever waits for it hears so at once."""
        with self._lock:
            self._forget(session)

    def _forget(self, session: object) -> None:
        self._browsers.pop(session, None)
        for key in [key for key, question in self._questions.items() if question.session is session]:
            self._questions.pop(key).end([], ErrorCode.BROWSER_AWAY)

    # -- what the engine wants to know ---------------------------------------------------------------------------

    def connected(self) -> bool:
        """Whether any browser with a translator is there."""
        with self._lock:
            return bool(self._browsers)

    def available(self) -> frozenset[Pair]:
        """Directions some browser is known to translate now."""
        with self._lock:
            return frozenset(
                pair for one in self._browsers.values() for pair, state in one.states.items() if state == "available"
            )

    def lacks(self, source: str, target: str) -> bool:
        """Whether every browser is known not to translate the direction now."""
        with self._lock:
            return bool(self._browsers) and not self._able(source, target, None)

    def maker(self, source: str, target: str, prefer: object = None) -> str:
        """Name and version of the browser that would be asked, "" when there is none."""
        with self._lock:
            able = self._able(source, target, prefer)
            return self._browsers[able[0]].name if able else ""

    def _able(self, source: str, target: str, prefer: object) -> list[object]:
        """Sessions of the browsers worth asking: the preferred one, those that have the direction, those not asked yet.

        What a browser was not asked about it may well have, so it is asked then.
        """
        pair = (primary(source), primary(target))
        worth = [one for one, browser in self._browsers.items() if browser.states.get(pair, "available") == "available"]
        return sorted(worth, key=lambda one: (one is not prefer, pair not in self._browsers[one].states))

    # -- asking --------------------------------------------------------------------------------------------------

    def ask(self, texts: Sequence[str], source: str, target: str, timeout_s: float, prefer: object = None) -> list[str]:
        """One translation for each text. ``prefer``: the session whose seller waits.

        Raises ``browser_away``, ``browser_model``, ``busy``, ``timeout``, ``too_large`` or ``engine_failed``.
        """
        with self._lock:
            able = self._able(source, target, prefer)
            if not able:
                code = ErrorCode.BROWSER_MODEL if self._browsers else ErrorCode.BROWSER_AWAY
                raise SeabridgeError(code, f"{source}-{target}", source=source, target=target)
            session = able[0]
            if sum(question.session is session for question in self._questions.values()) >= MOST_OPEN:
                raise SeabridgeError(ErrorCode.BUSY, "the browser has enough to do")
            key = str(next(self._ids))
            question = self._questions[key] = _Question(session, len(texts))
            push = self._browsers[session].push
        within_ms = max(1, round(1000 * timeout_s))
        until = time.monotonic() + timeout_s
        push(
            "browser.translate",
            BrowserAsked(id=key, source=source, target=target, texts=list(texts), within_ms=within_ms),
        )
        question.done.wait(max(0.0, until - time.monotonic()))
        with self._lock:
            # An answer may have come between the end of the wait and this line: then it counts.
            late = self._questions.pop(key, None) is not None
        if late:
            raise SeabridgeError(ErrorCode.TIMEOUT, "the browser took too long")
        if question.problem is not None:
            raise SeabridgeError(question.problem, f"{source}-{target} in the browser", source=source, target=target)
        return question.texts
