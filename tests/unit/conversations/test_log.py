"""The event log: what is written down, that nobody can take it back, and that tampering shows at the right place."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.conversations import Archive, upgrade
from companion.conversations.chain import NOTHING, Event, link
from companion.conversations.files import path_of
from companion.conversations.migrations.sqlite import MIGRATIONS
from companion.conversations.migrations.sqlite.m007_log import m007_log
from companion.conversations.sqlite_database import SqliteDatabase
from companion.protocol.errors import SeabridgeError

from .conftest import in_file, thread_ref

PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 40
PICTURE = {"key": "p", "text": "look", "images": ["https://img.example/1.png"]}


def raw(path: Path, *statements: str) -> list[Any]:
    with closing(sqlite3.connect(path)) as connection:
        rows: list[Any] = []
        for statement in statements:
            rows = connection.execute(statement).fetchall()
        connection.commit()
        return rows


def told(archive: Archive, thread: int = 1) -> list[tuple[str, int | None]]:
    with archive._database.read() as connection:
        rows = connection.exec_driver_sql(f"SELECT kind, message_id FROM events WHERE thread_id = {thread} ORDER BY id")
        return [(row.kind, row.message_id) for row in rows]


def keyed(*rows: tuple[str, str]) -> list[dict[str, str]]:
    return [{"key": key, "text": text} for key, text in rows]


def test_what_arrives_is_written_down_once_and_in_order(archive: Archive, window: Any) -> None:
    archive.see(window("a", "b"))
    archive.see(window("a", "b", "c"))
    archive.see(window("x", thread="t2"))
    assert told(archive) == [("begun", None), ("message", 1), ("message", 2), ("message", 3)]
    assert told(archive, 2) == [("begun", None), ("message", 4)]
    events, state = archive.keeping.log_state()
    assert events == 6
    archive.see(window("a", "b", "c"))
    assert archive.keeping.log_state() == (6, state)
    archive.see(window("a", "b", "c", "d"))
    assert archive.keeping.log_state()[1] != state
    assert archive.keeping.log_state(6) == (6, state), "the log goes on from where it was"


def test_a_time_shown_later_and_a_picture_are_committed_to(archive: Archive, window: Any) -> None:
    archive.see(window("where is it"))
    archive.see(window(("where is it", "14:05")))
    archive.see(window(PICTURE, thread="t2"))
    archive.pictures.keep(2, PICTURE["images"][0], PNG)
    archive.pictures.keep(2, PICTURE["images"][0], PNG)
    assert told(archive) == [("begun", None), ("message", 1), ("timed", 1)]
    assert told(archive, 2) == [("begun", None), ("message", 2), ("picture", 2)]
    assert archive.check() == []


def test_an_edited_message_keeps_what_was_seen_first(archive: Archive, window: Any, texts: Any) -> None:
    archive.see(window(*keyed(("1", "I want blue"), ("2", "thanks"))))
    for _ in range(2):
        archive.see(window(*keyed(("1", "I want red"), ("2", "thanks"))))
    archive.see(window(*keyed(("1", ""), ("2", "thanks"))))
    assert texts(archive) == ["I want blue", "thanks"]
    assert told(archive)[3:] == [("edited", 1)]
    with archive._database.read() as connection:
        rows = connection.exec_driver_sql("SELECT message_id, text FROM revisions").all()
    assert [tuple(row) for row in rows] == [(1, "I want red")]
    for number in range(40):
        archive.see(window(*keyed(("1", f"I want {number}"), ("2", "thanks"))))
    assert len(told(archive)) == 3 + 20, "a page that never shows the same does not fill the archive"


def test_a_message_that_left_the_page_is_noted_once(archive: Archive, window: Any, texts: Any) -> None:
    rows = keyed(("1", "first"), ("2", "call me at 555"), ("3", "third"))
    archive.see(window(*rows))
    for _ in range(3):
        archive.see(window(rows[0], rows[2]))
    archive.see(window(rows[2]))
    assert texts(archive) == ["first", "call me at 555", "third"]
    assert told(archive)[4:] == [("gone", 2)]
    for _ in range(3):
        archive.see(window(*rows))
        archive.see(window(rows[0], rows[2]))
    assert told(archive)[4:] == [("gone", 2), ("back", 2)]


def test_rows_that_were_never_known_to_be_neighbours_are_not_gone(archive: Archive, window: Any) -> None:
    archive.see(window(*keyed(("1", "first"), ("2", "second"))))
    archive.see(window(*keyed(("8", "eighth"), ("9", "ninth"))))
    archive.see(window(*keyed(("2", "second"), ("8", "eighth"))))
    archive.see(window({"text": "no id"}, {"text": "nor this"}, {"text": "nor that"}, thread="t2"))
    archive.see(window({"text": "no id"}, {"text": "nor that"}, thread="t2"))
    assert {kind for thread in (1, 2) for kind, _ in told(archive, thread)} == {"begun", "message"}


def test_a_hold_and_a_handover_are_written_down(archive: Archive, window: Any) -> None:
    archive.see(window("a"))
    archive.hold(1, None)
    archive.hand_over(1, "autopilot")
    assert [kind for kind, _ in told(archive)[2:]] == ["held", "handover"]


def test_a_clock_that_jumps_back_loses_and_turns_nothing(archive: Archive, window: Any, texts: Any, now: float) -> None:
    archive.see(window("one", "two"))
    archive.see(window("one", "two", "three", at=now - 400 * 86_400))
    archive.see(window("one", "two", "three", "four", at=now + 60))
    assert texts(archive) == ["one", "two", "three", "four"]
    assert told(archive)[1:] == [("message", number) for number in (1, 2, 3, 4)]


def test_the_log_is_only_added_to(archive: Archive, window: Any) -> None:
    archive.see(window("a"))
    for statement in ("DELETE FROM events WHERE id = 2", "UPDATE events SET at = 0"):
        with pytest.raises(SeabridgeError) as caught, archive._database.write() as connection:
            connection.exec_driver_sql(statement)
        assert "only added to" in str(caught.value.__cause__)


#: What somebody did to the file, and what must be found.
OPEN = ("DROP TRIGGER events_stay", "DROP TRIGGER events_stand")
TAMPERING = {
    "another text": (["UPDATE messages SET text = 'I paid' WHERE id = 2"], [("message_altered", 2)]),
    "another sender": (["UPDATE messages SET direction = 'seller' WHERE id = 2"], [("message_altered", 2)]),
    "another clock": (["UPDATE messages SET time_label = '09:00' WHERE id = 2"], [("message_altered", 2)]),
    "another day": (["UPDATE messages SET observed_at = observed_at - 86400 WHERE id = 2"], [("message_altered", 2)]),
    "another buyer's": (["UPDATE threads SET thread = 't9' WHERE id = 2"], [("message_altered", 4)]),
    "a digest made anew": (["UPDATE messages SET digest = zeroblob(32) WHERE id = 2"], [("message_altered", 2)]),
    "taken out": (
        ["DELETE FROM messages WHERE id = 2", "UPDATE threads SET message_count = 2 WHERE id = 1"],
        [("message_missing", 2)],
    ),
    "moved to another thread": (
        ["UPDATE messages SET thread_id = 2, position = 99 WHERE id = 3"],
        [("message_missing", 3), ("message_unlogged", 3)],
    ),
    "event changed": ([*OPEN, "UPDATE events SET at = at - 86400 WHERE message_id = 2"], [("event_altered", 2)]),
    "event taken out": (
        [*OPEN, "DELETE FROM events WHERE message_id = 2"],
        [("event_missing", 0), ("event_altered", 3), ("message_unlogged", 2)],
    ),
    "the end of a thread taken out": (
        [*OPEN, "DELETE FROM events WHERE message_id = 3", "DELETE FROM messages WHERE id = 3"],
        [("event_missing", 0), ("event_altered", 1)],
    ),
    "put in": (
        ["INSERT INTO messages (id, thread_id, position, moment, direction, text, observed_at, ident, salt, digest)"
         " SELECT 99, thread_id, 9999999, 1, direction, 'new', observed_at, ident, salt, digest FROM messages"
         " WHERE id = 1"],
        [("message_unlogged", 99)],
    ),
    "the thread itself taken out": (
        ["DELETE FROM threads WHERE id = 1"],
        [("message_altered", 1), ("message_altered", 2), ("message_altered", 3), ("reference", 0)],
    ),
    "values of another kind": ([*OPEN, "UPDATE events SET digest = 5 WHERE message_id = 2"], [("structure", 0)]),
    "another picture": (["UPDATE images SET sha256 = hex(zeroblob(32))"], [("picture_altered", 4)]),
    "revision changed": (["UPDATE revisions SET text = 'green'"], [("revision_altered", 1)]),
    "revision taken out": (["DELETE FROM revisions"], [("revision_missing", 1)]),
}  # fmt: skip


@pytest.mark.parametrize("name", TAMPERING)
def test_tampering_shows_where_it_was_done(tmp_path: Path, window: Any, name: str) -> None:
    path = tmp_path / "archive.db"
    archive = Archive.open(path, tmp_path / "files")
    archive.see(window(*keyed(("1", "I want blue"), ("2", "not paid yet"), ("3", "bye"))))
    archive.see(window(PICTURE, {"key": "q", "text": "and?"}, thread="t2"))
    archive.pictures.keep(4, PICTURE["images"][0], PNG)
    archive.see(window(*keyed(("1", "I want red"), ("2", "not paid yet"), ("3", "bye"))))
    assert archive.check() == []
    archive.close()
    statements, expected = TAMPERING[name]
    raw(path, *statements)
    archive = Archive.open(path, tmp_path / "files")
    try:
        found = [(f.kind, f.message) for f in archive.keeping.verify() if f.kind not in ("counts", "picture_missing")]
        found = [(kind, message) for kind, message in found if not kind.startswith("index")]
        assert set(found) >= set(expected)
        assert {message for _, message in found} <= {message for _, message in expected} | {5}
    finally:
        archive.close()


@pytest.mark.parametrize("damage", [lambda p: p.unlink(), lambda p: p.write_bytes(PNG[:-1] + b"1")])
@in_file
def test_a_picture_file_that_is_gone_or_another_one(
    archive: Archive, window: Any, tmp_path: Path, damage: Callable[[Path], Any]
) -> None:
    archive.see(window(PICTURE))
    path = path_of(tmp_path / "files", archive.pictures.keep(1, PICTURE["images"][0], PNG))
    damage(path)
    assert [f.kind for f in archive.keeping.verify()] == ["picture_missing"]
    path.write_bytes(PNG)


def test_an_archive_without_a_log_gets_its_chains(tmp_path: Path, window: Any) -> None:
    path = tmp_path / "archive.db"
    archive = Archive.open(path, tmp_path / "files")
    archive.see(window(PICTURE, "late", thread="t2"))
    for number in range(3):
        archive.see(window("a", f"b{number}", thread=f"u{number}"))
    archive.pictures.keep(1, PICTURE["images"][0], PNG)
    [(earlier,)] = raw(path, "SELECT digest FROM messages WHERE id = 2")
    archive.see(window(PICTURE, ("late", "14:05"), thread="t2"))
    archive.set_language(thread_ref("empty"), "es", "seller")
    before = archive.counts()
    archive.close()
    step = list(MIGRATIONS).index(m007_log)
    raw(
        path,
        # as the archive was before: the digest did not follow a time that was shown later
        f"UPDATE messages SET digest = X'{earlier.hex()}' WHERE id = 2",
        *(f"DROP TABLE {table}" for table in ("checks", "manual_passages", "manual_skus", "manuals", "note_words")),
        "DROP INDEX facts_number",
        "DROP TABLE thread_tags",
        "DROP TABLE tags",
        *(f"ALTER TABLE threads DROP COLUMN {column}" for column in ("star", "note", "noted_at")),
        "DROP TABLE revisions",
        *OPEN,
        "DROP TABLE events",
        "ALTER TABLE messages DROP COLUMN gone",
        "ALTER TABLE messages DROP COLUMN ident_now",
        f"PRAGMA user_version = {step}",
    )
    database = SqliteDatabase(path, read_only=False, busy_timeout_s=1)
    upgrade.upgrade(database, MIGRATIONS[: step + 1])
    database.close()
    archive = Archive.open(path, tmp_path / "files")
    try:
        assert archive.check() == []
        assert archive.counts() == before
        assert told(archive) == [("begun", None), ("message", 1), ("message", 2), ("timed", 2), ("picture", 1)]
        assert told(archive, 5) == [("begun", None)], "also where nothing was said yet"
        archive.see(window("a", "b1", "c", thread="u1"))
        archive.see(window("first words", thread="empty"))
        assert archive.check() == []
    finally:
        archive.close()


@given(st.integers(0, 5), st.sampled_from(["id", "kind", "message_id", "digest", "detail", "at"]))
def test_every_part_of_an_event_is_in_its_link(at: int, part: str) -> None:
    events = [Event(n, "message", n, bytes([n]) * 32, "", 1.0 + n) for n in range(6)]
    other = {"id": 99, "kind": "erased", "message_id": None, "digest": b"", "detail": "x", "at": 9.0}

    def head(changed: bool) -> bytes:
        chain = NOTHING
        for event in events:
            fields = {name: getattr(event, name) for name in Event.__slots__}
            chain = link(chain, Event(**{**fields, part: other[part]}) if changed and event.id == at else event)
        return chain

    assert head(True) != head(False)
