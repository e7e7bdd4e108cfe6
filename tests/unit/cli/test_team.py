"""The commands where the archive is a team's: the same answers, and nothing begun in the data folder."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from companion import cli
from companion.conversations import Archive
from companion.protocol.methods.archive import MessageSeenParams
from companion.protocol.values import SeenMessage, ThreadRef
from companion.runtime.database_url import VARIABLE
from companion.runtime.paths import Paths

if TYPE_CHECKING:
    from tests.postgres import Server

PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 40
Run = Callable[..., tuple[int, Any]]


@pytest.fixture
def paths(tmp_path: Path, team_url: str, monkeypatch: pytest.MonkeyPatch) -> Paths:
    monkeypatch.setenv("SEABRIDGE_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("SEABRIDGE_SECRETS", "file")
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")
    monkeypatch.setenv(VARIABLE, team_url)
    return Paths.default()


@pytest.fixture
def filled(paths: Paths) -> Paths:
    archive = Archive.at(paths)
    ref = ThreadRef(marketplace="ozon", shop="1", region="ru", thread="t", buyer="Ivan")
    rows = [SeenMessage(direction="buyer", text="Где заказ?", images=["https://img.example/1.png"])]
    seen = archive.see(MessageSeenParams(thread=ref, messages=rows, observed_at=1_788_420_600.0))
    archive.pictures.keep(seen.rows[0].id, "https://img.example/1.png", PNG)
    archive.close()
    return paths


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    def run(*words: str) -> tuple[int, Any]:
        capsys.readouterr()
        code = cli.main([*words, "--json"])
        told = capsys.readouterr()
        return code, json.loads(told.out) if told.out else told.err

    return run


def test_search_verify_export_and_the_doctor(filled: Paths, run: Run, tmp_path: Path) -> None:
    code, found = run("search", "заказ")
    assert (code, [hit["text"][1]["text"] for hit in found["hits"]]) == (0, ["заказ"])
    code, told = run("verify")
    assert (code, told["ok"], told["messages"], told["events"]) == (0, True, 1, 3)
    assert cli.main(["export", "--all", "--to", str(tmp_path / "all.jsonl")]) == 0
    assert '"record":"picture"' in (tmp_path / "all.jsonl").read_text("utf-8")
    checks = {check["id"]: check for check in run("doctor")[1]["checks"]}
    assert (checks["archive_team"]["state"], checks["archive_team"]["data"]["messages"]) == ("ok", "1")
    assert checks["backup_team"]["state"] == "off"
    assert not filled.archive.exists()


@pytest.mark.usefixtures("filled")
def test_a_team_in_which_no_seat_has_run_yet(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["team"]) == 0
    told = capsys.readouterr().out.splitlines()
    assert told[-1] == "Seabridge has not run at any seat yet."


def test_what_is_imported_lands_there(paths: Paths, run: Run, tmp_path: Path) -> None:
    table = tmp_path / "a.csv"
    table.write_text("time,buyer,direction,text\n2026-09-01 10:00,Ana,buyer,hola\n", "utf-8")
    assert run("import", str(table), "--shop", "amazon/A1", "--zone", "Asia/Shanghai")[1]["new"] == 1
    assert run("search", "hola")[0] == 0
    assert not paths.archive.exists()


@pytest.mark.usefixtures("filled")
def test_an_erased_buyer_is_gone_for_every_seat(run: Run, postgres: Server) -> None:
    assert cli.main(["erase", "Ivan", "--yes"]) == 0
    assert run("search", "заказ")[0] == 1
    assert run("verify")[1]["ok"]
    with postgres.connect("team") as connection:
        assert connection.execute("SELECT count(*) FROM files").fetchone() == (0,)


def test_a_backup_takes_the_teams_archive_along(filled: Paths, run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    code, made = run("backup")
    assert (code, made["messages"], made["attachments"]) == (0, 1, 1)
    assert run("verify", made["path"])[1]["continued"] is True
    assert run("backup", "settings")[1]["daily"] is False
    assert cli.main(["backup", "settings"]) == 0
    assert "makes no daily backup" in capsys.readouterr().out


def test_a_server_that_is_away_is_said_without_its_password(
    paths: Paths, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv(VARIABLE, "postgresql://anna:s3cret@/shop?host=%2Fnowhere%2Fat%2Fall")
    assert cli.main(["search", "x"]) == 1
    said = capsys.readouterr().err
    assert "postgresql://anna@/nowhere/at/all/shop" in said
    assert "s3cret" not in said
    assert cli.main(["doctor", "--json"]) == 1
    told = capsys.readouterr().out
    assert "database_away" in told
    assert "s3cret" not in told


def test_an_address_that_is_none_stops_no_doctor(
    paths: Paths, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv(VARIABLE, "postgres:s3cret")
    assert cli.main(["search", "x"]) == 1
    assert "SEABRIDGE_DATABASE_URL" in capsys.readouterr().err
    assert cli.main(["doctor"]) == 1
    assert "s3cret" not in capsys.readouterr().out


def test_before_anything_was_archived(
    paths: Paths, run: Run, postgres: Server, bare_url: str, monkeypatch: Any
) -> None:
    monkeypatch.setenv(VARIABLE, bare_url)
    assert run("search", "x")[0] == 1
    assert cli.main(["verify"]) == 1
    checks = {check["id"]: check["state"] for check in run("doctor")[1]["checks"]}
    assert checks["archive_team"] == "off"
    with postgres.connect("bare") as connection:
        assert connection.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'").fetchone() == (0,)


def test_practice_stays_at_home(paths: Paths, run: Run) -> None:
    assert run("search", "x", "--practice")[0] == 1
    archive = Archive.at(Paths.default(practice=True))
    assert archive.counts() == (0, 0)
    archive.close()
    assert Paths.default(practice=True).archive.exists()
