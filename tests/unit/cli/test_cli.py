"""The command line without a running companion."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest

from companion import cli
from companion.conversations import Archive
from companion.protocol.methods.archive import MessageSeenParams
from companion.protocol.values import SeenMessage, ThreadRef
from companion.runtime.paths import Paths


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SEABRIDGE_HOME", str(tmp_path))
    monkeypatch.setenv("SEABRIDGE_SECRETS", "file")
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")
    return tmp_path


def archived(text: str, translation: str) -> None:
    paths = Paths.default().ready()
    archive = Archive.open(paths.archive, paths.files)
    try:
        thread = ThreadRef(marketplace="tiktok-shop", shop="7490001", region="US", thread="c-1", buyer="Ana")
        message = SeenMessage(direction="buyer", text=text, time="14:23")
        seen = archive.see(MessageSeenParams(thread=thread, messages=[message], observed_at=time.time()))
        archive.add_translation(seen.rows[0].id, "zh", translation, "phrasebook", "exact", [], "es", True)
    finally:
        archive.close()


@pytest.mark.parametrize("command", list(cli.COMMANDS))
@pytest.mark.parametrize("locale", ["zh_CN.UTF-8", "en_GB.UTF-8"])
def test_every_command_explains_itself(
    command: str, locale: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LC_ALL", locale)
    with pytest.raises(SystemExit) as left:
        cli.main([command, "--help"])
    assert left.value.code == 0
    assert command in capsys.readouterr().out


def test_search_finds_by_translation_and_by_original(capsys: pytest.CaptureFixture[str]) -> None:
    archived("Quiero un reembolso, por favor", "我想要退款")
    assert cli.main(["search", "退款"]) == 0
    shown = capsys.readouterr().out
    assert "[退款]" in shown
    assert "Ana" in shown
    assert cli.main(["search", "reembolso", "--json"]) == 0
    hits = json.loads(capsys.readouterr().out)["hits"]
    assert [hit["buyer"] for hit in hits] == ["Ana"]


def test_search_without_a_hit_says_so_and_exits_1(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["search", "nothing"]) == 1
    assert "Nothing found" in capsys.readouterr().out


def test_a_buyers_text_cannot_steer_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    archived("refund \x1b]0;owned\x07 now", "退款")
    assert cli.main(["search", "refund"]) == 0
    assert "\x1b" not in capsys.readouterr().out


@pytest.mark.parametrize("command", [["stop"], ["status"], ["pair"], ["dashboard", "--print"]])
def test_commands_that_need_a_companion_say_so(command: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(command) == 1
    assert "seabridge start" in capsys.readouterr().err


def test_an_unknown_bench_names_the_known_ones(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["bench", "nope"]) == 2
    assert "nope" in capsys.readouterr().err


def test_version_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["version", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["protocol"] == [1, 1]


def test_no_command_prints_help(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main([]) == 2
    assert "search" in capsys.readouterr().out
