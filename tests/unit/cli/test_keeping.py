"""``backup``, ``restore``, ``verify FILE``, ``erase`` and ``retention`` from the terminal."""

from __future__ import annotations

import io
import json
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import msgspec
import pytest

import companion
from companion import cli
from companion.backup import sealed
from companion.backup.folder import writing
from companion.backup.plan import SHORTEST, Changes, Plan
from companion.conversations import Archive
from companion.desk.control import CONTROL
from companion.protocol.decode import convert
from companion.protocol.methods.archive import MessageSeenParams
from companion.protocol.values import SeenMessage, ThreadRef
from companion.runtime.lock import DataLock
from companion.runtime.paths import Paths


@pytest.fixture(autouse=True)
def paths(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Paths:
    monkeypatch.setattr(sealed, "LOG_N", 4)
    monkeypatch.setenv("SEABRIDGE_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("SEABRIDGE_SECRETS", "file")
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")
    paths = Paths.default().ready()
    for thread, buyer, at in (("1", "Ana", time.time()), ("2", "Ben", time.time() - 500 * 86_400)):
        archive = Archive.open(paths.archive, paths.files)
        ref = ThreadRef(marketplace="ozon", shop="1", region="ru", thread=thread, buyer=buyer)
        rows = [SeenMessage(direction="buyer", text=f"hello from {buyer}")]
        archive.see(MessageSeenParams(thread=ref, messages=rows, observed_at=at))
        archive.close()
    return paths


class Seabridge:
    def __init__(self, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
        self._capsys, self._monkeypatch = capsys, monkeypatch

    def __call__(self, *arguments: object, status: int = 0, typed: str = "") -> str:
        self._monkeypatch.setattr(sys, "stdin", io.StringIO(typed))
        assert cli.main([str(a) for a in arguments]) == status
        told = self._capsys.readouterr()
        return told.out or told.err

    def json(self, *arguments: object, **more: Any) -> Any:
        return json.loads(self(*arguments, "--json", **more))


@pytest.fixture
def seabridge(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Seabridge:
    return Seabridge(capsys, monkeypatch)


def test_backup_verify_restore(seabridge: Seabridge, tmp_path: Path, paths: Paths) -> None:
    made = seabridge.json("backup", "--to", tmp_path / "usb")
    assert (made["ok"], made["threads"], made["messages"], made["sealed"]) == (True, 2, 2, False)
    assert "Not sealed" in seabridge("backup", "--to", tmp_path / "usb2")
    assert [row["path"] for row in seabridge.json("backup", "list", "--to", tmp_path / "usb")["backups"]] == [
        made["path"]
    ]
    report = seabridge.json("verify", made["path"])
    assert (report["ok"], report["continued"], report["restorable"]) == (True, True, True)
    would = seabridge.json("restore", made["path"])
    assert (would["restored"], would["messages"]) == (False, 2)
    assert not list(paths.root.glob("before-restore-*")), "shown only"
    assert "--yes" in seabridge("restore", made["path"])
    done = seabridge.json("restore", made["path"], "--yes")
    assert done["restored"]
    assert Path(done["aside"]).is_dir()
    assert seabridge.json("verify")["ok"]
    Path(made["path"]).write_bytes(b"x" * 100)
    assert "damaged" in seabridge("verify", made["path"], status=1)
    assert not seabridge.json("verify", made["path"], status=1)["ok"]
    assert "damaged" in seabridge("restore", made["path"], status=1)
    assert "no file" in seabridge("restore", tmp_path / "nowhere", status=1)


def test_a_passphrase_is_asked_for_and_kept(seabridge: Seabridge, tmp_path: Path, paths: Paths) -> None:
    seabridge("backup", "settings", "--to", tmp_path / "usb", "--passphrase-stdin", typed="s3 词 fish\n")
    assert seabridge.json("backup", "settings") == {
        "folder": str(tmp_path / "usb"), "daily": True, "sealed": True,
        "kept": {"days": 7, "weeks": 4, "months": 12},
    }  # fmt: skip
    made = seabridge.json("backup")
    assert made["sealed"]
    assert made["path"].startswith(str(tmp_path / "usb"))
    assert seabridge.json("verify", made["path"])["ok"], "the passphrase is known here"
    assert "not the passphrase" in seabridge("verify", made["path"], "--passphrase-stdin", typed="other\n", status=1)
    seabridge("backup", "settings", "--no-passphrase")
    assert not seabridge.json("backup", "settings")["sealed"]
    assert "not the passphrase" in seabridge("restore", made["path"], "--yes", status=1)
    assert seabridge.json("restore", made["path"], "--yes", "--passphrase-stdin", typed="s3 词 fish\n")["restored"]


def test_a_backup_of_before_the_passphrase_was_changed_is_opened_by_asking(
    seabridge: Seabridge, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    seabridge("backup", "settings", "--to", tmp_path / "usb", "--passphrase-stdin", typed="the old one\n")
    old = seabridge.json("backup")["path"]
    seabridge("backup", "settings", "--passphrase-stdin", typed="the new one\n")
    assert "--passphrase-stdin" in seabridge("verify", old, status=1), "nobody can be asked here"
    typed = iter(("the old one", "the old one", "neither"))
    monkeypatch.setattr("getpass.getpass", lambda _: next(typed))
    monkeypatch.setattr(sys, "stdin", terminal := io.StringIO())
    terminal.isatty = lambda: True  # type: ignore[method-assign]
    assert cli.main(["verify", old]) == 0
    assert "it was changed since" in capsys.readouterr().err
    assert cli.main(["restore", old, "--yes"]) == 0
    assert cli.main(["verify", old]) == 1
    assert "not the passphrase" in capsys.readouterr().err


def test_the_dashboard_asks_for_as_many_characters() -> None:
    page = (Path(companion.__file__).parent / "desk/static/backup_plan.js").read_text("utf-8")
    assert f"const SHORTEST = {SHORTEST};" in page


def test_a_passphrase_mistyped_short_or_empty_changes_nothing(
    seabridge: Seabridge, tmp_path: Path, paths: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    typed = iter(("one", "other"))
    monkeypatch.setattr("getpass.getpass", lambda _: next(typed))
    assert "differ" in seabridge("backup", "settings", "--passphrase", status=1)
    assert "empty" in seabridge("backup", "--to", tmp_path / "usb", "--passphrase-stdin", typed="\n", status=1)
    for action in ("now", "settings"):
        for short in ("a", "seven 7"):
            told = seabridge(
                "backup", action, "--to", tmp_path / "usb", "--passphrase-stdin", typed=f"{short}\n", status=1
            )
            assert "at least 8 characters" in told
    assert not seabridge.json("backup", "settings")["sealed"]
    assert not (tmp_path / "usb").exists()
    with writing(tmp_path / "usb"):
        assert "Another backup" in seabridge("backup", "--to", tmp_path / "usb", status=1)
    assert "display name" in seabridge("erase", status=2)


def test_a_folder_that_cannot_be_written_is_refused_at_once(seabridge: Seabridge, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    seabridge("backup", "settings", "--to", tmp_path / "file" / "usb", status=1)
    assert seabridge.json("backup", "settings")["folder"].endswith("backups")


def test_erase_shows_first(seabridge: Seabridge, paths: Paths) -> None:
    shown = seabridge("erase", "ana")
    assert "messages 1" in shown
    assert "--yes" in shown
    assert seabridge.json("erase", "an", status=1) == {"erased": False, "threads": [], "alike": ["Ana"]}
    assert seabridge.json("erase", "ana")["threads"][0]["messages"] == 1
    assert not paths.erasures.exists()
    assert seabridge.json("erase", "ana", "--yes") == {
        "erased": True, "threads": [1], "messages": 1, "copies": {"backups": {}, "away": [], "asides": []},
    }  # fmt: skip
    seabridge("erase", "ana", status=1)
    assert seabridge.json("verify")["messages"] == 1


def test_retention(seabridge: Seabridge, paths: Paths) -> None:
    assert "All conversations are kept" in seabridge("retention")
    told = seabridge.json("retention", "--months", "12")
    assert ([one["buyer"] for one in told["due"]], told["changed"]) == (["Ben"], False)
    assert "All conversations are kept" in seabridge("retention"), "what would erase at once takes --yes"
    assert seabridge.json("retention", "--months", "12", "--yes")["changed"]
    assert "due: 1" in seabridge("retention")
    assert seabridge.json("retention", "--run")["erased"] == 1
    assert seabridge.json("retention", "--run")["erased"] == 0
    assert seabridge.json("verify")["threads"] == 1
    assert not paths.erasures.exists(), "the rule remembers itself"
    seabridge("retention", "--months", "-1", status=2)


class RunningKeeper:
    """Stands for that of a running companion."""

    def __init__(self) -> None:
        self.asked: list[Any] = []

    def change(self, changes: Changes, passphrase: str | None = None) -> Plan:
        self.asked.append((changes, passphrase))
        return Plan()

    def erase(self, thread_ids: Sequence[int], even_held: bool, buyer: str = "") -> int:
        self.asked.append((list(thread_ids), even_held, buyer))
        return 7

    def sweep(self) -> int:
        self.asked.append("sweep")
        return 5


def test_beside_a_running_companion(
    seabridge: Seabridge, tmp_path: Path, paths: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    keeper = RunningKeeper()

    def call(_: Paths, method: str, params: dict[str, Any] | None = None, *, timeout_s: float = 15) -> Any:
        """As the companion's door does it, without the socket."""
        if method == "status":
            return {}
        kind, act = CONTROL[method]
        desk: Any = SimpleNamespace(room=SimpleNamespace(keeper=keeper))
        return msgspec.to_builtins(act(desk, convert(params or {}, kind)))

    monkeypatch.setattr("companion.runtime.control.call", call)
    with DataLock(paths):
        made = seabridge.json("backup", "--to", tmp_path / "usb")
        assert made["ok"], "made by the command itself, reading only"
        seabridge("backup", "settings", "--daily", "off")
        assert seabridge.json("erase", "Ana", "--yes")["messages"] == 7
        assert seabridge.json("retention", "--months", "12", "--yes", "--run")["erased"] == 5
        assert keeper.asked == [
            (Changes(daily=False), None), ([1], False, "Ana"), (Changes(months=12), None), "sweep",
        ]  # fmt: skip
        assert "already running" in seabridge("restore", made["path"], "--yes", status=1)


def test_a_conversation_is_held_past_the_rule(seabridge: Seabridge, paths: Paths) -> None:
    assert "No conversation" in seabridge("hold")
    assert "kept until 2999-12-31" in seabridge("hold", 2, "--until", "2999-12-31")
    assert seabridge.json("retention", "--months", "12", "--yes")["due"] == []
    assert "Ben   kept until 2999-12-31" in seabridge("hold")
    assert "kept until further notice" in seabridge("hold", 2)
    assert "kept until further notice" in seabridge("buyer", "Ben")
    assert seabridge.json("hold") == [{"thread": 2, "buyer": "Ben", "until": None}]
    assert "is marked to be kept" in seabridge("erase", "ben", "--yes", status=1)
    assert seabridge.json("hold", 2, "--release") == {"thread": 2, "held": False, "until": None}
    assert [one["buyer"] for one in seabridge.json("retention")["due"]] == ["Ben"]
    assert "no conversation 9" in seabridge("hold", 9, status=1)
    for wrong in (("hold", "--release"), ("hold", 2, "--until", "soon"), ("hold", 2, "--until", "2020-01-01")):
        seabridge(*wrong, status=2)


def test_practice_claims_no_daily_backup(seabridge: Seabridge) -> None:
    told = seabridge("backup", "settings", "--practice")
    assert "not backed up every day" in told
    assert "a backup is made every day" not in told
    assert seabridge.json("backup", "settings", "--practice")["daily"] is False


def test_how_many_stay(seabridge: Seabridge) -> None:
    assert "last 7 days, 4 weeks and 12 months" in seabridge("backup", "settings")
    seabridge("backup", "settings", "--keep", "3,0,6")
    assert seabridge.json("backup", "settings")["kept"] == {"days": 3, "weeks": 0, "months": 6}
    for wrong in ("3", "0,4,12", "a,b,c", "1,2,3,4"):
        assert "not understood" in seabridge("backup", "settings", "--keep", wrong, status=2)


def test_copies_are_named(seabridge: Seabridge, tmp_path: Path, paths: Paths) -> None:
    made = seabridge.json("backup", "--to", tmp_path / "usb")
    seabridge("restore", made["path"], "--yes")
    assert "Kept aside" in seabridge("backup", "list")
    assert len(seabridge.json("backup", "list")["asides"]) == 1
    told = seabridge("erase", "ana", "--yes")
    assert f"{tmp_path / 'usb'} (1)" in told
    assert "before-restore-" in told
