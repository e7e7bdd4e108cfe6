"""``seabridge archive move`` from the terminal."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from companion import cli
from companion.conversations import Archive
from companion.protocol.methods.archive import MessageSeenParams
from companion.protocol.values import SeenMessage, ThreadRef
from companion.runtime.database_url import VARIABLE
from companion.runtime.paths import Paths


@pytest.fixture(autouse=True)
def paths(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Paths:
    monkeypatch.setenv("SEABRIDGE_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("SEABRIDGE_SECRETS", "file")
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")
    paths = Paths.default().ready()
    archive = Archive.open(paths.archive, paths.files)
    ref = ThreadRef(marketplace="ozon", shop="1", region="ru", thread="1", buyer="Ana")
    rows = [SeenMessage(direction="buyer", text="where is my parcel")]
    archive.see(MessageSeenParams(thread=ref, messages=rows, observed_at=1788420600.0))
    archive.close()
    return paths


def test_there_and_back(
    paths: Paths, team_url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert cli.main(["archive", "move", "--to", team_url]) == 0
    told = capsys.readouterr().out
    for part in ("messages: 1 / 1", "chains of 2 log entries agree", f"Set {VARIABLE} on every computer"):
        assert part in told
    assert cli.main(["archive", "move", "--to", team_url]) == 1
    assert "holds an archive already" in capsys.readouterr().err
    monkeypatch.setenv(VARIABLE, team_url)
    assert cli.main(["search", "parcel"]) == 0
    capsys.readouterr()
    assert cli.main(["archive", "move", "--to-file", str(tmp_path / "back.db"), "--json"]) == 0
    report = json.loads(capsys.readouterr().out)
    assert (report["ok"], report["rows"]["messages"], report["events"]) == (True, 1, 2)
    assert (tmp_path / "back.db").exists()


def test_it_asks_where_to(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["archive", "move"]) == 2
    assert VARIABLE in capsys.readouterr().err
    assert cli.main(["archive", "move", "--to", "mysql://secret@host/x"]) == 1
    said = capsys.readouterr().err
    assert "postgresql://" in said
    assert "secret" not in said
