"""Listening on 127.0.0.1: werkzeug, one thread a connection, bounded, and quiet after a WebSocket's close frame."""

from __future__ import annotations

import contextlib
import io
import os
import socket
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any

from werkzeug.serving import ThreadedWSGIServer, WSGIRequestHandler

from ..protocol.errors import ErrorCode, SeabridgeError
from . import faults
from .web import UPGRADED

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

HOST = "127.0.0.1"
#: Sixteen sockets, a dashboard's requests, and some to spare. A program that opens more waits outside.
MOST_CONNECTIONS = 64
#: Seconds for a request's head and body to arrive, all of it, and for its answer to be taken.
ARRIVE_S = 20.0
#: Seconds for the other side of a WebSocket to close after us.
CLOSE_S = 1.0
#: How often the accepting thread looks up without being asked.
_LOOK_UP_S = 5.0

WsgiApp = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


def listen(ports: Sequence[int]) -> socket.socket:
    """A listening socket on the first free port. Raises ``port_taken`` when none is free.

    On Windows SO_REUSEADDR would let a second program share the port; there it is asked for exclusively.
    """
    for port in ports:
        candidate = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        try:
            if os.name == "nt":
                candidate.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)  # type: ignore[attr-defined,unused-ignore]
            else:
                candidate.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            candidate.bind((HOST, port))
            candidate.listen(64)
            return candidate
        except OSError:
            candidate.close()
    raise SeabridgeError(ErrorCode.PORTS_TAKEN, ports=", ".join(map(str, ports)))


class _Arriving(io.RawIOBase):
    """What a connection sends, until its time is over. A time-out for each read would let a drip go on for ever."""

    def __init__(self, connection: socket.socket, held: io.BufferedIOBase, seconds: float) -> None:
        self._connection = connection
        # As long as this file is open, a WebSocket's own thread cannot close the connection under us.
        self._held = held
        self._seconds = seconds
        self._until = time.monotonic() + seconds

    def readable(self) -> bool:
        return True

    def close(self) -> None:
        self._held.close()
        super().close()

    def readinto(self, buffer: WriteableBuffer) -> int:
        left = self._until - time.monotonic()
        if left <= 0:
            raise TimeoutError("the request took too long to arrive")
        self._connection.settimeout(left)
        try:
            return self._connection.recv_into(buffer)
        finally:
            self._connection.settimeout(self._seconds)  # the answer has a time of its own


class _Handler(WSGIRequestHandler):
    # One answer a connection, as werkzeug does it anyway.
    protocol_version = "HTTP/1.1"
    # Frames are small, and often one follows another at once: it would wait for the receipt of the first (40 ms).
    disable_nagle_algorithm = True

    def setup(self) -> None:
        super().setup()
        self.connection.settimeout(ARRIVE_S)
        self.rfile = io.BufferedReader(_Arriving(self.connection, self.rfile, ARRIVE_S))

    def run_wsgi(self) -> None:
        self.close_connection = True
        super().run_wsgi()

    def version_string(self) -> str:
        return "Seabridge"

    def log(self, type: str, message: str, *args: Any) -> None:
        # Requests are not logged: addresses and names do not belong in a log file.
        if type == "error":
            faults.log.info("http: " + message.strip(), *args)


class _Server(ThreadedWSGIServer):
    daemon_threads = True
    block_on_close = False

    def __init__(self, listening: socket.socket, app: WsgiApp) -> None:
        port = listening.getsockname()[1]
        super().__init__(HOST, port, app, _Handler, fd=listening.fileno())
        listening.close()
        self._free = threading.BoundedSemaphore(MOST_CONNECTIONS)

    def process_request(self, request: Any, client_address: Any) -> None:
        if not self._free.acquire(blocking=False):
            self.shutdown_request(request)
            return
        try:
            super().process_request(request, client_address)
        except BaseException:  # no thread was started
            self._free.release()
            raise

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        try:
            super().process_request_thread(request, client_address)
        finally:
            self._free.release()

    def handle_error(self, request: Any, client_address: Any) -> None:
        faults.log.info("a connection broke", exc_info=True)


def _quiet_close(app: WsgiApp) -> WsgiApp:
    """Werkzeug answers after the close frame, which Chrome takes for a broken frame (code 1006)."""

    def serve(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        answer = app(environ, start)
        if not environ.get(UPGRADED):
            return answer
        connection: socket.socket = environ["werkzeug.socket"]
        with contextlib.suppress(OSError):
            # Our side first, then whatever the browser still sends, so that its close frame gets no reset.
            connection.shutdown(socket.SHUT_WR)
            until = time.monotonic() + CLOSE_S
            while (left := until - time.monotonic()) > 0:
                connection.settimeout(left)
                if not connection.recv(65536):
                    break
        with contextlib.suppress(OSError):
            connection.shutdown(socket.SHUT_RDWR)
        raise ConnectionAbortedError("the WebSocket is closed")

    return serve


class HttpServer:
    """A server in a thread of its own."""

    def __init__(self, listening: socket.socket, app: WsgiApp) -> None:
        self.port: int = listening.getsockname()[1]
        self._server = _Server(listening, _quiet_close(app))
        self._thread = threading.Thread(
            target=self._server.serve_forever, args=(_LOOK_UP_S,), name="desk-http", daemon=True
        )

    def start(self) -> None:
        """Accept connections."""
        self._thread.start()

    def stop(self) -> None:
        """Accept no more; open connections end by themselves or with the process."""
        ending = threading.Thread(target=self._server.shutdown, daemon=True)
        ending.start()
        # A connection wakes the server, which otherwise looks up seldom, so that an idle companion sleeps.
        while ending.is_alive():
            with contextlib.suppress(OSError), socket.create_connection((HOST, self.port), 0.2):
                pass
            ending.join(0.05)
        self._thread.join(5)
