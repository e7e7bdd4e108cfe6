"""``seabridge verify`` on the archive."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from companion import cli
from companion.conversations import Archive
from companion.locales import catalogue
from companion.protocol.methods.archive import MessageSeenParams
from companion.protocol.values import SeenMessage, ThreadRef
from companion.runtime.paths import Paths


@pytest.fixture(autouse=True)
def paths(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Paths:
    monkeypatch.setenv("SEABRIDGE_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("SEABRIDGE_SECRETS", "file")
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")
    return Paths.default()


def filled(paths: Paths) -> None:
    archive = Archive.open(paths.ready().archive, paths.files)
    ref = ThreadRef(marketplace="ozon", shop="1", region="ru", thread="t", buyer="Ivan")
    rows = [SeenMessage(direction="buyer", text="Где заказ?"), SeenMessage(direction="seller", text="Едет")]
    archive.see(MessageSeenParams(thread=ref, messages=rows, observed_at=1_788_420_600.0))
    archive.close()


def test_a_sound_archive(paths: Paths, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["verify"]) == 1, "there is none yet"
    filled(paths)
    capsys.readouterr()
    assert cli.main(["verify", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["ok"], told["threads"], told["messages"], told["events"]) == (True, 1, 2, 3)
    assert told["findings"] == []
    assert cli.main(["verify"]) == 0


def test_a_changed_message_is_named(paths: Paths, capsys: pytest.CaptureFixture[str]) -> None:
    filled(paths)
    with closing(sqlite3.connect(paths.archive)) as connection:
        connection.execute("UPDATE messages SET text = 'Оплачено' WHERE id = 1")
        connection.commit()
    assert cli.main(["verify", "--json"]) == 1
    told = json.loads(capsys.readouterr().out)
    altered = [row for row in told["findings"] if row["kind"] == "message_altered"]
    assert [(row["thread"], row["message"]) for row in altered] == [(1, 1)]
    assert "message 1 of conversation 1" in altered[0]["text"]
    assert cli.main(["verify"]) == 1
    assert "seabridge restore" in capsys.readouterr().out


def test_every_finding_has_a_sentence() -> None:
    from typing import get_args

    from companion.conversations.findings import Kind

    for kind in get_args(Kind):
        assert f"verify_{kind}" in catalogue()
