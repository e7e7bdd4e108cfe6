"""The states of pairing, with a clock of our own."""

from __future__ import annotations

import secrets
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from companion.desk import pairing_math as m
from companion.desk.keys import Keys
from companion.desk.pairing import (
    BEGINNINGS,
    BEGINNINGS_WITHIN_S,
    EXPIRES_S,
    PAUSE_S,
    REFUSED_PAUSE_S,
    REVEAL_WITHIN_S,
    Pairings,
)
from companion.protocol.errors import ErrorCode, SeabridgeError
from companion.runtime.documents import Documents
from companion.runtime.paths import Paths
from companion.runtime.secrets import Secrets

ORIGIN = "chrome-extension://" + "a" * 32


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


class Extension:
    """The other side, honest unless told otherwise."""

    def __init__(self, pairings: Pairings, origin: str = ORIGIN) -> None:
        self.pairings, self.origin = pairings, origin
        self.private, self.public = m.new_key()
        self.nonce = secrets.token_bytes(32)

    def begin(self) -> None:
        committed = m.b64(m.commitment(self.public, self.nonce))
        self.half = self.pairings.begin(self, self.origin, "Chrome", committed)

    def reveal(self, public: bytes | None = None, nonce: bytes | None = None) -> None:
        self.pairings.reveal(self, self.half.pairing, m.b64(public or self.public), m.b64(nonce or self.nonce))

    def digits(self, port: int = 8765, origin: str | None = None) -> str:
        theirs, their_nonce = m.unb64(self.half.public_key, 65), m.unb64(self.half.nonce, 32)
        return m.digits(m.transcript(origin or self.origin, port, "i", self.public, theirs, self.nonce, their_nonce))


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def keys(tmp_path: Path) -> Keys:
    paths = Paths(tmp_path).ready()
    return Keys(Documents(paths.documents), Secrets(paths))


@pytest.fixture
def pairings(keys: Keys, clock: Clock) -> Pairings:
    return Pairings(keys, instance="i", port=lambda: 8765, clock=clock)


def refused(code: ErrorCode, act: Callable[[], object]) -> SeabridgeError:
    with pytest.raises(SeabridgeError) as caught:
        act()
    assert caught.value.code is code
    return caught.value


def test_the_seller_confirms_and_the_key_is_there(pairings: Pairings, keys: Keys) -> None:
    extension = Extension(pairings)
    extension.begin()
    assert pairings.pending() is None, "nothing to compare before the commitment is open"
    extension.reveal()
    pending = pairings.pending()
    assert pending is not None
    assert (pending.digits, pending.name, pending.origin) == (extension.digits(), "Chrome", ORIGIN)
    key_id = pairings.confirm(pending.pairing)
    assert pairings.wait(extension, pending.pairing, lambda: False) == key_id
    assert len(keys.secret(key_id, ORIGIN)) == 32
    refused(ErrorCode.NOT_PAIRED, lambda: keys.secret(key_id, "chrome-extension://" + "b" * 32))
    assert pairings.pending() is None


def test_it_serves_once(pairings: Pairings) -> None:
    extension = Extension(pairings)
    extension.begin()
    extension.reveal()
    refused(ErrorCode.PAIRING_BROKEN, extension.reveal)
    pairings.confirm(extension.half.pairing)
    refused(ErrorCode.PAIRING_EXPIRED, lambda: pairings.confirm(extension.half.pairing))
    refused(ErrorCode.PAIRING_EXPIRED, lambda: pairings.refuse(extension.half.pairing))
    refused(ErrorCode.PAIRING_BROKEN, extension.reveal)


def test_a_stranger_cannot_go_on_with_anothers_attempt(pairings: Pairings) -> None:
    extension, stranger = Extension(pairings), Extension(pairings)
    extension.begin()
    stranger.half = extension.half
    stranger.public, stranger.nonce = extension.public, extension.nonce
    refused(ErrorCode.PAIRING_EXPIRED, stranger.reveal)
    extension.reveal()
    refused(ErrorCode.PAIRING_EXPIRED, lambda: pairings.wait(stranger, extension.half.pairing, lambda: False))


