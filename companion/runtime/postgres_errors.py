"""What PostgreSQL refuses, as codes that tell the seller what to do."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from ..protocol.errors import ErrorCode, SeabridgeError
from .database_url import Address

#: By the first characters of SQLSTATE, the longest first.
_STATES = {
    "25006": ErrorCode.STORAGE_READ_ONLY,
    "40": ErrorCode.BUSY,
    "42501": ErrorCode.DATABASE_RIGHTS,
    "53100": ErrorCode.STORAGE_FULL,
    "53200": ErrorCode.BUSY,
    "53300": ErrorCode.BUSY,
    "53400": ErrorCode.BUSY,
    "55P03": ErrorCode.BUSY,
    "57014": ErrorCode.BUSY,
    "28": ErrorCode.DATABASE_REFUSED,
    "3D": ErrorCode.DATABASE_MISSING,
    "08": ErrorCode.DATABASE_AWAY,
    "25P03": ErrorCode.DATABASE_AWAY,
    "57P": ErrorCode.DATABASE_AWAY,
    "58P01": ErrorCode.STORAGE_CORRUPT,
    "XX001": ErrorCode.STORAGE_CORRUPT,
    "XX002": ErrorCode.STORAGE_CORRUPT,
}
#: Before a connection stands libpq tells no SQLSTATE, only the server's words, in the server's language.
_NO_DATABASE = re.compile(r'database "[^"]*" does not exist|数据库.*不存在')
_BUSY = re.compile(r"too many clients|remaining connection slots|too many connections")
_STARTING = re.compile(r"the database system is|数据库系统")
_ANSWERED = re.compile(r"FATAL|致命错误|authentication|password|pg_hba|SSL|certificate", re.IGNORECASE)
#: Code points of the server's own words in a sentence.
_SHOWN = 200


@contextmanager
def postgres_errors(address: Address) -> Iterator[None]:
    """Turn errors of the driver within, also those SQLAlchemy has wrapped, into SeabridgeError."""
    import psycopg
    from sqlalchemy.exc import DBAPIError, TimeoutError

    try:
        yield
    except TimeoutError as exc:  # all connections of the pool are taken
        raise SeabridgeError(ErrorCode.BUSY, str(exc)) from exc
    except DBAPIError as exc:
        if not isinstance(exc.orig, psycopg.Error):
            raise
        raise failure(exc.orig, address, lost=exc.connection_invalidated) from exc
    except psycopg.Error as exc:
        raise failure(exc, address) from exc


def failure(exc: Any, address: Address, *, lost: bool = False) -> SeabridgeError:
    """The code of a ``psycopg.Error``; ``internal`` for mistakes of ours. ``lost``: the connection broke off."""
    import psycopg

    state = exc.sqlstate or ""
    code = next((_STATES[state[:size]] for size in (5, 3, 2) if state[:size] in _STATES), ErrorCode.INTERNAL)
    if not state and isinstance(exc, psycopg.OperationalError):
        code = ErrorCode.DATABASE_AWAY if lost else _of_connecting(str(exc))
    # the text of a statement's error may quote what a buyer wrote: its kind is enough for the log
    detail = f"{type(exc).__name__} {state}".strip() if state else str(exc)
    return SeabridgeError(
        code, detail, path=address.shown, where=address.shown, database=address.database, problem=_one_line(str(exc))
    )


def _of_connecting(said: str) -> ErrorCode:
    if _NO_DATABASE.search(said):
        return ErrorCode.DATABASE_MISSING
    if _BUSY.search(said):
        return ErrorCode.BUSY
    if _STARTING.search(said) or not _ANSWERED.search(said):
        return ErrorCode.DATABASE_AWAY
    return ErrorCode.DATABASE_REFUSED


def _one_line(said: str) -> str:
    """The server's words without libpq's preamble, which names the host once more."""
    return " ".join(said.split()).rpartition("failed: ")[2][:_SHOWN]
