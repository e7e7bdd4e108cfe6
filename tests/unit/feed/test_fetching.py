"""Over the wire: bounded, redirected only to where a feed may come from, asked only for what is new."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from companion.compliance.feed import fetching
from companion.compliance.feed.fetching import fetch
from companion.protocol.errors import ErrorCode, SeabridgeError

#: Path to status, headers and body.
ANSWERS: dict[str, tuple[int, dict[str, str], bytes]] = {
    "/feed": (200, {"ETag": '"one"'}, b"content"),
    "/moved": (302, {"Location": "/feed"}, b""),
    "/plain": (302, {"Location": "http://feed.example/rules"}, b""),
    "/file": (302, {"Location": "file:///etc/passwd"}, b""),
    "/round": (302, {"Location": "/round"}, b""),
    "/gone": (404, {}, b"nothing"),
    "/broken": (500, {}, b""),
    "/large": (200, {"Content-Length": str(9 << 20)}, b"x"),
    "/short": (200, {"Content-Length": "100"}, b"x" * 10),
    "/odd": (200, {"ETag": "x" * 500}, b"content"),
}


class _Answers(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        status, headers, body = ANSWERS[self.path]
        if headers.get("ETag") and self.headers.get("If-None-Match") == headers["ETag"]:
            status, body = 304, b""
        self.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        pass


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """The address of a server on this machine."""
    with ThreadingHTTPServer(("127.0.0.1", 0), _Answers) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def away(address: str) -> SeabridgeError:
    with pytest.raises(SeabridgeError) as caught:
        fetch(address)
    return caught.value


def test_what_is_there_is_fetched_and_asked_for_only_once(server: str) -> None:
    told: list[tuple[int, int]] = []
    found = fetch(f"{server}/feed", progress=lambda done, total: told.append((done, total)))
    assert (found.data, found.tag) == (b"content", '"one"')
    assert told[-1] == (7, 7)
    again = fetch(f"{server}/feed", found.tag)
    assert (again.data, again.tag) == (None, '"one"')
    assert fetch(f"{server}/feed", '"zero"').data == b"content"


def test_a_redirect_is_followed_where_a_feed_may_come_from(server: str) -> None:
    assert fetch(f"{server}/moved").data == b"content"


@pytest.mark.parametrize(
    ("path", "problem"),
    [
        ("/plain", "redirect"), ("/file", "HTTP 302"), ("/gone", "HTTP 404"), ("/broken", "HTTP 500"),
        ("/short", "broke off"),
    ],
)  # fmt: skip
def test_anything_else_is_said(server: str, path: str, problem: str) -> None:
    error = away(server + path)
    assert error.code is ErrorCode.FEED_AWAY
    assert error.data == {"host": "127.0.0.1", "problem": problem}
    assert error.retryable


def test_a_redirect_in_a_circle_ends(server: str) -> None:
    assert away(f"{server}/round").code is ErrorCode.FEED_AWAY


def test_what_is_too_large_is_not_read(server: str) -> None:
    assert away(f"{server}/large").code is ErrorCode.FEED_UNSAFE


def test_a_tag_that_is_none_is_not_kept(server: str) -> None:
    assert fetch(f"{server}/odd").tag == ""


def test_what_drips_is_given_up(server: str) -> None:
    times = iter([0.0, fetching.MOST_S + 1.0])
    with pytest.raises(SeabridgeError) as caught:
        fetch(f"{server}/feed", clock=lambda: next(times))
    assert caught.value.data["problem"] == "timeout"


def test_nobody_there_is_said() -> None:
    import socket

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
    error = away(f"http://127.0.0.1:{port}/feed")
    assert error.code is ErrorCode.FEED_AWAY
    assert "Errno" not in error.data["problem"]
    assert error.data["problem"]


def test_from_elsewhere_no_redirect_leads_to_this_machine() -> None:
    from email.message import Message
    from urllib.error import HTTPError
    from urllib.request import Request

    guard = fetching._Redirects()
    for target in ("https://127.0.0.1/x", "http://localhost:8765/v1/control"):
        with pytest.raises(HTTPError):
            guard.redirect_request(Request("https://feed.example/x"), None, 302, "", Message(), target)
