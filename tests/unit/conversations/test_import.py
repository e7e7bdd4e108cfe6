"""Messages out of files: each once, in its place, marked as imported, and without a loss where the file has all."""

from __future__ import annotations

import io
import json
import sqlite3
from collections.abc import Sequence
from datetime import timedelta, timezone
from pathlib import Path
from typing import Any

import pytest

from companion.conversations import Archive
from companion.conversations.exports import csv_file, jsonl, xlsx_file
from companion.conversations.imports.page import windows
from companion.conversations.transcript import Transcript, masked
from companion.protocol.errors import SeabridgeError
from companion.protocol.methods.archive import DraftInsertedParams, SearchParams

from .conftest import PNG, TABLE, Take, in_file, lines_of, rows_of

SHANGHAI = timezone(timedelta(hours=8))
PAGES = Path(__file__).parents[3] / "companion" / "practice" / "pages"
FIRST, OK, LAST = ("first", "Sep 1, 2026 10:00 AM"), ("ok", "Sep 1, 2026 10:02 AM"), ("last", "Sep 1, 2026 11:00 AM")


def own_file(archive: Archive) -> bytes:
    def picture(sha256: str) -> bytes:
        return archive.pictures.read(sha256)

    found = [archive.transcript(thread_id) for thread_id in archive.thread_ids()]
    return b"".join(jsonl.write(found, picture, made_at=1.0, masked=False))


def table_file(write: Any, found: Sequence[Transcript]) -> bytes:
    out = io.BytesIO()
    write(found, SHANGHAI, out)
    return out.getvalue()


def records(data: bytes) -> list[dict[str, Any]]:
    """All but the first line, without the mark that an import leaves."""
    found = [json.loads(line) for line in data.splitlines()[1:]]
    return [{name: value for name, value in one.items() if name != "imported"} for one in found]


@pytest.fixture
def full(archive: Archive, window: Any, ref: Any, now: float) -> Archive:
    """Two conversations with everything: rows loaded later, a picture, translations, drafts, a link, a hold."""
    draft = {"engine": "argos", "match": "machine", "written_language": "zh", "language": "es", "inserted_at": now}
    archive.add_draft(DraftInsertedParams(thread=ref, written="到了", text="Ya llegó", **draft))
    archive.add_draft(DraftInsertedParams(thread=ref, written="没发", text="never sent", **draft))
    seen = archive.see(window(("b", "14:23"), ("<Ya llegó", "14:25"), "ok", dated=True))
    archive.see(window("earlier", ("b", "14:23"), more_below=True, dated=True))
    picture = archive.see(window({"text": "", "images": ["https://c.example/p.png"], "key": "k1"}, thread="t2"))
    archive.pictures.keep(picture.images[0].message, picture.images[0].url, PNG)
    archive.translations.add(seen.rows[0].id, "zh", "乙", "argos", "machine", ["number"], "es", True)
    archive.translations.add(seen.rows[0].id, "en", "bee", "argos", "machine", [], "es", True)
    archive.link(1, "order", "113-1")
    archive.hold(2, None)
    return archive


@pytest.mark.usefixtures("full")
def test_json_lines_lose_nothing(archive: Archive, take: Take, tmp_path: Path) -> None:
    before = own_file(archive)
    other = Archive.open(tmp_path / "other.db", tmp_path / "other")
    try:
        report = take("all.jsonl", before, other)
        assert (report.threads, report.new_threads, report.new, report.known) == (2, 2, 5, 0)
        assert records(own_file(other)) == records(before)
        assert other.check() == []
        assert {line.source.kind for line in lines_of(other)} == {"jsonl"}
        assert [hit.text[0].text for hit in other.search(SearchParams(query="乙")).hits] == ["b"]
        again = take("all.jsonl", before, other)
        assert (again.new, again.known) == (0, 5)
        assert records(own_file(other)) == records(before)
    finally:
        other.close()


@pytest.mark.usefixtures("full")
def test_what_the_archive_holds_is_known_in_every_kind_of_file(archive: Archive, take: Take) -> None:
    found = [archive.transcript(thread_id) for thread_id in archive.thread_ids()]
    before = own_file(archive)
    for name, content in (
        ("all.jsonl", before),
        ("all.csv", table_file(csv_file.write, found)),
        ("all.xlsx", table_file(xlsx_file.write, found)),
    ):
        report = take(name, content)
        assert (report.new, report.known, report.new_threads) == (0, 5, 0), name
    assert own_file(archive) == before