def test_one_at_a_time(pairings: Pairings, clock: Clock) -> None:
    first, second = Extension(pairings), Extension(pairings)
    first.begin()
    refused(ErrorCode.PAIRING_BUSY, second.begin)
    first.reveal()
    refused(ErrorCode.PAIRING_BUSY, second.begin)
    clock.now += EXPIRES_S
    second.begin()
    refused(ErrorCode.PAIRING_EXPIRED, lambda: pairings.confirm(first.half.pairing))


def test_whoever_does_not_reveal_does_not_block_the_door(pairings: Pairings, clock: Clock) -> None:
    first, second = Extension(pairings), Extension(pairings)
    first.begin()
    clock.now += REVEAL_WITHIN_S
    second.begin()
    refused(ErrorCode.PAIRING_EXPIRED, first.reveal)


def test_the_same_socket_may_start_over(pairings: Pairings) -> None:
    extension = Extension(pairings)
    extension.begin()
    old = extension.half
    extension.begin()
    assert extension.half.pairing != old.pairing
    extension.reveal()
    refused(ErrorCode.PAIRING_EXPIRED, lambda: pairings.confirm(old.pairing))


def test_it_expires(pairings: Pairings, keys: Keys, clock: Clock) -> None:
    extension = Extension(pairings)
    extension.begin()
    extension.reveal()
    clock.now += EXPIRES_S
    refused(ErrorCode.PAIRING_EXPIRED, lambda: pairings.confirm(extension.half.pairing))
    refused(ErrorCode.PAIRING_EXPIRED, lambda: pairings.wait(extension, extension.half.pairing, lambda: False))
    assert pairings.pending() is None
    assert keys.everyone().keys == []


def test_the_seller_refuses(pairings: Pairings, keys: Keys, clock: Clock) -> None:
    extension = Extension(pairings)
    extension.begin()
    extension.reveal()
    pairings.refuse(extension.half.pairing)
    refused(ErrorCode.PAIRING_REFUSED, lambda: pairings.wait(extension, extension.half.pairing, lambda: False))
    assert keys.everyone().keys == []
    assert refused(ErrorCode.PAIRING_BUSY, extension.begin).data["wait_s"] > 0
    Extension(pairings, "chrome-extension://" + "c" * 32).begin()
    clock.now += EXPIRES_S + REFUSED_PAUSE_S
    extension.begin()


@pytest.mark.parametrize("cheat", ["public", "nonce"])
def test_a_commitment_cannot_be_changed_afterwards(pairings: Pairings, cheat: str) -> None:
    """Who could choose a key after seeing the companion's half could search for agreeing digits."""
    extension = Extension(pairings)
    extension.begin()
    other = m.new_key()[1] if cheat == "public" else secrets.token_bytes(32)
    refused(ErrorCode.PAIRING_BROKEN, lambda: extension.reveal(**{cheat: other}))
    refused(ErrorCode.PAIRING_EXPIRED, extension.reveal)
    assert pairings.pending() is None


def test_a_committed_point_off_the_curve_is_refused(pairings: Pairings) -> None:
    extension = Extension(pairings)
    extension.public = b"\4" + b"\1" * 64
    extension.begin()
    refused(ErrorCode.PAIRING_BROKEN, extension.reveal)


def test_three_broken_commitments_close_the_door_for_a_while(pairings: Pairings, clock: Clock) -> None:
    for _ in range(3):
        extension = Extension(pairings)
        extension.begin()
        refused(ErrorCode.PAIRING_BROKEN, lambda e=extension: e.reveal(nonce=secrets.token_bytes(32)))  # type: ignore[misc]
    assert refused(ErrorCode.PAIRING_BUSY, Extension(pairings).begin).data["wait_s"] <= PAUSE_S + 1
    clock.now += PAUSE_S
    Extension(pairings).begin()


