"""What only a team's database can do wrong: seats that meet, programs of two ages, lines that break off."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import inspect

from companion.conversations import Archive, postgres_database, postgres_upgrade
from companion.conversations.looks import Look
from companion.conversations.migrations.postgres import VERSION
from companion.conversations.migrations.sqlite import MIGRATIONS as OF_FILE
from companion.conversations.postgres_database import PostgresDatabase
from companion.conversations.schema import metadata, shared_metadata
from companion.protocol.errors import ErrorCode, SeabridgeError
from companion.protocol.methods.archive import SearchParams
from companion.runtime import postgres as runtime_postgres
from companion.runtime.database_url import Address, parse

from .conftest import PNG, rows_of, thread_ref, window_of

if TYPE_CHECKING:
    from tests.postgres import Server

URL = "https://img.example/1.png"


@pytest.fixture
def address(team_url: str) -> Address:
    return parse(team_url)


@pytest.fixture
def seats(address: Address) -> Iterator[tuple[Archive, Archive]]:
    """Two companions at one database."""
    both = Archive.of_team(address), Archive.of_team(address)
    yield both
    assert both[0].check() == []
    for each in both:
        each.close()


def code_of(call: Callable[[], object]) -> ErrorCode:
    with pytest.raises(SeabridgeError) as caught:
        call()
    return caught.value.code


# -- the tables ------------------------------------------------------------------------------------------------------


def test_both_kinds_of_archive_have_the_same_number_and_the_tables_the_code_sees(bare_url: str) -> None:
    assert len(OF_FILE) == VERSION
    archive = Archive.of_team(parse(bare_url))
    with archive._database.read() as connection:
        seen = inspect(connection)
        tables = {name: {column["name"] for column in seen.get_columns(name)} for name in seen.get_table_names()}
        texts = rows_of(
            archive,
            "SELECT table_name, column_name FROM information_schema.columns"
            " WHERE table_schema = 'public' AND data_type = 'text' AND collation_name IS DISTINCT FROM 'C'",
        )
    archive.close()
    known = {**metadata.tables, **shared_metadata.tables}
    assert tables.keys() - known.keys() == {"versions", "search_index", "search_terms"}
    assert {name: tables[name] for name in known} == {name: set(table.c.keys()) for name, table in known.items()}
    assert texts == [], "sorted and compared by code point, as in the file"


#: What the second step left: one table, the terms in it.
_OLD_INDEX = """
DROP TABLE search_terms;
ALTER TABLE search_index ADD sizes BYTEA NOT NULL DEFAULT '', ADD words TSVECTOR NOT NULL DEFAULT '';
CREATE INDEX search_words ON search_index USING gin (words) WITH (fastupdate = off);
UPDATE versions SET version = 12 WHERE part = 'archive'
"""


def test_an_archive_of_before_gets_its_terms(bare_url: str, postgres: Server) -> None:
    archive = Archive.of_team(parse(bare_url))
    archive.see(window_of("quiero mi reembolso", "退款"))
    archive.close()
    with postgres.connect("bare") as connection:
        connection.execute(_OLD_INDEX)
    archive = Archive.of_team(parse(bare_url))
    assert [len(archive.search(SearchParams(query=query)).hits) for query in ("reemb", "退款", "款退")] == [1, 1, 0]
    assert archive.check() == []
    archive.close()
    with postgres.connect("bare") as connection:
        apart = "SELECT pg_relation_size(reltoastrelid) FROM pg_class WHERE oid = 'search_terms'::regclass"
        assert connection.execute(apart).fetchone() != (0,), "the terms lie apart, so that a search reads short rows"


def test_two_seats_that_start_at_once_make_the_tables_once(bare_url: str) -> None:
    opened: list[Archive] = []
    starts = [threading.Thread(target=lambda: opened.append(Archive.of_team(parse(bare_url)))) for _ in range(3)]
    for each in starts:
        each.start()
    for each in starts:
        each.join(30)
    assert len(opened) == 3
    for archive in opened:
        assert archive.counts() == (0, 0)
        archive.close()


def test_an_upgrade_that_fails_leaves_what_was(bare_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(connection: Any) -> None:
        connection.exec_driver_sql("CREATE TABLE half (id INTEGER)")
        raise KeyboardInterrupt

    monkeypatch.setattr(postgres_upgrade, "MIGRATIONS", (*postgres_upgrade.MIGRATIONS, broken))
    with pytest.raises(KeyboardInterrupt):
        Archive.of_team(parse(bare_url))
    database = PostgresDatabase(parse(bare_url))
    assert postgres_upgrade.probe(database) is None
    with database.look() as connection:
        assert inspect(connection).get_table_names() == []
    database.close()


def test_only_reading_makes_nothing(bare_url: str) -> None:
    assert code_of(lambda: Archive.of_team(parse(bare_url), read_only=True)) is ErrorCode.NOT_FOUND
    Archive.of_team(parse(bare_url)).close()
    archive = Archive.of_team(parse(bare_url), read_only=True)
    assert archive.counts() == (0, 0)
    assert code_of(lambda: archive.see(window_of("a"))) is ErrorCode.STORAGE_READ_ONLY
    archive.close()


def test_tables_of_another_program_are_left_alone(postgres: Server, bare_url: str) -> None:
    with postgres.connect("bare") as connection:
        connection.execute("CREATE TABLE messages (body TEXT)")
    assert code_of(lambda: Archive.of_team(parse(bare_url))) is ErrorCode.DATABASE_TAKEN
    with postgres.connect("bare") as connection:
        assert connection.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'").fetchone() == (1,)


def test_a_seat_with_an_older_program_is_told_at_once(postgres: Server, bare_url: str) -> None:
    archive = Archive.of_team(parse(bare_url))
    with postgres.connect("bare") as connection:
        connection.execute("UPDATE versions SET version = version + 1")
    assert code_of(archive.counts) is ErrorCode.STORAGE_NEWER
    assert code_of(lambda: archive.see(window_of("a"))) is ErrorCode.STORAGE_NEWER
    archive.close()
    for read_only in (False, True):
        assert code_of(lambda ro=read_only: Archive.of_team(parse(bare_url), read_only=ro)) is ErrorCode.STORAGE_NEWER  # type: ignore[misc]


# -- several seats ---------------------------------------------------------------------------------------------------


def test_what_one_seat_keeps_the_other_has(seats: tuple[Archive, Archive]) -> None:
    one, other = seats
    seen = one.see(window_of({"text": "我要退款", "images": [URL]}))
    sha256 = one.pictures.keep(seen.rows[0].id, URL, PNG)
    other.translations.add(seen.rows[0].id, "en", "I want a refund", "argos", "machine", [], "zh", True)
    assert other.pictures.read(sha256) == PNG
    assert [hit.message_id for hit in one.search(SearchParams(query="refund")).hits] == [seen.rows[0].id]
    assert [row.status for row in other.see(window_of({"text": "我要退款", "images": [URL]})).rows] == ["known"]


def test_seats_that_write_at_once_lose_double_and_mix_nothing(seats: tuple[Archive, Archive]) -> None:
    """The same window from both, and windows of their own, with the same moments."""
    failed: list[BaseException] = []

    def work(archive: Archive, name: str) -> None:
        try:
            for number in range(8):
                archive.see(window_of(*(f"line {n}" for n in range(number + 1)), thread="shared"))
                archive.see(window_of(f"only {name} {number}", thread=f"{name}{number}"))
                archive.set_language(thread_ref(f"{name}{number}"), "es", "seller")
        except BaseException as exc:
            failed.append(exc)

    both = [threading.Thread(target=work, args=(seat, name)) for seat, name in zip(seats, "ab", strict=True)]
    for each in both:
        each.start()
    for each in both:
        each.join(60)
    assert failed == []
    assert seats[0].counts() == (17, 8 + 16)
    events, state = seats[0].keeping.log_state()
    assert events == 17 + 24
    assert seats[1].keeping.log_state() == (events, state)


def test_a_reader_sees_one_moment(seats: tuple[Archive, Archive]) -> None:
    one, other = seats
    one.see(window_of("a"))
    with other._database.read() as connection:
        before = connection.exec_driver_sql("SELECT count(*) FROM messages").scalar_one()
        one.see(window_of("a", "b"))
        assert connection.exec_driver_sql("SELECT count(*) FROM messages").scalar_one() == before


def test_a_seat_that_hangs_is_not_waited_for_for_ever(
    address: Address, monkeypatch: pytest.MonkeyPatch, seats: tuple[Archive, Archive]
) -> None:
    monkeypatch.setattr(postgres_database, "_WRITE", f"{postgres_database._WRITE}".replace("BEGIN;", _SOON))
    one, other = seats
    with one._database.write():
        assert code_of(lambda: other.see(window_of("a"))) is ErrorCode.BUSY
    assert other.see(window_of("a")).new_ids


_SOON = "BEGIN; SET LOCAL lock_timeout = '50ms';"


# -- lines that break off --------------------------------------------------------------------------------------------


def cut(server: Server) -> None:
    with server.connect() as admin:
        admin.execute("SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = 'team'")


def test_a_server_that_was_started_again_is_not_noticed(seats: tuple[Archive, Archive], postgres: Server) -> None:
    seats[0].see(window_of("a"))
    seats[0].counts()
    cut(postgres)
    assert seats[0].counts() == (1, 1)
    cut(postgres)
    assert seats[0].see(window_of("a", "b")).new_ids


def test_a_line_that_breaks_in_the_middle_leaves_nothing_half(
    seats: tuple[Archive, Archive], postgres: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    from companion.conversations import threads

    refresh = threads.refresh

    def breaks(*given: Any) -> None:
        cut(postgres)
        refresh(*given)

    monkeypatch.setattr(threads, "refresh", breaks)
    with pytest.raises(SeabridgeError) as caught:
        seats[0].see(window_of("a", "b"))
    assert (caught.value.code, caught.value.retryable) == (ErrorCode.DATABASE_AWAY, True)
    monkeypatch.undo()
    assert seats[0].counts() == (0, 0)
    assert len(seats[0].see(window_of("a", "b")).new_ids) == 2


# -- what a file would have taken ------------------------------------------------------------------------------------


def test_texts_no_index_takes_whole_are_kept_and_found(seats: tuple[Archive, Archive]) -> None:
    """Places of words end at 16,383 and at 255 of one word; a long address is too long for an index."""
    archive = seats[0]
    long = f"{'退 ' * 9_000}{'货的' * 400} 最后一句 end"
    address = "https://img.example/" + "x" * 3_900
    archive.see(window_of({"text": long[:20_000], "images": [address, f"{address}y"]}))
    for query in ("最后一句", "退货的", '"的货的"', "end", "句 end"):
        assert len(archive.search(SearchParams(query=query)).hits) == 1, query
    assert not archive.search(SearchParams(query='"end 最后"')).hits
    assert rows_of(archive, "SELECT count(*) FROM images") == [(2,)]
    number = "".join(map(chr, range(0x4E00, 0x4E00 + 2_000)))
    for _ in range(2):
        archive.link(1, "order", number)
        archive.facts.note("order", [Look("shopee", "sg", "s1", number, {"status": number}, "shopee/order")], 1.0)
    assert [subject.ref for subject in archive.facts.named("order", number)] == [number]
    assert rows_of(archive, "SELECT count(*) FROM links") == [(1,)]


def test_what_no_text_there_may_hold_is_taken_all_the_same(seats: tuple[Archive, Archive]) -> None:
    archive = seats[0]
    archive.see(window_of({"text": "no\0thing \ud800 half", "key": "k\0"}))
    archive.link(1, "order", "7\0007")
    assert archive.linked.about_order("shopee", "7\0007") == [1]
    assert [line.text for line in archive.transcript(1).lines] == ["no\ufffdthing \ufffd half"]
    assert archive.see(window_of({"text": "no\0thing \ud800 half", "key": "k\0"})).new_ids == []
    assert archive.search(SearchParams(query="no\0thing")).hits


def test_erasing_waits_for_no_seat_that_reads_on_and_on(
    seats: tuple[Archive, Archive], address: Address, monkeypatch: pytest.MonkeyPatch, tmp_path: Any
) -> None:
    impatient = runtime_postgres._SET.replace("'lock_timeout', '30s'", "'lock_timeout', '20ms'")
    monkeypatch.setattr(runtime_postgres, "_SET", impatient)
    archive = Archive.of_team(address)
    archive.see(window_of("Quiero mi dinero"))
    with seats[0]._database.read() as connection:
        connection.exec_driver_sql("SELECT count(*) FROM messages").scalar_one()
        archive.keeping.erase([1], tmp_path / "ledger", lambda said: None)
        archive.keeping.scrub()
    assert archive.counts() == (0, 0)
    archive.close()


def test_tampering_shows_there_too(seats: tuple[Archive, Archive], postgres: Server) -> None:
    archive = seats[0]
    archive.see(window_of("not paid yet", "bye"))
    archive.pictures.keep(archive.see(window_of({"text": "p", "images": [URL]}, thread="t2")).rows[0].id, URL, PNG)
    with postgres.connect("team") as connection:
        connection.execute("SET session_replication_role = replica")
        for change, back, kind in (
            ("UPDATE messages SET text = 'paid' WHERE id = 1",
             "UPDATE messages SET text = 'not paid yet' WHERE id = 1", "message_altered"),
            ("UPDATE events SET at = at - 1 WHERE id = 2", "UPDATE events SET at = at + 1 WHERE id = 2",
             "event_altered"),
            ("UPDATE files SET bytes = bytes || 'x'", f"UPDATE files SET bytes = '\\x{PNG.hex()}'", "picture_missing"),
            ("UPDATE search_terms SET words = words || array_to_tsvector('{x}') WHERE rowid = (SELECT max(rowid)"
             " FROM search_terms)", "UPDATE search_terms SET words = ts_delete(words, 'x')", "index_message"),
            ("UPDATE search_terms SET rowid = -rowid", "UPDATE search_terms SET rowid = -rowid", "index_stray"),
        ):  # fmt: skip
            connection.execute(change)
            assert kind in {finding.kind for finding in archive.keeping.verify()}, kind
            connection.execute(back)
            assert archive.keeping.verify() == [], kind


def test_not_a_letter_of_what_was_erased_is_left_in_the_tables(
    seats: tuple[Archive, Archive], postgres: Server, tmp_path: Any
) -> None:
    archive = seats[0]
    archive.see(window_of("Quiero mi dinero"))
    archive.see(window_of("same seam", thread="t2"))
    archive.keeping.erase([1], tmp_path / "ledger", lambda said: None)
    archive.keeping.scrub()
    with postgres.connect("team") as connection:
        connection.execute("CHECKPOINT")
        files = connection.execute(
            "SELECT pg_relation_filepath(oid) FROM pg_class WHERE relkind IN ('r', 'i', 't') AND relnamespace IN"
            " ('public'::regnamespace, 'pg_toast'::regnamespace) AND pg_relation_filepath(oid) IS NOT NULL"
        ).fetchall()
    content = b"".join((postgres.folder / "data" / path).read_bytes() for (path,) in files)
    assert b"seam" in content
    assert b"dinero" not in content
    assert seats[1].see(window_of("again", thread="t2")).new_ids, "the other seat goes on"
