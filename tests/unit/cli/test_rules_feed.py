"""``seabridge rules key | pack | update | diff | status | rollback | feed``, as makers and sellers type them."""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from companion import cli, housekeeping
from companion.app import App
from companion.protocol.errors import ErrorCode
from companion.rooms import Rooms
from companion.runtime.paths import Paths
from tests.unit.feed.conftest import shipped
from tests.unit.feed.making import page, rule

__all__ = ["shipped"]


@pytest.fixture(autouse=True)
def home(shipped: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SEABRIDGE_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("SEABRIDGE_SECRETS", "file")
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")
    return tmp_path


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Any:
    def run(*arguments: str | Path) -> tuple[int, str, str]:
        code = cli.main(["rules", *map(str, arguments)])
        out, err = capsys.readouterr()
        return code, out, err

    return run


@pytest.fixture
def maker(home: Path, run: Any) -> Any:
    """Makes versions of a feed in a folder, with a key of its own; the file."""
    folder, key = home / "maker", home / "maker.key"
    files = {
        "feed.yml": "name: monthly\ntitle: Monthly 每月\nremoved: [compliance/shipped/one.yml]\n",
        "README.md": "Notes of the maker.\n",
        "compliance/made/cure.yml": rule(since="2099-12-01"),
        "marketplaces/amazon/pages/orders.yml": page(css=".other"),
    }
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(content, "utf-8")
    assert run("key", key)[0] == 0

    def make(version: int) -> Path:
        out = home / f"{version}.zip"
        code, _, err = run("pack", folder, "--key", key, "--version", version, "--expires", expires(), "--out", out)
        assert (code, err) == (0, "")
        return out

    make.folder, make.key = folder, key  # type: ignore[attr-defined]
    return make


def expires() -> str:
    from datetime import UTC, datetime, timedelta

    return (datetime.now(UTC).date() + timedelta(days=90)).isoformat()


def fingerprint(run: Any, maker: Any) -> str:
    return str(json.loads(run("key", maker.key, "--json")[1])["fingerprint"])


def test_a_key_is_made_once_and_is_its_owners_alone(home: Path, run: Any) -> None:
    code, out, _ = run("key", home / "a.key", "--json")
    told = json.loads(out)
    assert (code, told["new"]) == (0, True)
    assert os.name == "nt" or (home / "a.key").stat().st_mode & 0o777 == 0o600
    before = (home / "a.key").read_bytes()
    again = json.loads(run("key", home / "a.key", "--json")[1])
    assert again == {**told, "new": False}
    assert (home / "a.key").read_bytes() == before, "a key is never written over"
    code, _, err = run("key", home / "no" / "such.key")
    assert code == 1
    assert "cannot be used" in err


def test_from_the_makers_folder_to_the_sellers_rules(run: Any, maker: Any) -> None:
    first = maker(1)
    code, out, err = run("update", first)
    assert (code, out) == (1, "")
    assert "Compare it with what its maker tells you" in err
    key = fingerprint(run, maker)
    code, out, _ = run("update", first, "--accept", key)
    assert code == 0
    assert "“Monthly 每月” version 1" in out
    assert "from 1 December 2099: new rule made/cure (error): This must not be said." in out
    assert "now: rule shipped/one no longer counts" in out
    assert "now: changed page description amazon/orders" in out
    assert "root: added .other; removed .orders" in out
    assert "from the rules feed “Monthly 每月”, version 1" in run("show", "made/cure")[1]
    assert "shipped with Seabridge" in run("show", "shipped/two")[1]
    assert json.loads(run("show", "made/cure", "--json")[1])["origin"] == {
        "from": "feed", "title": "Monthly 每月", "version": 1,
    }  # fmt: skip
    state = json.loads(run("status", "--json")[1])
    assert (state["rules"], state["from_feed"], state["feed"]["version"]) == (2, 1, 1)
    assert state["feed"]["accepted"] == key
    assert run("test")[0] == 0

    (maker.folder / "compliance/made/cure.yml").write_text(rule(version=2, level="warning"), "utf-8")
    second = maker(2)
    code, out, _ = run("diff", second, "--json")
    told = json.loads(out)
    assert (code, told["fingerprint"]) == (0, key)
    [change] = told["changes"]["changes"]
    assert (change["id"], change["what"]) == ("made/cure", "changed")
    assert "level: error → warning" in change["details"]
    assert run("update", second)[0] == 0, "a key is accepted once"
    code, _, err = run("update", first)
    assert code == 1
    assert "version 2 was taken here before" in err
    assert "changed rule made/cure" in run("diff")[1]

    code, out, _ = run("rollback")
    assert code == 0
    assert "version 1 counts now" in out
    assert "Version 2 was rolled back" in run("status")[1]
    code, out, _ = run("update", second)
    assert code == 0
    assert "no newer rules" in out
    assert run("rollback", "--to", "2")[0] == 0
    assert run("rollback", "--to", "0")[0] == 0
    assert json.loads(run("status", "--json")[1])["rules"] == 2
    assert run("rollback", "--to", "7")[0] == 1
    assert "no address is asked" in run("feed", "off")[1]


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (("compliance/made/cure.yml", rule().replace("so zyxcure", "x")), "compliance/made/cure.yml, line 11"),
        (("compliance/made/notes.txt", "x"), "compliance/made/notes.txt"),
        (("feed.yml", "name: monthly\n"), "feed.yml"),
        (("feed.yml", "name: [\n"), "feed.yml, line 2"),
    ],
)
def test_nothing_is_signed_that_would_be_refused_elsewhere(
    run: Any, maker: Any, home: Path, spoil: tuple[str, str], said: str
) -> None:
    (maker.folder / spoil[0]).write_text(spoil[1], "utf-8")
    out = home / "no.zip"
    code, _, err = run("pack", maker.folder, "--key", maker.key, "--version", "1", "--expires", expires(), "--out", out)
    assert code == 1
    assert said in err
    assert not out.exists()


