"""A program on another port between the extension and the companion: it may swap keys or pass everything on."""

from __future__ import annotations

import contextlib
import json
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Thread
from typing import Any

import pytest
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect
from websockets.sync.server import ServerConnection, serve

from companion.desk import pairing_math as m
from companion.desk.client import ORIGIN, DeskClient
from companion.protocol.errors import ErrorCode, SeabridgeError
from companion.protocol.methods import session as s

from .fakes import Office

Change = Callable[[str, dict[str, Any]], dict[str, Any]]


@contextmanager
def squatter(office: Office, up: Change = lambda _, f: f, down: Change = lambda _, f: f) -> Iterator[int]:
    """Relays every socket to the real companion, with the Origin copied; changes frames on the way. Its port."""

    def relay(near: ServerConnection) -> None:
        origin = near.request.headers["Origin"] if near.request else ""
        methods: dict[str, str] = {}
        with connect(f"ws://127.0.0.1:{office.port}/v1", origin=origin) as far:  # type: ignore[arg-type]

            def back() -> None:
                with contextlib.suppress(ConnectionClosed):
                    for raw in far:
                        frame = json.loads(raw)
                        near.send(json.dumps(down(methods.get(frame.get("id", ""), ""), frame)))

            Thread(target=back, daemon=True).start()
            with contextlib.suppress(ConnectionClosed):
                for raw in near:
                    frame = json.loads(raw)
                    methods[frame.get("id", "")] = frame.get("method", "")
                    far.send(json.dumps(up(frame.get("method", ""), frame)))

    with serve(relay, "127.0.0.1", 0) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield server.socket.getsockname()[1]
        server.shutdown()


def digits_at(office: Office) -> str:
    pending = office.desk.pairings.pending()
    assert pending is not None
    return str(pending.digits)


def test_a_relayed_pairing_shows_other_digits(office: Office) -> None:
    """Nothing is changed on the way; only the port the extension dialled is another."""
    shown: list[str] = []

    def compare(pairing: str, digits: str) -> None:
        shown.extend((digits, digits_at(office)))
        office.desk.pairings.refuse(pairing)

    with squatter(office) as port, DeskClient(port) as client:
        client.hello()
        with pytest.raises(SeabridgeError) as caught:
            client.pair(compare)
    assert caught.value.code is ErrorCode.PAIRING_REFUSED
    assert shown[0] != shown[1]
    assert office.desk.keys.everyone().keys == []


def test_a_seller_who_confirms_blindly_still_gives_the_squatter_nothing(office: Office) -> None:
    with squatter(office) as port, DeskClient(port) as client:
        client.hello()
        with pytest.raises(SeabridgeError) as caught:
            client.pair(lambda pairing, _: office.desk.pairings.confirm(pairing))
    assert caught.value.code is ErrorCode.PAIRING_BROKEN


def test_swapped_keys_show_other_digits(office: Office) -> None:
    """The classic man in the middle: a key of its own towards each side."""
    _, mine = m.new_key()
    my_nonce = secrets.token_bytes(32)

    def up(method: str, frame: dict[str, Any]) -> dict[str, Any]:
        if method == "pair.begin":
            frame["params"]["commitment"] = m.b64(m.commitment(mine, my_nonce))
        if method == "pair.reveal":
            frame["params"].update(public_key=m.b64(mine), nonce=m.b64(my_nonce))
        return frame

    def down(method: str, frame: dict[str, Any]) -> dict[str, Any]:
        if method == "pair.begin" and "result" in frame:
            frame["result"].update(public_key=m.b64(mine), nonce=m.b64(my_nonce))
        return frame

    shown: list[str] = []

    def compare(pairing: str, digits: str) -> None:
        shown.extend((digits, digits_at(office)))
        office.desk.pairings.refuse(pairing)

    with squatter(office, up, down) as port, DeskClient(port) as client:
        client.hello()
        with pytest.raises(SeabridgeError) as caught:
            client.pair(compare)
    assert caught.value.code is ErrorCode.PAIRING_REFUSED
    assert shown[0] != shown[1]


