"""One file over the network, for packages of a hundred megabytes on shaky lines: resumed, bounded, cancellable."""

from __future__ import annotations

import errno
import hashlib
import json
import shutil
import socket
import ssl
import time
from collections.abc import Callable
from dataclasses import dataclass
from http.client import HTTPException, HTTPResponse
from pathlib import Path
from typing import Any, Protocol, cast
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from companion.protocol import ErrorCode, SeabridgeError

from .address import check, local_path
from .disk import disk_error

MAX_BYTES = 1_000_000_000
MAX_SECONDS = 3_600.0
STALL_SECONDS = 30.0
TRIES = 4
_CHUNK = 1 << 16
_REFUSED_REDIRECT = "redirect refused"


class Opener(Protocol):
    """What urllib's opener offers; tests hand in their own."""

    def open(self, fullurl: Request, data: None = None, timeout: float = ...) -> Any:
        """Fetch; raises HTTPError, URLError or OSError."""


@dataclass(frozen=True, slots=True)
class Task:
    """How a download reports, stops and waits."""

    progress: Callable[[int, int], None] = lambda _done, _total: None
    cancelled: Callable[[], bool] = lambda: False
    sleep: Callable[[float], None] = time.sleep
    clock: Callable[[], float] = time.monotonic
    max_bytes: int = MAX_BYTES
    max_seconds: float = MAX_SECONDS


class _Redirects(HTTPRedirectHandler):
    """Follows a redirect only where the first request could have gone too."""

    max_redirections = 5

    def __init__(self, mirror: str) -> None:
        self.mirror = mirror

    def redirect_request(self, req: Request, fp: Any, code: int, msg: str, headers: Any, newurl: str) -> Request | None:
        """Check the next hop; raises HTTPError when it is not allowed."""
        try:
            check(newurl, self.mirror)
        except SeabridgeError as exc:
            raise HTTPError(newurl, code, _REFUSED_REDIRECT, headers, fp) from exc
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def default_opener(mirror: str) -> Opener:
    """urllib with the system's proxies and our redirect guard."""
    return cast(Opener, build_opener(_Redirects(mirror)))


def fetch(url: str, place: Path, task: Task, *, mirror: str, opener: Opener | None = None) -> str:
    """Download to ``place`` and return the file's SHA-256.

    What has arrived of a broken download stays in ``<place>.part`` and is continued next time; a cancelled one is
    removed. Raises SeabridgeError: offline, download_failed, too_large, cancelled, storage_full, package_unsafe.
    """
    part, note = place.with_name(place.name + ".part"), place.with_name(place.name + ".note")
    try:
        source = local_path(check(url, mirror))
        if source is not None:
            _copy(source, part, task)
        else:
            _with_retries(url, part, note, task, opener or default_opener(mirror))
        digest = _sha256(part)
        part.replace(place)
        note.unlink(missing_ok=True)
        return digest
    except SeabridgeError as exc:
        if exc.code not in (ErrorCode.OFFLINE, ErrorCode.DOWNLOAD_FAILED, ErrorCode.STORAGE_FULL):
            part.unlink(missing_ok=True)
            note.unlink(missing_ok=True)
        raise
    except OSError as exc:
        raise disk_error(exc, place.parent) from exc


def _with_retries(url: str, part: Path, note: Path, task: Task, opener: Opener) -> None:
    deadline = task.clock() + task.max_seconds
    failure = SeabridgeError(ErrorCode.DOWNLOAD_FAILED, "not tried")
    for attempt in range(TRIES):
        if attempt:
            _pause(2.0 ** (attempt - 1), task)
        try:
            if _attempt(url, part, note, task, opener, deadline):
                return
            failure = _failed(url, "connection closed early")
        except HTTPError as exc:
            exc.close()
            if exc.msg == _REFUSED_REDIRECT:
                raise SeabridgeError(ErrorCode.PACKAGE_UNSAFE, f"{url}: {exc.msg}", host=_host(exc.url)) from exc
            failure = _failed(url, f"HTTP {exc.code}", status=exc.code)
            if exc.code == 416:
                part.unlink(missing_ok=True)
            elif exc.code < 500 and exc.code not in (408, 425, 429):
                raise failure from exc
        except (URLError, OSError, HTTPException) as exc:
            reason = exc.reason if isinstance(exc, URLError) else exc
            if isinstance(reason, OSError) and reason.errno in (errno.ENOSPC, errno.EACCES, errno.EROFS):
                raise disk_error(reason, part.parent) from exc
            failure = _network(url, reason)
    raise failure


