"""The dashboard: shells for everybody, data for the page that was opened with a ticket."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path
from typing import Any

import msgspec

from ..locales import LOCALES, catalogue
from ..protocol.decode import decode
from ..protocol.errors import ErrorCode, SeabridgeError
from . import control
from .catalogue import DASHBOARD
from .desk import Desk
from .export_job import Made

_STATIC = Path(__file__).parent / "static"
_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".svg": "image/svg+xml",
}
_TEXTS = (
    "bulk_",
    "buyer_",
    "check_",
    "dash_",
    "error_",
    "doctor_",
    "doubt_",
    "inbox_",
    "language_",
    "manual_",
    "mark_",
    "ownrules_",
    "quality_field_",
    "search_",
    "talk_",
)


class TicketBody(msgspec.Struct, forbid_unknown_fields=True):
    """The ticket of the address."""

    ticket: str


class MadeBody(msgspec.Struct, forbid_unknown_fields=True):
    """The export whose file is wanted."""

    id: str


@cache
def _files() -> frozenset[str]:
    return frozenset(path.name for path in _STATIC.iterdir() if path.suffix in _TYPES)


def shell(name: str) -> tuple[bytes, str]:
    """A static file and its type; it holds no data. Raises ``not_found``."""
    if name not in _files():
        raise SeabridgeError(ErrorCode.NOT_FOUND)
    path = _STATIC / name
    return path.read_bytes(), _TYPES[path.suffix]


def texts(locale: str) -> bytes:
    """The catalogue's texts for the dashboard in one locale. Raises ``not_found``."""
    if locale not in LOCALES:
        raise SeabridgeError(ErrorCode.NOT_FOUND)
    chosen = {key: entry[locale] for key, entry in catalogue().items() if key.startswith(_TEXTS)}
    return msgspec.json.encode(chosen)


def session(desk: Desk, raw: bytes) -> dict[str, Any]:
    """Exchange a ticket for a token. Raises ``ticket_invalid``."""
    try:
        ticket = decode(raw, TicketBody).ticket
    except (msgspec.DecodeError, UnicodeError) as exc:
        raise SeabridgeError(ErrorCode.BAD_PARAMS, method="dashboard", problem=str(exc)[:200]) from exc
    desk.dashboard_tickets.take(ticket)
    return {"token": desk.dashboard_tokens.issue(), "practice": desk.room.paths.practice}


def upload(desk: Desk, token: str | None, data: bytes) -> str:
    """Take a file for the call that says what it is, which must come within a minute; its SHA-256. Raises
    ``ticket_invalid`` without a live token."""
    desk.dashboard_tokens.check(token or "")
    sha256 = hashlib.sha256(data).hexdigest()
    desk.captures.put(DASHBOARD, sha256, data)
    return sha256


def made(desk: Desk, token: str | None, raw: bytes) -> Made:
    """The file of an export, once. Raises ``ticket_invalid`` without a live token, ``not_found``."""
    desk.dashboard_tokens.check(token or "")
    try:
        return desk.export_job.take(decode(raw, MadeBody).id)
    except (msgspec.DecodeError, UnicodeError) as exc:
        raise SeabridgeError(ErrorCode.BAD_PARAMS, method="dashboard", problem=str(exc)[:200]) from exc


def call(desk: Desk, token: str | None, raw: bytes) -> Any:
    """One request of an opened dashboard. Raises ``ticket_invalid`` without a live token."""
    desk.dashboard_tokens.check(token or "")
    return control.perform(desk, control.parse(raw), control.SHARED, control.WIRE, "dashboard")
