"""``seabridge import`` without a running companion."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from companion import cli
from companion.commands import import_file
from companion.conversations import Archive
from companion.conversations.imports import importing
from companion.protocol.methods.archive import MessageSeenParams
from companion.protocol.values import SeenMessage, ThreadRef
from companion.runtime.lock import DataLock
from companion.runtime.paths import Paths

TABLE = "时间,买家,方向,内容,备注\n2026-09-01 10:00,Ana\x1b[2J,买家,¿Dónde está?\x1b]0;owned\x07,x\n"


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SEABRIDGE_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("SEABRIDGE_SECRETS", "file")
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")
    (tmp_path / "a.csv").write_text(TABLE, "utf-8")
    return tmp_path


def counts() -> tuple[int, int]:
    paths = Paths.default()
    archive = Archive.open(paths.archive, paths.files)
    try:
        return archive.counts()
    finally:
        archive.close()


def test_a_preview_shows_the_columns_and_keeps_nothing(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    asked = ["import", str(home / "a.csv"), "--shop", "amazon/A1", "--zone", "Asia/Shanghai"]
    assert cli.main([*asked, "--dry-run"]) == 0
    shown = capsys.readouterr().out
    for expected in ("内容 → text", "备注 → left out", "Asia/Shanghai", "¿Dónde está?", "1 would be new"):
        assert expected in shown
    assert not any(steering in shown for steering in "\x1b\x07")
    assert counts() == (0, 0)
    assert cli.main(asked) == 0
    assert "1 are new" in capsys.readouterr().out
    assert cli.main([*asked, "--json"]) == 0
    report = json.loads(capsys.readouterr().out)
    assert (report["new"], report["known"], report["first"]) == (0, 1, 1788228000.0)
    assert counts() == (1, 1)


def test_sheets_of_a_workbook_that_stay_out_are_told(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    book = Workbook()
    for sheet in (book.active, book.create_sheet("April\x7f"), book.create_sheet("May")):
        sheet.append(["time", "buyer", "direction", "text"])
        sheet.append(["2026-09-01 10:00", "Ana", "buyer", "hola"])
    book.save(home / "two.xlsx")
    assert cli.main(["import", str(home / "two.xlsx"), "--shop", "amazon/A1", "--dry-run"]) == 0
    assert "Only the first sheet was read; not imported: April , May." in capsys.readouterr().out


@pytest.mark.parametrize(
    ("written", "kept"), [("tiktok", "tiktok-shop"), ("TikTok Shop", "tiktok-shop"), ("亚马逊", "amazon")]
)
def test_a_marketplace_goes_by_its_name_however_it_is_written(
    written: str, kept: str, home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["import", str(home / "a.csv"), "--shop", f"{written}/A1", "--json"]) == 0
    assert capsys.readouterr().err == ""
    assert cli.main(["search", "dónde", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["hits"][0]["marketplace"] == kept


def test_a_marketplace_nobody_knows_is_said(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["import", str(home / "a.csv"), "--shop", "amazom/A1", "--dry-run"]) == 0
    told = capsys.readouterr().err
    assert "“amazom” is none of the marketplaces" in told
    assert "amazon," in told


def test_what_is_wrong_names_line_and_column(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (home / "a.csv").write_text("When,Who,Said,Buyer\n09/01/26,Mei,hi,Ana\n", "utf-8")
    asked = ["import", str(home / "a.csv"), "--shop", "amazon/A1"]
    assert cli.main(asked) == 1
    assert "When, Who, Said, Buyer" in capsys.readouterr().err
    columns = ["--map", "When=time", "--map", "Who=direction", "--map", "Said=text"]
    assert cli.main([*asked, *columns]) == 1
    said = capsys.readouterr().err
    assert "--seller" in said
    assert "Line 2" in said
    assert cli.main([*asked, *columns, "--seller", "Mei"]) == 1
    said = capsys.readouterr().err
    assert "“When”" in said
    assert "09/01/26" in said
    assert counts() == (0, 0)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["none.csv"], "none.csv"),
        (["a.csv"], "--shop"),
        (["a.csv", "--shop", "amazon/A1", "--zone", "Mars/Base"], "Mars/Base"),
        (["a.csv", "--map", "text"], "COLUMN=FIELD"),
        (["a.csv", "--saved", "yesterday"], "yesterday"),
        (["a.csv", "--shop", "am&zon/A1"], "incomplete or wrong"),
    ],
)
def test_what_cannot_be_done_is_said(
    arguments: list[str], said: str, home: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(home)
    assert cli.main(["import", *arguments]) == 1
    assert said in capsys.readouterr().err


def test_an_import_that_is_interrupted_says_what_stays_and_is_taken_up_again(
    home: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [f"2026-09-01 10:00,{who},买家,{who} {n}\n" for who in ("Ana", "Bo") for n in range(600)]
    (home / "a.csv").write_text("时间,买家,方向,内容\n" + "".join(rows), "utf-8")
    asked = ["import", str(home / "a.csv"), "--shop", "amazon/A1"]
    kept = importing._enter

    def interrupted(*given: Any) -> Any:
        if counts() != (0, 0):
            raise KeyboardInterrupt
        return kept(*given)

    monkeypatch.setattr(importing, "_enter", interrupted)
    assert cli.main(asked) == 130
    assert "run the same import again" in capsys.readouterr().err
    assert counts() == (1, 600)
    monkeypatch.setattr(importing, "_enter", kept)
    assert cli.main(asked) == 0
    assert "600 are new, 600 were known" in capsys.readouterr().out
    assert counts() == (2, 1200)


def test_a_large_import_says_how_far_it_is(
    home: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [f"2026-09-01 10:00,{who},买家,{who} {n}\n" for who in ("Ana", "Bo") for n in range(600)]
    (home / "a.csv").write_text("时间,买家,方向,内容\n" + "".join(rows), "utf-8")
    monkeypatch.setattr(import_file, "_TOLD_EVERY_S", 0)
    asked = ["import", str(home / "a.csv"), "--shop", "amazon/A1", "--dry-run"]
    assert cli.main([*asked, "--json"]) == 0
    json.loads(capsys.readouterr().out)
    assert cli.main(asked) == 0
    assert "  600 / 1200 messages (" in capsys.readouterr().out


def test_a_message_of_pictures_only_says_so_in_the_preview(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    paths = Paths.default()
    archive = Archive.open(paths.archive, paths.files)
    ref = ThreadRef(marketplace="amazon", shop="A1", region="US", thread="c-1", buyer="Ana")
    rows = [SeenMessage(direction="buyer", text="", images=["https://x.example/1.png", "https://x.example/2.png"])]
    archive.see(MessageSeenParams(thread=ref, messages=rows, observed_at=1788420600.0))
    archive.close()
    assert cli.main(["export", "--all", "--to", str(home / "a.jsonl")]) == 0
    assert cli.main(["import", str(home / "a.jsonl"), "--dry-run"]) == 0
    assert "Ana: (pictures only: 2)" in capsys.readouterr().out


def test_two_at_a_time_are_not_let_in(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with DataLock(Paths.default()):
        assert cli.main(["import", str(home / "a.csv"), "--shop", "amazon/A1"]) == 1
    assert "already running" in capsys.readouterr().err


def test_what_was_erased_on_request_is_told_and_taken_only_knowingly(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (home / "ana.csv").write_text("时间,买家,方向,内容\n2026-09-01 10:00,Ana,买家,Hola\n", "utf-8")
    asked = ["import", str(home / "ana.csv"), "--shop", "amazon/A1", "--zone", "Asia/Shanghai"]
    assert cli.main(asked) == cli.main(["erase", "Ana", "--yes"]) == 0
    capsys.readouterr()
    for more in (["--dry-run"], []):
        assert cli.main([*asked, *more]) == 0
        assert "messages 1, conversations 1. To take it in all the same" in capsys.readouterr().out
    assert counts() == (0, 0)
    assert cli.main([*asked, "--even-erased"]) == 0
    assert counts() == (1, 1)


def found(query: str, capsys: pytest.CaptureFixture[str]) -> list[str]:
    capsys.readouterr()
    cli.main(["search", query, "--json"])
    return sorted("".join(span["text"] for span in hit["text"]) for hit in json.loads(capsys.readouterr().out)["hits"])


def test_the_language_of_what_was_imported_is_searched_at_once(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = [
        "buyer,¿Dónde está mi paquete? Lo pedí hace dos semanas",
        "buyer,ok",
        "seller,Your parcel is on its way and will arrive on Monday",
        "seller,Ya va en camino",
        "system,La conversación ha terminado",
    ]
    lines = [f"2026-09-01 10:0{minute},Ana,{row}" for minute, row in enumerate(rows)]
    (home / "ana.csv").write_text("\n".join(["time,buyer,direction,text", *lines]), "utf-8")
    (home / "ben.csv").write_text("time,buyer,direction,text,language\n2026-09-01,Ben,buyer,ok,pt\n", "utf-8")
    for name in ("ana.csv", "ben.csv"):
        assert cli.main(["import", str(home / name), "--shop", "amazon/A1", "--zone", "Asia/Shanghai"]) == 0
    # an "ok" is read as what stands around it; what the file says counts more; the marketplace speaks nobody's language
    # and so is what the seller answers
    assert found("lang:es", capsys) == ["Ya va en camino", "ok", rows[0].partition(",")[2]]
    assert found("lang:en", capsys) == [rows[2].partition(",")[2]]
    assert found("lang:pt", capsys) == ["ok"]


def test_the_language_of_a_saved_page_is_searched_at_once(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = Path(__file__).resolve().parents[3] / "companion" / "practice" / "pages" / "wildberries" / "chat.html"
    asked = ["import", str(page), "--shop", "wildberries/A1", "--url"]
    address = "https://seller.wildberries.ru/chat-with-clients?chatId=a8775c6f-049b-da67-1045-421477a8bfcb"
    assert cli.main([*asked, address, "--dry-run"]) == 0
    assert found("lang:ru", capsys) == []
    assert cli.main([*asked, address]) == 0
    assert found("lang:ru", capsys)
    archive = Archive.at(Paths.default(), read_only=True)
    try:
        [thread] = archive.thread_ids()
        told = archive.transcript(thread)
        assert (told.language, told.language_source, archive.check()) == ("ru", "detected", [])
        assert {line.language for line in told.lines if line.direction == "system"} <= {""}
    finally:
        archive.close()