def test_a_table_becomes_a_conversation(archive: Archive, take: Take) -> None:
    look = take("a.csv", TABLE, dry_run=True)
    assert (look.new, look.new_threads, archive.counts()) == (2, 1, (0, 0))
    assert [(column.header, column.field) for column in look.columns][3] == ("text", "text")
    report = take("a.csv", TABLE)
    assert (report.threads, report.new, report.known) == (1, 2, 0)
    first, second = lines_of(archive)
    assert (first.direction, first.text, first.order) == ("buyer", "¿Dónde está?", "113-1")
    assert first.sent_at == 1788228000.0, "10:00 in Shanghai"
    assert first.label == "2026-09-01 10:00", "as the file shows it"
    assert second.direction == "seller"
    assert (first.source.kind, first.source.name) == ("csv", "a.csv")
    assert archive.translations.missing(5)[0][1] == "¿Dónde está?", "translated afterwards"
    assert take("a.csv", TABLE).new == 0
    assert archive.search(SearchParams(query="113")).hits


def test_what_was_seen_on_a_page_is_known_in_a_file_and_new_rows_find_their_place(
    archive: Archive, take: Take, window: Any
) -> None:
    archive.see(window(FIRST, OK, LAST))
    table = (
        "time,buyer,direction,text\n"
        "2026-09-01 09:00:00,Ana,buyer,before\n2026-09-01 10:00:31,Ana,buyer,first\n"
        "2026-09-01 10:02:20,Ana,buyer,ok\n2026-09-01 10:02:40,Ana,buyer,ok\n"
        "2026-09-01 10:30:00,Ana,seller,between\n2026-09-02 10:02:00,Ana,buyer,ok\n"
    )
    report = take("a.csv", table, marketplace="shopee", shop="shop1")
    assert (report.new_threads, report.new, report.known) == (0, 4, 2), "found by the buyer's name"
    found = lines_of(archive)
    assert [line.text for line in found] == ["before", "first", "ok", "ok", "between", "last", "ok"]
    assert [bool(line.source) for line in found] == [True, False, False, True, True, False, True]
    assert [line.moment for line in found] == sorted(line.moment for line in found)
    assert take("a.csv", table, marketplace="shopee", shop="shop1").new == 0
    # and a page that is opened afterwards recognises what came from the file
    between = {"direction": "seller", "text": "between", "time": "Sep 1, 2026 10:30 AM"}
    assert [row.status for row in archive.see(window(between, LAST)).rows] == ["known", "known"]


def test_the_newest_first_and_in_no_order(archive: Archive, take: Take) -> None:
    rows = [f"2026-09-01 10:0{n},Ana,buyer,line {n}" for n in (3, 2, 2, 1)]
    take("a.csv", "\n".join(["time,buyer,direction,text", *rows]))
    rows = [f"2026-09-01 10:0{n},Bo,buyer,line {n}" for n in (2, 3, 1)]
    take("b.csv", "\n".join(["time,buyer,direction,text", *rows]))
    assert [line.text for line in lines_of(archive)] == ["line 1", "line 2", "line 2", "line 3"]
    assert [line.text for line in lines_of(archive, 2)] == ["line 1", "line 2", "line 3"]


def test_two_conversations_with_one_name_are_not_mixed(archive: Archive, take: Take, window: Any) -> None:
    archive.see(window("a", thread="t1"))
    archive.see(window("b", thread="t2"))
    report = take("a.csv", TABLE, marketplace="shopee", shop="shop1")
    assert (report.new_threads, report.new) == (1, 2), "nobody can tell which of the two it is"


def test_a_masked_table_is_refused_also_where_no_name_was_there_to_hide(archive: Archive, take: Take) -> None:
    take("a.csv", "time,thread,direction,text\n2026-09-01,t-9,buyer,nothing personal here\n")
    assert archive.transcript(1).buyer == ""
    hidden = masked(archive.transcript(1), lambda text, _names, _keep: text)
    for name, write in (("m.csv", csv_file.write), ("m.xlsx", xlsx_file.write)):
        with pytest.raises(SeabridgeError, match="messages_masked"):
            take(name, table_file(write, [hidden]))
        take(name, table_file(write, [archive.transcript(1)]))


