"""``seabridge glossary`` and ``seabridge memory`` without a running companion."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from companion import cli


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SEABRIDGE_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("SEABRIDGE_SECRETS", "file")
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")
    return tmp_path


def test_a_glossary_goes_in_and_out(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (home / "g.csv").write_text("text,keep,zh\nSea Breeze,1,\ncream,,奶白色\n", "utf-8")
    shop = ["--shop", "shopee/sg-1"]
    assert cli.main(["glossary", "import", str(home / "g.csv"), *shop]) == 0
    assert "2 new terms" in capsys.readouterr().out
    assert cli.main(["glossary", "list", *shop]) == 0
    shown = capsys.readouterr().out
    assert "never translated" in shown
    assert "奶白色" in shown
    assert cli.main(["glossary", "export", str(home / "g.tbx"), *shop]) == 0
    assert "奶白色" in (home / "g.tbx").read_text("utf-8")
    capsys.readouterr()
    assert cli.main(["glossary", "list", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["count"] == 0, "another shop's"


def test_a_memory_goes_in_and_out(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    tu = "<tu><tuv xml:lang='zh'><seg>订单 1 发了</seg></tuv><tuv xml:lang='en'><seg>Order 1 shipped</seg></tuv></tu>"
    (home / "m.tmx").write_text(f"<tmx version='1.4'><header srclang='zh'/><body>{tu}</body></tmx>", "utf-8")
    assert cli.main(["memory", "import", str(home / "m.tmx")]) == 0
    assert "1 new pairs" in capsys.readouterr().out
    assert cli.main(["memory", "export", str(home / "out.tmx")]) == 0
    assert "Order 1 shipped" in (home / "out.tmx").read_text("utf-8")
    capsys.readouterr()
    assert cli.main(["translate", "--from", "zh", "--to", "en", "--json", "订单 27 发了。"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert (answer["match"], answer["translation"]) == ("memory", "Order 27 shipped")


def test_what_is_wrong_is_said_with_its_line(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (home / "bad.csv").write_text("text,keep\na,1\n,1\n", "utf-8")
    assert cli.main(["glossary", "import", str(home / "bad.csv")]) == 1
    assert "Line 3" in capsys.readouterr().err
    assert cli.main(["memory", "import", str(home / "bad.csv")]) == 1
    assert ".tmx" in capsys.readouterr().err
    assert cli.main(["memory", "import", str(home / "none.tmx")]) == 1
    assert "none.tmx" in capsys.readouterr().err
