"""hello, pairing and proof over a real socket."""

from __future__ import annotations

import secrets
import threading

import pytest
from simple_websocket import ConnectionClosed

from companion.desk import pairing_math as m
from companion.desk.client import ORIGIN, DeskClient, PairedWith
from companion.protocol.errors import ErrorCode, SeabridgeError
from companion.protocol.methods import session as s
from companion.protocol.methods.desk import PairingRevokeParams

from .fakes import FIREFOX_ORIGIN, OTHER_ORIGIN, Office, open_office, until


def refused(code: ErrorCode, act: object) -> SeabridgeError:
    with pytest.raises(SeabridgeError) as caught:
        act()  # type: ignore[operator]
    assert caught.value.code is code
    return caught.value


def test_hello_tells_nothing_private(office: Office) -> None:
    with DeskClient(office.port) as client:
        found = client.hello()
        assert found.product == "seabridge"
        assert not found.paired
        assert not found.practice
        assert found.instance == office.desk.instance
        assert found.protocol == 1


def test_the_instance_stays_the_same_across_starts(office: Office, tmp_path: object) -> None:
    before = office.desk.instance
    office.running.stop()
    again = open_office(office.room.paths.root)
    assert again.desk.instance == before
    again.running.stop()


def test_a_practice_companion_says_so(tmp_path: object) -> None:
    practice = open_office(tmp_path / "practice", practice=True)  # type: ignore[operator]
    with DeskClient(practice.port) as client:
        assert client.hello().practice
    practice.running.stop()


@pytest.mark.parametrize("origin", [ORIGIN, FIREFOX_ORIGIN])
def test_pair_prove_and_come_back(office: Office, origin: str) -> None:
    paired = office.paired(origin)
    with office.client(origin) as client:
        refused(ErrorCode.NOT_PROVEN, lambda: client.call("settings.get"))
        assert client.prove(paired).locale == "auto"
        assert client.call("settings.get").seller_language == "zh"
        keys = client.call("pairing.list").keys
        assert [(k.key_id, k.origin) for k in keys] == [(paired.key_id, origin)]
        assert keys[0].last_used_at > 0
    with DeskClient(office.port, origin=origin) as again:
        assert again.hello(paired.key_id).paired
        again.prove(paired)
    with DeskClient(office.port, origin=OTHER_ORIGIN) as foreign:
        assert not foreign.hello(paired.key_id).paired


def test_the_pairing_survives_a_restart(office: Office) -> None:
    paired = office.paired()
    office.running.stop()
    again = open_office(office.room.paths.root)
    with again.proven(paired) as client:
        assert client.call("settings.get").locale == "auto"
    again.running.stop()


def test_the_seller_refuses(office: Office) -> None:
    with office.client() as client:
        refused(ErrorCode.PAIRING_REFUSED, lambda: client.pair(lambda p, _: office.desk.pairings.refuse(p)))
    assert office.desk.keys.everyone().keys == []


def test_a_second_pairing_waits_its_turn(office: Office) -> None:
    def meanwhile(pairing: str, digits: str) -> None:
        with office.client(OTHER_ORIGIN) as other:
            refused(ErrorCode.PAIRING_BUSY, lambda: other.pair(office.confirm))
        office.confirm(pairing, digits)

    with office.client() as client:
        client.prove(client.pair(meanwhile))


def test_a_pairing_dies_with_its_socket(office: Office) -> None:
    def leave(pairing: str, digits: str) -> None:
        client.close()
        until(lambda: office.desk.pairings.pending() is None)

    client = office.client()
    with pytest.raises((ConnectionClosed, OSError)):
        client.pair(leave)
    office.paired(OTHER_ORIGIN)


