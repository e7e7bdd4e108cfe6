"""One WebSocket: frames in, frames out, and the order in which things are allowed."""

from __future__ import annotations

import contextlib
import socket
import threading
import time
from collections.abc import Callable
from functools import partial
from typing import Any

import msgspec
from simple_websocket import ConnectionClosed, Server

from ..protocol import METHODS, envelope
from ..protocol.decode import decode
from ..protocol.envelope import ClientFrame
from ..protocol.errors import ErrorCode, SeabridgeError
from ..protocol.version import HEARTBEAT_S, PROVE_WITHIN_S
from . import faults
from .call import Call, Session
from .desk import Desk
from .methods import HANDLERS
from .methods.hello import negotiate
from .outbox import Outbox
from .requests import Request

#: Requests of one socket that may be open at a time, before and after it is proven.
MOST_OPEN, MOST_PROVEN = 4, 64
#: Frames that make no sense before the socket is closed, and wrong proofs.
MOST_FAULTS, MOST_FAILED_PROOFS = 10, 3
#: The extension beats every 20 s; whoever is silent for longer is gone without having said so.
SILENT_S = 4 * HEARTBEAT_S
#: Seconds for the close frame to leave. A program that does not read leaves no room for it.
CLOSE_S = 1.0


class _Range(msgspec.Struct):
    protocol_min: int
    protocol_max: int


class _AnyHello(msgspec.Struct):
    """A hello of any protocol version, as far as it concerns versions."""

    method: str
    params: _Range
    id: str | None = None


