"""Programs that sit on the companion's port and write down all they are told."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from websockets.exceptions import ConnectionClosed, WebSocketException
from websockets.sync.client import connect
from websockets.sync.server import ServerConnection, serve

from companion.desk.pairing_math import b64

#: 32 bytes as the wire spells them; a proof or nonce of the right form and no worth.
NOTHING = b64(bytes(32))


@dataclass
class Heard:
    """Everything a squatter received: request heads, bodies and frames."""

    said: list[str] = field(default_factory=list)

    def __call__(self, what: object) -> None:
        self.said.append(str(what))

    @property
    def methods(self) -> list[str]:
        """Methods that were asked for, in order."""
        frames = [json.loads(one) for one in self.said if one.startswith("{")]
        return [frame["method"] for frame in frames if "method" in frame]


@contextmanager
def plain_http(port: int, heard: Heard) -> Iterator[None]:
    """A web server that answers everything with a friendly page."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            heard(self.requestline)
            heard(self.headers)
            heard(self.rfile.read(int(self.headers.get("content-length") or 0)))
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b"<h1>It works!</h1>")

        do_POST = do_GET

        def log_message(self, *_: Any) -> None:
            pass

    ThreadingHTTPServer.allow_reuse_address = True
    with ThreadingHTTPServer(("127.0.0.1", port), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.05,))
        thread.start()
        try:
            yield
        finally:
            server.shutdown()
            thread.join(5)


@contextmanager
def _sockets(port: int, handle: Callable[[ServerConnection], None]) -> Iterator[None]:
    with serve(handle, "127.0.0.1", port, max_size=None) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield
        finally:
            server.shutdown()
            thread.join(5)


@contextmanager
def forger(port: int, heard: Heard, instance: str) -> Iterator[None]:
    """Says hello as a companion with this instance, agrees to everything and proves nothing."""
    answers: dict[str, Any] = {
        "hello": {
            "product": "seabridge",
            "version": "1.0.0",
            "protocol": 1,
            "protocol_min": 1,
            "protocol_max": 1,
            "instance": instance,
            "practice": True,
            "paired": True,
        },
        "auth.begin": {"nonce": NOTHING, "proof": NOTHING},
    }

    def handle(socket: ServerConnection) -> None:
        assert socket.request is not None
        heard(socket.request.headers)
        try:
            for text in socket:
                heard(text)
                frame = json.loads(text)
                if "id" in frame:
                    socket.send(json.dumps({"v": 1, "id": frame["id"], "result": answers.get(frame["method"], {})}))
        except ConnectionClosed:
            pass

    with _sockets(port, handle):
        yield


@contextmanager
def relay(port: int, heard: Heard, real_port: int) -> Iterator[None]:
    """Passes every frame on to the real companion on another port, and its answers back."""

    def handle(socket: ServerConnection) -> None:
        assert socket.request is not None
        heard(socket.request.headers)
        origin = socket.request.headers["Origin"]
        try:
            with connect(f"ws://127.0.0.1:{real_port}/v1", origin=origin, max_size=None) as real:
                back = threading.Thread(target=_pass_on, args=(real, socket, lambda _: None))
                back.start()
                _pass_on(socket, real, heard)
                real.close()
                back.join(5)
        except (OSError, WebSocketException) as exc:
            heard(repr(exc))

    with _sockets(port, handle):
        yield


def _pass_on(source: Any, target: Any, note: Callable[[object], None]) -> None:
    try:
        for text in source:
            note(text)
            target.send(text)
    except ConnectionClosed:
        pass
    target.close()
