"""Pairing at the companion: one at a time, committed, confirmed by the seller, used once."""

from __future__ import annotations

import secrets
import threading
import time
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from ..protocol.errors import ErrorCode, SeabridgeError
from ..protocol.methods.session import PairBeginResult, PairRevealResult
from . import pairing_math as m
from .keys import Keys

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey

#: The seller has this long to compare the digits, from the beginning.
EXPIRES_S = 120
#: The extension opens its commitment at once; whoever does not must not block the door.
REVEAL_WITHIN_S = 15
#: So many broken commitments within the window close the door for a while: guessing stays hopeless.
STRIKES, STRIKES_WITHIN_S, PAUSE_S = 3, 600, 60
#: Whoever begins knows the digits before it opens its commitment. A relay that could begin anew without end would do so
#: until they are those the extension shows (a million tries, minutes); so beginnings are few, whoever makes them.
BEGINNINGS, BEGINNINGS_WITHIN_S = 10, 600
#: An Origin the seller refused does not ask again at once.
REFUSED_PAUSE_S = 10


@dataclass(frozen=True, slots=True)
class Pending:
    """What the seller is asked to compare."""

    pairing: str
    name: str
    origin: str
    digits: str
    expires_s: int


@dataclass(slots=True)
class _Attempt:
    id: str
    owner: object
    origin: str
    name: str
    commitment: bytes
    private: EllipticCurvePrivateKey
    public: bytes
    nonce: bytes
    began: float
    state: Literal["begun", "shown", "confirmed", "refused", "expired"] = "begun"
    digits: str = ""
    key_id: str = ""
    key: bytes = field(default=b"", repr=False)


