"""Edited and vanished messages: shown with their times, found by any of their texts, exported, taken back, erased."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from lxml import html
from sqlalchemy import text

from companion.conversations import Archive, erasing
from companion.conversations.exports import csv_file, html_page, jsonl
from companion.conversations.marks import EDITED, TRANSLATED, VANISHED, further
from companion.conversations.migrations.sqlite import MIGRATIONS
from companion.conversations.migrations.sqlite.m009_signs import m009_signs
from companion.conversations.reading import LATER_SHOWN
from companion.conversations.transcript import masked
from companion.protocol.errors import ErrorCode, SeabridgeError
from companion.protocol.methods.archive import SearchHit, SearchParams, ThreadMessagesParams
from companion.protocol.values import ArchivedMessage
from companion.runtime.zones import zone_named

from .conftest import in_file, window_of

#: The page shows two other texts for the first message, loses the second, and loses the third for a while.
ROWS = [("1", "I want blue"), ("2", "call me at 555"), ("3", "please"), ("4", "thanks")]


def look(archive: Archive, *left_out: str, first: str = "I want blue") -> None:
    rows = [{"key": key, "text": first if key == "1" else text} for key, text in ROWS if key not in left_out]
    archive.see(window_of(*rows))


@pytest.fixture
def changed(archive: Archive) -> Archive:
    look(archive)
    look(archive, first="I want red")
    look(archive, "2", "3", first="I want green, or send it back")
    look(archive, "2", first="I want green, or send it back")
    return archive


def shown(archive: Archive, **asked: Any) -> list[ArchivedMessage]:
    return archive.messages(ThreadMessagesParams(thread_id=1, **asked)).messages


def search(archive: Archive, query: str) -> list[SearchHit]:
    return archive.search(SearchParams(query=query)).hits


def said(spans: Any) -> str:
    return "".join(f"[{span.text}]" if span.hit else span.text for span in spans)


def test_a_conversation_tells_what_became_of_its_messages(changed: Archive) -> None:
    first, second, third, last = shown(changed)
    assert first.text == "I want blue"
    assert [(each.text, each.cut) for each in first.later] == [
        ("I want red", False),
        ("I want green, or send it back", False),
    ]
    assert first.later[0].seen_at <= first.later[1].seen_at
    assert second.gone_at is not None
    assert (second.back_at, second.later) == (None, [])
    assert third.gone_at is not None
    assert third.back_at is not None
    assert third.gone_at <= third.back_at
    assert (last.later, last.gone_at, last.back_at) == ([], None, None)


def test_the_words_of_a_later_text_find_the_message_and_are_shown_as_such(changed: Archive) -> None:
    [hit] = search(changed, "red")
    assert (hit.message_id, said(hit.text), said(hit.later)) == (1, "I want blue", "I want [red]")
    # words of both texts, and words that both have
    [hit] = search(changed, "blue green")
    assert said(hit.later) == "I want [green], or send it back"
    assert [said(hit.later) for hit in search(changed, '"I want"')] == [""]
    assert search(changed, '"blue I"') == [], "no phrase spans two texts"
    assert [hit.message_id for hit in search(changed, "has:edit")] == [1]
    assert [hit.message_id for hit in search(changed, "状态:已消失")] == [2]
    assert [hit.message_id for hit in search(changed, "-is:gone -包含:改动")] == [4, 3]
    assert [hit.message_id for hit in search(changed, "green")] == [
        hit.message_id for hit in changed.search(SearchParams(query="green", sort="best")).hits
    ]


def test_what_was_searched_is_marked_in_every_text(changed: Archive) -> None:
    first = shown(changed, query="green want")[0]
    assert [(each.start, each.end) for each in first.hits] == [(2, 6)]
    assert [[(each.start, each.end) for each in text.hits] for text in first.later] == [[(2, 6)], [(2, 6), (7, 12)]]
    assert [each.hits for each in shown(changed)] == [[]] * 4
    with pytest.raises(SeabridgeError) as raised:
        shown(changed, query="before:soon")
    assert raised.value.code == ErrorCode.SEARCH_DATE


def test_endless_later_texts_still_fit_a_frame(archive: Archive) -> None:
    look(archive)
    for number in range(20):
        look(archive, first=f"{number} " + "x" * 19_000)
    later = shown(archive)[0].later
    assert len(later) == 20
    assert sum(len(each.text) for each in later) <= LATER_SHOWN
    assert all(each.cut and each.text for each in later)
    assert len(archive.transcript(1).lines[0].later[-1].text) > 19_000, "an export has all of it"


def test_an_export_tells_it_with_its_times(changed: Archive) -> None:
    setting = html_page.Setting(locale="en", zone=zone_named("Asia/Shanghai"), zone_name="Asia/Shanghai", made_at=1.0)
    words = html.fromstring(html_page.write([changed.transcript(1)], setting, lambda _: None)).text_content()
    for expected in ("I want red", "shown on the page instead, from 20", "no longer shown on the page since 20"):
        assert expected in words
    assert "not shown on the page from 20" in words
    out = io.BytesIO()
    csv_file.write([changed.transcript(1)], zone_named("Asia/Shanghai"), out)
    table = out.getvalue().decode("utf-8-sig")
    first, second, third, last = csv.DictReader(io.StringIO(table, newline=""))
    assert first["later_texts"].splitlines()[0].endswith("+08:00 I want red")
    assert second["gone_at"].startswith("20")
    assert (second["back_at"], bool(third["back_at"])) == ("", True)
    assert (last["later_texts"], last["gone_at"]) == ("", "")


def file_of(archive: Archive) -> bytes:
    return b"".join(jsonl.write([archive.transcript(1)], lambda _: None, made_at=1.0, masked=False))


def test_json_lines_carry_it_there_and_back(changed: Archive, tmp_path: Path, take: Callable[..., Any]) -> None:
    lines = file_of(changed)
    other = Archive.open(tmp_path / "other.db", tmp_path / "others")
    try:
        other.see(window_of("somebody else", thread="t0"))
        take("own.jsonl", lines, into=other, marketplace="", shop="")
        before, after = changed.transcript(1).lines, other.transcript(2).lines
        history = [(line.later, line.gone_at, line.back_at) for line in before]
        assert [(line.later, line.gone_at, line.back_at) for line in after] == history
        assert [hit.thread_id for hit in search(other, "red has:edit")] == [2]
        assert other.check() == []
        # the page goes on from there: what it shows is no news
        look(other, "2", first="I want green, or send it back")
        assert [(line.later, line.gone_at, line.back_at) for line in other.transcript(2).lines] == history
        again = take("own.jsonl", lines, into=other, marketplace="", shop="")
        assert again.new == 0
    finally:
        other.close()


def test_a_later_text_changed_in_the_file_is_refused(changed: Archive, take: Callable[..., Any]) -> None:
    with pytest.raises(SeabridgeError) as raised:
        take("own.jsonl", file_of(changed).replace(b"I want red", b"I want rad"), marketplace="", shop="")
    assert raised.value.code == ErrorCode.MESSAGES_CHANGED


def test_a_file_of_before_is_taken(changed: Archive, tmp_path: Path, take: Callable[..., Any]) -> None:
    records = [json.loads(line) for line in file_of(changed).splitlines()]
    for record in records:
        for name in ("later", "gone_at", "back_at"):
            record.pop(name, None)
    other = Archive.open(tmp_path / "other.db", tmp_path / "others")
    try:
        take("own.jsonl", "\n".join(map(json.dumps, records)), into=other, marketplace="", shop="")
        assert [line.later for line in other.transcript(1).lines] == [()] * 4
        assert other.check() == []
    finally:
        other.close()


def test_a_masked_export_masks_every_text(changed: Archive) -> None:
    out = masked(changed.transcript(1), lambda text, *_: text.replace("red", "***"))
    first = out.lines[0].later[0]
    assert (first.text, first.salt) == ("I want ***", b"")


def test_erasing_takes_every_text(changed: Archive) -> None:
    with changed._database.write() as connection:
        erasing.erase(connection, 1, "asked", 2.0)
        left = connection.exec_driver_sql("SELECT count(*) FROM revisions").scalar_one()
    assert left == 0
    assert search(changed, "red") == search(changed, "has:edit") == []


@in_file
def test_an_archive_of_before_finds_it_after_the_upgrade(changed: Archive, tmp_path: Path) -> None:
    changed.translations.add(3, "zh", "拜托了", "argos", "machine", [], "en", True)
    changed.close()
    path = changed._database.path
    step = list(MIGRATIONS).index(m009_signs)
    with closing(sqlite3.connect(path)) as raw:
        old = raw.execute("SELECT rowid, original, marks FROM search_index").fetchall()
        new_signs = set(further(text="www.x", translated=True, order=True, noted=True, edited=True, gone=True).split())
        for moment, original, marks in old:
            before = " ".join(sign for sign in marks.split(" ") if sign not in new_signs)
            texts = original.split(" \ue000 ")[0]
            raw.execute("UPDATE search_index SET original = ?, marks = ? WHERE rowid = ?", (texts, before, moment))
        for table in ("checks", "note_words", "manual_passages", "manual_skus", "manuals"):
            raw.execute(f"DROP TABLE {table}")
        raw.execute("DROP INDEX facts_number")
        raw.execute("UPDATE threads SET note = '下次送小礼物', noted_at = 5")
        raw.execute(f"PRAGMA user_version = {step}")
        raw.commit()
    upgraded = Archive.open(path, tmp_path / "files")
    try:
        assert upgraded.check() == []
        assert [hit.message_id for hit in search(upgraded, "red has:edit has:note")] == [1]
        assert [hit.message_id for hit in search(upgraded, "has:translation")] == [3]
        assert [said(note.note) for note in upgraded.search(SearchParams(query="礼物")).notes] == ["下次送小[礼物]"]
    finally:
        upgraded.close()


def test_signs_have_an_order() -> None:
    none = {"text": "", "translated": False, "order": False, "noted": False, "edited": False, "gone": False}
    assert further(**none) == ""  # type: ignore[arg-type]
    some = {**none, "gone": True, "edited": True, "translated": True}
    assert further(**some) == f"{TRANSLATED} {EDITED} {VANISHED}"  # type: ignore[arg-type]


def test_an_index_without_a_later_text_is_noticed(changed: Archive) -> None:
    with changed._database.write() as connection:
        changing = text("UPDATE search_index SET original = 'i want blue' WHERE original LIKE :having")
        connection.execute(changing, {"having": "%red%"})
    assert [finding.kind for finding in changed.keeping.verify()] == ["index_message"]
    with changed._database.write() as connection:
        from companion.conversations import index

        index.again(connection, 1)


def test_the_last_text_is_what_the_page_shows_also_when_it_goes_back(archive: Archive) -> None:
    look(archive)
    look(archive, first="I want red")
    look(archive)
    look(archive)
    [first, *_] = archive.transcript(1).lines
    assert [each.text for each in first.later] == ["I want red", "I want blue"]
    assert replace(first, later=()).text == "I want blue"
