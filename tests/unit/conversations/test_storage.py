"""The file: made, upgraded with a copy first, refused when it is not ours, and never harmed by trouble."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection

from companion.conversations import Archive, sqlite_database, upgrade
from companion.conversations.migrations.sqlite import APPLICATION_ID, MIGRATIONS
from companion.conversations.schema import metadata
from companion.conversations.sqlite_database import SqliteDatabase
from companion.protocol import ErrorCode, SeabridgeError
from companion.protocol.methods.archive import SearchParams
from companion.runtime.sqlite_errors import failure


@pytest.fixture
def files(tmp_path: Path) -> Path:
    return tmp_path / "files"


@pytest.fixture
def filled(tmp_path: Path, files: Path, window: Any) -> Path:
    """An archive file with two messages, closed."""
    path = tmp_path / "archive.db"
    archive = Archive.open(path, files)
    archive.see(window("我要退款", "<ok"))
    archive.close()
    return path


def code_of(call: Callable[[], Any]) -> ErrorCode:
    with pytest.raises(SeabridgeError) as caught:
        call()
    return caught.value.code


def raw(path: Path, statement: str) -> list[Any]:
    with closing(sqlite3.connect(path)) as connection:
        rows = connection.execute(statement).fetchall()
        connection.commit()
        return rows


def m_next(connection: Connection) -> None:
    connection.exec_driver_sql("ALTER TABLE threads ADD COLUMN colour TEXT NOT NULL DEFAULT ''")


def m_broken(connection: Connection) -> None:
    connection.exec_driver_sql("ALTER TABLE threads ADD COLUMN other TEXT")
    connection.exec_driver_sql("INSERT INTO nowhere VALUES (1)")


def run_steps(path: Path, *more: Callable[[Connection], None]) -> None:
    database = SqliteDatabase(path, read_only=False, busy_timeout_s=1)
    try:
        upgrade.upgrade(database, [*MIGRATIONS, *more])
    finally:
        database.close()


def test_importing_the_package_loads_no_database_library() -> None:
    script = "import sys, companion.conversations; sys.exit('sqlalchemy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0


def test_the_code_and_the_file_agree_on_the_tables(filled: Path) -> None:
    for table in metadata.tables.values():
        columns = [row[1] for row in raw(filled, f"PRAGMA table_info({table.name})")]
        assert columns == [column.name for column in table.columns]
    made = {r[0] for r in raw(filled, "SELECT name FROM sqlite_master WHERE type = 'table'")}
    assert {t for t in made if not t.startswith(("sqlite_", "search_index"))} == set(metadata.tables)
    assert raw(filled, "PRAGMA user_version") == [(len(MIGRATIONS),)]
    assert raw(filled, "PRAGMA application_id") == [(APPLICATION_ID,)]


def test_durability_settings_are_in_force(tmp_path: Path) -> None:
    database = SqliteDatabase(tmp_path / "a.db", read_only=False, busy_timeout_s=2)
    try:
        with database.write() as connection:
            values = {
                name: connection.exec_driver_sql(f"PRAGMA {name}").scalar_one()
                for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout", "fullfsync")
            }
        mac = int(sys.platform == "darwin")
        assert values == {
            "journal_mode": "wal",
            "synchronous": 2,
            "foreign_keys": 1,
            "busy_timeout": 2000,
            "fullfsync": mac,
        }
    finally:
        database.close()


def test_readers_come_back_with_what_they_kept_of_the_file(tmp_path: Path) -> None:
    database = SqliteDatabase(tmp_path / "a.db", read_only=False, busy_timeout_s=2)
    try:
        with database.read() as first:
            with database.read() as second:
                used_before = second.connection.dbapi_connection
            used_last = first.connection.dbapi_connection
        with database.read() as third:
            assert third.connection.dbapi_connection is used_last is not used_before
            assert third.exec_driver_sql("PRAGMA cache_size").scalar_one() == -sqlite_database.READER_CACHE_KIB
    finally:
        database.close()


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps rights elsewhere")
def test_the_file_is_the_sellers_alone(filled: Path) -> None:
    assert filled.stat().st_mode & 0o077 == 0


def test_a_new_file_is_not_backed_up_and_opens_again(filled: Path, files: Path) -> None:
    archive = Archive.open(filled, files)
    assert archive.counts() == (1, 2)
    assert archive.check() == []
    archive.close()
    assert list(filled.parent.glob("*before-upgrade*")) == []


def test_an_upgrade_keeps_a_sound_copy_first(filled: Path) -> None:
    run_steps(filled, m_next)
    assert raw(filled, "PRAGMA user_version") == [(len(MIGRATIONS) + 1,)]
    assert raw(filled, "SELECT colour FROM threads") == [("",)]
    [copy] = filled.parent.glob("*before-upgrade*")
    assert raw(copy, "PRAGMA user_version") == [(len(MIGRATIONS),)]
    assert raw(copy, "SELECT count(*) FROM messages") == [(2,)]
    run_steps(filled, m_next)
    assert len(list(filled.parent.glob("*before-upgrade*"))) == 1


def test_a_failed_upgrade_changes_nothing(filled: Path) -> None:
    assert code_of(lambda: run_steps(filled, m_broken)) is ErrorCode.INTERNAL
    assert raw(filled, "PRAGMA user_version") == [(len(MIGRATIONS),)]
    assert "other" not in [row[1] for row in raw(filled, "PRAGMA table_info(threads)")]
    assert len(list(filled.parent.glob("*before-upgrade*.db"))) == 1


def test_only_the_latest_copies_stay(filled: Path) -> None:
    for year in range(2020, 2026):
        (filled.parent / f"archive.before-upgrade-{year}0101-000000-v1.db").write_bytes(b"old")
    run_steps(filled, m_next)
    names = sorted(p.name for p in filled.parent.glob("*before-upgrade*"))
    assert len(names) == upgrade.BACKUPS
    assert names[0].startswith("archive.before-upgrade-2024")


def test_without_room_for_a_copy_there_is_no_upgrade(filled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    assert code_of(lambda: run_steps(filled, m_next)) is ErrorCode.STORAGE_FULL
    assert raw(filled, "PRAGMA user_version") == [(len(MIGRATIONS),)]


@pytest.mark.parametrize("read_only", [False, True])
def test_a_newer_file_is_refused_and_left_alone(filled: Path, files: Path, read_only: bool) -> None:
    raw(filled, "PRAGMA user_version = 99")
    before = filled.read_bytes()
    assert code_of(lambda: Archive.open(filled, files, read_only=read_only)) is ErrorCode.STORAGE_NEWER
    assert filled.read_bytes() == before


def damage_header(data: bytes) -> bytes:
    return b"not a database at all" + data[21:]


def damage_schema(data: bytes) -> bytes:
    return data[:100] + b"\xff" * 300 + data[400:]


def cut_short(data: bytes) -> bytes:
    return data[: len(data) // 2 - 100]


@pytest.mark.parametrize("damage", [damage_header, damage_schema, cut_short])
@pytest.mark.parametrize("read_only", [False, True])
def test_a_damaged_file_is_refused_and_left_alone(
    filled: Path, files: Path, damage: Callable[[bytes], bytes], read_only: bool
) -> None:
    filled.write_bytes(damage(filled.read_bytes()))
    before = filled.read_bytes()
    assert code_of(lambda: Archive.open(filled, files, read_only=read_only)) is ErrorCode.STORAGE_CORRUPT
    assert filled.read_bytes() == before


def test_somebody_elses_database_is_left_alone(tmp_path: Path, files: Path) -> None:
    path = tmp_path / "archive.db"
    raw(path, "CREATE TABLE theirs (x)")
    before = path.read_bytes()
    assert code_of(lambda: Archive.open(path, files)) is ErrorCode.STORAGE_CORRUPT
    assert path.read_bytes() == before


def test_damage_met_later_is_told_as_such(filled: Path, files: Path, window: Any) -> None:
    [(page,)] = raw(filled, "SELECT rootpage FROM sqlite_master WHERE name = 'messages'")
    data = bytearray(filled.read_bytes())
    data[(page - 1) * 4096 : page * 4096] = b"\xa5" * 4096
    filled.write_bytes(bytes(data))
    archive = Archive.open(filled, files)
    try:
        assert code_of(lambda: archive.see(window("more"))) is ErrorCode.STORAGE_CORRUPT
    finally:
        archive.close()


def test_an_empty_file_is_a_new_archive(tmp_path: Path, files: Path, window: Any) -> None:
    path = tmp_path / "archive.db"
    path.touch()
    archive = Archive.open(path, files)
    archive.see(window("x"))
    archive.close()


@pytest.fixture
def limited(filled: Path, files: Path) -> Iterator[Archive]:
    archive = Archive.open(filled, files)
    try:
        yield archive
    finally:
        archive.close()


def test_a_full_disk_loses_nothing_that_was_acknowledged(limited: Archive, window: Any) -> None:
    with limited._database.write() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages + 12}")
    refusals: list[SeabridgeError] = []
    for i in range(40):
        try:
            limited.see(window(f"line {i} " + "x" * 1500, thread=f"full{i}"))
        except SeabridgeError as exc:
            refusals.append(exc)
    kept = 40 - len(refusals)
    assert 0 < kept < 40
    assert {(exc.code, exc.retryable) for exc in refusals} == {(ErrorCode.STORAGE_FULL, True)}
    assert limited.counts() == (1 + kept, 2 + kept)
    assert limited.check() == []
    with limited._database.write() as connection:
        connection.exec_driver_sql("PRAGMA max_page_count = 100000")
    limited.see(window("room again", thread="after"))
    assert limited.counts() == (2 + kept, 3 + kept)


def test_a_file_somebody_else_writes_to_is_locked_for_a_while_only(filled: Path, files: Path, window: Any) -> None:
    archive = Archive.open(filled, files, busy_timeout_s=0.1)
    other = sqlite3.connect(filled, isolation_level=None)
    try:
        other.execute("BEGIN IMMEDIATE")
        assert code_of(lambda: archive.see(window("x"))) is ErrorCode.STORAGE_LOCKED
        assert archive.counts() == (1, 2)
        other.execute("ROLLBACK")
        assert archive.see(window("x")).rows[0].status == "new"
    finally:
        other.close()
        archive.close()


def test_readers_see_whole_windows_while_a_writer_works(limited: Archive, window: Any) -> None:
    stop, counts = threading.Event(), set()

    def read() -> None:
        while not stop.is_set():
            counts.add(limited.counts()[1])

    reader = threading.Thread(target=read)
    reader.start()
    for i in range(15):
        limited.see(window(*[f"{i} {k}" for k in range(10)], thread=f"t{i}"))
    stop.set()
    reader.join()
    assert {(n - 2) % 10 for n in counts} == {0}


def test_reading_only(filled: Path, files: Path, window: Any) -> None:
    archive = Archive.open(filled, files, read_only=True)
    try:
        assert len(archive.search(SearchParams(query="退款")).hits) == 1
        assert code_of(lambda: archive.see(window("x"))) is ErrorCode.STORAGE_READ_ONLY
    finally:
        archive.close()


def test_reading_beside_a_running_companion(limited: Archive, filled: Path, files: Path, window: Any) -> None:
    reader = Archive.open(filled, files, read_only=True)
    try:
        limited.see(window("something new", thread="t2"))
        assert len(reader.search(SearchParams(query="something")).hits) == 1
    finally:
        reader.close()


def test_reading_what_is_not_there(tmp_path: Path, files: Path) -> None:
    assert code_of(lambda: Archive.open(tmp_path / "archive.db", files, read_only=True)) is ErrorCode.NOT_FOUND
    assert not (tmp_path / "archive.db").exists()


def test_reading_before_the_upgrade_asks_for_the_companion(
    filled: Path, files: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("companion.conversations.opening.MIGRATIONS", (*MIGRATIONS, m_next))
    assert code_of(lambda: Archive.open(filled, files, read_only=True)) is ErrorCode.NOT_RUNNING


@pytest.mark.skipif(os.name == "nt" or not hasattr(os, "geteuid") or os.geteuid() == 0, reason="rights bind no root")
def test_a_folder_without_write_rights(filled: Path, files: Path) -> None:
    filled.parent.chmod(0o500)
    try:
        archive = Archive.open(filled, files, read_only=True)
        assert archive.counts() == (1, 2)
        archive.close()
    finally:
        filled.parent.chmod(0o700)


def test_on_read_only_media_the_file_is_read_as_it_is_unless_a_log_is_left(
    filled: Path, files: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Rights bind no root, so the refusal is played."""
    real = sqlite_database.connect

    class Refusing:
        def execute(self, statement: str) -> None:
            exc = sqlite3.OperationalError("unable to open database file")
            exc.sqlite_errorcode = sqlite3.SQLITE_CANTOPEN
            raise exc

        def close(self) -> None: ...

    def connect(path: Path, *, busy_timeout_s: float, query: str) -> Any:
        return Refusing() if query == "mode=ro" else real(path, busy_timeout_s=busy_timeout_s, query=query)

    monkeypatch.setattr(sqlite_database, "connect", connect)
    archive = Archive.open(filled, files, read_only=True)
    assert archive.counts() == (1, 2)
    archive.close()
    filled.with_name("archive.db-wal").write_bytes(b"acknowledged, but not yet in the file")
    assert code_of(lambda: Archive.open(filled, files, read_only=True)) is ErrorCode.STORAGE_READ_ONLY


