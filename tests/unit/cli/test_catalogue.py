"""``seabridge catalogue`` without a running companion: listings, their versions, and manuals."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from companion import cli
from companion.conversations import Archive
from companion.conversations.looks import Look
from companion.runtime.paths import Paths


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SEABRIDGE_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("SEABRIDGE_SECRETS", "file")
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")
    return tmp_path


def seen(at: float, ref: str = "SG/1", **values: str) -> None:
    paths = Paths.default()
    archive = Archive.open(paths.archive, paths.files)
    archive.facts.note("listing", [Look("shopee", "SG", "s1", ref, values, "shopee/product")], at)
    archive.close()


def say(capsys: pytest.CaptureFixture[str], *arguments: str, status: int = 0) -> str:
    assert cli.main(["catalogue", *arguments]) == status
    told = capsys.readouterr()
    return told.out + told.err


def tell(capsys: pytest.CaptureFixture[str], *arguments: str) -> Any:
    return json.loads(say(capsys, *arguments, "--json"))


def test_versions_of_a_listing(capsys: pytest.CaptureFixture[str]) -> None:
    assert "No listing found" in say(capsys, "list", status=1)
    first = {"sku": "LB-72", "item": "1", "title": "Basket", "description": "One\nTwo", "stock": "9"}
    seen(1_000.0, **first, **{"attributes.Farbe\x1b": "Grau"})
    assert "one version only" in say(capsys, "diff", "LB-72", status=1)
    seen(2_000.0, sku="LB-72", item="1", title="Basket \x1b[31mred", description="One\nThree", stock="8",
         **{"attributes.Farbe\x1b": "Blau"})  # fmt: skip
    seen(1_500.0, ref="SG/2", sku="HL-1", item="2", title="台灯")
    assert [one["sku"] for one in tell(capsys, "list")] == ["LB-72", "HL-1"]
    assert [one["sku"] for one in tell(capsys, "list", "台灯")] == ["HL-1"]
    shown = say(capsys, "show", "LB-72")
    assert "Version 2" in shown
    assert "may have changed" in shown
    assert "\x1b" not in shown
    [compared] = tell(capsys, "diff", "LB-72")
    changes = {each["field"]: each["lines"] for each in compared["comparison"]["changes"]}
    assert [f"{line['sign']}{line['text']}" for line in changes["description"]] == [" One", "-Two", "+Three"]
    told = say(capsys, "diff", "1", "--from", "1", "--to", "2")
    assert "- Two" in told
    assert "Farbe \n    - Grau\n    + Blau" in told
    assert "no version 7" in say(capsys, "diff", "LB-72", "--from", "7", status=1)
    assert "No listing found" in say(capsys, "diff", "nothing", status=1)


def test_manuals_are_added_asked_and_removed(capsys: pytest.CaptureFixture[str], home: Path) -> None:
    file = home / "basket.md"
    file.write_text("# Care\nWipe with a damp cloth.", "utf-8")
    assert "no manual yet" in say(capsys, "manuals", status=1)
    assert "basket.md" in say(capsys, "add-manual", str(file), "--sku", "LB-72", "--language", "en")
    file.write_text("# Care\nWipe with a dry cloth.", "utf-8")
    assert "takes the place" in say(capsys, "add-manual", str(file), "--language", "en")
    [kept] = tell(capsys, "manuals")
    assert (kept["name"], kept["skus"], kept["passages"]) == ("basket.md", ["LB-72"], 1)
    assert "dry cloth" in say(capsys, "passages", "which", "cloth")
    assert tell(capsys, "passages", "cloth", "--sku", "LB-72")[0]["heading"] == "Care"
    assert "say nothing" in say(capsys, "passages", "cloth", "--sku", "OTHER", status=1)
    assert "Removed" in say(capsys, "remove-manual", str(kept["id"]))
    assert "no manual" in say(capsys, "remove-manual", str(kept["id"]), status=1)


def test_what_is_no_manual_is_refused(capsys: pytest.CaptureFixture[str], home: Path) -> None:
    assert "cannot be opened" in say(capsys, "add-manual", str(home / "none.pdf"), status=1)
    (home / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00")
    assert "PDF, Word" in say(capsys, "add-manual", str(home / "picture.png"), status=1)
    (home / "a.txt").write_text("x", "utf-8")
    assert "skus" in say(capsys, "add-manual", str(home / "a.txt"), "--sku", "x" * 201, status=1)