class Pairings:
    """The state of pairing. ``owner`` is the socket an attempt belongs to; it dies with it."""

    def __init__(
        self,
        keys: Keys,
        *,
        instance: str,
        port: Callable[[], int],
        clock: Callable[[], float] = time.monotonic,
        changed: Callable[[], None] = lambda: None,
    ) -> None:
        self._keys = keys
        self._instance = instance
        self._port = port
        self._clock = clock
        #: Called after every change of what is pending, outside the lock (the tray shows it).
        self.changed = changed
        self._turn = threading.Condition()
        self._now: _Attempt | None = None
        self._strikes: list[float] = []
        self._beginnings: list[float] = []
        self._paused_until = 0.0
        self._refused: dict[str, float] = {}

    def begin(self, owner: object, origin: str, name: str, commitment: str) -> PairBeginResult:
        """Take a commitment and answer with the companion's half. Raises ``pairing_busy``."""
        committed = m.unb64(commitment, 32)
        private, public = m.new_key()
        with self._turn:
            now = self._tick()
            wait = max(self._paused_until, self._refused.get(origin, 0.0), self._next_beginning(now)) - now
            if wait > 0:
                raise SeabridgeError(ErrorCode.PAIRING_BUSY, "paused", wait_s=int(wait) + 1)
            if self._now is not None and self._now.state in ("begun", "shown") and self._now.owner is not owner:
                raise SeabridgeError(ErrorCode.PAIRING_BUSY, "one at a time")
            self._end("expired")
            self._beginnings.append(now)
            self._now = _Attempt(
                id=m.b64(secrets.token_bytes(12)),
                owner=owner,
                origin=origin,
                name=_plain(name),
                commitment=committed,
                private=private,
                public=public,
                nonce=secrets.token_bytes(m.NONCE_BYTES),
                began=now,
            )
            return PairBeginResult(
                pairing=self._now.id, public_key=m.b64(public), nonce=m.b64(self._now.nonce), expires_s=EXPIRES_S
            )

    def reveal(self, owner: object, pairing: str, public_key: str, nonce: str) -> PairRevealResult:
        """Open the commitment, once. Raises ``pairing_broken`` or ``pairing_expired``."""
        with self._turn:
            now = self._tick()
            attempt = self._mine(owner, pairing)
            if attempt.state == "expired":
                raise SeabridgeError(ErrorCode.PAIRING_EXPIRED)
            if attempt.state != "begun":
                raise SeabridgeError(ErrorCode.PAIRING_BROKEN, "revealed twice")
            try:
                ext_pub, ext_nonce = m.unb64(public_key, m.POINT_BYTES), m.unb64(nonce, m.NONCE_BYTES)
                if not m.same(m.commitment(ext_pub, ext_nonce), attempt.commitment):
                    raise SeabridgeError(ErrorCode.PAIRING_BROKEN, "commitment does not open")
                x = m.shared_x(attempt.private, ext_pub)
            except SeabridgeError as exc:
                self._strike(now)
                self._end("expired")
                raise SeabridgeError(ErrorCode.PAIRING_BROKEN, str(exc)) from exc
            t = m.transcript(
                attempt.origin, self._port(), self._instance, ext_pub, attempt.public, ext_nonce, attempt.nonce
            )
            attempt.digits, attempt.key_id, attempt.key = m.digits(t), m.key_id(t), m.derive_key(x, t)
            attempt.state = "shown"
            left = int(attempt.began + EXPIRES_S - now)
        self.changed()
        return PairRevealResult(expires_s=left)

    def wait(self, owner: object, pairing: str, gone: Callable[[], bool]) -> str:
        """Wait for the seller; the name of the new key. Raises ``pairing_refused`` or ``pairing_expired``."""
        with self._turn:
            attempt = self._mine(owner, pairing)
            while attempt.state in ("begun", "shown"):
                if gone():
                    raise SeabridgeError(ErrorCode.CANCELLED)
                self._turn.wait(1.0)
                self._tick()
            if attempt.state == "confirmed":
                return attempt.key_id
            refused = attempt.state == "refused"
            raise SeabridgeError(ErrorCode.PAIRING_REFUSED if refused else ErrorCode.PAIRING_EXPIRED)

    def pending(self) -> Pending | None:
        """What waits for the seller, None when nothing does."""
        with self._turn:
            now = self._tick()
            attempt = self._now
            if attempt is None or attempt.state != "shown":
                return None
            left = int(attempt.began + EXPIRES_S - now)
            return Pending(attempt.id, attempt.name, attempt.origin, attempt.digits, left)

    def confirm(self, pairing: str) -> str:
        """The seller says the digits agree; the name of the new key. Raises ``pairing_expired``."""
        with self._turn:
            attempt = self._shown(pairing)
            self._keys.add(attempt.key_id, attempt.key, name=attempt.name, origin=attempt.origin)
            self._end("confirmed")
            self._beginnings.clear()
        self.changed()
        return attempt.key_id

    def refuse(self, pairing: str) -> None:
        """The seller says no. Raises ``pairing_expired``."""
        with self._turn:
            attempt = self._shown(pairing)
            self._refused = {o: t for o, t in self._refused.items() if t > self._clock()}
            self._refused[attempt.origin] = self._clock() + REFUSED_PAUSE_S
            self._end("refused")
        self.changed()

    def drop(self, owner: object) -> None:
        """The socket is gone, and with it the other half of an unfinished attempt."""
        with self._turn:
            was_shown = self._now is not None and self._now.owner is owner and self._now.state == "shown"
            if self._now is not None and self._now.owner is owner:
                self._end("expired")
        if was_shown:
            self.changed()

    def _tick(self) -> float:
        now = self._clock()
        attempt = self._now
        if attempt is not None and now >= attempt.began + (REVEAL_WITHIN_S if attempt.state == "begun" else EXPIRES_S):
            self._end("expired")
        return now

    def _end(self, state: Literal["confirmed", "refused", "expired"]) -> None:
        if self._now is not None and self._now.state in ("begun", "shown"):
            self._now.state = state
            self._now.key = b""
            self._turn.notify_all()

    def _mine(self, owner: object, pairing: str) -> _Attempt:
        if self._now is None or self._now.id != pairing or self._now.owner is not owner:
            raise SeabridgeError(ErrorCode.PAIRING_EXPIRED)
        return self._now

    def _shown(self, pairing: str) -> _Attempt:
        self._tick()
        if self._now is None or self._now.id != pairing or self._now.state != "shown":
            raise SeabridgeError(ErrorCode.PAIRING_EXPIRED)
        return self._now

    def _next_beginning(self, now: float) -> float:
        """From when on one more is allowed."""
        self._beginnings = [at for at in self._beginnings if now - at < BEGINNINGS_WITHIN_S]
        return self._beginnings[0] + BEGINNINGS_WITHIN_S if len(self._beginnings) >= BEGINNINGS else now

    def _strike(self, now: float) -> None:
        self._strikes = [at for at in self._strikes if now - at < STRIKES_WITHIN_S] + [now]
        if len(self._strikes) >= STRIKES:
            self._strikes.clear()
            self._paused_until = now + PAUSE_S


#: Letters and symbols that look like nothing.
_BLANK = frozenset("\u115f\u1160\u2800\u3164\uffa0")


def _plain(name: str) -> str:
    """A name to show: one short line, nothing that hides, piles up or changes direction.

    No digits in any writing either: beside the six to compare, a name must not bring six of its own.
    """
    visible = "".join(" " if unicodedata.category(c)[0] in "CMN" or c in _BLANK else c for c in name)
    return " ".join(visible.split())[:40] or "?"