def test_a_folder_that_is_a_file(tmp_path: Path, files: Path) -> None:
    (tmp_path / "data").write_text("x")
    with pytest.raises((SeabridgeError, OSError)):
        Archive.open(tmp_path / "data" / "archive.db", files)


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (sqlite3.SQLITE_BUSY, ErrorCode.STORAGE_LOCKED),
        (sqlite3.SQLITE_BUSY_SNAPSHOT, ErrorCode.STORAGE_LOCKED),
        (sqlite3.SQLITE_READONLY_DBMOVED, ErrorCode.STORAGE_READ_ONLY),
        (sqlite3.SQLITE_CORRUPT_VTAB, ErrorCode.STORAGE_CORRUPT),
        (sqlite3.SQLITE_NOTADB, ErrorCode.STORAGE_CORRUPT),
        (sqlite3.SQLITE_FULL, ErrorCode.STORAGE_FULL),
        (sqlite3.SQLITE_CONSTRAINT_UNIQUE, ErrorCode.INTERNAL),
    ],
)
def test_codes(tmp_path: Path, number: int, code: ErrorCode) -> None:
    exc = sqlite3.OperationalError("x")
    exc.sqlite_errorcode = number
    assert failure(exc, tmp_path / "a.db").code is code


def test_an_io_error_on_a_disk_without_room_is_a_full_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    exc = sqlite3.OperationalError("disk I/O error")
    exc.sqlite_errorcode = sqlite3.SQLITE_IOERR_WRITE
    assert failure(exc, tmp_path / "a.db").code is ErrorCode.INTERNAL
    monkeypatch.setattr("shutil.disk_usage", lambda _: type("U", (), {"free": 1000})())
    assert failure(exc, tmp_path / "a.db").code is ErrorCode.STORAGE_FULL


def test_opening_a_large_file_does_not_read_it_all(filled: Path, files: Path) -> None:
    """The doctor checks deeply; a start must not wait for that."""
    raw(filled, "CREATE TABLE ballast (x)")
    counting = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 200) SELECT i FROM n"
    raw(filled, f"INSERT INTO ballast SELECT zeroblob(200000) FROM ({counting})")
    started = time.perf_counter()
    archive = Archive.open(filled, files)
    took = time.perf_counter() - started
    archive.close()
    assert took < 2
