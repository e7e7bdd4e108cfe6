"""The way to a team's database: who cannot come in is told why, and a connection keeps what it promises."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from companion.protocol.errors import ErrorCode, SeabridgeError
from companion.runtime.database_url import Address, parse
from companion.runtime.postgres import connect, engine, server_version
from companion.runtime.postgres_errors import failure, postgres_errors

if TYPE_CHECKING:
    from tests.postgres import Server

psycopg = pytest.importorskip("psycopg")
WHERE = Address("db", 5432, "shop", "anna", "s3cret")


def told(address: Address) -> SeabridgeError:
    with pytest.raises(SeabridgeError) as caught, postgres_errors(address):
        connect(address).close()
    return caught.value


def test_a_connection_and_what_it_is_set_to(postgres: Server) -> None:
    pool = engine(parse(postgres.url("team")), size=1)
    with pool.connect() as connection:
        shown = dict(
            connection.exec_driver_sql(
                "SELECT name, setting FROM pg_settings WHERE name IN ('application_name', 'synchronous_commit',"
                " 'lock_timeout', 'idle_in_transaction_session_timeout', 'client_encoding', 'plan_cache_mode')"
            ).all()
        )
        assert shown == {
            "application_name": "seabridge",
            "client_encoding": "UTF8",
            "idle_in_transaction_session_timeout": "60000",
            "lock_timeout": "30000",
            "plan_cache_mode": "force_custom_plan",
            "synchronous_commit": "on",
        }
        assert int(server_version(connection).split(".")[0]) >= 13
    pool.dispose()


def test_no_such_database(postgres: Server) -> None:
    error = told(parse(postgres.url("elsewhere")))
    assert (error.code, error.data["database"]) == (ErrorCode.DATABASE_MISSING, "elsewhere")


def test_no_such_user(postgres: Server) -> None:
    assert told(parse(postgres.url("team", user="nobody_known"))).code is ErrorCode.DATABASE_REFUSED


def test_a_server_that_is_away() -> None:
    error = told(Address("/nowhere/at/all", 5432, "shop", "anna", "s3cret"))
    assert error.code is ErrorCode.DATABASE_AWAY
    assert error.retryable
    assert "s3cret" not in f"{error}{error.data}"


def test_another_encoding_is_refused(postgres: Server) -> None:
    with postgres.connect() as admin:
        admin.execute("DROP DATABASE IF EXISTS latin")
        admin.execute("CREATE DATABASE latin ENCODING 'LATIN1' TEMPLATE template0")
    error = told(parse(postgres.url("latin")))
    assert (error.code, error.data["encoding"]) == (ErrorCode.DATABASE_ENCODING, "LATIN1")


def test_an_old_server_is_refused(postgres: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("companion.runtime.postgres.OLDEST", 99)
    error = told(parse(postgres.url("team")))
    assert (error.code, error.data["needed"]) == (ErrorCode.DATABASE_OLD, 99)


def test_without_the_driver(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(SeabridgeError) as caught:
        engine(WHERE, size=1)
    assert caught.value.code is ErrorCode.DATABASE_DRIVER


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        ("AdminShutdown", ErrorCode.DATABASE_AWAY),
        ("IdleInTransactionSessionTimeout", ErrorCode.DATABASE_AWAY),
        ("InvalidPassword", ErrorCode.DATABASE_REFUSED),
        ("InsufficientPrivilege", ErrorCode.DATABASE_RIGHTS),
        ("ReadOnlySqlTransaction", ErrorCode.STORAGE_READ_ONLY),
        ("DiskFull", ErrorCode.STORAGE_FULL),
        ("LockNotAvailable", ErrorCode.BUSY),
        ("QueryCanceled", ErrorCode.BUSY),
        ("SerializationFailure", ErrorCode.BUSY),
        ("DeadlockDetected", ErrorCode.BUSY),
        ("TooManyConnections", ErrorCode.BUSY),
        ("DataCorrupted", ErrorCode.STORAGE_CORRUPT),
        ("SyntaxError", ErrorCode.INTERNAL),
        ("InFailedSqlTransaction", ErrorCode.INTERNAL),
        ("UniqueViolation", ErrorCode.INTERNAL),
    ],
)
def test_what_the_server_refuses_has_a_code(kind: str, code: ErrorCode) -> None:
    error = failure(getattr(psycopg.errors, kind)("Key (text)=(何时发货) exists"), WHERE)
    assert error.code is code
    # the log must not repeat what a buyer wrote
    assert "何时" not in str(error)


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ('connection failed: FATAL:  password authentication failed for user "anna"', ErrorCode.DATABASE_REFUSED),
        ("connection failed: fe_sendauth: no password supplied", ErrorCode.DATABASE_REFUSED),
        ('connection failed: 致命错误:  用户 "anna" Password 认证失败', ErrorCode.DATABASE_REFUSED),
        ('connection failed: FATAL:  no pg_hba.conf entry for host "10.0.0.9"', ErrorCode.DATABASE_REFUSED),
        ("connection failed: server does not support SSL, but SSL was required", ErrorCode.DATABASE_REFUSED),
        ('connection failed: FATAL:  database "shop" does not exist', ErrorCode.DATABASE_MISSING),
        ('connection failed: 致命错误:  数据库 "shop" 不存在', ErrorCode.DATABASE_MISSING),
        ("connection failed: FATAL:  the database system is starting up", ErrorCode.DATABASE_AWAY),
        ("connection failed: FATAL:  sorry, too many clients already", ErrorCode.BUSY),
        ("connection failed: Connection refused\n\tIs the server running?", ErrorCode.DATABASE_AWAY),
        ("[Errno -2] Name or service not known", ErrorCode.DATABASE_AWAY),
        ("connection timeout expired", ErrorCode.DATABASE_AWAY),
    ],
)
def test_what_is_said_before_a_connection_stands(said: str, code: ErrorCode) -> None:
    error = failure(psycopg.OperationalError(said), WHERE)
    assert error.code is code
    assert "\n" not in error.data["problem"]


def test_a_mistake_of_ours_is_no_server_that_is_away() -> None:
    assert failure(psycopg.DataError("bad value"), WHERE).code is ErrorCode.INTERNAL


def test_a_connection_that_broke_off_is_worth_another_try(postgres: Server) -> None:
    pool = engine(parse(postgres.url("team")), size=1)

    def cut() -> None:
        with postgres_errors(WHERE), pool.connect() as connection:
            own = connection.exec_driver_sql("SELECT pg_backend_pid()").scalar_one()
            with postgres.connect() as admin:
                admin.execute("SELECT pg_terminate_backend(%s, 5000)", [own])
            connection.exec_driver_sql("SELECT 1")

    assert _code(cut) is ErrorCode.DATABASE_AWAY
    with pool.connect() as connection:
        assert connection.exec_driver_sql("SELECT 1").scalar_one() == 1
    pool.dispose()


def _code(call: Callable[[], object]) -> ErrorCode:
    with pytest.raises(SeabridgeError) as caught:
        call()
    return caught.value.code
