"""What happens by itself: a backup a day, conversations past their time, erasures made good at the next start."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from companion.backup.folder import backups
from companion.backup.keeper import Keeper
from companion.backup.plan import Changes, PlanStore
from companion.conversations import Archive, ledger
from companion.protocol.errors import ErrorCode, SeabridgeError
from companion.runtime.documents import Documents
from companion.runtime.paths import Paths
from companion.runtime.secrets import Secrets

from .conftest import NOW, say

DAY = 86_400.0


class Stand:
    def __init__(self, paths: Paths) -> None:
        self.paths, self.now = paths, NOW
        self.archive = Archive.open(paths.archive, paths.files)
        self.forgotten: list[str] = []
        self.plans = PlanStore(Documents(paths.documents))
        self.keeper = Keeper(
            paths, Documents(paths.documents), Secrets(paths), lambda: self.archive, self._forget,
            now=lambda: self.now,
        )  # fmt: skip

    def _forget(self, said: Sequence[str]) -> None:
        self.forgotten += said

    def made(self) -> int:
        return len(backups(self.paths.backups))


@pytest.fixture
def stand(shop: Paths) -> Iterator[Stand]:
    stand = Stand(shop)
    yield stand
    stand.archive.close()


def test_once_a_day(stand: Stand) -> None:
    assert stand.keeper.backup_if_due() is not None
    for hours in (1, 8, 22.9):
        stand.now = NOW + hours * 3600
        assert stand.keeper.backup_if_due() is None
    stand.now = NOW + 23.1 * 3600
    assert stand.keeper.backup_if_due() is not None
    assert stand.made() == 2
    assert stand.plans.last().at == stand.now


def test_a_clock_that_jumps_back_does_not_stop_backups(stand: Stand) -> None:
    stand.keeper.backup_if_due()
    stand.now = NOW - 30 * DAY
    assert stand.keeper.backup_if_due() is not None
    assert stand.keeper.backup_if_due() is None


def test_another_archives_backups_in_the_folder_do_not_count(stand: Stand) -> None:
    stand.paths.backups.mkdir()
    (stand.paths.backups / "seabridge-ffffffff-20260903-072000.zip").write_bytes(b"another's")
    assert stand.keeper.backup_if_due() is not None


def test_switched_off_or_in_the_practice_shop_there_is_none(stand: Stand) -> None:
    stand.keeper.change(Changes(daily=False))
    assert stand.keeper.backup_if_due() is None
    stand.keeper.change(Changes(daily=True))
    practice = Paths(stand.paths.root, practice=True)
    keeper = Keeper(practice, Documents(practice.documents), Secrets(practice), lambda: stand.archive, list)
    assert keeper.backup_if_due() is None
    assert stand.made() == 0


def test_a_failure_is_kept_for_the_doctor_until_one_succeeds(stand: Stand, tmp_path: Path) -> None:
    usb = tmp_path / "usb"
    stand.keeper.change(Changes(folder=str(usb)))
    for path in sorted(usb.rglob("*"), reverse=True):
        path.unlink()
    usb.rmdir()
    usb.write_text("the drive is gone and its folder is a file now")
    with pytest.raises(SeabridgeError):
        stand.keeper.backup_if_due()
    assert stand.plans.last().problem == ErrorCode.BACKUP_FAILED
    usb.unlink()
    assert stand.keeper.backup_if_due() is not None
    assert stand.plans.last().problem == ""


def test_it_is_sealed_with_the_passphrase_that_was_kept(stand: Stand) -> None:
    stand.keeper.change(Changes(), "词")
    made = stand.keeper.backup_if_due()
    assert made is not None
    assert made.sealed
    assert b"\xe8\xaf\x8d" not in stand.paths.documents.read_bytes()
    stand.keeper.change(Changes(), "")
    assert stand.keeper.passphrase() == ""


def test_retention_erases_what_is_due_and_nothing_without_a_rule(stand: Stand) -> None:
    say(stand.paths, "t-old", "Old", "hello", at=time.time() - 500 * DAY)
    say(stand.paths, "t-new", "New", "hello", at=time.time())
    before = stand.archive.counts()
    assert stand.keeper.sweep() == 0
    assert stand.archive.counts() == before
    stand.keeper.change(Changes(months=12))
    assert stand.keeper.sweep_if_due() >= 1
    say(stand.paths, "t-old-too", "Older", "hello", at=time.time() - 600 * DAY)
    assert stand.keeper.sweep_if_due() == 0, "once a day"
    stand.now += DAY
    assert stand.keeper.sweep_if_due() == 1
    assert stand.archive.keeping.holdings("Old")[0] == []
    assert stand.archive.keeping.holdings("New")[0] != []
    assert stand.archive.check() == []


def test_an_old_copy_put_in_place_by_hand_is_made_good(stand: Stand) -> None:
    with stand.archive._database.read() as connection:
        from companion.conversations import log

        origin = log.origin(connection, 1)
    assert stand.keeper.catch_up() == 0
    ledger.note(stand.paths.erasures, [ledger.Erasure(origin.hex(), NOW)])
    assert stand.keeper.catch_up() == 1
    assert stand.forgotten == ["抱歉，安娜"]
    assert stand.archive.keeping.holdings("Ana Lopez") == ([], [])


def test_an_erasure_is_told_to_the_folder_of_backups(stand: Stand) -> None:
    stand.keeper.backup_if_due()
    stand.keeper.erase([1], even_held=False)
    assert len(ledger.read(stand.paths.backups / "erasures.jsonl")) == 1


def test_before_anything_happened_there_is_nothing_to_back_up(paths: Paths) -> None:
    stand = Stand(paths)
    try:
        assert stand.keeper.backup_if_due() is None
    finally:
        stand.archive.close()


def test_relative_folders_are_refused(stand: Stand) -> None:
    with pytest.raises(SeabridgeError) as caught:
        stand.plans.change(Changes(folder="somewhere"))
    assert caught.value.code is ErrorCode.BAD_PARAMS


def test_what_starts_with_the_companion_loads_no_database_library() -> None:
    script = "import sys, companion.backup.keeper, companion.desk.keeping; sys.exit('sqlalchemy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0
