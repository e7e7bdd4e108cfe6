"""Who was erased on request does not come back by a file, though nothing is kept that says who it was."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from companion.conversations import Archive, ledger, recognising
from companion.conversations.exports import jsonl
from companion.conversations.imports.asked import ImportAsked, ImportReport
from companion.conversations.recognising import Place, Recogniser
from companion.marketplaces import load

from .conftest import NOW, Take, texts_of

DAY = 86_400.0
ADDRESS = "https://seller.wildberries.ru/chat-with-clients?chatId=a8775c6f-049b-da67-1045-421477a8bfcb"
#: Times as of 2026, as NOW is; the erasure comes four days later.
HEAD = "time,marketplace,region,shop,thread,buyer,direction,text\n"
FULL = HEAD + "2026-09-01 10:00,shopee,sg,shop1,t1,Ana,buyer,Quiero mi dinero\n"


def export(archive: Archive) -> bytes:
    found = [archive.transcript(thread_id) for thread_id in archive.thread_ids()]
    return b"".join(jsonl.write(found, lambda _: None, made_at=1.0, masked=False))


@pytest.fixture(autouse=True)
def _cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recognising, "COST", 2)


@pytest.fixture
def erased(archive: Archive, window: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Ana wrote on 1 September, Ben too; a file was made of both; then Ana was erased, four days later."""
    archive.see(window("Quiero mi dinero", "<Un momento", at=NOW))
    archive.see(window("same seam", thread="t2", at=NOW))
    (tmp_path / "all.jsonl").write_bytes(export(archive))
    monkeypatch.setattr("time.time", lambda: NOW + 4 * DAY)
    archive.keeping.erase([1], tmp_path / "ledger", lambda _: None)
    return tmp_path / "ledger"


def again(archive: Archive, path: Path, ledger_path: Path | None, **more: Any) -> ImportReport:
    known = ledger.read(ledger_path) if ledger_path else []
    return archive.imports.take_file(
        ImportAsked(path=str(path), zone="UTC", **more), lambda: load().marketplaces, known
    )


def test_our_own_file_is_known_by_its_digests(archive: Archive, erased: Path, tmp_path: Path) -> None:
    file = tmp_path / "all.jsonl"
    for known in (erased, None):  # without a ledger too: the log remembers
        for dry_run in (True, False):
            report = again(archive, file, known, dry_run=dry_run)
            assert (report.erased, report.erased_threads, report.new, report.known) == (2, 1, 0, 1)
    assert archive.counts() == (1, 1)
    assert again(archive, file, erased, even_erased=True).new == 2
    assert texts_of(archive, 3) == ["Quiero mi dinero", "Un momento"]


def test_a_file_of_somebody_else_is_known_by_where_the_conversation_was(
    archive: Archive, erased: Path, tmp_path: Path
) -> None:
    other = HEAD + "2026-09-01 10:00,shopee,sg,shop1,t9,Ana,buyer,another Ana with an address of her own\n"
    for name, table, left in (("a.csv", FULL, 1), ("b.csv", other, 0)):
        (tmp_path / name).write_text(table)
        report = again(archive, tmp_path / name, erased)
        assert (report.erased, report.new) == (left, 1 - left), name
    assert texts_of(archive, 3) == ["another Ana with an address of her own"]


def test_a_file_that_names_only_the_buyer(archive: Archive, erased: Path, take: Take, tmp_path: Path) -> None:
    table = "time,marketplace,buyer,direction,text\n2026-09-01 10:00,shopee,{0},buyer,Quiero mi dinero\n"
    for name, buyer, left in (("a.csv", " ANA", 1), ("b.csv", "Anabel", 0)):
        (tmp_path / name).write_text(table.format(buyer))
        assert again(archive, tmp_path / name, erased, marketplace="shopee", shop="shop1").erased == left


