"""A client of the desk in Python: for tests, benches and anyone who wants to see the wire plainly."""

from __future__ import annotations

import queue
import secrets
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, cast

import msgspec
from simple_websocket import Client, ConnectionClosed
from wsproto.events import AcceptConnection, RejectConnection, Request

from ..protocol import METHODS
from ..protocol.decode import convert
from ..protocol.errors import ErrorCode, SeabridgeError
from ..protocol.methods import session as s
from ..protocol.methods.desk import Nothing
from ..protocol.version import PROTOCOL_MAX, PROTOCOL_MIN
from . import pairing_math as m

#: An Origin as Chromium forms it.
ORIGIN = "chrome-extension://" + "a" * 32


class Refused(Exception):
    """The upgrade was refused; ``status`` is the HTTP status."""

    def __init__(self, status: int) -> None:
        super().__init__(f"refused with status {status}")
        self.status = status


class _Socket(Client):  # type: ignore[misc]
    """simple-websocket leaves the port out of Host, which a guard against DNS rebinding refuses."""

    #: What to put there instead of the address dialled.
    claimed_host = ""

    def handshake(self) -> None:
        host = self.claimed_host or f"{self.host}:{self.port}"
        hello = Request(host=host, target=self.path, extra_headers=self.extra_headeers)
        self.sock.sendall(self.ws.send(hello))
        while True:
            data = self.sock.recv(self.receive_bytes)
            self.ws.receive_data(data or None)
            for event in self.ws.events():
                if isinstance(event, RejectConnection):
                    self.sock.close()
                    raise Refused(event.status_code)
                if isinstance(event, AcceptConnection):
                    self.connected = True
                    return


@dataclass(frozen=True, slots=True)
class PairedWith:
    """What an extension keeps of a pairing."""

    key_id: str
    key: bytes = field(repr=False)