def test_a_key_swapped_after_the_commitment_is_refused(office: Office) -> None:
    _, mine = m.new_key()

    def up(method: str, frame: dict[str, Any]) -> dict[str, Any]:
        if method == "pair.reveal":
            frame["params"]["public_key"] = m.b64(mine)
        return frame

    with squatter(office, up) as port, DeskClient(port) as client:
        client.hello()
        with pytest.raises(SeabridgeError) as caught:
            client.pair(office.confirm)
    assert caught.value.code is ErrorCode.PAIRING_BROKEN
    assert office.desk.pairings.pending() is None


def test_a_relayed_session_fails_on_the_extensions_side(office: Office) -> None:
    paired = office.paired()
    with squatter(office) as port, DeskClient(port) as client:
        assert client.hello(paired.key_id).paired, "hello is public and passes"
        with pytest.raises(SeabridgeError) as caught:
            client.prove(paired)
    assert caught.value.code is ErrorCode.PROOF_FAILED


def test_a_relayed_session_fails_on_the_companions_side_too(office: Office) -> None:
    """An extension that did not check would still not open a session for the squatter."""
    paired = office.paired()
    nonce = b"n" * 32
    with squatter(office) as port, DeskClient(port) as client:
        client.hello()
        theirs = client.call("auth.begin", {"key_id": paired.key_id, "nonce": m.b64(nonce)})
        a = m.auth_transcript(paired.key_id, ORIGIN, port, client.instance, nonce, m.unb64(theirs.nonce, 32))
        with pytest.raises(SeabridgeError) as caught:
            client.call("auth.prove", {"proof": m.b64(m.extension_proof(paired.key, a))})
        assert caught.value.code is ErrorCode.PROOF_FAILED
        with pytest.raises(SeabridgeError) as private:
            client.call("settings.get")
        assert private.value.code is ErrorCode.NOT_PROVEN


def test_a_squatter_that_lies_about_the_instance_gains_nothing(office: Office) -> None:
    paired = office.paired()

    def down(method: str, frame: dict[str, Any]) -> dict[str, Any]:
        if method == "hello":
            frame["result"]["instance"] = "another"
        return frame

    with squatter(office, down=down) as port, DeskClient(port) as client:
        client.hello()
        client.port = office.port  # even if the extension were mistaken about the port
        with pytest.raises(SeabridgeError) as caught:
            client.prove(paired)
    assert caught.value.code is ErrorCode.PROOF_FAILED


def test_a_relay_cannot_try_halves_until_the_digits_fit(office: Office) -> None:
    """Who begins knows the digits before it opens its commitment: it could begin anew until they are those the
    extension shows (2,600 times a second from here), so beginnings are few."""
    shown: set[str] = set()
    _private, public = m.new_key()
    nonce = secrets.token_bytes(32)
    begin = s.PairBeginParams(name="relay", commitment=m.b64(m.commitment(public, nonce)))

    def next_digits(client: DeskClient) -> str:
        half = client.call("pair.begin", begin)
        theirs, their_nonce = m.unb64(half.public_key, 65), m.unb64(half.nonce, 32)
        return m.digits(m.transcript(ORIGIN, office.port, client.instance, public, theirs, nonce, their_nonce))

    for _ in range(2):  # a new socket changes nothing
        with office.client() as client:
            client.hello()
            with contextlib.suppress(SeabridgeError):
                while len(shown) < 100:
                    shown.add(next_digits(client))
            with pytest.raises(SeabridgeError) as stopped:
                next_digits(client)
            assert stopped.value.code is ErrorCode.PAIRING_BUSY
            assert stopped.value.data["wait_s"] > 60
    assert 3 <= len(shown) <= 10
