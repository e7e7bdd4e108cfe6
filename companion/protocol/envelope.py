"""The frames on the WebSocket: requests, answers, progress, pushes, cancels and heartbeats (DESIGN §5)."""

from __future__ import annotations

from typing import Annotated, Any

import msgspec

from . import decode as typed
from .base import Wire
from .errors import ErrorCode, SeabridgeError
from .version import MAX_FRAME

RequestId = Annotated[str, msgspec.Meta(min_length=1, max_length=64)]


class ClientFrame(Wire, kw_only=True):
    """Anything the extension may send: one of request (method), cancel or beat."""

    v: int
    id: RequestId | None = None
    method: Annotated[str, msgspec.Meta(max_length=60)] | None = None
    params: msgspec.Raw = msgspec.Raw(b"{}")
    #: Idempotency key: a repeated request with the same key gets the first answer again.
    idem: Annotated[str, msgspec.Meta(max_length=100)] | None = None
    cancel: RequestId | None = None
    beat: int | None = None


class ErrorBody(Wire, kw_only=True):
    """The error part of an answer."""

    code: ErrorCode
    retryable: bool
    data: dict[str, Any]


_encoder = msgspec.json.Encoder()


def decode(raw: str | bytes) -> ClientFrame:
    """Decode one frame from the extension.

    Raises SeabridgeError ``too_large`` above MAX_FRAME bytes and ``bad_frame`` for anything that is not
    exactly one request, cancel or beat.
    """
    size = len(raw.encode("utf-8", "surrogatepass")) if isinstance(raw, str) else len(raw)
    if size > MAX_FRAME:
        raise SeabridgeError(ErrorCode.TOO_LARGE, size=size, limit=MAX_FRAME)
    try:
        frame = typed.decode(raw, ClientFrame)
    except (msgspec.DecodeError, UnicodeError) as exc:
        raise SeabridgeError(ErrorCode.BAD_FRAME, str(exc)) from exc
    kinds = (frame.method is not None, frame.cancel is not None, frame.beat is not None)
    if sum(kinds) != 1 or (frame.method is not None and frame.id is None):
        raise SeabridgeError(ErrorCode.BAD_FRAME, "needs exactly one of method with id, cancel, beat")
    return frame


def answer(v: int, request_id: str, result: Any) -> str:
    """The frame that answers a request."""
    return _encode({"v": v, "id": request_id, "result": result})


def failure(v: int, request_id: str | None, error: SeabridgeError) -> str:
    """The frame that refuses a request, or the whole frame when no id could be read."""
    body = ErrorBody(code=error.code, retryable=error.retryable, data=error.data)
    return _encode({"v": v, "id": request_id, "error": body})


def progress(v: int, request_id: str, event: str, data: Any) -> str:
    """A progress frame of a running request."""
    return _encode({"v": v, "id": request_id, "event": event, "data": data})


def push(v: int, topic: str, data: Any) -> str:
    """An unasked-for message to the extension."""
    return _encode({"v": v, "topic": topic, "data": data})


def beat(v: int, n: int) -> str:
    """The echo of a heartbeat."""
    return _encode({"v": v, "beat": n})


def _encode(value: Any) -> str:
    return _encoder.encode(value).decode("utf-8")