def _attempt(url: str, part: Path, note: Path, task: Task, opener: Opener, deadline: float) -> bool:
    """One request, continuing what is there; True when the file is whole."""
    have, etag = _resumable(part, note, url)
    headers = {"User-Agent": "Seabridge", "Accept-Encoding": "identity"}
    if have:
        headers |= {"Range": f"bytes={have}-", "If-Range": etag}
    with opener.open(Request(url, headers=headers), timeout=STALL_SECONDS) as answer:  # noqa: S310  checked before
        have = _continues(answer, have, etag)
        length = int(answer.headers.get("Content-Length") or 0)
        total = have + length if length else 0
        if max(total, have) > task.max_bytes:
            raise SeabridgeError(ErrorCode.TOO_LARGE, url, size=total, limit=task.max_bytes)
        if length and shutil.disk_usage(part.parent).free < length + 50_000_000:
            raise SeabridgeError(ErrorCode.STORAGE_FULL, f"{length} bytes wanted")
        note.write_text(json.dumps({"url": url, "etag": answer.headers.get("ETag") or ""}), "utf-8")
        with part.open("ab" if have else "wb") as out:
            task.progress(have, total)
            while chunk := answer.read(_CHUNK):
                if task.cancelled():
                    raise SeabridgeError(ErrorCode.CANCELLED)
                if task.clock() > deadline:
                    raise _failed(url, "took too long")
                have += len(chunk)
                if have > task.max_bytes:
                    raise SeabridgeError(ErrorCode.TOO_LARGE, url, size=have, limit=task.max_bytes)
                out.write(chunk)
                task.progress(have, total)
        return not total or have == total


def _resumable(part: Path, note: Path, url: str) -> tuple[int, str]:
    """Bytes that can be continued and the strong ETag that proves they belong to the same file."""
    try:
        known = json.loads(note.read_text("utf-8"))
        etag = str(known["etag"])
        if known["url"] == url and etag and not etag.startswith("W/"):
            return part.stat().st_size, etag
    except (OSError, ValueError, KeyError, TypeError):
        pass
    return 0, ""


def _continues(answer: HTTPResponse, have: int, etag: str) -> int:
    """Where the body belongs: after what we have when the server really continues the same file, else at the start."""
    wanted = f"bytes {have}-"
    if answer.status == 206:
        same = answer.headers.get("ETag") == etag and (answer.headers.get("Content-Range") or "").startswith(wanted)
        if not same:
            # A part of some other file: appending it would be silent damage, and it is no beginning either.
            raise HTTPError(answer.url, 416, "range does not continue", answer.headers, None)
        return have
    return 0


def _copy(source: Path, part: Path, task: Task) -> None:
    """The mirror is a folder: copy, with the same bounds."""
    try:
        total = source.stat().st_size
        stream = source.open("rb")
    except OSError as exc:
        raise SeabridgeError(ErrorCode.DOWNLOAD_FAILED, str(exc), host=str(source), problem="file missing") from exc
    if total > task.max_bytes:
        stream.close()
        raise SeabridgeError(ErrorCode.TOO_LARGE, str(source), size=total, limit=task.max_bytes)
    with stream, part.open("wb") as out:
        done = 0
        while chunk := stream.read(1 << 20):
            if task.cancelled():
                raise SeabridgeError(ErrorCode.CANCELLED)
            done += len(chunk)
            out.write(chunk)
            task.progress(done, total)


def _pause(seconds: float, task: Task) -> None:
    """Wait before the next try, noticing a cancel within a quarter of a second."""
    for _ in range(max(1, round(seconds * 4))):
        if task.cancelled():
            raise SeabridgeError(ErrorCode.CANCELLED)
        task.sleep(0.25)


def _sha256(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _host(url: str) -> str:
    return urlsplit(url).hostname or ""


def _failed(url: str, problem: str, **data: Any) -> SeabridgeError:
    return SeabridgeError(ErrorCode.DOWNLOAD_FAILED, f"{url}: {problem}", host=_host(url), problem=problem, **data)


def _network(url: str, reason: object) -> SeabridgeError:
    """No network at all, or this server not answering."""
    gone = (errno.ENETUNREACH, errno.EHOSTUNREACH, errno.ENETDOWN, errno.ECONNREFUSED)
    offline = isinstance(reason, socket.gaierror) or (isinstance(reason, OSError) and reason.errno in gone)
    if offline and not isinstance(reason, ssl.SSLError):
        return SeabridgeError(ErrorCode.OFFLINE, f"{url}: {reason}", host=_host(url))
    return _failed(url, str(reason)[:200])