def test_what_came_after_the_erasure_is_another_conversation(
    archive: Archive, erased: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("time.time", lambda: NOW + 30 * DAY)
    later = "2026-09-10 10:00,shopee,sg,shop1,t1,Ana,buyer,a new question,2026-09-10 10:00\n"
    timeless = ",shopee,sg,shop1,t1,Ana,buyer,without a time,2026-09-10 10:00\n"
    first = FULL.replace("text", "text,seen").replace("dinero\n", "dinero,2026-09-01 10:00\n")
    (tmp_path / "a.csv").write_text(first + later + timeless)
    report = again(archive, tmp_path / "a.csv", erased)
    assert (report.erased, report.new) == (2, 1)
    assert texts_of(archive, 3) == ["a new question"]


def test_seen_again_on_the_page_it_is_archived(archive: Archive, erased: Path, window: Any, tmp_path: Path) -> None:
    seen = archive.see(window("Hello again", at=NOW + 9 * DAY))
    assert texts_of(archive, seen.thread_id) == ["Hello again"]
    (tmp_path / "new.jsonl").write_bytes(export(archive))
    report = again(archive, tmp_path / "new.jsonl", erased)
    assert (report.erased, report.known) == (0, 2)


def test_what_the_retention_rule_took_may_come_back(archive: Archive, window: Any, tmp_path: Path) -> None:
    archive.see(window("old"))
    (tmp_path / "all.jsonl").write_bytes(export(archive))
    archive.keeping.erase([1], None, lambda _: None)
    assert again(archive, tmp_path / "all.jsonl", tmp_path / "ledger").new == 1


def test_the_ledger_names_nobody(erased: Path) -> None:
    raw = erased.read_text()
    for word in ("Ana", "t1", "shop1"):
        assert word not in raw
    [entry] = ledger.read(erased)
    assert (entry.marketplace, len(entry.marks)) == ("shopee", 2)
    assert set(entry.marks).isdisjoint(recognising.marks_of(Place("shopee", "sg", "shop1", "t1", "Ana"), "00" * 16))


def test_one_salt_for_a_ledger_and_those_of_others_are_tried_too(erased: Path, tmp_path: Path) -> None:
    mine = ledger.read(erased)
    assert recognising.salt_of(mine) == mine[0].salt
    theirs = Place("shopee", "sg", "shop1", "t7", "")
    other = ledger.Erasure("ff" * 32, NOW, "shopee", "11" * 16, recognising.marks_of(theirs, "11" * 16))
    ledger.merge(erased, [other])
    known = Recogniser(ledger.read(erased))
    assert known.until(theirs) == NOW
    assert known.until(Place("shopee", "sg", "shop1", "t1", "x")) == NOW + 4 * DAY
    assert known.until(Place("shopee", "sg", "shop2", "t1", "x")) == 0


def test_lines_of_before_there_were_marks_and_nonsense_are_read(tmp_path: Path) -> None:
    path = tmp_path / "ledger"
    lines = (
        '{"origin": "aa", "at": 1}',
        '{"origin": "bb", "at": 2, "salt": "zz"}',
        '{"origin": "cc", "at": 3, "marks": 4}',
    )
    path.write_text("\n".join(lines) + '\n[1]\n{"origin": "dd", "at": 4, "salt": "00", "marks": ["ee"]}\n')
    assert [each.origin for each in ledger.read(path)] == ["aa", "dd"]


def test_a_saved_page_of_before(archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = Path(__file__).parents[3] / "companion" / "practice" / "pages" / "wildberries" / "chat.html"
    monkeypatch.setattr("time.time", lambda: NOW)
    asked = {"shop": "s1", "marketplace": "wildberries", "url": ADDRESS}
    first = again(archive, page, None, saved_at=NOW - DAY, **asked)
    assert first.new > 0
    archive.keeping.erase([1], tmp_path / "ledger", lambda _: None)
    report = again(archive, page, tmp_path / "ledger", saved_at=NOW - DAY, **asked)
    assert (report.new, report.erased, report.erased_threads) == (0, first.new, 1)
    assert again(archive, page, tmp_path / "ledger", saved_at=NOW + DAY, **asked).new == first.new