@pytest.mark.parametrize(
    ("day", "said"), [("soon", "is no day"), ("2020-01-01", "is past"), ("2999-01-01", "is too far away")]
)
def test_a_feed_expires_on_a_day_that_makes_sense(run: Any, maker: Any, home: Path, day: str, said: str) -> None:
    code, _, err = run("pack", maker.folder, "--key", maker.key, "--version", "1", "--expires", day)
    assert code == 1
    assert day in err
    assert said in err


def test_a_folder_without_its_description_is_told_to_its_maker(run: Any, maker: Any, home: Path) -> None:
    (maker.folder / "feed.yml").unlink()
    code, _, err = run("pack", maker.folder, "--key", maker.key, "--version", "1", "--expires", expires())
    assert code == 1
    assert "feed.yml" in err
    assert "cannot be read" in err
    assert "Errno" not in err
    assert "Download" not in err


def test_a_file_that_is_none_and_a_command_that_is_half_are_refused(run: Any, home: Path) -> None:
    code, _, err = run("update", home / "no.zip")
    assert code == 1
    assert "no.zip" in err
    (home / "bad.zip").write_bytes(b"PK nonsense")
    assert run("update", home / "bad.zip")[0] == 1
    assert run("update", "http://feed.example/x")[0] == 1
    assert run("update")[0] == 1
    assert run("rollback")[0] == 1
    with pytest.raises(SystemExit) as caught:
        run("rollback", "--to", "-1")
    assert caught.value.code == 2


def test_a_running_companion_uses_new_rules_at_once(run: Any, maker: Any) -> None:
    app = App(Paths.default(), (0,))
    running = app.start()
    try:
        room = running.desk.room
        before = room.rules().version
        published: list[Any] = []
        running.desk.hub.publish = lambda topic, data: published.append((topic, data))  # type: ignore[method-assign]
        code, out, err = run("update", maker(1), "--accept", fingerprint(run, maker))
        assert (code, err) == (0, "")
        assert "changed page description amazon/orders" in out
        [amazon] = room.rules().marketplaces
        assert next(one for one in amazon.pages if one.id == "orders").root[0].css == ".other"
        assert room.rules().version != before
        assert [topic for topic, _ in published] == ["pages", "checks"]
        assert published[0][1].version == room.rules().version
        assert json.loads(run("status", "--json")[1])["feed"]["version"] == 1
        assert run("rollback")[0] == 0
        assert room.rules().version == before
    finally:
        app.stop()


def test_a_companion_asks_its_feed_at_the_start_and_by_the_clock(
    run: Any, maker: Any, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Over http on this machine, as a maker tries out what will lie on a server."""
    (home / "web").mkdir()
    (home / "web" / "rules.zip").write_bytes(maker(1).read_bytes())
    with serving(home / "web") as address:
        assert run("update", f"{address}/rules.zip", "--accept", fingerprint(run, maker))[0] == 0
        (home / "web" / "rules.zip").write_bytes(maker(2).read_bytes())
        (home / "home" / "feed" / "asked.json").unlink()
        monkeypatch.setattr(housekeeping, "WARM_AFTER_S", 600)
        app = App(Paths.default(), (0,))
        app.start()
        try:
            # the phrasebook takes seconds, and there is nothing in the memory
            nothing = SimpleNamespace(
                book=SimpleNamespace(languages=list), memory=SimpleNamespace(shops=list), close=lambda: None
            )
            monkeypatch.setattr(Rooms, "translator", nothing)
            assert app._housekeeping is not None
            app._housekeeping.warm()
            status = app.running.desk.room.feed.status()
            assert (status.version, status.trouble) == (2, None)
            work = {name: job for name, _, job in app._housekeeping._schedule._jobs}["rules feed"]
            (home / "web" / "rules.zip").write_bytes(b"nonsense")
            work()
            assert app.running.desk.room.feed.status().trouble is None, "asked once a day"
            (home / "home" / "feed" / "asked.json").unlink()
            work()
            status = app.running.desk.room.feed.status()
            assert status.version == 2
            assert status.trouble is not None
            assert status.trouble.code == ErrorCode.FEED_UNREADABLE
        finally:
            app.stop()


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    """The address of a server of this folder."""

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *_: Any) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder))) as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