def test_beginnings_are_few_until_the_seller_confirms_one(pairings: Pairings, clock: Clock) -> None:
    for _ in range(BEGINNINGS):
        one = Extension(pairings)
        one.begin()
        pairings.drop(one)
    with pytest.raises(SeabridgeError) as busy:
        Extension(pairings).begin()
    assert busy.value.data["wait_s"] == BEGINNINGS_WITHIN_S + 1
    clock.now += BEGINNINGS_WITHIN_S
    for _ in range(BEGINNINGS - 1):
        one = Extension(pairings)
        one.begin()
        one.reveal()
        pairings.drop(one)
    last = Extension(pairings)
    last.begin()
    last.reveal()
    pairings.confirm(last.half.pairing)
    Extension(pairings).begin()


def test_an_attempt_dies_with_its_socket(pairings: Pairings) -> None:
    first, second = Extension(pairings), Extension(pairings)
    first.begin()
    first.reveal()
    pairings.drop(second)
    assert pairings.pending() is not None
    pairings.drop(first)
    assert pairings.pending() is None
    second.begin()


def test_waiting_ends_when_the_socket_is_gone(pairings: Pairings) -> None:
    extension = Extension(pairings)
    extension.begin()
    extension.reveal()
    refused(ErrorCode.CANCELLED, lambda: pairings.wait(extension, extension.half.pairing, lambda: True))


def test_waiting_wakes_on_the_decision(pairings: Pairings) -> None:
    extension = Extension(pairings)
    extension.begin()
    extension.reveal()
    found: list[str] = []
    waiter = threading.Thread(
        target=lambda: found.append(pairings.wait(extension, extension.half.pairing, lambda: False))
    )
    waiter.start()
    key_id = pairings.confirm(extension.half.pairing)
    waiter.join(20)
    assert found == [key_id]


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Chrome · Windows", "Chrome · Windows"),
        ("火狐浏览器 · macOS", "火狐浏览器 · macOS"),
        ("Evil\n\u202e\u200f 海桥\0" + "x" * 150, "Evil 海桥 " + "x" * 32),
        # digits beside the six that the seller compares
        ("Chrome: 482 913", "Chrome:"),
        ("Chrome ４８２９１３ ④⑧② Ⅳ", "Chrome"),
        ("Z\u0327\u0338\u0321" * 30, ("Z " * 20)[:40]),
        ("\u3164\u2800\u200b\ufeff", "?"),
        ("", "?"),
        ("a\u2028b\u2029c", "a b c"),
    ],
)
def test_names_are_shown_as_one_plain_line(pairings: Pairings, name: str, shown: str) -> None:
    extension = Extension(pairings)
    extension.half = pairings.begin(extension, ORIGIN, name, m.b64(m.commitment(extension.public, extension.nonce)))
    extension.reveal()
    pending = pairings.pending()
    assert pending is not None
    assert pending.name == shown


def test_a_pairing_that_never_proved_itself_makes_room(pairings: Pairings, keys: Keys) -> None:
    for _ in range(2):
        extension = Extension(pairings)
        extension.begin()
        extension.reveal()
        key_id = pairings.confirm(extension.half.pairing)
    assert [k.key_id for k in keys.everyone().keys] == [key_id]
    keys.used(key_id)
    extension = Extension(pairings)
    extension.begin()
    extension.reveal()
    pairings.confirm(extension.half.pairing)
    assert len(keys.everyone().keys) == 2


def test_revoking_forgets_name_and_secret(keys: Keys, tmp_path: Path) -> None:
    keys.add("k1", b"s" * 32, name="Chrome", origin=ORIGIN)
    keys.revoke("k1")
    refused(ErrorCode.NOT_PAIRED, lambda: keys.secret("k1", ORIGIN))
    refused(ErrorCode.NOT_FOUND, lambda: keys.revoke("k1"))
    assert Secrets(Paths(tmp_path)).get("pairing.k1") is None
