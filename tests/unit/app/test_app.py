"""The companion as a whole, in one process: started, asked, ended from several sides at once."""

from __future__ import annotations

import json
import threading
from pathlib import Path
from types import SimpleNamespace

import pytest

from companion import cli, housekeeping
from companion.app import App
from companion.protocol.errors import ErrorCode, SeabridgeError
from companion.runtime import control
from companion.runtime.paths import Paths
from companion.runtime.schedule import Schedule


@pytest.fixture
def paths(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Paths:
    monkeypatch.setenv("SEABRIDGE_SECRETS", "file")
    return Paths(tmp_path / "home")


def test_a_companion_answers_and_its_folder_is_free_again_afterwards(paths: Paths) -> None:
    for _ in range(2):
        app = App(paths, (0,))
        app.start()
        status = control.call(paths, "status")
        assert status["messages"] == 0
        assert control.call(paths, "keeping.sweep") == {"count": 0}
        assert control.call(paths, "backup.state")["count"] == 0
        assert control.call(paths, "team.changes") == {"count": None}
        assert app.team_check() is None
        with pytest.raises(SeabridgeError) as nobody:
            control.call(paths, "keeping.erase", {"threads": [9]})
        assert nobody.value.code is ErrorCode.NOT_FOUND
        app.stop()
    with pytest.raises(SeabridgeError) as caught:
        control.call(paths, "status")
    assert caught.value.code is ErrorCode.NOT_RUNNING


def test_a_second_companion_on_the_folder_leaves_the_first_alone(paths: Paths) -> None:
    first = App(paths, (0,))
    first.start()
    try:
        with pytest.raises(SeabridgeError) as caught:
            App(paths, (0,)).start()
        assert caught.value.code is ErrorCode.ALREADY_RUNNING
        assert control.call(paths, "status")["messages"] == 0
    finally:
        first.stop()


def test_ending_from_several_sides_at_once_closes_once_and_everybody_waits(
    paths: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = App(paths, (0,))
    app.start()
    control.call(paths, "status")  # opens the archive
    closed: list[str] = []
    archive = app.rooms.archive
    close = archive.close
    monkeypatch.setattr(archive, "close", lambda: (closed.append("archive"), close()))
    late: list[int] = []

    def end() -> None:
        app.stop()
        late.append(len(closed))

    threads = [threading.Thread(target=end) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert closed == ["archive"]
    assert late == [1, 1, 1, 1], "nobody returns before all is closed"


def test_a_damaged_document_file_stops_the_start_with_a_code_and_frees_the_lock(paths: Paths) -> None:
    paths.ready().documents.write_text("{", "utf-8")
    with pytest.raises(SeabridgeError) as caught:
        App(paths, (0,)).start()
    assert caught.value.code is ErrorCode.STORAGE_CORRUPT
    app = App(paths, (0,))  # the damaged file was set aside
    app.start()
    app.stop()


def test_the_schedule_runs_keeps_going_after_a_failure_and_never_starts_after_its_end() -> None:
    ran = threading.Event()
    tries: list[int] = []

    def work() -> None:
        tries.append(1)
        if len(tries) == 1:
            raise ValueError("the first run fails")
        ran.set()

    schedule = Schedule()
    schedule.every("work", 0.05, work)
    schedule.start()
    assert ran.wait(10)
    schedule.stop()
    schedule.stop()
    schedule.start()
    assert schedule._scheduler is None


def test_a_file_goes_through_the_running_companion_which_translates_it(
    paths: Paths, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SEABRIDGE_HOME", str(paths.root))
    table = tmp_path / "a.csv"
    table.write_text("time,buyer,direction,text\n2026-09-01 10:00,Ana,buyer,Hola\n", "utf-8")
    app = App(paths, ports=(0,))
    looked = []
    try:
        running = app.start()
        monkeypatch.setattr(running.desk.backlog, "look_again", lambda: looked.append(1))
        asked = ["import", str(table), "--shop", "amazon/A1", "--json"]
        assert cli.main([*asked, "--dry-run"]) == 0
        assert (json.loads(capsys.readouterr().out)["new"], looked) == (1, [])
        assert cli.main(asked) == 0
        assert (json.loads(capsys.readouterr().out)["new"], looked) == (1, [1])
        assert app.status().messages == 1
        table.write_text("time\nx\n", "utf-8")
        assert cli.main(asked) == 1
        assert "--map" in capsys.readouterr().err
    finally:
        app.stop()


def test_what_was_imported_before_languages_were_told_gets_them_by_the_clock(
    paths: Paths, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from companion.conversations import Archive
    from companion.conversations.imports.asked import ImportAsked

    table = tmp_path / "a.csv"
    table.write_text("time,buyer,direction,text\n2026-09-01 10:00,Ana,buyer,¿Dónde está mi paquete?\n", "utf-8")
    archive = Archive.open(paths.ready().archive, paths.files)
    archive.imports.take_file(ImportAsked(path=str(table), marketplace="amazon", shop="A1"), list)
    archive.close()
    monkeypatch.setattr(housekeeping, "WARM_AFTER_S", 600)
    app = App(paths, ports=(0,))
    try:
        app.start()
        # the phrasebook takes seconds
        nothing = SimpleNamespace(book=SimpleNamespace(languages=list), close=lambda: None)
        for holder in (app.rooms, app.rooms.for_desk):
            monkeypatch.setattr(holder, "_translator", nothing)
        assert app._housekeeping is not None
        app._housekeeping.warm()
        turn = {name: job for name, _, job in app._housekeeping._schedule._jobs}["languages of imports"]
        turn()
        turn()
        assert app.rooms.archive.transcript(1).language == "es"
    finally:
        app.stop()
