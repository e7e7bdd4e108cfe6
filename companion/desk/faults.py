"""Every exception as a stable code: expected ones keep theirs, storage says what is wrong, the rest is internal."""

from __future__ import annotations

import errno
import logging
import secrets
import sqlite3
from typing import Any

from ..protocol.envelope import ErrorBody
from ..protocol.errors import ErrorCode, SeabridgeError

log = logging.getLogger("seabridge.desk")

_SQLITE = {
    sqlite3.SQLITE_FULL: ErrorCode.STORAGE_FULL,
    sqlite3.SQLITE_READONLY: ErrorCode.STORAGE_READ_ONLY,
    sqlite3.SQLITE_PERM: ErrorCode.STORAGE_READ_ONLY,
    sqlite3.SQLITE_CANTOPEN: ErrorCode.STORAGE_READ_ONLY,
    sqlite3.SQLITE_BUSY: ErrorCode.STORAGE_LOCKED,
    sqlite3.SQLITE_LOCKED: ErrorCode.STORAGE_LOCKED,
    sqlite3.SQLITE_CORRUPT: ErrorCode.STORAGE_CORRUPT,
    sqlite3.SQLITE_NOTADB: ErrorCode.STORAGE_CORRUPT,
}
_SYSTEM = {
    errno.ENOSPC: ErrorCode.STORAGE_FULL,
    getattr(errno, "EDQUOT", errno.ENOSPC): ErrorCode.STORAGE_FULL,
    errno.EROFS: ErrorCode.STORAGE_READ_ONLY,
    errno.EACCES: ErrorCode.STORAGE_READ_ONLY,
    errno.EPERM: ErrorCode.STORAGE_READ_ONLY,
}


def known(exc: BaseException) -> SeabridgeError | None:
    """The SeabridgeError an exception stands for, None when it was not foreseen.

    SQLAlchemy wraps the driver's exception as ``orig``; asking for the attribute spares us the import.
    """
    if isinstance(exc, SeabridgeError):
        return exc
    cause = getattr(exc, "orig", None) or exc
    code: ErrorCode | None = None
    if isinstance(cause, sqlite3.Error):
        # The low byte is the primary code; the rest tells variants of it apart.
        code = _SQLITE.get(getattr(cause, "sqlite_errorcode", 0) & 0xFF)
    elif isinstance(cause, OSError):
        code = _SYSTEM.get(cause.errno or 0)
        if cause.filename and code is not None:
            return SeabridgeError(code, str(cause), path=str(cause.filename))
    return SeabridgeError(code, str(cause)) if code is not None else None


def translate(exc: BaseException, where: str) -> SeabridgeError:
    """The error to answer with. An unforeseen one is logged under a number the seller can tell us."""
    error = known(exc)
    if error is not None:
        if error.detail:
            log.info("%s: %s", where, error)
        return error
    report = secrets.token_hex(4)
    log.error("internal error %s in %s", report, where, exc_info=exc)
    return SeabridgeError(ErrorCode.INTERNAL, report=report)


def body(error: SeabridgeError) -> dict[str, Any]:
    """The JSON that refuses an HTTP request."""
    return {"error": ErrorBody(code=error.code, retryable=error.retryable, data=error.data)}
