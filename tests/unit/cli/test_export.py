"""``seabridge export`` without a running companion."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from companion import cli
from companion.conversations import Archive
from companion.conversations.cells import BAR
from companion.protocol.methods.archive import MessageSeenParams
from companion.protocol.values import SeenMessage, ThreadRef
from companion.runtime import fonts, printer
from companion.runtime.paths import Paths
from companion.translation.masking import black_out


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SEABRIDGE_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("SEABRIDGE_SECRETS", "file")
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")
    paths = Paths.default().ready()
    archive = Archive.open(paths.archive, paths.files)
    for thread, text in (("c-1", "refund please, ana@example.com"), ("c-2", "a size question")):
        ref = ThreadRef(marketplace="tiktok-shop", shop="7490001", region="US", thread=thread, buyer="Ana López")
        row = SeenMessage(direction="buyer", text=text)
        archive.see(MessageSeenParams(thread=ref, messages=[row], observed_at=1788420600.0))
    archive.close()
    return tmp_path


@pytest.mark.parametrize("kind", ["html", "csv", "xlsx", "jsonl"])
def test_a_conversation_becomes_a_file_of_the_kind_its_name_says(
    kind: str, home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = home / f"out.{kind}"
    assert cli.main(["export", "--thread", "1", "--to", str(target)]) == 0
    assert "messages 1, conversations 1" in capsys.readouterr().out
    assert target.read_bytes()[:2] == {"html": b"<!", "csv": b"\xef\xbb", "xlsx": b"PK", "jsonl": b'{"'}[kind]


def test_a_search_or_everything(home: Path) -> None:
    assert cli.main(["export", "--search", "refund", "--to", str(home / "s.csv")]) == 0
    assert "a size question" not in (home / "s.csv").read_text("utf-8")
    assert cli.main(["export", "--all", "--to", str(home / "a.csv")]) == 0
    assert "a size question" in (home / "a.csv").read_text("utf-8")


def test_a_mask_hides_what_is_personal(home: Path) -> None:
    assert cli.main(["export", "--thread", "1", "--to", str(home / "m.jsonl"), "--mask"]) == 0
    content = (home / "m.jsonl").read_text("utf-8")
    assert "ana@example.com" not in content
    assert "López" not in content
    assert json.loads(content.splitlines()[0])["masked"] is True
    assert cli.main(["export", "--search", "buyer:López", "--to", str(home / "m.html"), "--mask"]) == 0
    assert "López" not in (home / "m.html").read_text("utf-8"), "what was searched is personal too"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--thread", "1", "--to", "out.doc"], "--format"),
        (["--thread", "1", "--to", "there.csv"], "--replace"),
        (["--thread", "1", "--to", "out.csv", "--zone", "Mars/Base"], "Mars/Base"),
        (["--thread", "99", "--to", "out.csv"], "There is no conversation 99"),
        (["--search", "nothing", "--to", "out.csv"], "no such messages"),
    ],
)
def test_what_cannot_be_done_is_said_and_nothing_written(
    arguments: list[str], said: str, home: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(home)
    Path("there.csv").write_text("mine", "utf-8")
    assert cli.main(["export", *arguments]) == 1
    assert said in capsys.readouterr().err
    assert sorted(path.name for path in home.iterdir()) == ["home", "there.csv"]
    assert Path("there.csv").read_text("utf-8") == "mine"


def test_without_a_browser_the_way_by_html_is_named(
    home: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing(*_: object, **__: object) -> bytes:
        raise printer.PrinterMissing

    monkeypatch.setattr(printer, "print_pdf", missing)
    assert cli.main(["export", "--thread", "1", "--to", str(home / "out.pdf")]) == 1
    assert "out.html" in capsys.readouterr().err
    assert not (home / "out.pdf").exists()


def test_a_pdf_with_boxes_for_letters_says_so(
    home: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(printer, "print_pdf", lambda *_, **__: b"%PDF")
    monkeypatch.setattr(fonts, "unprinted", lambda page: ("thai", "emoji") if "López" in page else ())
    assert cli.main(["export", "--thread", "1", "--to", str(home / "out.pdf")]) == 0
    told = capsys.readouterr().err
    assert "Thai, emoji" in told
    assert "out.html" in told
    monkeypatch.setattr(fonts, "unprinted", lambda _: ())
    assert cli.main(["export", "--thread", "1", "--to", str(home / "fine.pdf")]) == 0
    assert capsys.readouterr().err == ""


def test_a_mask_hides_names_the_buyer_gave_wherever_they_stand(home: Path) -> None:
    archive = Archive.open(Paths.default().archive, Paths.default().files)
    ref = ThreadRef(marketplace="tiktok-shop", shop="7490001", region="US", thread="c-3", buyer="ana.l88")
    rows = [
        SeenMessage(
            direction="buyer", text="Hi, my name is Ana Prado, order 576461413038785752", order="576461413038785752"
        ),
        SeenMessage(direction="buyer", text="收件人张伟，谢谢"),
        SeenMessage(direction="seller", text="Dear Ana Prado, it goes to 张伟. Me llamo Luz"),
    ]
    archive.see(MessageSeenParams(thread=ref, messages=rows, observed_at=1788420600.0))
    archive.close()
    assert cli.main(["export", "--thread", "3", "--to", str(home / "m.csv"), "--mask"]) == 0
    content = (home / "m.csv").read_text("utf-8")
    assert "Prado" not in content
    assert "张伟" not in content
    assert "576461413038785752" in content
    assert "Luz" in content, "the seller's own name is no buyer's"


@pytest.mark.parametrize("name", ["m.csv", "m.xlsx", "m.jsonl"])
def test_a_masked_file_is_not_imported_lest_all_buyers_become_one(
    name: str, home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["export", "--all", "--to", str(home / name), "--mask"]) == 0
    assert cli.main(["import", str(home / name), "--json"]) == 1
    assert "Personal data is hidden in this file" in capsys.readouterr().err


def test_the_bar_leaves_order_numbers_alone() -> None:
    order = "576123456789012"
    assert black_out(f"order {order}, call +49 151 2345 6789", (), (order,)) == f"order {order}, call {BAR}"
    assert order not in black_out(f"ana.{order}@example.com", (), (order,)), "an address that holds one is an address"
    assert black_out("Ana López", ("Ana López",), ()) == BAR
    assert black_out("", ("",), ()) == ""