class DeskClient:
    """One socket. Calls wait for their answer; pushes and progress collect meanwhile."""

    def __init__(self, port: int, *, origin: str = ORIGIN, name: str = "python", wait_s: float = 20.0) -> None:
        self.port = port
        self.origin = origin
        self.name = name
        self.wait_s = wait_s
        self.instance = ""
        self.version = PROTOCOL_MAX
        self.pushes: queue.Queue[tuple[str, Any]] = queue.Queue()
        self._ids = 0
        self._answers: dict[str, dict[str, Any]] = {}
        self._progress: dict[str, list[Any]] = {}
        self._lock = threading.Lock()
        self._socket: Any = _Socket(f"ws://127.0.0.1:{port}/v1", headers=[("Origin", origin)])

    def __enter__(self) -> DeskClient:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the socket."""
        try:
            self._socket.close()
        except (ConnectionClosed, OSError):
            return

    # the frames

    def send(self, frame: str | bytes) -> None:
        """Send a raw frame."""
        self._socket.send(frame)

    def receive(self, wait_s: float | None = None) -> dict[str, Any]:
        """The next frame. Raises TimeoutError, and ConnectionClosed with the close code as ``reason``."""
        raw = self._socket.receive(timeout=self.wait_s if wait_s is None else wait_s)
        if raw is None:
            raise TimeoutError
        return cast("dict[str, Any]", msgspec.json.decode(raw))

    def request(self, method: str, params: Any = None, *, idem: str | None = None) -> str:
        """Send a request; its id."""
        self._ids += 1
        frame: dict[str, Any] = {"v": self.version, "id": str(self._ids), "method": method}
        frame["params"] = Nothing() if params is None else params
        if idem is not None:
            frame["idem"] = idem
        self.send(msgspec.json.encode(frame).decode())
        return str(self._ids)

    def cancel(self, request_id: str) -> None:
        """Cancel a request."""
        self.send(msgspec.json.encode({"v": self.version, "cancel": request_id}).decode())

    def beat(self, n: int) -> int:
        """Send a heartbeat and wait for its echo."""
        self.send(msgspec.json.encode({"v": self.version, "beat": n}).decode())
        while "beat" not in (frame := self.receive()):
            self._sort(frame)
        return int(frame["beat"])

    def answer(self, request_id: str, on_progress: Callable[[Any], None] = lambda _: None) -> Any:
        """Wait for a request's result. Raises the SeabridgeError it was refused with."""
        while request_id not in self._answers:
            frame = self.receive()
            if "event" in frame and frame["id"] == request_id:
                on_progress(frame["data"])
            else:
                self._sort(frame)
        frame = self._answers.pop(request_id)
        if "error" in frame:
            raise error_of(frame["error"])
        return frame["result"]

    def call(self, method: str, params: Any = None, *, idem: str | None = None, **waiting: Any) -> Any:
        """Request and wait; the result as the method's type."""
        result = self.answer(self.request(method, params, idem=idem), **waiting)
        return convert(result, METHODS[method].result)

    def _sort(self, frame: dict[str, Any]) -> None:
        if "topic" in frame:
            self.pushes.put((frame["topic"], frame["data"]))
        elif frame.get("id") is not None and "event" not in frame:
            self._answers[frame["id"]] = frame
        elif "error" in frame:
            raise error_of(frame["error"])

    # the conversation

    def hello(self, key_id: str = "", low: int = PROTOCOL_MIN, high: int = PROTOCOL_MAX) -> s.HelloResult:
        """Say hello."""
        asked = s.HelloParams(client=self.name, version="test", protocol_min=low, protocol_max=high, key_id=key_id)
        found = cast(s.HelloResult, self.call("hello", asked))
        self.instance, self.version = found.instance, found.protocol
        return found

    def pair(self, seller: Callable[[str, str], None]) -> PairedWith:
        """Pair; ``seller`` gets the pairing's id and the digits this side shows, and decides at the companion."""
        private, public = m.new_key()
        nonce = secrets.token_bytes(m.NONCE_BYTES)
        half = self.call("pair.begin", s.PairBeginParams(name=self.name, commitment=m.b64(m.commitment(public, nonce))))
        self.call("pair.reveal", s.PairRevealParams(pairing=half.pairing, public_key=m.b64(public), nonce=m.b64(nonce)))
        theirs = m.unb64(half.public_key, m.POINT_BYTES)
        t = m.transcript(
            self.origin, self.port, self.instance, public, theirs, nonce, m.unb64(half.nonce, m.NONCE_BYTES)
        )
        seller(half.pairing, m.digits(t))
        done = self.call("pair.wait", s.PairWaitParams(pairing=half.pairing))
        if done.key_id != m.key_id(t):
            raise SeabridgeError(ErrorCode.PAIRING_BROKEN)
        return PairedWith(done.key_id, m.derive_key(m.shared_x(private, theirs), t))

    def prove(self, paired: PairedWith) -> s.AuthProveResult:
        """Prove each other. Raises ``proof_failed`` when the other side does not hold the key."""
        nonce = secrets.token_bytes(m.NONCE_BYTES)
        theirs = self.call("auth.begin", s.AuthBeginParams(key_id=paired.key_id, nonce=m.b64(nonce)))
        a = m.auth_transcript(
            paired.key_id, self.origin, self.port, self.instance, nonce, m.unb64(theirs.nonce, m.NONCE_BYTES)
        )
        if not m.same(m.unb64(theirs.proof, 32), m.companion_proof(paired.key, a)):
            raise SeabridgeError(ErrorCode.PROOF_FAILED)
        mine = s.AuthProveParams(proof=m.b64(m.extension_proof(paired.key, a)))
        return cast(s.AuthProveResult, self.call("auth.prove", mine))


def error_of(body: dict[str, Any]) -> SeabridgeError:
    """The error of a failure frame."""
    return SeabridgeError(ErrorCode(body["code"]), **body["data"])
