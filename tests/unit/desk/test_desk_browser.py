"""A browser's own translator over the real wire: asked by push, answered by a method, gone with the socket."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable
from typing import Any

import pytest

from companion.desk.client import DeskClient
from companion.protocol.errors import ErrorCode, SeabridgeError
from companion.protocol.methods.browser import BrowserAnswerParams, BrowserOfferParams, BrowserPair
from companion.protocol.methods.translate import TranslateItem, TranslateParams

from .fakes import OTHER_ORIGIN, Office, until


def offering(office: Office, client: DeskClient) -> DeskClient:
    pairs = [BrowserPair(source="es", target="zh", state="available")]
    client.call("browser.offer", BrowserOfferParams(has=True, browser="Chrome/156", pairs=pairs))
    assert office.room.browsers.connected()
    return client


def asking(office: Office, prefer: object = None) -> Callable[[], list[str] | ErrorCode]:
    """Ask in another thread; what is returned waits for the outcome."""
    outcome: list[list[str] | ErrorCode] = []

    def work() -> None:
        try:
            outcome.append(office.room.browsers.ask(["hola"], "es", "zh", 10, prefer))
        except SeabridgeError as exc:
            outcome.append(exc.code)

    thread = threading.Thread(target=work)
    thread.start()

    def wait() -> list[str] | ErrorCode:
        thread.join(30)
        return outcome[0]

    return wait


def pushed(client: DeskClient) -> dict[str, Any]:
    frame = client.receive()
    assert frame["topic"] == "browser.translate"
    asked: dict[str, Any] = frame["data"]
    return asked


def test_asked_and_answered_while_every_slow_thread_waits(office: Office) -> None:
    with offering(office, office.proven()) as client:
        office.translator.hold.clear()
        item = [TranslateItem(ref="1", text="hola")]
        for _ in range(6):
            client.request("translate", TranslateParams(items=item, purpose="read"))
        until(lambda: len(office.translator.asked) == 4)
        answer = asking(office)
        asked = pushed(client)
        assert asked["texts"] == ["hola"]
        told = BrowserAnswerParams(id=asked["id"], texts=["你好"])
        assert client.call("browser.answer", told).taken is True
        assert answer() == ["你好"]
        assert client.call("browser.answer", told).taken is False
        office.translator.hold.set()


def test_a_closed_socket_ends_the_wait(office: Office) -> None:
    client = offering(office, office.proven())
    answer = asking(office)
    pushed(client)
    client.close()
    assert answer() is ErrorCode.BROWSER_AWAY
    until(lambda: not office.room.browsers.connected())


def test_a_revoked_browser_sees_no_further_text(office: Office) -> None:
    paired = office.paired()
    client = offering(office, office.proven(paired))
    answer = asking(office)
    pushed(client)
    office.desk.revoke(paired.key_id)
    assert answer() is ErrorCode.BROWSER_AWAY
    assert not office.room.browsers.connected()


def test_the_browser_that_asked_is_known_further_down(office: Office) -> None:
    with offering(office, office.proven()) as one, offering(office, office.proven(origin=OTHER_ORIGIN)) as other:
        params = TranslateParams(items=[TranslateItem(ref="1", text="hola")], purpose="read")
        for client in (other, one):
            client.call("translate", params)
            answer = asking(office, office.translator.places[-1].asker)
            asked = pushed(client)
            client.call("browser.answer", BrowserAnswerParams(id=asked["id"], texts=["你好"]))
            assert answer() == ["你好"]


@pytest.mark.parametrize("method", ["browser.offer", "browser.answer"])
def test_neither_dashboard_nor_command_line_may_be_a_browser(office: Office, method: str) -> None:
    from companion.desk import control

    assert method not in control.WIRE | control.FOR_COMMANDS


def test_a_frame_does_not_wait_for_the_receipt_of_the_one_before(office: Office) -> None:
    """A translation follows the receipt of its parts at once; held back by the system it came 40 ms later."""
    with office.proven():
        (member,) = office.desk.hub._all()
        assert member._socket.sock.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
