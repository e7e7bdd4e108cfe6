"""Programs that send a byte now and then, or never read: none of them keeps a place at the desk."""

from __future__ import annotations

import base64
import contextlib
import itertools
import logging
import select
import socket
import threading
import time
from collections.abc import Callable, Iterator

import pytest

from companion.desk import connection as connection_module
from companion.desk import guard
from companion.desk import server as server_module
from companion.desk.client import ORIGIN

from .fakes import Office, open_office, until

#: Between two bytes, and the bound in these tests.
DRIP_S, BOUND_S = 0.05, 0.6
#: Whoever is still served after this long kept its place; a busy machine may be late with the bound.
PATIENCE_S = 20.0


@pytest.fixture
def office(tmp_path: object, monkeypatch: pytest.MonkeyPatch) -> Iterator[Office]:
    """A desk with short bounds."""
    monkeypatch.setattr(server_module, "ARRIVE_S", BOUND_S)
    monkeypatch.setattr(server_module, "CLOSE_S", 0.3)
    opened = open_office(tmp_path / "data")  # type: ignore[operator]
    yield opened
    opened.running.stop()


def places(office: Office) -> int:
    """Connections that could still be taken."""
    return int(office.running._server._server._free._value)


def dripped(raw: socket.socket, byte: Callable[[int], bytes]) -> bool:
    """Send a byte after the other; whether the other side hung up at last."""
    end = time.monotonic() + PATIENCE_S
    for n in itertools.count():
        if time.monotonic() > end:
            break
        try:
            raw.send(byte(n))
            if select.select([raw], [], [], 0)[0] and not raw.recv(65536):
                return True
        except OSError:
            return True
        time.sleep(DRIP_S)
    return False


@contextlib.contextmanager
def dialled(office: Office, first: bytes) -> Iterator[socket.socket]:
    with socket.create_connection(("127.0.0.1", office.port), 5) as raw:
        raw.sendall(first)
        yield raw


def head(office: Office, line: str, *more: str) -> bytes:
    return "\r\n".join([line, f"Host: 127.0.0.1:{office.port}", *more, "", ""]).encode()


@pytest.mark.parametrize("where", ["line", "header", "body", "after the answer"])
def test_a_request_that_drips_is_cut_off(office: Office, where: str) -> None:
    asked = ("Content-Type: application/json", "Content-Length: 60000")
    begun = {
        "line": b"GET /",
        "header": head(office, "GET /dashboard HTTP/1.1", "X-Slow: ")[:-4],
        "body": head(office, "POST /v1/control HTTP/1.1", *asked),
        # refused by its head, and then a body that nobody asked for
        "after the answer": head(office, "POST /nowhere HTTP/1.1", *asked) + b"x",
    }[where]
    with dialled(office, begun) as raw:
        assert dripped(raw, lambda _: b"x")
        until(lambda: places(office) == server_module.MOST_CONNECTIONS)


def test_whoever_says_nothing_at_all_is_cut_off(office: Office) -> None:
    with dialled(office, b"") as raw:
        raw.settimeout(PATIENCE_S)
        assert raw.recv(10) == b""


def test_a_request_that_arrives_in_time_is_answered(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server_module, "ARRIVE_S", PATIENCE_S)
    body = b'{"method":"status"}'
    key = f"Authorization: Bearer {office.desk.control_token}"
    length = f"Content-Length: {len(body)}"
    whole = head(office, f"POST {guard.CONTROL} HTTP/1.1", "Content-Type: application/json", key, length) + body
    with dialled(office, b"") as raw:
        for part in (whole[:30], whole[30:-5], whole[-5:]):
            raw.sendall(part)
            time.sleep(DRIP_S)
        assert raw.makefile("rb").readline().split()[1] == b"200"


# sockets


def upgraded(office: Office) -> bytes:
    nonce = base64.b64encode(bytes(16)).decode()
    return head(
        office,
        "GET /v1 HTTP/1.1",
        f"Origin: {ORIGIN}",
        "Upgrade: websocket",
        "Connection: Upgrade",
        "Sec-WebSocket-Version: 13",
        f"Sec-WebSocket-Key: {nonce}",
    )


def test_an_open_socket_outlives_the_bounds_of_a_request(office: Office) -> None:
    with office.proven() as client:
        time.sleep(2 * BOUND_S)
        assert client.beat(1) == 1


def test_a_socket_that_ends_is_no_trouble(office: Office, caplog: pytest.LogCaptureFixture) -> None:
    """The server must not look for another request on it, nor find it closed under its hands."""
    caplog.set_level(logging.INFO)
    office.proven().close()
    with office.client() as client:
        client._socket.sock.shutdown(socket.SHUT_RDWR)
    until(lambda: places(office) == server_module.MOST_CONNECTIONS)
    assert [record.getMessage() for record in caplog.records] == []


@pytest.mark.parametrize("frame", [b"\x81\xfe\x40\x00" + bytes(4), b"\x01\x81" + bytes(4) + b" "])
def test_a_frame_in_drops_is_silence(office: Office, monkeypatch: pytest.MonkeyPatch, frame: bytes) -> None:
    """A frame that never ends, or one whose parts never do, with pings in between."""
    monkeypatch.setattr(connection_module, "SILENT_S", BOUND_S)
    with dialled(office, upgraded(office)) as raw:
        assert b" 101 " in raw.recv(65536)
        raw.sendall(frame)
        part = b"\x00\x81" + bytes(4) + b" " + b"\x89\x80" + bytes(4)
        assert dripped(raw, lambda _: b" " if len(frame) == 8 else part)
        until(lambda: places(office) == server_module.MOST_CONNECTIONS)


def test_whoever_goes_on_after_the_close_is_cut_off(office: Office) -> None:
    with dialled(office, upgraded(office)) as raw:
        assert b" 101 " in raw.recv(65536)
        until(lambda: office.desk.hub._all())
        for member in office.desk.hub._all():
            member.close(1001, "bye")
        began = time.monotonic()
        while places(office) < server_module.MOST_CONNECTIONS and time.monotonic() - began < PATIENCE_S:
            with contextlib.suppress(OSError):
                raw.send(b"\x89\x80" + bytes(4))
            time.sleep(DRIP_S)
        assert places(office) == server_module.MOST_CONNECTIONS


def flood(raw: socket.socket) -> None:
    """Send pings, which are answered, until nobody takes them any more."""
    while True:
        raw.sendall((b"\x89\xfd" + bytes(4 + 125)) * 500)


def test_whoever_never_reads_is_cut_off(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """Pongs fill both buffers; then even the close frame finds no room."""
    with dialled(office, b"") as raw:
        raw.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        raw.sendall(upgraded(office))
        assert b" 101 " in raw.recv(65536)
        raw.settimeout(0.5)
        with pytest.raises(TimeoutError):
            flood(raw)
        monkeypatch.setattr(connection_module, "SILENT_S", BOUND_S)
        for member in office.desk.hub._all():
            threading.Thread(target=member.close, args=(1001, "bye"), daemon=True).start()
        until(lambda: places(office) == server_module.MOST_CONNECTIONS)
        began = time.monotonic()
        office.running.stop()
        assert time.monotonic() - began < 5
