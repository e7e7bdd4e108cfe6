"""``seabridge orders`` and saved pages without a running companion."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from companion import cli

PAGES = Path(__file__).parents[3] / "companion" / "practice" / "pages"


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SEABRIDGE_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("SEABRIDGE_SECRETS", "file")
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")
    return tmp_path


def test_a_saved_page_of_either_kind(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["orders", "list"]) == 1
    assert "No order found" in capsys.readouterr().out
    order = ["--saved", "2026-09-03T15:30"]
    assert cli.main(["orders", "add", str(PAGES / "amazon" / "order.html"), *order]) == 0
    assert "1 orders and 0 listings" in capsys.readouterr().out
    assert cli.main(["catalogue", "add", str(PAGES / "shopee" / "product-variations.html"), *order, "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"orders": 0, "listings": 1}
    assert cli.main(["orders", "show", "113-4820175-9937042"]) == 0
    assert "seen last 2026-09-03 15:30" in capsys.readouterr().out
    assert cli.main(["orders", "list", "--json"]) == 0
    assert [one["order"] for one in json.loads(capsys.readouterr().out)] == ["113-4820175-9937042"]


@pytest.mark.parametrize(
    ("name", "said"),
    [("none.html", "none.html"), ("empty.html", "marketplace test"), ("chat.html", "marketplace test")],
)
def test_what_is_no_such_page(name: str, said: str, home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (home / "empty.html").write_bytes(b"")
    (home / "chat.html").write_bytes((PAGES / "etsy" / "thread.html").read_bytes())
    assert cli.main(["orders", "add", str(home / name)]) == 1
    assert said in capsys.readouterr().err
