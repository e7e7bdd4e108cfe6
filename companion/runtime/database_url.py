"""Where a team keeps its data: ``SEABRIDGE_DATABASE_URL`` taken apart. Pure but for reading the variable.

The address holds a password, so nothing here shows more of it than user, host and database.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from ..protocol.errors import ErrorCode, SeabridgeError
from .paths import Paths

VARIABLE = "SEABRIDGE_DATABASE_URL"
PORT = 5432
#: Also what other tools call it, so that an address copied from elsewhere works.
_SCHEMES = ("postgresql", "postgres", "postgresql+psycopg")
#: What may follow the question mark; the names are libpq's. ``host`` is a folder with a socket.
_OPTIONS = frozenset(
    {
        "application_name", "channel_binding", "connect_timeout", "gssencmode", "host", "options", "passfile",
        "requirepeer", "sslcert", "sslcrl", "sslkey", "sslmode", "sslnegotiation", "sslrootcert",
        "target_session_attrs",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Address:
    """A PostgreSQL database and who opens it; "" = as libpq finds it (``PGPASSWORD``, ``~/.pgpass``, the login)."""

    host: str
    port: int
    database: str
    user: str = ""
    password: str = field(default="", repr=False)
    options: Mapping[str, str] = field(default_factory=dict, repr=False)

    @property
    def shown(self) -> str:
        """The address for people: without the password and without options."""
        who = f"{self.user}@" if self.user else ""
        where = self.host if self.host.startswith("/") else f"{self.host or 'localhost'}:{self.port}"
        return f"postgresql://{who}{where}/{self.database}"

    def arguments(self) -> dict[str, str | int]:
        """For libpq, by its names."""
        named: dict[str, str | int] = {"port": self.port, "dbname": self.database, **self.options}
        for name, value in (("host", self.host), ("user", self.user), ("password", self.password)):
            if value:
                named[name] = value
        return named


def of_team(*, practice: bool, environ: Mapping[str, str] = os.environ) -> Address | None:
    """The team's database, None while the data lies in the data folder. Practice never leaves its own folder.

    Raises ``database_address``.
    """
    written = environ.get(VARIABLE, "").strip()
    return None if practice or not written else parse(written)


def may_hold_archive(paths: Paths) -> bool:
    """Whether there is somewhere to look for an archive: a team's database, or the file."""
    return of_team(practice=paths.practice) is not None or paths.archive.exists()


def parse(written: str) -> Address:
    """Raises ``database_address``, which repeats nothing of what was written."""
    try:
        parts = urlsplit(written)
        port = PORT if parts.port is None else parts.port
    except ValueError as exc:
        raise SeabridgeError(ErrorCode.DATABASE_ADDRESS, "no port number") from exc
    database = unquote(parts.path.removeprefix("/"))
    # a "#" or "?" in a password cuts the address short there
    if "://" not in written or parts.scheme not in _SCHEMES or parts.fragment or not database or "/" in parts.path[1:]:
        raise SeabridgeError(ErrorCode.DATABASE_ADDRESS, "scheme, database or a character to be written as %XX")
    options = _options(parts)
    host = options.pop("host", "") or unquote(parts.hostname or "")
    found = Address(host, port, database, unquote(parts.username or ""), unquote(parts.password or ""), options)
    values = (found.host, database, found.user, found.password, *options.values())
    if any("\0" in value for value in values):
        raise SeabridgeError(ErrorCode.DATABASE_ADDRESS, "NUL")
    return found


def _options(parts: SplitResult) -> dict[str, str]:
    try:
        found = dict(parse_qsl(parts.query, keep_blank_values=True, strict_parsing=bool(parts.query)))
    except ValueError as exc:
        raise SeabridgeError(ErrorCode.DATABASE_ADDRESS, "options") from exc
    if not found.keys() <= _OPTIONS:
        raise SeabridgeError(ErrorCode.DATABASE_ADDRESS, "an option that is not known")
    return found
