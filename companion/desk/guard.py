"""Who may ask what: every request passes here before anything else happens. Pure.

Host is checked against DNS rebinding, Origin against web pages and foreign extensions; POST must be something a
web page cannot send without a preflight, and no preflight is ever answered. GET carries no Origin (measured), so
it serves empty shells only.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from ..protocol.errors import ErrorCode, SeabridgeError
from ..protocol.version import MAX_BLOB

SOCKET, CONTROL, BLOB = "/v1", "/v1/control", "/v1/blob"
DASHBOARD_SESSION, DASHBOARD_CALL = "/v1/dashboard/session", "/v1/dashboard/call"
#: A file the seller drops on the dashboard.
DASHBOARD_FILE = "/v1/dashboard/file"
#: A file the companion made for it, once.
DASHBOARD_EXPORT = "/v1/dashboard/export"
#: Largest file that is dropped, in bytes.
MAX_FILE = 20 * 1024 * 1024
#: Largest JSON body in bytes.
MAX_JSON = 64 * 1024

_EXTENSION = re.compile(
    r"chrome-extension://[a-p]{32}|moz-extension://[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.ASCII
)

#: Sent with every answer. No CORS header is among them, ever.
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}

STATUS = {
    ErrorCode.HOST_REFUSED: 403,
    ErrorCode.ORIGIN_REFUSED: 403,
    ErrorCode.TICKET_INVALID: 403,
    ErrorCode.NOT_PROVEN: 401,
    ErrorCode.JSON_ONLY: 415,
    ErrorCode.BLOB_TYPE: 415,
    ErrorCode.TOO_LARGE: 413,
    ErrorCode.NOT_FOUND: 404,
    ErrorCode.BUSY: 503,
    ErrorCode.INTERNAL: 500,
}


@dataclass(frozen=True, slots=True)
class Ask:
    """The parts of a request that decide."""

    method: str
    path: str
    host: str | None = None
    origin: str | None = None
    upgrade: bool = False
    #: Whether an upgrade has all a WebSocket's handshake needs.
    handshake: bool = True
    content_type: str = ""
    #: Body length in bytes, None when the request does not say (then it is refused).
    length: int | None = None
    fetch_site: str | None = None
    fetch_mode: str | None = None
    fetch_dest: str | None = None


def is_extension(origin: str | None) -> bool:
    """Whether this is the Origin of a browser extension."""
    return origin is not None and _EXTENSION.fullmatch(origin) is not None


def judge(ask: Ask, port: int) -> None:
    """Let the request pass or raise the SeabridgeError that refuses it."""
    if ask.host not in (f"127.0.0.1:{port}", f"localhost:{port}"):
        raise SeabridgeError(ErrorCode.HOST_REFUSED)
    if ask.upgrade:
        if ask.path != SOCKET or ask.method != "GET":
            raise SeabridgeError(ErrorCode.NOT_FOUND)
        if not is_extension(ask.origin):
            raise SeabridgeError(ErrorCode.ORIGIN_REFUSED)
        if not ask.handshake:
            raise SeabridgeError(ErrorCode.BAD_FRAME, "handshake")
    elif ask.method == "POST":
        _post(ask)
    elif ask.method in ("GET", "HEAD"):
        _get(ask)
    else:
        raise SeabridgeError(ErrorCode.ORIGIN_REFUSED if ask.method == "OPTIONS" else ErrorCode.NOT_FOUND)


def _post(ask: Ask) -> None:
    own = f"http://{ask.host}"
    kind = ask.content_type.split(";", 1)[0].strip().lower()
    match ask.path:
        case "/v1/control":
            # Only programs of this user read the token; a browser always names an Origin or a fetch site.
            allowed = ask.origin is None and ask.fetch_site is None
        case "/v1/dashboard/session" | "/v1/dashboard/call" | "/v1/dashboard/file" | "/v1/dashboard/export":
            allowed = ask.origin == own and ask.fetch_site == "same-origin"
        case "/v1/blob":
            # Firefox hides an extension's Origin in some requests; the ticket knows whose it must be.
            allowed = is_extension(ask.origin) or ask.origin == "null"
        case _:
            raise SeabridgeError(ErrorCode.NOT_FOUND)
    if not allowed:
        raise SeabridgeError(ErrorCode.ORIGIN_REFUSED)
    if ask.path == BLOB:
        if kind != "application/octet-stream" and not kind.startswith("image/"):
            raise SeabridgeError(ErrorCode.BLOB_TYPE)
    elif ask.path == DASHBOARD_FILE:
        # what a form of another page could send too is no such type
        if kind != "application/octet-stream":
            raise SeabridgeError(ErrorCode.BLOB_TYPE)
    elif kind != "application/json":
        raise SeabridgeError(ErrorCode.JSON_ONLY)
    limit = {BLOB: MAX_BLOB, DASHBOARD_FILE: MAX_FILE}.get(ask.path, MAX_JSON)
    if ask.length is None or ask.length > limit:
        raise SeabridgeError(ErrorCode.TOO_LARGE, size=ask.length or 0, limit=limit)


def _get(ask: Ask) -> None:
    if ask.origin is not None and ask.origin != f"http://{ask.host}":
        raise SeabridgeError(ErrorCode.ORIGIN_REFUSED)
    opened = ask.fetch_mode == "navigate" and ask.fetch_dest == "document"
    if ask.fetch_site in ("cross-site", "same-site") and not opened:
        raise SeabridgeError(ErrorCode.ORIGIN_REFUSED)
