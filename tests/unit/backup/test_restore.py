"""Bringing back what was lost, without losing what is there, and without bringing back what was erased."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from companion.backup.making import make
from companion.backup.restoring import Restored, preview, restore
from companion.commands.restore import _forget_in
from companion.conversations import Archive
from companion.protocol.errors import ErrorCode, SeabridgeError
from companion.runtime.documents import Documents
from companion.runtime.lock import DataLock
from companion.runtime.paths import Paths

from .conftest import NOW, PICTURE, documents, say, texts

ANA = ["La costura está rota, soy Ana Lopez", "Lo siento, Ana"]
BEN = ["Where is my parcel?", "On its way"]


def back(paths: Paths, file: Path, passphrase: str = "") -> Restored:
    return restore(paths, file, lambda: passphrase, _forget_in, now=NOW)


def code_of(call: Any) -> ErrorCode:
    with pytest.raises(SeabridgeError) as caught:
        call()
    return caught.value.code


def sound(paths: Paths) -> None:
    archive = Archive.open(paths.archive, paths.files)
    assert archive.check() == []
    archive.close()


def erase(paths: Paths, *threads: int) -> int:
    archive = Archive.open(paths.archive, paths.files)

    def forget(said: Sequence[str]) -> None:
        _forget_in(paths.memory, said)

    try:
        count = archive.keeping.erase(threads, paths.erasures, forget)
        archive.keeping.scrub()
        return count
    finally:
        archive.close()


def said(paths: Paths) -> list[str]:
    with closing(sqlite3.connect(paths.memory)) as db:
        return [row[0] for row in db.execute("SELECT said FROM unit ORDER BY id")]


@pytest.mark.parametrize("passphrase", ["", "词 horse"])
def test_on_another_computer(shop: Paths, tmp_path: Path, passphrase: str) -> None:
    made = make(shop, tmp_path / "usb", passphrase, now=NOW)
    other = Paths(tmp_path / "other").ready()
    done = back(other, made.path, passphrase)
    assert (done.threads, done.messages, done.pictures, done.missing, done.aside) == (2, 4, 1, [], None)
    assert texts(other) == {"Ana Lopez": ANA, "Ben": BEN}
    assert [path.read_bytes() for path in other.files.glob("*/*")] == [PICTURE]
    assert said(other) == ["抱歉，安娜", "已发货"]
    assert documents(other).keys() == {"settings"}
    assert (other.marketplaces / "own" / "pages" / "chat.yml").exists()
    sound(other)
    assert not list(other.root.glob(".backup-*"))


def test_what_is_there_is_kept_aside(shop: Paths, tmp_path: Path) -> None:
    made = make(shop, tmp_path / "usb", now=NOW)
    say(shop, "t-ben", "Ben", *BEN[:1], "<On its way", "thanks!", at=NOW + 60)
    Documents(shop.documents).put("settings", "seller", {"seller_language": "ja"})
    Documents(shop.documents).put("pairings", "key-2", {"origin": "moz-extension://x"})
    done = back(shop, made.path)
    assert texts(shop)["Ben"] == BEN
    assert documents(shop)["settings"] == {"seller": {"seller_language": "zh"}}
    assert set(documents(shop)["pairings"]) == {"key-1", "key-2"}, "who is paired now stays paired"
    assert done.aside is not None
    before = Paths(done.aside)
    assert texts(before)["Ben"] == [*BEN, "thanks!"]
    assert documents(before)["settings"] == {"seller": {"seller_language": "ja"}}
    sound(shop)
    say(shop, "t-ben", "Ben", *BEN[:1], "<On its way", "thanks!", at=NOW + 60)
    assert texts(shop)["Ben"] == [*BEN, "thanks!"], "the archive goes on"
    sound(shop)


def test_nothing_changes_before_the_backup_has_proven_whole(shop: Paths, tmp_path: Path) -> None:
    made = make(shop, tmp_path / "usb", "secret", now=NOW)
    say(shop, "t-new", "Zoe", "hello")
    before = texts(shop)
    assert code_of(lambda: back(shop, made.path, "wrong")) is ErrorCode.BACKUP_PASSPHRASE
    assert code_of(lambda: back(shop, tmp_path / "nowhere.zip")) is ErrorCode.NOT_FOUND
    data = bytearray(made.path.read_bytes())
    data[-40] ^= 1
    made.path.write_bytes(bytes(data))
    assert code_of(lambda: back(shop, made.path, "secret")) is ErrorCode.BACKUP_DAMAGED
    assert not preview(made.path, shop, lambda: "secret").restorable
    assert texts(shop) == before
    assert not list(shop.root.glob("before-restore-*"))


def test_not_under_a_running_companion(shop: Paths, tmp_path: Path) -> None:
    made = make(shop, tmp_path / "usb", now=NOW)
    with DataLock(shop):
        assert code_of(lambda: back(shop, made.path)) is ErrorCode.ALREADY_RUNNING


def test_over_a_damaged_archive(shop: Paths, tmp_path: Path) -> None:
    made = make(shop, tmp_path / "usb", now=NOW)
    damaged = b"not a database" * 100
    shop.archive.write_bytes(damaged)
    done = back(shop, made.path)
    assert texts(shop) == {"Ana Lopez": ANA, "Ben": BEN}
    assert done.aside is not None
    assert (done.aside / "archive.db").read_bytes() == damaged


def test_a_log_left_by_a_crash_does_not_get_into_the_restored_archive(shop: Paths, tmp_path: Path) -> None:
    made = make(shop, tmp_path / "usb", now=NOW)
    holder = sqlite3.connect(shop.archive)  # as a killed companion leaves it: the last messages are in the log alone
    try:
        holder.execute("SELECT count(*) FROM messages").fetchall()
        say(shop, "t-late", "Late", "just now")
        assert shop.archive.with_name("archive.db-wal").stat().st_size
        done = back(shop, made.path)
    finally:
        holder.close()
    assert set(texts(shop)) == {"Ana Lopez", "Ben"}
    sound(shop)
    assert done.aside is not None
    assert set(texts(Paths(done.aside))) == {"Ana Lopez", "Ben", "Late"}


def test_breaking_off_anywhere_leaves_an_archive_that_opens(
    shop: Paths, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = make(shop, tmp_path / "usb", now=NOW)
    say(shop, "t-new", "Zoe", "hello")
    real = Path.replace
    for allowed in range(4):
        calls = 0

        def stopping(self: Path, target: Any, allowed: int = allowed) -> Path:
            nonlocal calls
            calls += Path(target).parent == shop.root and Path(target).suffix in (".db", ".json")
            if calls > allowed:
                raise KeyboardInterrupt
            return real(self, target)

        with monkeypatch.context() as patch:
            patch.setattr(Path, "replace", stopping)
            if allowed < 3:
                with pytest.raises(KeyboardInterrupt):
                    restore(shop, made.path, lambda: "", _forget_in, now=NOW + allowed)
            else:
                restore(shop, made.path, lambda: "", _forget_in, now=NOW + allowed)
        assert set(texts(shop)) == ({"Ana Lopez", "Ben", "Zoe"} if allowed < 3 else {"Ana Lopez", "Ben"})
        sound(shop)


def test_pictures_that_nobody_has_are_named_and_the_rest_comes(shop: Paths, tmp_path: Path) -> None:
    made = make(shop, tmp_path / "usb", now=NOW)
    for path in (tmp_path / "usb" / "attachments").glob("*/*"):
        path.unlink()
    other = Paths(tmp_path / "other").ready()
    done = back(other, made.path)
    assert len(done.missing) == 1
    assert texts(other)["Ana Lopez"] == ANA


def test_what_was_erased_stays_erased(shop: Paths, tmp_path: Path) -> None:
    made = make(shop, tmp_path / "usb", now=NOW)
    assert erase(shop, 1) == 2
    done = back(shop, made.path)
    assert done.erased == 1
    assert texts(shop) == {"Ben": BEN}
    assert said(shop) == ["已发货"], "what Ben got too stays; what Ana alone got goes again"
    assert list(shop.files.glob("*/*")) == []
    sound(shop)
    for name in ("archive.db", "memory.db"):
        assert b"Ana" not in (shop.root / name).read_bytes()


def test_also_when_all_that_is_left_is_the_folder_of_backups(shop: Paths, tmp_path: Path) -> None:
    """The computer is gone; an old backup is restored on a new one. A later backup lies beside it."""
    old = make(shop, tmp_path / "usb", now=NOW)
    erase(shop, 1)
    make(shop, tmp_path / "usb", now=NOW + 86_400)
    other = Paths(tmp_path / "other").ready()
    assert back(other, old.path).erased == 1
    assert texts(other) == {"Ben": BEN}
    newer = Paths(tmp_path / "newer").ready()
    assert back(newer, old.path).erased == 1


def test_a_conversation_begun_after_the_erasure_is_another_one(shop: Paths, tmp_path: Path) -> None:
    erase(shop, 1)
    say(shop, "t-ana", "Ana Lopez", "Hola de nuevo", at=NOW + 9)
    made = make(shop, tmp_path / "usb", now=NOW + 10)
    assert back(shop, made.path).erased == 0
    assert texts(shop)["Ana Lopez"] == ["Hola de nuevo"]
