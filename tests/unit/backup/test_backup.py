"""A backup holds what it says, is made beside a running companion, and never takes the place of a good one."""

from __future__ import annotations

import errno
import json
import os
import sqlite3
import threading
import zipfile
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from companion.backup import making
from companion.backup.checking import examine
from companion.backup.folder import backups, writing
from companion.backup.making import make
from companion.backup.pool import Pool
from companion.conversations import Archive
from companion.protocol.errors import ErrorCode, SeabridgeError
from companion.runtime.paths import Paths
from companion.runtime.secrets import Secrets

from .conftest import NOW, PICTURE, say

DAY = 86_400.0


def no_passphrase() -> str:
    return ""


def code_of(call: Any) -> ErrorCode:
    with pytest.raises(SeabridgeError) as caught:
        call()
    return caught.value.code


def left(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_what_is_in_it(shop: Paths, tmp_path: Path) -> None:
    Secrets(shop).set("engine.deepseek", b"a key")
    made = make(shop, tmp_path / "out", now=NOW)
    assert (made.threads, made.messages, made.attachments, made.new_attachments) == (2, 4, 1, 1)
    with zipfile.ZipFile(made.path) as bundle:
        names = set(bundle.namelist())
        inside = json.loads(bundle.read("documents.json"))
        everything = b"".join(bundle.read(name) for name in names)
    assert names == {
        "manifest.json", "archive.db", "memory.db", "documents.json", "marketplaces/own/pages/chat.yml",
    }  # fmt: skip
    assert "pairings" not in inside
    assert inside["settings"] == {"seller": {"seller_language": "zh"}}
    assert b"a key" not in everything
    assert left(tmp_path / "out") == {made.path.name, f"{made.path.name}.needs", "attachments", ".lock"}
    assert not list(shop.root.glob(".backup-*"))
    report = examine(made.path, shop.root, no_passphrase)
    assert report.sound
    assert (report.threads, report.messages, report.sealed) == (2, 4, False)


def test_only_new_pictures_are_copied(shop: Paths, tmp_path: Path) -> None:
    make(shop, tmp_path, now=NOW)
    assert make(shop, tmp_path, now=NOW + DAY).new_attachments == 0
    [picture] = (tmp_path / "attachments").glob("*/*")
    assert picture.read_bytes() == PICTURE


def test_while_the_companion_writes(shop: Paths, tmp_path: Path) -> None:
    archive = Archive.open(shop.archive, shop.files)
    stop = threading.Event()
    from companion.protocol.methods.archive import MessageSeenParams
    from companion.protocol.values import SeenMessage

    from .conftest import ref

    def write() -> None:
        number = 0
        while not stop.is_set():
            number += 1
            rows = [SeenMessage(direction="buyer", text=f"line {number}.{k}") for k in range(3)]
            archive.see(MessageSeenParams(thread=ref(f"w{number}", "Zoe"), messages=rows, observed_at=NOW + number))

    writer = threading.Thread(target=write)
    writer.start()
    try:
        reports = []
        for number in range(3):
            made = make(shop, tmp_path, now=NOW + number)
            reports.append(examine(made.path, shop.root, no_passphrase, live=archive))
    finally:
        stop.set()
        writer.join()
        archive.close()
    assert all(report.sound and report.continued for report in reports), "whole, and the archive went on from it"
    assert all(report.messages % 3 == 4 % 3 for report in reports), "windows whole or not at all"


def test_sealed_nothing_can_be_read(shop: Paths, tmp_path: Path) -> None:
    out = tmp_path / "out"
    made = make(shop, out, "pass 词", now=NOW)
    assert made.sealed
    for path in out.rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            assert b"Ana" not in content
            assert PICTURE[8:30] not in content
            assert PICTURE not in content
    assert code_of(lambda: examine(made.path, shop.root, lambda: "wrong")) is ErrorCode.BACKUP_PASSPHRASE
    assert examine(made.path, shop.root, lambda: "pass 词").sound
    # the passphrase of the newest opens the pool, so that a picture is sealed once
    assert make(shop, out, "pass 词", now=NOW + DAY).new_attachments == 0
    assert make(shop, out, "another", now=NOW + 2 * DAY).new_attachments == 1
    assert examine(made.path, shop.root, lambda: "pass 词").sound


@pytest.fixture
def two_stay(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(making, "kept", lambda made, _: set(sorted(made)[-2:]))


@pytest.mark.usefixtures("two_stay")
def test_rotation_leaves_each_backup_its_pictures(shop: Paths, tmp_path: Path) -> None:
    first = make(shop, tmp_path, now=NOW)
    # the picture is not needed any more
    (shop.files / Pool(tmp_path, None).place(_hash()).removeprefix("attachments/")).unlink()
    with closing(sqlite3.connect(shop.archive)) as connection:
        connection.execute("UPDATE images SET sha256 = NULL")
        connection.commit()
    other = tmp_path / "seabridge-ffffffff-20200101-000000.zip"
    other.write_bytes(b"another shop's")
    other.with_name(other.name + ".needs").write_bytes(b"")
    second = make(shop, tmp_path, now=NOW + DAY)
    assert second.removed == []
    assert len(list((tmp_path / "attachments").glob("*/*"))) == 1, "the first still needs it"
    third = make(shop, tmp_path, now=NOW + 2 * DAY)
    assert third.removed == [first.path.name]
    assert list((tmp_path / "attachments").glob("*/*")) == []
    assert {backup.path for backup in backups(tmp_path)} == {second.path, third.path, other}
    assert other.exists(), "another archive's backups are not ours to remove"


def _hash() -> str:
    import hashlib

    return hashlib.sha256(PICTURE).hexdigest()


@pytest.mark.usefixtures("two_stay")
def test_without_every_list_no_picture_goes(shop: Paths, tmp_path: Path) -> None:
    make(shop, tmp_path, now=NOW)
    for path in shop.files.glob("*/*"):
        path.unlink()
    made = make(shop, tmp_path, now=NOW + DAY)
    made.path.with_name(made.path.name + ".needs").unlink()
    assert len(make(shop, tmp_path, now=NOW + 2 * DAY).removed) == 1
    assert len(list((tmp_path / "attachments").glob("*/*"))) == 1


@pytest.mark.usefixtures("two_stay")
def test_a_changed_archive_is_backed_up_but_older_ones_stay(shop: Paths, tmp_path: Path) -> None:
    for number in range(2):
        make(shop, tmp_path, now=NOW + number * DAY)
    before = len(backups(tmp_path))
    with closing(sqlite3.connect(shop.archive)) as connection:
        connection.execute("UPDATE messages SET text = 'changed' WHERE id = 2")
        connection.commit()
    made = make(shop, tmp_path, now=NOW + 9 * DAY)
    assert {f.kind for f in made.findings} >= {"message_altered"}
    assert made.removed == []
    assert len(backups(tmp_path)) == before + 1
    assert not examine(made.path, shop.root, no_passphrase).sound


def test_a_damaged_archive_makes_no_backup(shop: Paths, tmp_path: Path) -> None:
    make(shop, tmp_path, now=NOW)
    with closing(sqlite3.connect(shop.archive)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        [(page,)] = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'messages'").fetchall()
    data = bytearray(shop.archive.read_bytes())
    data[(page - 1) * 4096 : page * 4096] = b"\xa5" * 4096
    shop.archive.write_bytes(bytes(data))
    before = left(tmp_path)
    assert code_of(lambda: make(shop, tmp_path, now=NOW + DAY)) is ErrorCode.STORAGE_CORRUPT
    assert left(tmp_path) == before
    assert not list(shop.root.glob(".backup-*"))


def test_a_full_disk_leaves_no_half_backup(shop: Paths, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(making, "write", full)
    assert code_of(lambda: make(shop, tmp_path / "out", now=NOW)) is ErrorCode.BACKUP_FAILED
    assert backups(tmp_path / "out") == []
    assert not list((tmp_path / "out").glob("*.part"))
    monkeypatch.undo()
    monkeypatch.setattr("shutil.disk_usage", lambda _: type("U", (), {"free": 1000})())
    assert code_of(lambda: make(shop, tmp_path / "out", now=NOW)) is ErrorCode.STORAGE_FULL


def test_a_backup_that_does_not_come_back_is_none(shop: Paths, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = making.write

    def careless(folder: Path, manifest: Any, target: Path, key: Any) -> None:
        real(folder, manifest, target, key)
        data = bytearray(target.read_bytes())
        data[len(data) // 2] ^= 0xFF
        target.write_bytes(bytes(data))

    monkeypatch.setattr(making, "write", careless)
    assert code_of(lambda: make(shop, tmp_path, now=NOW)) is ErrorCode.BACKUP_DAMAGED
    assert backups(tmp_path) == []


@pytest.mark.parametrize("number", [errno.ENOENT, errno.EFBIG, errno.EIO])
def test_a_disk_that_is_unplugged_or_takes_no_large_files(
    shop: Paths, tmp_path: Path, number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: Any) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(making, "write", refuse)
    with pytest.raises(SeabridgeError) as caught:
        make(shop, tmp_path, now=NOW)
    assert caught.value.code is ErrorCode.BACKUP_FAILED
    assert caught.value.data == {"path": str(tmp_path), "problem": os.strerror(number)}


def test_what_a_killed_one_left_is_cleared_away(shop: Paths, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / "seabridge-00000000-20260101-000000.zip.part").write_bytes(b"half")
    old, young = shop.root / ".backup-old", shop.root / ".backup-young"
    for folder in (old, young):
        folder.mkdir()
        (folder / "archive.db").write_bytes(b"in the clear")
    os.utime(old, (1.0, 1.0))
    make(shop, out, now=NOW)
    assert not list(out.glob("*.part"))
    assert not old.exists()
    assert young.exists(), "another backup may be at work"


@pytest.mark.parametrize("content", [b"{half", b"[1]", b"5", b'{"settings": 5}', b'{"settings": [1]}', b"\xff"])
def test_damaged_settings_take_no_archive_along(shop: Paths, tmp_path: Path, content: bytes) -> None:
    shop.documents.write_bytes(content)
    made = make(shop, tmp_path, now=NOW)
    assert examine(made.path, shop.root, no_passphrase).sound


def test_one_at_a_time(shop: Paths, tmp_path: Path) -> None:
    with writing(tmp_path):
        assert code_of(lambda: make(shop, tmp_path, now=NOW)) is ErrorCode.BUSY


def test_before_there_is_an_archive(paths: Paths, tmp_path: Path) -> None:
    assert code_of(lambda: make(paths, tmp_path, now=NOW)) is ErrorCode.NOT_FOUND


def test_an_archive_that_was_rewritten_does_not_go_on_from_its_backup(shop: Paths, tmp_path: Path) -> None:
    """Someone recomputes every chain after a change: the archive verifies, yet an older backup gives it away."""
    from companion.conversations.chain import NOTHING, Event, link
    from companion.conversations.identity import message_digest

    made = make(shop, tmp_path, now=NOW)
    with closing(sqlite3.connect(shop.archive)) as db:
        db.execute("DROP TRIGGER events_stand")
        db.execute("UPDATE messages SET text = 'I was paid' WHERE id = 2")
        salt, direction, text, label, observed = db.execute(
            "SELECT salt, direction, text, time_label, observed_at FROM messages WHERE id = 2"
        ).fetchone()
        forged = message_digest(salt, ("shopee", "sg", "s1", "t-ana"), direction, text, label, observed)
        db.execute("UPDATE messages SET digest = ? WHERE id = 2", (forged,))
        db.execute("UPDATE events SET digest = ? WHERE message_id = 2 AND kind = 'message'", (forged,))
        chain = NOTHING
        for row in db.execute(
            "SELECT id, kind, message_id, digest, detail, at FROM events WHERE thread_id = 1"
        ).fetchall():
            chain = link(chain, Event(*row))
            db.execute("UPDATE events SET chain = ? WHERE id = ?", (chain, row[0]))
        db.commit()
    archive = Archive.open(shop.archive, shop.files)
    try:
        assert {f.kind for f in archive.keeping.verify()} == {"index_message"}, "but for the index the forgery is whole"
        report = examine(made.path, shop.root, no_passphrase, live=archive)
    finally:
        archive.close()
    assert report.restorable
    assert report.continued is False


HOSTILE = {
    "no zip": b"not a zip at all" * 10,
    "empty": b"",
    "cut": None,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_no_backup_is_told_as_damage(shop: Paths, tmp_path: Path, name: str) -> None:
    made = make(shop, tmp_path, now=NOW)
    made.path.write_bytes(made.path.read_bytes()[:-300] if HOSTILE[name] is None else HOSTILE[name])
    report = examine(made.path, shop.root, no_passphrase)
    assert not report.restorable
    assert report.problem


def _zip(path: Path, members: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w") as bundle:
        for name, data in members.items():
            bundle.writestr(name, data)
    return path


@pytest.mark.parametrize(
    "members",
    [
        {"archive.db": b"x"},
        {"manifest.json": b"{}"},
        {"manifest.json": b"[" * 100_000},
        {"../outside": b"x", "manifest.json": b"{}"},
    ],
)
def test_a_hostile_zip_is_refused(shop: Paths, tmp_path: Path, members: dict[str, bytes]) -> None:
    report = examine(_zip(tmp_path / "x.zip", members), shop.root, no_passphrase)
    assert not report.restorable
    assert not (shop.root.parent / "outside").exists()


def test_a_missing_picture_is_told(shop: Paths, tmp_path: Path) -> None:
    made = make(shop, tmp_path, now=NOW)
    [picture] = (tmp_path / "attachments").glob("*/*")
    picture.write_bytes(PICTURE + b"!")
    report = examine(made.path, shop.root, no_passphrase)
    assert report.restorable
    assert len(report.missing) == 1
    assert not report.sound
    say(shop, "t-new", "Zoe", "hello")
