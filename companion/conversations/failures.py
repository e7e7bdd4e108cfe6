"""What the archive's database refuses, as codes that tell the seller what to do."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.exc import DBAPIError, TimeoutError

from ..protocol.errors import ErrorCode, SeabridgeError
from ..runtime.sqlite_errors import failure


@contextmanager
def database_errors(path: Path) -> Iterator[None]:
    """Turn database errors within into SeabridgeError."""
    try:
        yield
    except DBAPIError as exc:
        if isinstance(exc.orig, sqlite3.Error):
            raise failure(exc.orig, path) from exc
        raise
    except sqlite3.Error as exc:
        raise failure(exc, path) from exc
    except TimeoutError as exc:  # all reading connections are taken
        raise SeabridgeError(ErrorCode.BUSY, str(exc)) from exc
