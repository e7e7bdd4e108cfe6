"""An archive goes into a team's database and back: every row under its number, all or nothing."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import pytest

from companion.backup.moving import to_file, to_team
from companion.catalogue.shelf import add
from companion.conversations import Archive, copying
from companion.conversations.checked import Found
from companion.conversations.copying import TABLES, Differs
from companion.conversations.looks import Look
from companion.conversations.schema import metadata
from companion.protocol.errors import ErrorCode, SeabridgeError
from companion.protocol.methods.archive import MessageSeenParams, SearchParams, ThreadMarkParams
from companion.protocol.methods.inbox import InboxRef, InboxRow, InboxSeenParams
from companion.protocol.values import SeenMessage
from companion.runtime.database_url import Address, parse
from companion.runtime.lock import DataLock
from companion.runtime.paths import Paths

from .conftest import NOW, PICTURE, ref


@pytest.fixture
def full(shop: Paths) -> Paths:
    """The shop, with something in every table, and its last conversation erased."""
    archive = Archive.open(shop.archive, shop.files)
    archive.mark(ThreadMarkParams(thread_id=1, star=True, tags=["VIP", "催单"], note="次回"))
    archive.hold(2, None)
    archive.link(1, "order", "113-1")
    add(archive, "care.md", b"# Care\nWipe with a damp cloth.", ["LB-72"], "en", NOW)
    archive.facts.note("order", [Look("shopee", "sg", "s1", "113-1", {"amount": "9.90"}, "shopee/orders")], NOW)
    row = InboxRow(key="t-ana", buyer="Ana Lopez", preview="hola", last="buyer", unread=1)
    box = InboxRef(marketplace="shopee", region="sg", shop="s1")
    archive.inboxes.see(InboxSeenParams(inbox=box, rows=[row], observed_at=NOW))
    rows = [SeenMessage(direction="buyer", text=text, key=str(at)) for at, text in enumerate(("我要退款", "hola"))]
    archive.see(MessageSeenParams(thread=ref("t-3", "Carl"), messages=rows, observed_at=NOW))
    archive.see(MessageSeenParams(thread=ref("t-ana", "Ana Lopez"), messages=_edited(), observed_at=NOW + 9))
    found = [Found("made/contact", 1, "error", "text", "whatsapp")]
    archive.checks.message(ref("t-ana", "Ana Lopez"), "d" * 64, "2026-11-30.x", found, True, NOW, NOW)
    archive.keeping.erase([3], shop.erasures, lambda _: None)
    archive.close()
    return shop


def _edited() -> list[SeenMessage]:
    return [
        SeenMessage(direction="buyer", text="La costura está rota, soy Ana", key="k1"),
        SeenMessage(direction="seller", text="Lo siento, Ana", key="k2"),
    ]


def content(archive: Archive) -> dict[str, list[Any]]:
    """Every row of every table."""
    with archive._database.read() as connection:
        return {
            table.name: [tuple(row) for row in connection.execute(table.select().order_by(*table.primary_key.columns))]
            for table in TABLES
        }


def quiet(table: str, done: int, total: int) -> None:
    return None


@pytest.fixture
def address(team_url: str) -> Address:
    return parse(team_url)


def test_no_table_is_forgotten() -> None:
    assert {table.name for table in TABLES} == set(metadata.tables) - {"files"}


def test_there_and_back(full: Paths, address: Address, tmp_path: Path) -> None:
    own = Archive.open(full.archive, full.files)
    before, state = content(own), own.keeping.log_state()
    own.close()
    raw = hashlib.sha256(full.archive.read_bytes()).hexdigest()
    told: list[tuple[str, int, int]] = []
    moved = to_team(full, address, lambda *each: told.append(each))
    assert hashlib.sha256(full.archive.read_bytes()).hexdigest() == raw, "the source stays as it is"
    assert (moved.copied.pictures, moved.copied.manuals) == (1, 1)
    assert (moved.copied.missing, moved.copied.findings) == ([], [])
    assert moved.copied.rows == {name: len(rows) for name, rows in before.items()}
    assert all(before.values()) or [name for name, rows in before.items() if not rows] == ["imports"]
    assert ("messages", 4, 4) in told
    assert ("search_index", 4, 4) in told

    team = Archive.of_team(address)
    assert content(team) == before
    assert team.keeping.log_state() == state == (moved.copied.events, moved.copied.log_sha256)
    assert team.check() == []
    assert [hit.message_id for hit in team.search(SearchParams(query="costura tag:VIP")).hits] == [1]
    seen = team.see(
        MessageSeenParams(
            thread=ref("t-new", "Dora"), messages=[SeenMessage(direction="buyer", text="x")], observed_at=NOW
        )
    )
    assert (seen.thread_id, seen.new_ids) == (4, [7]), "no number of what was erased is given again"
    after, state = content(team), team.keeping.log_state()
    team.close()

    file = tmp_path / "out" / "archive.db"
    file.parent.mkdir()
    back = to_file(address, file, quiet)
    assert (back.copied.pictures, back.copied.manuals) == (1, 1)
    own = Archive.open(file, file.parent / "files")
    try:
        assert content(own) == after
        assert own.keeping.log_state() == state
        assert own.check() == []
        assert PICTURE in [path.read_bytes() for path in (file.parent / "files").glob("*/*")]
        with own._database.read() as connection:
            assert copying.numbers(connection)["messages"] == 7
    finally:
        own.close()
    assert sorted(path.name for path in file.parent.iterdir()) == ["archive.db", "files"]


def test_only_an_empty_target_is_taken(full: Paths, address: Address, tmp_path: Path) -> None:
    to_team(full, address, quiet)
    (tmp_path / "there.db").write_bytes(b"mine")
    for move in (lambda: to_team(full, address, quiet), lambda: to_file(address, tmp_path / "there.db", quiet)):
        with pytest.raises(SeabridgeError) as caught:
            move()
        assert caught.value.code is ErrorCode.ARCHIVE_FILLED
    assert (tmp_path / "there.db").read_bytes() == b"mine"


def test_what_breaks_off_leaves_nothing_and_begins_clean(
    full: Paths, address: Address, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(table: str, done: int, total: int) -> None:
        if table == "translations":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        to_team(full, address, broken)
    with monkeypatch.context() as patched:
        patched.setattr(copying, "_compare", lambda *_: (_ for _ in ()).throw(Differs("messages: 3 of 4 rows")))
        with pytest.raises(SeabridgeError) as caught:
            to_team(full, address, quiet)
    assert (caught.value.code, caught.value.data["problem"]) == (ErrorCode.ARCHIVE_DIFFERS, "messages: 3 of 4 rows")
    team = Archive.of_team(address)
    assert not any(content(team).values())
    team.close()
    assert to_team(full, address, quiet).copied.findings == []
    with pytest.raises(KeyboardInterrupt):
        to_file(address, tmp_path / "a.db", broken)
    assert not list(tmp_path.glob("a.db*"))


def test_what_is_wrong_with_the_source_comes_along_and_is_told(full: Paths, address: Address) -> None:
    for path in full.files.glob("*/*"):
        path.unlink()
    moved = to_team(full, address, quiet)
    assert (moved.copied.pictures, moved.copied.manuals, len(moved.copied.missing)) == (0, 0, 2)
    assert [each.kind for each in moved.copied.findings] == ["picture_missing", "manual_missing"]


def test_not_while_a_companion_runs_nor_without_an_archive(full: Paths, address: Address, tmp_path: Path) -> None:
    with DataLock(full), pytest.raises(SeabridgeError) as caught:
        to_team(full, address, quiet)
    assert caught.value.code is ErrorCode.ALREADY_RUNNING
    with pytest.raises(SeabridgeError) as caught:
        to_team(Paths(tmp_path / "none"), address, quiet)
    assert caught.value.code is ErrorCode.NOT_FOUND
