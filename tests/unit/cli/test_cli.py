"""The command line without a running companion."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from companion import cli, doctor
from companion.conversations import Archive
from companion.protocol.errors import ErrorCode, SeabridgeError
from companion.protocol.methods.archive import MessageSeenParams, ThreadMarkParams
from companion.protocol.values import SeenMessage, ThreadRef
from companion.runtime import control
from companion.runtime.paths import Paths


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SEABRIDGE_HOME", str(tmp_path))
    monkeypatch.setenv("SEABRIDGE_SECRETS", "file")
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")
    return tmp_path


def archived(text: str, translation: str, buyer: str = "Ana", shop: str = "7490001") -> None:
    paths = Paths.default().ready()
    archive = Archive.open(paths.archive, paths.files)
    try:
        thread = ThreadRef(marketplace="tiktok-shop", shop=shop, region="US", thread="c-1", buyer=buyer)
        message = SeenMessage(direction="buyer", text=text, time="14:23")
        seen = archive.see(MessageSeenParams(thread=thread, messages=[message], observed_at=time.time()))
        archive.translations.add(seen.rows[0].id, "zh", translation, "phrasebook", "exact", [], "es", True)
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
    assert "The archive is empty" in capsys.readouterr().out
    archived("Quiero un reembolso, por favor", "我想要退款")
    assert cli.main(["search", "nothing"]) == 1
    assert "Nothing found" in capsys.readouterr().out


def test_search_by_operators_goes_on_page_by_page(capsys: pytest.CaptureFixture[str]) -> None:
    archived("Quiero un reembolso, por favor", "我想要退款")
    archived("reembolso ya", "马上退款", buyer="Bea", shop="2")
    assert cli.main(["search", "退款", "shop:2", "from:bea"]) == 0
    shown = capsys.readouterr().out
    assert "[Bea]" in shown
    assert "Ana" not in shown
    assert cli.main(["search", "--", "退款", "-shop:2"]) == 0
    assert "Ana" in capsys.readouterr().out

    for sort in ("newest", "best"):
        assert cli.main(["search", "退款", "--sort", sort, "--limit", "1", "--json"]) == 0
        first = json.loads(capsys.readouterr().out)
        assert cli.main(["search", "退款", "--sort", sort, "--limit", "1", "--before", first["more"], "--json"]) == 0
        second = json.loads(capsys.readouterr().out)
        assert second["more"] == ""
        assert {hit["buyer"] for page in (first, second) for hit in page["hits"]} == {"Ana", "Bea"}

    assert cli.main(["search", "退款", "after:2020", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["filters"] == [
        {"kind": "after", "value": "2020-01-01", "without": False, "text": "after:2020"}
    ]


def test_an_operator_that_is_not_understood_says_what_to_write(capsys: pytest.CaptureFixture[str]) -> None:
    archived("Quiero un reembolso, por favor", "我想要退款")
    assert cli.main(["search", "退款", "before:soon"]) == 1
    assert "“soon” is not a date" in capsys.readouterr().err
    assert cli.main(["search", "状态：新"]) == 1
    assert "状态:未回复" in capsys.readouterr().err


def test_a_place_to_go_on_from_that_is_none_is_said_for_the_command_line(capsys: pytest.CaptureFixture[str]) -> None:
    archived("Quiero un reembolso, por favor", "我想要退款")
    for sort in ("newest", "best"):
        assert cli.main(["search", "退款", "--sort", sort, "--before", "../x"]) == 2
        told = capsys.readouterr().err
        assert "“../x” behind --before" in told
        assert "eload the page" not in told


def test_search_shows_later_texts_and_notes_as_such(capsys: pytest.CaptureFixture[str]) -> None:
    paths = Paths.default().ready()
    archive = Archive.open(paths.archive, paths.files)
    thread = ThreadRef(marketplace="shopee", shop="deepsea", region="sg", thread="c-1", buyer="Ana")
    for text in ("I want blue", "I want red"):
        rows = [SeenMessage(direction="buyer", text=text, key="1")]
        archive.see(MessageSeenParams(thread=thread, messages=rows, observed_at=time.time()))
    archive.mark(ThreadMarkParams(thread_id=1, note="likes red\n\x1b[2J"))
    archive.close()
    assert cli.main(["search", "red"]) == 0
    shown = capsys.readouterr().out
    assert "I want blue\n     As the page showed it later: I want [red]" in shown
    assert "#1\n   Note: likes [red]" in shown
    assert "\x1b" not in shown
    assert cli.main(["search", "likes", "thread:1"]) == 0, "a note alone is something found"
    assert "Note: [likes] red" in capsys.readouterr().out


def test_a_buyers_text_cannot_steer_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    archived(
        "refund \x1b]0;owned\x07 now\n2026-01-01  fake",
        "退款\x9b2J",
        buyer="\x1b[2J\u202eanA\nfake",
        shop="\x1b]8;;x\x07",
    )
    assert cli.main(["search", "refund"]) == 0
    shown = capsys.readouterr().out
    assert not any(steering in shown for steering in "\x1b\x07\x9b\u202e")
    assert not any(line.startswith(("fake", "2026-01-01  fake")) for line in shown.splitlines())
    assert cli.main(["search", "refund", "--json"]) == 0
    shown = capsys.readouterr().out
    assert not any(steering in shown for steering in "\x1b\x07\x9b\u202e")
    assert json.loads(shown)["hits"][0]["buyer"].startswith("\x1b[2J\u202eanA"), "the value itself is kept"


def test_an_error_cannot_steer_the_terminal(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuses(*_: object, **__: object) -> None:
        raise SeabridgeError(ErrorCode.DOWNLOAD_FAILED, host="evil", problem="\x1b]0;owned\x07")

    monkeypatch.setattr("companion.runtime.control.call", refuses)
    assert cli.main(["status"]) == 1
    assert "\x1b" not in capsys.readouterr().err


def test_stopping_what_does_not_run_is_no_failure(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["stop"]) == 0
    assert "not running" in capsys.readouterr().out


@pytest.mark.parametrize("port", ["80", "99999", "-1", "x"])
def test_a_port_nobody_can_use_is_refused(port: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        cli.main(["start", f"--port={port}"])
    assert left.value.code == 2
    assert "port" in capsys.readouterr().err


def test_an_empty_list_of_languages_says_what_to_do(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["languages", "list"]) == 0
    assert "--refresh" in capsys.readouterr().out


def test_a_package_file_that_is_not_there_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["languages", "install-file", "/nowhere/es_zh.argosmodel"]) == 1
    assert "es_zh.argosmodel" in capsys.readouterr().err


class _Stranger(BaseHTTPRequestHandler):
    """Some other program that got the port of a companion that crashed."""

    said = b""

    def do_POST(self) -> None:
        self.send_response(200)
        self.end_headers()
        self.wfile.write(self.said)

    def log_message(self, *_: object) -> None:
        pass


@pytest.mark.parametrize("said", [b"[]", b"{}", b'"x"', b"<html>", b'{"error":"nope"}', b'{"detail":"Not Found"}'])
def test_a_stranger_on_the_port_of_a_crashed_companion(
    said: bytes, home: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(_Stranger, "said", said)
    with HTTPServer(("127.0.0.1", 0), _Stranger) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        control.announce(Paths.default(), pid=1, port=server.server_port)
        assert cli.main(["status"]) == 1
        assert "seabridge start" in capsys.readouterr().err
        assert doctor.companion(Paths.default()).state != "ok"
        server.shutdown()


@pytest.mark.parametrize("command", [["status"], ["pair"], ["dashboard", "--print"]])
def test_commands_that_need_a_companion_say_so(command: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(command) == 1
    assert "seabridge start" in capsys.readouterr().err


@pytest.mark.parametrize(
    "url", ["https://evil.example/", "file:///etc/passwd", "--help", "http://127.0.0.1:80@evil.example/"]
)
def test_a_stranger_on_the_announced_port_opens_nothing(
    url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    opened: list[str] = []
    monkeypatch.setattr("webbrowser.open", lambda address: opened.append(address) or True)
    monkeypatch.setattr("companion.runtime.control.call", lambda *_, **__: {"url": url})
    assert cli.main(["dashboard"]) == 1
    assert opened == []
    assert "seabridge start" in capsys.readouterr().err
    monkeypatch.setattr(
        "companion.runtime.control.call", lambda *_, **__: {"url": "http://127.0.0.1:8765/dashboard#ticket=x"}
    )
    assert cli.main(["dashboard"]) == 0
    assert opened == ["http://127.0.0.1:8765/dashboard#ticket=x"]


def test_an_unknown_bench_names_the_known_ones(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["bench", "nope"]) == 2
    assert "nope" in capsys.readouterr().err


def test_version_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["version", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["protocol"] == [1, 1]


def test_no_command_prints_help(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main([]) == 2
    assert "search" in capsys.readouterr().out


@pytest.mark.parametrize("command", [["start", "--no-tray"], ["languages", "list"], ["practice"]])
def test_a_data_folder_that_cannot_be_is_a_sentence(
    command: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("SEABRIDGE_HOME", str(tmp_path / "file" / "below"))
    monkeypatch.setattr("companion.practice_run.EXTENSION", tmp_path)
    (tmp_path / "manifest.json").touch()
    assert cli.main(command) == 1
    assert "permissions" in capsys.readouterr().err


def test_a_reader_that_has_seen_enough(home: Path) -> None:
    piped = subprocess.run(
        f'"{sys.executable}" -c "import sys; from companion import cli; sys.exit(cli.main([\'doctor\']))" | head -c 1',
        shell=True,
        capture_output=True,
        text=True,
        cwd=Path(__file__).parents[3],
        timeout=60,
    )
    assert "Traceback" not in piped.stderr


@pytest.mark.parametrize("command", ["practice", "tour"])
def test_a_missing_extension_is_said_in_the_sellers_language(
    command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("companion.practice_run.EXTENSION", tmp_path / "nothing")
    assert cli.main([command]) == 1
    assert "not built yet" in capsys.readouterr().out
