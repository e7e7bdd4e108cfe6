"""A team's archive is backed up out of its database, and comes back into an empty one."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from companion.backup.checking import examine
from companion.backup.health import health
from companion.backup.keeper import Keeper
from companion.backup.making import make
from companion.backup.moving import to_team
from companion.backup.plan import Changes
from companion.backup.restoring import Restored, restore
from companion.conversations import Archive, copying, ledger
from companion.protocol.errors import ErrorCode, SeabridgeError
from companion.protocol.methods.archive import MessageSeenParams, ThreadListParams
from companion.protocol.values import SeenMessage
from companion.runtime.database_url import VARIABLE, parse
from companion.runtime.documents import Documents
from companion.runtime.paths import Paths
from companion.runtime.secrets import Secrets
from companion.team.last_seen import LastSeen
from companion.translation.memory.store import MemoryStore
from companion.translation.memory.tmx import TmxPair
from tests.postgres import Server, empty

from .conftest import NOW, PICTURE, ref

DAY = 86_400.0


@pytest.fixture
def seat(shop: Paths, team_url: str, monkeypatch: pytest.MonkeyPatch) -> Paths:
    """The shop became a team's: its archive is in the database."""
    monkeypatch.setenv(VARIABLE, team_url)
    to_team(shop, parse(team_url), lambda *_: None)
    shop.archive.unlink()
    for path in shop.files.glob("*/*"):
        path.unlink()
    return shop


@pytest.mark.parametrize("passphrase", ["", "词 horse"])
def test_out_and_back(seat: Paths, tmp_path: Path, postgres: Server, passphrase: str) -> None:
    usb = tmp_path / "usb"
    made = make(seat, usb, passphrase, now=NOW)
    assert (made.threads, made.messages, made.attachments, made.new_attachments, made.findings) == (2, 4, 1, 1, [])
    assert make(seat, usb, passphrase, now=NOW + DAY).new_attachments == 0
    team = Archive.at(seat)
    report = examine(made.path, seat.root, lambda: passphrase, live=team)
    assert report.sound
    assert report.continued is True
    before = team.keeping.log_state()
    with pytest.raises(SeabridgeError) as caught:
        back(seat, made.path, passphrase)
    assert caught.value.code is ErrorCode.ARCHIVE_FILLED
    team.close()
    assert not list(seat.root.glob(".backup-*"))

    with postgres.connect("team") as connection:
        empty(connection)
    done = back(seat, made.path, passphrase)
    assert (done.threads, done.messages, done.pictures, done.missing) == (2, 4, 1, [])
    team = Archive.at(seat)
    try:
        assert team.keeping.log_state() == before
        assert team.check() == []
        [name] = team.files.names()
        assert team.files.read(name) == PICTURE
    finally:
        team.close()
    assert not seat.archive.exists(), "the archive is where the team has it"


def test_what_the_team_decided_is_in_it_as_this_seat_saw_it_last(seat: Paths, tmp_path: Path, postgres: Server) -> None:
    own = Documents(seat.documents)
    own.put("glossary", "s1", {"terms": ["of before the team"]})
    own.put("settings", "seller", {"locale": "en", "tone": "plain"})
    seen = LastSeen(seat.team_seen, parse(os.environ[VARIABLE]).shown)
    seen.keep("glossary", {"s1": {"terms": ["Tüll"]}, "s2": {"terms": ["Anker"]}})
    seen.keep("settings", {"seller": {"tone": "warm"}})
    pair = TmxPair("zh", "en", "亲", "Hello", NOW)
    for path, pairs in ((seat.memory, []), (seat.team_memory, [pair])):
        memory = MemoryStore(path)
        memory.add(pairs, "s1", NOW)
        memory.close()
    made = make(seat, tmp_path / "usb", now=NOW)
    with postgres.connect("team") as connection:
        empty(connection)
    back(seat, made.path)
    restored = Documents(seat.documents)
    assert restored.all("glossary") == {"s1": {"terms": ["Tüll"]}, "s2": {"terms": ["Anker"]}}
    mine = restored.get("settings", "seller") or {}
    assert (mine["locale"], mine["tone"]) == ("en", "warm")
    memory = MemoryStore(seat.memory)
    assert [(one.said, one.told) for one in memory.pairs("s1")] == [("亲", "Hello")]
    memory.close()


def back(paths: Paths, file: Path, passphrase: str = "") -> Restored:
    return restore(paths, file, lambda: passphrase, lambda *_: None, now=NOW)


def test_what_was_erased_does_not_come_back(seat: Paths, tmp_path: Path, postgres: Server) -> None:
    made = make(seat, tmp_path / "usb", now=NOW)
    team = Archive.at(seat)
    team.keeping.erase([1], seat.erasures, lambda _: None)
    team.close()
    with postgres.connect("team") as connection:
        empty(connection)
    assert back(seat, made.path).erased == 1
    team = Archive.at(seat)
    try:
        assert [each.buyer for each in team.threads(ThreadListParams(limit=9)).threads] == ["Ben"]
        assert team.files.names() == []
        assert len(ledger.read(seat.erasures)) == 1
    finally:
        team.close()


def test_a_daily_one_only_where_the_seller_chose_a_folder(seat: Paths, tmp_path: Path) -> None:
    team = Archive.at(seat)
    keeper = Keeper(seat, Documents(seat.documents), Secrets(seat), lambda: team, list, now=lambda: NOW)
    assert keeper.backup_if_due() is None
    assert health(seat).id == "backup_team"
    keeper.change(Changes(folder=str(tmp_path / "usb")))
    assert keeper.backup_if_due() is not None
    assert health(seat).id in ("backup", "backup_old")
    team.close()


def test_what_another_seat_writes_meanwhile_is_not_half_in_it(
    seat: Paths, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = Archive.at(seat)
    real: Callable[..., int] = copying._rows

    def busy(source: object, target: object, table: object, progress: object) -> int:
        name = getattr(table, "name", "")
        if name == "messages":
            rows = [SeenMessage(direction="buyer", text="while it is copied", key="z")]
            other.see(MessageSeenParams(thread=ref("t-z", "Zoe"), messages=rows, observed_at=NOW))
        return real(source, target, table, progress)

    monkeypatch.setattr(copying, "_rows", busy)
    made = make(seat, tmp_path / "usb", now=NOW)
    other.close()
    assert (made.threads, made.messages, made.findings) == (2, 4, [])
