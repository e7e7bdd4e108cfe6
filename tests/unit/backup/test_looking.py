"""What is seen before anything is decided: folders, backups, copies elsewhere, what was put aside."""

from __future__ import annotations

from pathlib import Path

import pytest

from companion.backup import asides, choosing, whereabouts
from companion.backup.making import make
from companion.backup.plan import Changes, Plan
from companion.backup.rotation import Kept
from companion.conversations import ledger
from companion.protocol.errors import ErrorCode, SeabridgeError
from companion.runtime.paths import Paths

from .conftest import NOW
from .test_keeper import Stand
from .test_keeper import stand as stand

DAY = 86_400.0


def test_a_folder_is_judged_before_anything_is_written(paths: Paths, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    (tmp_path / "usb").mkdir()

    def problem(typed: str) -> str:
        return choosing.look_at(typed, paths).problem

    assert problem("somewhere/else") == "relative"
    assert problem(str(paths.root)) == problem(str(paths.root / "x" / "y")) == "inside"
    assert problem(str(tmp_path / "usb" / ".." / "home" / "x")) == "inside"
    assert problem(str(tmp_path / "file")) == "not_folder"
    assert problem(str(tmp_path / "no" / "such")) == "missing"
    usb = choosing.look_at(f'  "{tmp_path / "usb"}" ', paths)
    assert (usb.folder, usb.problem, usb.same_disk, usb.made) == (str(tmp_path / "usb"), "", True, False)
    assert choosing.look_at(str(tmp_path / "new"), paths).made
    for own in ("", str(paths.backups)):
        assert choosing.look_at(own, paths) == choosing.Choice("", "", "ordinary", True, False)
    assert sorted(each.name for each in tmp_path.iterdir()) == ["file", "home", "usb"]
    assert list((tmp_path / "usb").iterdir()) == []


def test_a_synced_folder_is_told(paths: Paths, tmp_path: Path) -> None:
    (tmp_path / "OneDrive - Shop").mkdir()
    assert choosing.look_at(str(tmp_path / "OneDrive - Shop"), paths).place == "cloud"


def test_a_folder_of_somebody_else(paths: Paths, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(**_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("tempfile.NamedTemporaryFile", refused)
    assert choosing.look_at(str(tmp_path), Paths(tmp_path / "home")).problem == "not_writable"


def test_the_data_folder_itself_takes_no_backups(stand: Stand) -> None:
    with pytest.raises(SeabridgeError) as caught:
        stand.keeper.change(Changes(folder=str(stand.paths.root / "more")))
    assert caught.value.code is ErrorCode.BACKUP_INSIDE
    assert stand.keeper.change(Changes(folder=str(stand.paths.backups))).folder == ""


def test_how_many_stay_is_the_sellers_choice(stand: Stand) -> None:
    stand.keeper.change(Changes(kept=Kept(days=2, weeks=0, months=0)))
    for number in range(5):
        stand.now = NOW + number * DAY
        stand.keeper.backup_if_due()
    assert stand.made() == 2
    assert stand.keeper.look.settings().plan.kept.days == 2


def test_backups_elsewhere_are_remembered_and_told_of_an_erasure(stand: Stand, tmp_path: Path) -> None:
    stand.keeper.backup()
    made = make(stand.paths, tmp_path / "usb", now=NOW)
    make(stand.paths, tmp_path / "usb", now=NOW + 2 * DAY)
    gone = make(stand.paths, tmp_path / "gone", now=NOW).path.parent
    gone.rename(tmp_path / "unplugged")
    assert len(whereabouts.remembered(stand.paths)) == 3, "each folder once"
    told = stand.keeper.look.copies()
    assert told.backups == {str(stand.paths.backups): 1, str(tmp_path / "usb"): 2}
    assert told.away == [str(gone)]
    seen = stand.keeper.overview()
    assert (seen.count, seen.elsewhere, seen.elsewhere_folder) == (1, 2, str(tmp_path / "usb"))
    assert (seen.elsewhere_at, seen.away) == (NOW + 2 * DAY, (str(gone),))
    stand.keeper.erase([1], even_held=False)
    assert len(ledger.read(made.path.parent / "erasures.jsonl")) == 1
    assert not gone.exists()


def test_a_damaged_note_of_folders_costs_nothing(paths: Paths, tmp_path: Path) -> None:
    whereabouts.remember(paths, tmp_path / "usb")
    with paths.backup_folders.open("ab") as file:
        file.write(b'"relative"\n{"no": 1}\n\xff\xfe\n"/half')
    assert whereabouts.remembered(paths) == [tmp_path / "usb"]
    assert whereabouts.folders(Plan(), paths) == [paths.backups, tmp_path / "usb"]


def test_the_list_tells_whose_backup_and_whether_sealed(stand: Stand) -> None:
    stand.keeper.backup()
    stand.keeper.change(Changes(), "词")
    stand.now = NOW + DAY
    stand.keeper.backup()
    (stand.paths.backups / "seabridge-ffffffff-20260101-000000.zip").write_bytes(b"another's")
    found = stand.keeper.look.backups()
    assert [(each.sealed, each.mine) for each in found] == [(True, True), (False, True), (False, False)]
    assert found[0].at == NOW + DAY


def test_a_trial_reports_its_way_and_what_it_found(stand: Stand) -> None:
    stand.keeper.change(Changes(), "词")
    stand.keeper.backup()
    name = stand.keeper.look.backups()[0].name
    heard: list[str] = []
    report = stand.keeper.look.prove(name, None, lambda stage, *_: heard.append(stage))
    assert report.sound
    assert report.continued is True
    assert list(dict.fromkeys(heard)) == ["opening", "pictures", "archive"]
    for asked, passphrase, code in (
        (name, "wrong", ErrorCode.BACKUP_PASSPHRASE),
        ("../archive.db", None, ErrorCode.NOT_FOUND),
    ):
        with pytest.raises(SeabridgeError) as caught:
            stand.keeper.look.prove(asked, passphrase, lambda *_: None)
        assert caught.value.code is code


def test_what_a_rule_and_an_erasure_would_take(stand: Stand) -> None:
    assert stand.keeper.look.due(0) == []
    assert {each.buyer for each in stand.keeper.look.due(1)} <= {"Ana Lopez", "Ben"}
    found = stand.keeper.look.of_buyer("ana lopez")
    assert ([each.messages for each in found.threads], found.alike) == ([2], [])
    assert stand.keeper.look.of_buyer("ana").alike == ["Ana Lopez"]


def test_of_what_restores_put_aside_the_newest_three_stay(paths: Paths) -> None:
    for day in range(1, 6):
        folder = paths.root / f"before-restore-2026010{day}-120000"
        folder.mkdir()
        (folder / "archive.db").write_bytes(b"x" * day)
    (paths.root / "archive.before-upgrade-20260103-120000-v7.db").write_bytes(b"old")
    (paths.root / "before-restore-mine").mkdir()
    assert [path.name[15:23] for path in asides.prune(paths)] == ["20260101", "20260102"]
    assert [each.bytes for each in asides.asides(paths)] == [3, 3, 4, 5]
    assert (paths.root / "before-restore-mine").is_dir(), "what is not ours stays"