def test_bars_that_a_buyer_drew_are_a_message_like_any_other(archive: Archive, take: Take) -> None:
    take("a.csv", "time,buyer,direction,text\n2026-09-01,Ana,buyer,█████\n2026-09-01,Ana,buyer,look █████ 50%\n")
    assert archive.counts() == (1, 2)


@pytest.mark.usefixtures("full")
def test_a_changed_file_of_ours_is_refused(archive: Archive, take: Take, tmp_path: Path) -> None:
    data = own_file(archive)
    other = Archive.open(tmp_path / "other.db", tmp_path / "other")
    try:
        for changed in (
            data.replace(b'"text":"ok"', b'"text":"no"'),
            b"".join(line for line in data.splitlines(keepends=True) if b'"text":"ok"' not in line).replace(
                b'"total":4', b'"total":3'
            ),
        ):
            assert changed != data
            with pytest.raises(SeabridgeError, match="messages_changed"):
                take("x.jsonl", changed, other)
            assert other.counts() == (0, 0)
    finally:
        other.close()


def test_a_saved_page_goes_the_way_of_an_open_one(archive: Archive, take: Take, now: float) -> None:
    page = (PAGES / "wildberries" / "chat.html").read_bytes()
    address = "https://seller.wildberries.ru/chat-with-clients?chatId=a8775c6f-049b-da67-1045-421477a8bfcb"
    with pytest.raises(SeabridgeError, match="messages_page"):
        take("chat.html", page, saved_at=now)  # the page alone tells neither buyer nor conversation
    look = take("chat.html", page, dry_run=True, saved_at=now, url=address)
    assert look.new > 0
    assert archive.counts() == (0, 0)
    report = take("chat.html", page, saved_at=now, url=address)
    assert (report.new, report.kind) == (look.new, "page")
    assert all(line.source.kind == "page" for line in lines_of(archive, *archive.thread_ids()))
    assert take("chat.html", page, saved_at=now, url=address).new == 0


@pytest.mark.parametrize("count", [1, 20, 99, 100, 101, 120, 121, 180, 181, 250])
def test_a_long_page_comes_in_pieces_that_are_known_to_follow(archive: Archive, window: Any, count: int) -> None:
    whole = window(*[f"line {number} {'ok' if number % 3 else ''}" for number in range(count)])
    pieces = windows(whole)
    assert all(0 < len(piece.messages) <= 100 for piece in pieces)
    assert [piece.more_below for piece in pieces] == [True] * (len(pieces) - 1) + [False]
    for _ in range(2):
        for piece in pieces:
            archive.see(piece)
    found = lines_of(archive)
    assert [line.text for line in found] == [message.text for message in whole.messages]
    assert not any(line.gap for line in found)


@in_file
def test_a_full_disk_keeps_what_was_imported_and_the_next_try_takes_the_rest(
    archive: Archive, take: Take, monkeypatch: pytest.MonkeyPatch
) -> None:
    from companion.conversations.imports import entering, importing

    monkeypatch.setattr(importing, "_TOGETHER", 1)
    table = TABLE + "2026-09-01 10:00,Bo,buyer,hi,\n2026-09-01 10:01,Cy,buyer,hey,\n"
    enter, done = entering.enter, []

    def fills_up(*given: Any) -> Any:
        if len(done) == 1:
            raise sqlite3.OperationalError("database or disk is full")
        done.append(1)
        return enter(*given)

    monkeypatch.setattr(entering, "enter", fills_up)
    with pytest.raises(SeabridgeError) as stopped:
        take("a.csv", table)
    assert (stopped.value.code, stopped.value.data["count"]) == ("messages_stopped", 2)
    monkeypatch.setattr(entering, "enter", enter)
    report = take("a.csv", table)
    assert (report.new, report.known) == (2, 2)


def test_an_imported_message_is_no_observed_one(archive: Archive, take: Take, window: Any) -> None:
    """What measures response times asks for ``import_id``: null on everything seen on a page, set on the rest."""
    archive.see(window("seen"))
    take("a.csv", TABLE)
    rows = rows_of(archive, "SELECT text, import_id IS NULL FROM messages ORDER BY id")
    assert rows == [("seen", 1), ("¿Dónde está?", 0), ("Ya llega", 0)]