class Connection:
    """A member of the hub."""

    def __init__(self, desk: Desk, socket: Server, origin: str, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._desk = desk
        self._socket = socket
        self._clock = clock
        self.session = Session(origin)
        self._opened = self._heard = clock()
        self._faults = 0
        self._lock = threading.Lock()
        self._open: dict[str, Request] = {}
        self._closing = False
        self._outbox = Outbox(socket.send, self._abort)

    @property
    def origin(self) -> str:
        """The extension's Origin."""
        return self.session.origin

    @property
    def key_id(self) -> str:
        """The key the session was proven with, "" before."""
        return self.session.key_id

    def run(self) -> None:
        """Serve the socket until it closes."""
        self._desk.hub.subscribe(self)
        try:
            while not self._closing:
                raw = self._socket.receive(timeout=self._patience())
                if raw is not None:
                    self._heard = self._clock()
                    self._take(raw)
                self._expire()
        except ConnectionClosed:
            pass
        except Exception as exc:  # a fault of ours: said in the log and by the close code
            faults.translate(exc, "socket")
            self.close(1011, "internal")
        finally:
            self._desk.hub.unsubscribe(self)
            self.session.gone.set()
            self._desk.room.browsers.gone(self.session)
            self._desk.pairings.drop(self.session)
            self._outbox.close()

    def push(self, topic: str, data: msgspec.Struct) -> None:
        """Send an unasked-for message."""
        self._outbox.put(envelope.push(self.session.protocol, topic, data))

    def forget(self) -> None:
        """The key was revoked: nothing more is served, and the socket closes once its last answer is out."""
        self.session.key_id = ""
        self._desk.room.browsers.gone(self.session)
        timer = threading.Timer(0.3, self.close, (1008, "revoked"))
        timer.daemon = True
        timer.start()

    def close(self, code: int, reason: str) -> None:
        """Close after what is queued was sent; callable from any thread, and only the first call closes."""
        with self._lock:
            if self._closing:
                return
            self._closing = True
        self._outbox.close()
        late = threading.Timer(CLOSE_S, self._cut)
        late.daemon = True
        late.start()
        with contextlib.suppress(ConnectionClosed, OSError):
            self._socket.close(code, reason)
        late.cancel()
        # Wakes the thread that waits in receive(); it finds the socket closed.
        self._socket.event.set()

    def _cut(self) -> None:
        """End the connection under whoever is still writing to it."""
        with contextlib.suppress(OSError):
            self._socket.sock.shutdown(socket.SHUT_RDWR)

    def _abort(self) -> None:
        """Nothing can be sent any more."""
        faults.log.info("a socket of %s was cut off", self.session.origin)
        self._closing = True
        self._socket.connected = False
        self._socket.event.set()

    # what comes in

    def _take(self, raw: str | bytes) -> None:
        if isinstance(raw, bytes):
            self._fault(SeabridgeError(ErrorCode.BAD_FRAME, "binary"))
            return
        try:
            frame = envelope.decode(raw)
        except SeabridgeError as error:
            self._misread(raw, error)
            return
        try:
            self._route(frame)
        except SeabridgeError as error:
            self._outbox.put(envelope.failure(self.session.protocol, frame.id, error))

    def _misread(self, raw: str, error: SeabridgeError) -> None:
        """A hello of another version may look different; it still deserves to be told which side is old."""
        if self.session.hello is None and error.code is ErrorCode.BAD_FRAME:
            with contextlib.suppress(msgspec.DecodeError, UnicodeError):
                other = decode(raw, _AnyHello)
                if other.method == "hello":
                    self._compare(other.id, other.params)
                    return
        self._fault(error)

    def _compare(self, request_id: str | None, versions: _Range) -> None:
        error = SeabridgeError(ErrorCode.BAD_FRAME, "hello")
        try:
            negotiate(versions.protocol_min, versions.protocol_max, self._desk.room.version)
        except SeabridgeError as mismatch:
            error = mismatch
        self._fault(error, request_id)

    def _fault(self, error: SeabridgeError, request_id: str | None = None) -> None:
        self._outbox.put(envelope.failure(self.session.protocol, request_id, error))
        self._faults += 1
        if self._faults >= MOST_FAULTS:
            self.close(1008, str(error.code))

    def _route(self, frame: ClientFrame) -> None:
        if self.session.hello is None:
            if frame.method != "hello":
                raise SeabridgeError(ErrorCode.HELLO_FIRST)
            with contextlib.suppress(msgspec.DecodeError, UnicodeError):
                versions = decode(frame.params, _Range)
                negotiate(versions.protocol_min, versions.protocol_max, self._desk.room.version)
        elif frame.v != self.session.protocol and frame.method != "hello":
            raise SeabridgeError(
                ErrorCode.VERSION_MISMATCH,
                update="extension" if frame.v < self.session.protocol else "companion",
                protocol_min=self.session.protocol,
                protocol_max=self.session.protocol,
                version=self._desk.room.version,
            )
        if frame.beat is not None:
            self._outbox.put(envelope.beat(self.session.protocol, frame.beat))
        elif frame.cancel is not None:
            with self._lock:
                request = self._open.get(frame.cancel)
            if request is not None:
                request.give_up(ErrorCode.CANCELLED)
        else:
            self._request(frame)

    def _request(self, frame: ClientFrame) -> None:
        name, request_id = frame.method or "", frame.id or ""
        method = METHODS.get(name)
        if method is None:
            raise SeabridgeError(ErrorCode.UNKNOWN_METHOD, method=name)
        if method.access == "proven" and not self.session.key_id:
            raise SeabridgeError(ErrorCode.NOT_PROVEN)
        params = method.parse(frame.params)
        request = Request(
            request_id, self.session.protocol, method, self._clock() + method.timeout_s, self._outbox.put, self._ended
        )
        with self._lock:
            if request_id in self._open:
                raise SeabridgeError(ErrorCode.BAD_FRAME, "this id is in use")
            if len(self._open) >= (MOST_PROVEN if self.session.key_id else MOST_OPEN):
                raise SeabridgeError(ErrorCode.BUSY, "too many open requests")
            self._open[request_id] = request
        done = self._once(frame, request)
        if done is None:
            return
        handler = HANDLERS[name]
        if handler.where == "inline":
            self._execute(request, params, done)
            if self.session.failed_proofs >= MOST_FAILED_PROOFS:
                self.close(1008, "proof_failed")
        elif not self._desk.lanes.submit(handler.where, partial(self._execute, request, params, done)):
            done(None, SeabridgeError(ErrorCode.BUSY, "lane is full"))

    def _once(self, frame: ClientFrame, request: Request) -> Callable[..., None] | None:
        """How to end the request; None when an earlier one with the same key answers it."""
        if frame.idem is None or not self.session.key_id:
            return request.finish
        key = (self.session.key_id, request.method.name, frame.idem)
        try:
            if not self._desk.idem.begin(key, bytes(frame.params), request.finish):
                return None
        except SeabridgeError as error:
            request.finish(None, error)
            return None

        def done(result: msgspec.Raw | None, error: SeabridgeError | None) -> None:
            self._desk.idem.end(key, result, error)
            request.finish(result, error)

        return done

    def _execute(self, request: Request, params: Any, done: Callable[..., None]) -> None:
        call = Call(self._desk, self.session, request.progress, self.push, request.cancelled.is_set)
        try:
            result = msgspec.Raw(msgspec.json.encode(HANDLERS[request.method.name].handle(call, params)))
        except Exception as exc:
            done(None, faults.translate(exc, request.method.name))
        else:
            request.version = self.session.protocol
            done(result, None)

    def _ended(self, request: Request) -> None:
        with self._lock:
            self._open.pop(request.id, None)

    # time

    def _patience(self) -> float:
        with self._lock:
            due = [request.deadline for request in self._open.values()]
        due.append(self._heard + SILENT_S)
        if not self.session.key_id:
            due.append(self._opened + PROVE_WITHIN_S)
        return max(0.05, min(due) - self._clock())

    def _expire(self) -> None:
        now = self._clock()
        with self._lock:
            late = [request for request in self._open.values() if now >= request.deadline]
        for request in late:
            request.give_up(ErrorCode.TIMEOUT)
        if now >= self._heard + SILENT_S:
            self.close(1001, "silent")
        elif not self.session.key_id and now >= self._opened + PROVE_WITHIN_S:
            self.close(1008, "not_proven")
