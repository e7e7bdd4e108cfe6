"""One JSON question to a translation service: verified, bounded, never redirected, tried again where that can help."""

from __future__ import annotations

import json
import socket
import ssl
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from http.client import HTTPException
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import (
    BaseHandler,
    HTTPRedirectHandler,
    HTTPSHandler,
    OpenerDirector,
    ProxyHandler,
    Request,
    build_opener,
)

from companion.protocol import ErrorCode, SeabridgeError

from ..packages.address import is_loopback
from .near import NearHandler, NotNear, unencrypted

MAX_ANSWER_BYTES = 1_000_000
TRIES = 3
_PAUSE_S = 0.5
_CHUNK = 1 << 16


class _NoRedirects(HTTPRedirectHandler):
    """The key and the buyer's words go to the address the seller entered and to no other."""

    def redirect_request(self, *_args: Any, **_more: Any) -> None:
        """Follow nothing; the 3xx becomes an error."""


@dataclass(slots=True)
class Client:
    """Posts JSON for one engine. ``key`` is only ever a header or a field; it is struck out of what is reported."""

    engine: str
    timeout_s: float
    sleep: Callable[[float], None] = time.sleep
    clock: Callable[[], float] = time.monotonic
    _openers: dict[tuple[bool, bool], OpenerDirector] = field(default_factory=dict)

    def post(self, url: str, body: object, headers: dict[str, str], secret: str = "") -> Any:
        """The JSON answer; all tries together take ``timeout_s`` at most.

        Raises SeabridgeError: engine_refused (401, 403), engine_quota (402, 456, 429 that stays), engine_missing (the
        service does not have the pair or model), engine_setup (a name that should lie in the local network points
        out of it), engine_failed, timeout, offline, too_large.
        """
        deadline = self.clock() + self.timeout_s
        data = json.dumps(body).encode()
        request = {"Content-Type": "application/json", "Accept": "application/json", "User-Agent": "Seabridge"}
        failure = self._error(ErrorCode.ENGINE_FAILED, "not tried")
        for attempt in range(TRIES):
            if attempt and not self._pause(attempt, deadline, failure):
                break
            try:
                return self._once(url, data, request | headers, deadline)
            except HTTPError as exc:
                failure = self._refusal(exc, secret)
                if exc.code not in (408, 425, 429) and exc.code < 500:
                    break
            except (URLError, OSError, HTTPException) as exc:
                reason = exc.reason if isinstance(exc, URLError) else exc
                failure = self._network(reason)
                if isinstance(reason, (ssl.SSLError, NotNear)):
                    break
        raise failure

    def _once(self, url: str, data: bytes, headers: dict[str, str], deadline: float) -> Any:
        request = Request(url, data, headers, method="POST")  # noqa: S310  the address was checked when it was set
        with self._opener(url).open(request, timeout=max(0.05, deadline - self.clock())) as answer:
            parts, size = [], 0
            while chunk := answer.read1(_CHUNK):
                size += len(chunk)
                if size > MAX_ANSWER_BYTES:
                    raise self._error(ErrorCode.TOO_LARGE, url, size=size, limit=MAX_ANSWER_BYTES)
                if self.clock() > deadline:
                    raise self._error(ErrorCode.TIMEOUT, "the answer drips")
                parts.append(chunk)
        try:
            return json.loads(b"".join(parts))
        except (ValueError, RecursionError) as exc:
            raise self._error(ErrorCode.ENGINE_FAILED, f"no JSON: {exc}", problem="json") from exc

    def _opener(self, url: str) -> OpenerDirector:
        """Through the system's proxy, except to this machine and, unencrypted, to the local network."""
        here, plain = is_loopback(url), unencrypted(url)
        if (here, plain) not in self._openers:
            handlers: list[BaseHandler] = [_NoRedirects(), HTTPSHandler(context=ssl.create_default_context())]
            if here or plain:
                handlers.append(ProxyHandler({}))
            if plain:
                handlers.append(NearHandler())
            self._openers[here, plain] = build_opener(*handlers)
        return self._openers[here, plain]

    def _pause(self, attempt: int, deadline: float, failure: SeabridgeError) -> bool:
        """Wait before the next try; False when there is no time left for one."""
        wait = max(_PAUSE_S * 2 ** (attempt - 1), float(failure.data.get("retry_after", 0)))
        if self.clock() + wait >= deadline:
            return False
        self.sleep(wait)
        return True

    def _refusal(self, exc: HTTPError, secret: str) -> SeabridgeError:
        """What a status means to the seller. The service's own words go to the log, without the key."""
        try:
            said = exc.read(2_000).decode("utf-8", "replace")
        except (OSError, HTTPException):
            said = ""
        exc.close()
        if secret:
            said = said.replace(secret, "…")
        host = urlsplit(exc.url or "").hostname or ""
        detail = f"{host}: HTTP {exc.code} {' '.join(said.split())[:200]}"
        after = str(exc.headers.get("Retry-After", "")) if exc.headers else ""
        more = {"retry_after": min(60, int(after))} if after.isdigit() else {}
        if 300 <= exc.code < 400:
            return self._error(ErrorCode.ENGINE_FAILED, detail, status=exc.code, problem="redirect")
        if exc.code in (401, 403):
            return self._error(ErrorCode.ENGINE_REFUSED, detail, status=exc.code)
        if exc.code in (402, 429, 456):
            return self._error(ErrorCode.ENGINE_QUOTA, detail, status=exc.code, **more)
        if exc.code in (400, 404, 422):
            return self._error(ErrorCode.ENGINE_MISSING, detail, status=exc.code)
        return self._error(ErrorCode.ENGINE_FAILED, detail, status=exc.code, **more)

    def _network(self, reason: object) -> SeabridgeError:
        if isinstance(reason, NotNear):
            return self._error(ErrorCode.ENGINE_SETUP, str(reason), problem="base_url")
        if isinstance(reason, TimeoutError):
            return self._error(ErrorCode.TIMEOUT, "no answer in time")
        if isinstance(reason, (socket.gaierror, ConnectionRefusedError)):
            return self._error(ErrorCode.OFFLINE, str(reason))
        return self._error(ErrorCode.ENGINE_FAILED, str(reason)[:200], problem="network")

    def _error(self, code: ErrorCode, detail: str, **data: Any) -> SeabridgeError:
        return SeabridgeError(code, detail, engine=self.engine, **data)
