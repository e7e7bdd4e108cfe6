"""A feed over the network: verified, bounded in bytes and time, asked only whether it is another one than before."""

from __future__ import annotations

import socket
import ssl
import time
from collections.abc import Callable
from dataclasses import dataclass
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

from companion.protocol.errors import ErrorCode, SeabridgeError

from .address import checked, here
from .container import MOST_ZIP

#: Seconds without a byte, and for all of it.
STALL_S, MOST_S = 20.0, 120.0
_CHUNK = 1 << 16
_LONGEST_TAG = 200
_REFUSED = "redirect refused"


@dataclass(frozen=True, slots=True)
class Fetched:
    """``data`` None: nothing new. ``tag``: the server's name for this content, "" = it has none."""

    data: bytes | None
    tag: str


class _Redirects(HTTPRedirectHandler):
    """Follows only to where a feed may come from, and from another machine never to this one."""

    max_redirections = 5

    def redirect_request(self, req: Request, fp: Any, code: int, msg: str, headers: Any, newurl: str) -> Request | None:
        """Check the next hop; raises HTTPError when it is not allowed."""
        try:
            checked(newurl)
        except SeabridgeError as exc:
            raise HTTPError(newurl, code, _REFUSED, headers, fp) from exc
        if here(newurl) and not here(req.full_url):
            raise HTTPError(newurl, code, _REFUSED, headers, fp)
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def fetch(
    address: str,
    tag: str = "",
    *,
    progress: Callable[[int, int], None] = lambda _done, _total: None,
    clock: Callable[[], float] = time.monotonic,
) -> Fetched:
    """The feed at an address, unless it still is the one called ``tag``.

    Raises ``feed_address``, ``feed_away`` (not reached, or answered otherwise; try again later) and ``feed_unsafe``.
    """
    headers = {"User-Agent": "Seabridge", "Accept-Encoding": "identity"}
    if tag:
        headers["If-None-Match"] = tag
    request = Request(checked(address), headers=headers)  # noqa: S310  checked here
    deadline = clock() + MOST_S
    try:
        with _opener(address).open(request, timeout=STALL_S) as answer:
            total = int(answer.headers.get("Content-Length") or 0)
            data = _read(answer, total, progress, lambda: clock() > deadline)
            given = str(answer.headers.get("ETag") or "")
            return Fetched(data, given if len(given) <= _LONGEST_TAG and given.isprintable() else "")
    except HTTPError as exc:
        exc.close()
        if exc.code == 304 and tag:
            return Fetched(None, tag)
        raise _away(address, "redirect" if exc.msg == _REFUSED else f"HTTP {exc.code}") from exc
    except (URLError, OSError, HTTPException, ValueError) as exc:
        raise _away(address, _reason(exc.reason if isinstance(exc, URLError) else exc)) from exc


def _read(answer: Any, total: int, progress: Callable[[int, int], None], too_late: Callable[[], bool]) -> bytes:
    parts, size = [], 0
    while chunk := answer.read1(_CHUNK):
        size += len(chunk)
        if max(size, total) > MOST_ZIP:
            raise SeabridgeError(ErrorCode.FEED_UNSAFE, "too large", problem=f"more than {MOST_ZIP >> 20} MB")
        if too_late():
            raise TimeoutError
        parts.append(chunk)
        progress(size, total)
    if size < total:
        raise HTTPException("broke off")
    return b"".join(parts)


def _opener(address: str) -> OpenerDirector:
    """Through the system's proxy, except to this machine."""
    handlers: list[BaseHandler] = [_Redirects(), HTTPSHandler(context=ssl.create_default_context())]
    if here(address):
        handlers.append(ProxyHandler({}))
    return build_opener(*handlers)


def _reason(reason: object) -> str:
    """In one or two words that stand in the middle of a sentence."""
    if isinstance(reason, ssl.SSLError):
        return "TLS: " + str(getattr(reason, "verify_message", "") or reason.reason or "")[:100]
    if isinstance(reason, TimeoutError):
        return "timeout"
    if isinstance(reason, socket.gaierror):
        return "DNS"
    if isinstance(reason, OSError) and reason.strerror:
        return reason.strerror[:100]
    return str(reason)[:100] or type(reason).__name__


def _away(address: str, reason: str) -> SeabridgeError:
    return SeabridgeError(ErrorCode.FEED_AWAY, reason, host=urlsplit(address).hostname or "", problem=reason)