def test_a_replayed_pairing_is_refused(office: Office) -> None:
    """The frames of a successful pairing, sent again on another socket."""
    _, public = m.new_key()
    nonce = secrets.token_bytes(32)
    begin = s.PairBeginParams(name="x", commitment=m.b64(m.commitment(public, nonce)))
    with office.client() as client:
        half = client.call("pair.begin", begin)
        reveal = s.PairRevealParams(pairing=half.pairing, public_key=m.b64(public), nonce=m.b64(nonce))
        client.call("pair.reveal", reveal)
        digits = office.desk.pairings.pending().digits
        office.desk.pairings.confirm(half.pairing)
        wait = s.PairWaitParams(pairing=half.pairing)
        client.call("pair.wait", wait)
    with office.client() as replay:
        refused(ErrorCode.PAIRING_EXPIRED, lambda: replay.call("pair.reveal", reveal))
        refused(ErrorCode.PAIRING_EXPIRED, lambda: replay.call("pair.wait", wait))
        second = replay.call("pair.begin", begin)
        assert (second.public_key, second.nonce) != (half.public_key, half.nonce)
        refused(ErrorCode.PAIRING_EXPIRED, lambda: replay.call("pair.reveal", reveal))
        fresh = s.PairRevealParams(pairing=second.pairing, public_key=m.b64(public), nonce=m.b64(nonce))
        replay.call("pair.reveal", fresh)
        assert office.desk.pairings.pending().digits != digits, "the seller sees other digits"


def test_commitment_cheating_over_the_wire(office: Office) -> None:
    _, public = m.new_key()
    with office.client() as client:
        for turn in range(3):
            half = client.call("pair.begin", s.PairBeginParams(name="x", commitment=m.b64(bytes([turn]) * 32)))
            reveal = s.PairRevealParams(pairing=half.pairing, public_key=m.b64(public), nonce=m.b64(b"n" * 32))
            refused(ErrorCode.PAIRING_BROKEN, lambda r=reveal: client.call("pair.reveal", r))
        again = s.PairBeginParams(name="x", commitment=m.b64(b"c" * 32))
        assert refused(ErrorCode.PAIRING_BUSY, lambda: client.call("pair.begin", again)).data["wait_s"] > 0


def test_a_wrong_proof_is_refused_and_three_end_the_socket(office: Office) -> None:
    paired = office.paired()
    with office.client() as client:
        for _ in range(3):
            client.call("auth.begin", s.AuthBeginParams(key_id=paired.key_id, nonce=m.b64(b"n" * 32)))
            proof = s.AuthProveParams(proof=m.b64(b"p" * 32))
            refused(ErrorCode.PROOF_FAILED, lambda p=proof: client.call("auth.prove", p))
        with pytest.raises(ConnectionClosed) as closed:
            client.receive(5)
        assert closed.value.reason == 1008


