"""Connections to a team's PostgreSQL."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from ..protocol.errors import ErrorCode, SeabridgeError
from .database_url import Address

if TYPE_CHECKING:
    import psycopg
    from sqlalchemy import Connection, Engine

#: The oldest server whose features are used here and that somebody still mends.
OLDEST = 13
#: Seconds until a server that does not answer counts as away.
CONNECT_S = 10
#: Seconds a statement may take, and one that waits for another seat.
STATEMENT_S, LOCK_S = 120, 30
#: Seconds after which a seat that fell asleep in the middle of a transaction loses it, and what it locked.
IDLE_S = 60

#: A quiet line through a router is dropped after minutes; a dead one must be noticed before the seller does.
_KEEP_ALIVE = {
    "keepalives": 1,
    "keepalives_idle": 30,
    "keepalives_interval": 10,
    "keepalives_count": 3,
    "tcp_user_timeout": 30_000,
}
_SESSION = {
    "statement_timeout": f"{STATEMENT_S}s",
    "lock_timeout": f"{LOCK_S}s",
    "idle_in_transaction_session_timeout": f"{IDLE_S}s",
    "timezone": "UTC",
    # prepared once for any word, a plan would fit neither the rare nor the common ones
    "plan_cache_mode": "force_custom_plan",
    # compiling a statement takes longer than all of them run, and a guess at how many rows it has decides on it
    "jit": "off",
}
_EACH = ", ".join(f"set_config('{name}', '{value}', false)" for name, value in _SESSION.items())
_SET = (
    f"SELECT {_EACH},"
    # what was acknowledged is on disk; a server that promises more than that keeps its promise
    " set_config('synchronous_commit', CASE current_setting('synchronous_commit') WHEN 'off' THEN 'on'"
    " ELSE current_setting('synchronous_commit') END, false)"
)


def engine(address: Address, *, size: int, wait_s: float = 10.0) -> Engine:
    """An engine with at most ``size`` connections, none of them open yet; ``wait_s`` for one that is free.

    The connections commit each statement by itself unless ``BEGIN`` was executed; errors are SQLAlchemy's
    (``postgres_errors`` turns them into codes). Raises ``database_driver``.
    """
    try:
        import psycopg  # noqa: F401  told apart from a server that is away
    except ImportError as exc:
        raise SeabridgeError(ErrorCode.DATABASE_DRIVER, str(exc)) from exc
    from sqlalchemy import create_engine
    from sqlalchemy.pool import QueuePool

    return create_engine(
        # by keywords and not by the address, which would stand with its password in messages
        "postgresql+psycopg://",
        creator=lambda: connect(address),
        use_native_hstore=False,
        # what buyers wrote has no place in a log
        hide_parameters=True,
        poolclass=QueuePool,
        pool_size=size,
        max_overflow=0,
        pool_timeout=wait_s,
    )


def connect(address: Address) -> psycopg.Connection[Any]:
    """One connection of its own. Raises the driver's errors, ``database_old`` and ``database_encoding``."""
    import psycopg

    fixed: dict[str, Any] = {"connect_timeout": CONNECT_S, "application_name": "seabridge", **_KEEP_ALIVE}
    opened = psycopg.connect(**{**fixed, **address.arguments()}, client_encoding="utf8", autocommit=True)
    try:
        _fit(opened, address)
        opened.adapters.register_dumper(str, _text())
        opened.execute(_SET)
    except BaseException:
        opened.close()
        raise
    return opened


@cache
def _text() -> type[Any]:
    """How text goes out: PostgreSQL takes no NUL, which a file takes; both keep what stands for one."""
    from psycopg.types.string import StrDumperUnknown

    class Text(StrDumperUnknown):
        def dump(self, obj: str) -> Any:
            return super().dump(obj.replace("\0", "\ufffd"))

    return Text


def server_version(connection: Connection) -> str:
    """As its people write it: "15.18"."""
    version = int(connection.connection.dbapi_connection.info.server_version)  # type: ignore[union-attr]
    return f"{version // 10_000}.{version % 10_000}"


def _fit(opened: psycopg.Connection[Any], address: Address) -> None:
    """What the server told when it answered; costs nothing to ask."""
    version = opened.info.server_version
    if version < OLDEST * 10_000:
        told = f"{version // 10_000}.{version % 10_000}"
        raise SeabridgeError(ErrorCode.DATABASE_OLD, where=address.shown, version=told, needed=OLDEST)
    encoding = opened.info.parameter_status("server_encoding")
    if encoding != "UTF8":
        raise SeabridgeError(
            ErrorCode.DATABASE_ENCODING, where=address.shown, database=address.database, encoding=str(encoding)
        )