def test_two_who_close_a_socket_at_once_close_it_once(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    with office.client():
        (member,) = office.desk.hub._all()
        closed: list[tuple[int, str]] = []
        monkeypatch.setattr(member._socket, "close", lambda code, reason: closed.append((code, reason)))  # type: ignore[attr-defined]
        for code, reason in ((1008, "proof_failed"), (1001, "shutting down")):
            member.close(code, reason)
        assert closed == [(1008, "proof_failed")]
        monkeypatch.undo()
        member._cut()  # type: ignore[attr-defined]


def test_a_challenge_serves_once(office: Office) -> None:
    paired = office.paired()
    with office.client() as client:
        nonce = b"n" * 32
        theirs = client.call("auth.begin", s.AuthBeginParams(key_id=paired.key_id, nonce=m.b64(nonce)))
        a = m.auth_transcript(paired.key_id, ORIGIN, office.port, client.instance, nonce, m.unb64(theirs.nonce, 32))
        right = s.AuthProveParams(proof=m.b64(m.extension_proof(paired.key, a)))
        wrong = s.AuthProveParams(proof=m.b64(b"p" * 32))
        refused(ErrorCode.PROOF_FAILED, lambda: client.call("auth.prove", wrong))
        refused(ErrorCode.PROOF_FAILED, lambda: client.call("auth.prove", right))
        refused(ErrorCode.NOT_PROVEN, lambda: client.call("settings.get"))


def test_a_replayed_proof_is_refused(office: Office) -> None:
    paired = office.paired()
    nonce = b"n" * 32
    with office.client() as client:
        theirs = client.call("auth.begin", s.AuthBeginParams(key_id=paired.key_id, nonce=m.b64(nonce)))
        a = m.auth_transcript(paired.key_id, ORIGIN, office.port, client.instance, nonce, m.unb64(theirs.nonce, 32))
        proof = s.AuthProveParams(proof=m.b64(m.extension_proof(paired.key, a)))
        client.call("auth.prove", proof)
    with office.client() as replay:
        refused(ErrorCode.PROOF_FAILED, lambda: replay.call("auth.prove", proof))
        replay.call("auth.begin", s.AuthBeginParams(key_id=paired.key_id, nonce=m.b64(nonce)))
        refused(ErrorCode.PROOF_FAILED, lambda: replay.call("auth.prove", proof))
        refused(ErrorCode.NOT_PROVEN, lambda: replay.call("settings.get"))


def test_the_companions_own_proof_does_not_open_a_session(office: Office) -> None:
    paired = office.paired()
    with office.client() as client:
        theirs = client.call("auth.begin", s.AuthBeginParams(key_id=paired.key_id, nonce=m.b64(b"n" * 32)))
        refused(ErrorCode.PROOF_FAILED, lambda: client.call("auth.prove", s.AuthProveParams(proof=theirs.proof)))


def test_a_foreign_extension_with_a_stolen_key_is_refused(office: Office) -> None:
    paired = office.paired()
    with office.client(OTHER_ORIGIN) as thief:
        refused(ErrorCode.NOT_PAIRED, lambda: thief.prove(paired))
        refused(ErrorCode.NOT_PROVEN, lambda: thief.call("settings.get"))
    with office.client() as guesser:
        refused(ErrorCode.NOT_PAIRED, lambda: guesser.prove(PairedWith("unknown", b"k" * 32)))


def test_a_companion_without_the_key_fails_before_we_prove_anything(office: Office, tmp_path: object) -> None:
    """A squatter that answers like a companion but does not hold the key."""
    paired = office.paired()
    squatter = open_office(tmp_path / "squatter")  # type: ignore[operator]
    squatter.desk.keys.add(paired.key_id, b"guess" + b"\0" * 27, name="x", origin=ORIGIN)
    with squatter.client() as client:
        refused(ErrorCode.PROOF_FAILED, lambda: client.prove(paired))
    squatter.running.stop()


def test_revoking_ends_the_session_at_once(office: Office) -> None:
    paired = office.paired()
    with office.proven(paired) as first, office.proven(paired) as second:
        left = first.call("pairing.revoke", PairingRevokeParams(key_id=paired.key_id))
        assert left.keys == []
        with pytest.raises((SeabridgeError, ConnectionClosed)):
            second.call("settings.get")
        with pytest.raises(ConnectionClosed):
            first.receive(5)
    with office.client() as back:
        refused(ErrorCode.NOT_PAIRED, lambda: back.prove(paired))


def test_digits_are_the_same_on_both_sides_every_time(office: Office) -> None:
    shown: set[str] = set()

    def compare(pairing: str, digits: str) -> None:
        assert len(digits) == 6
        shown.add(digits)
        office.confirm(pairing, digits)

    for _ in range(5):
        with office.client() as client:
            client.pair(compare)
    assert len(shown) > 1


def test_two_sockets_pairing_at_the_same_moment(office: Office) -> None:
    codes: list[object] = []

    def one() -> None:
        with office.client() as client:
            try:
                half = client.call("pair.begin", s.PairBeginParams(name="x", commitment=m.b64(b"c" * 32)))
                codes.append(half.pairing)
            except SeabridgeError as error:
                codes.append(error.code)
            ready.wait(5)

    ready = threading.Barrier(4)
    threads = [threading.Thread(target=one) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)
    assert codes.count(ErrorCode.PAIRING_BUSY) == 3


def test_a_key_revoked_during_its_proof_opens_nothing(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """The seller ends the pairing between the look at the key and the opening of the session."""
    paired = office.paired()
    known = office.desk.keys.known

    def slow(key_id: str, origin: str) -> bool:
        found = known(key_id, origin)
        looks.append(found)
        if len(looks) == 2:  # the first look was for auth.begin
            office.desk.revoke(paired.key_id)
        return found

    looks: list[bool] = []
    with office.client() as client:
        monkeypatch.setattr(office.desk.keys, "known", slow)
        client.prove(paired)
        assert looks == [True, True]
        until(lambda: not any(member.key_id for member in office.desk.hub._all()))
        client.send('{"v":1,"id":"x","method":"settings.get","params":{}}')
        with pytest.raises((SeabridgeError, ConnectionClosed)):
            client.answer("x")
