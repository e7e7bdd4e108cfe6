"""What was written goes, that something was written stays; holds, retention, and the ledger that remembers."""

from __future__ import annotations

import datetime
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from companion.conversations import Archive, ledger, retention
from companion.conversations.looks import Look
from companion.protocol.errors import ErrorCode, SeabridgeError
from companion.protocol.methods.archive import DraftInsertedParams, SearchParams, ThreadListParams
from companion.protocol.methods.inbox import InboxRef, InboxRow, InboxSeenParams
from companion.protocol.values import Hold

from .conftest import NOW, Take, in_file, rows_of, stored_of, thread_ref

PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 40
URL = "https://img.example/1.png"


def nothing(_: Sequence[str]) -> None:
    return None


def draft(thread: str, written: str, text: str) -> DraftInsertedParams:
    return DraftInsertedParams(
        thread=thread_ref(thread), written=written, written_language="zh", text=text, language="en",
        engine="argos", match="machine", inserted_at=NOW + 1,
    )  # fmt: skip


@pytest.fixture
def talk(archive: Archive, window: Any) -> Archive:
    """Thread 1 is Ana's: a picture she shares with thread 2 and one of her own, drafts, a translation."""
    mine = "https://img.example/2.png"
    archive.see(
        window({"text": "Quiero mi dinero", "key": "a", "images": [URL, mine]}, {"text": "gracias", "key": "b"})
    )
    archive.see(window({"text": "same seam", "key": "a", "images": [URL]}, thread="t2"))
    archive.pictures.keep(1, URL, PNG)
    archive.pictures.keep(1, mine, PNG + b"own")
    archive.pictures.keep(3, URL, PNG)
    archive.translations.add(1, "zh", "我要退款", "argos", "machine", [], "es", True)
    archive.add_draft(draft("t1", "请稍等，安娜", "One moment, Ana"))
    archive.add_draft(draft("t1", "已发货", "Shipped"))
    archive.add_draft(draft("t2", "已发货", "Shipped"))
    return archive


def test_everything_written_goes_and_the_log_stays(talk: Archive, tmp_path: Path) -> None:
    before = talk.keeping.log_state()[0]
    digests = rows_of(talk, "SELECT digest FROM events WHERE kind = 'message' AND thread_id = 1")
    forgotten: list[str] = []
    assert talk.keeping.erase([1], tmp_path / "ledger", forgotten.extend) == 2
    assert forgotten == ["请稍等，安娜"], "what was sent to others too is nobody's"
    assert talk.check() == []
    assert [t.id for t in talk.threads(ThreadListParams(limit=10)).threads] == [2]
    assert talk.search(SearchParams(query="退款")).hits == []
    assert talk.search(SearchParams(query="dinero")).hits == []
    for table in ("translations", "links", "holds", "revisions"):
        assert rows_of(talk, f"SELECT count(*) FROM {table}") == [(0,)]
    assert rows_of(talk, "SELECT thread_id FROM drafts") == [(2,)]
    assert len(stored_of(talk, tmp_path)) == 1, "a picture that another buyer sent too stays"
    assert rows_of(talk, "SELECT digest FROM events WHERE kind = 'message' AND thread_id = 1") == digests
    [(detail,)] = rows_of(talk, "SELECT detail FROM events WHERE kind = 'erased'")
    assert json.loads(detail) == {"messages": 2, "reason": "asked"}
    assert talk.keeping.log_state()[0] == before + 1


@in_file
def test_not_a_letter_is_left_in_the_file(talk: Archive, tmp_path: Path) -> None:
    talk.hold(1, NOW)
    talk.keeping.erase([1], tmp_path / "ledger", nothing, even_held=True)
    talk.keeping.scrub()
    content = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    for word in ("dinero", "gracias", "安娜", "One moment", "退款", "退 款"):
        assert word.encode() not in content, word
    assert b"same seam" in content


def test_a_conversation_that_has_but_a_draft(archive: Archive, tmp_path: Path) -> None:
    archive.add_draft(draft("t1", "您好，安娜", "Hello Ana"))
    path = tmp_path / "ledger"
    archive.keeping.erase([1], path, nothing)
    assert rows_of(archive, "SELECT count(*) FROM drafts") == [(0,)]
    assert len(ledger.read(path)) == 1, "an older copy would be known by it"


def test_twice_is_once(talk: Archive, tmp_path: Path) -> None:
    talk.keeping.erase([1], tmp_path / "ledger", nothing)
    state = talk.keeping.log_state()
    assert talk.keeping.erase([1], tmp_path / "ledger", nothing) == 0
    assert talk.keeping.log_state() == state


def test_the_page_may_be_opened_again(talk: Archive, tmp_path: Path, window: Any, texts: Any) -> None:
    talk.keeping.erase([1], tmp_path / "ledger", nothing)
    seen = talk.see(window("a new question"))
    assert seen.thread_id == 3
    assert texts(talk, 3) == ["a new question"]


def test_the_inbox_forgets_the_buyer(talk: Archive, tmp_path: Path) -> None:
    ref = InboxRef(marketplace="shopee", region="sg", shop="shop1")
    lines = [InboxRow(key="", buyer=name, preview="hola", last="buyer", unread=1) for name in ("Ana", "Ben")]
    talk.inboxes.see(InboxSeenParams(inbox=ref, rows=lines, observed_at=NOW, timezone="UTC", page_language="en"))
    talk.keeping.erase([1], tmp_path / "ledger", nothing)
    assert rows_of(talk, "SELECT buyer FROM inbox_entries") == [("Ben",)]


def test_who_never_wrote_but_was_shown_is_forgotten_too(talk: Archive) -> None:
    ref = InboxRef(marketplace="shopee", region="sg", shop="shop1")
    lines = [InboxRow(key=name, buyer=name, preview="hola", last="buyer", unread=1) for name in ("Zoe", "ZOE ", "Ben")]
    talk.inboxes.see(InboxSeenParams(inbox=ref, rows=lines, observed_at=NOW, timezone="UTC", page_language="en"))
    assert talk.keeping.holdings("zoe")[0] == []
    assert talk.keeping.inbox_entries("zoe") == 2
    talk.keeping.forget_inbox("zoe")
    assert rows_of(talk, "SELECT buyer FROM inbox_entries") == [("Ben",)]
    talk.keeping.forget_inbox()
    assert rows_of(talk, "SELECT buyer FROM inbox_entries") == []


def test_orders_stay_and_forget_who_bought(talk: Archive, tmp_path: Path, window: Any) -> None:
    def look(ref: str, buyer: str) -> Look:
        values = {"buyer": buyer, "amount": "US$ 19.90"}
        return Look(marketplace="shopee", region="sg", shop="shop1", ref=ref, values=values, page="shopee/orders")

    talk.facts.note("order", [look("77", "Ana M."), look("78", "Ben"), look("79", "ZOE ")], NOW)
    talk.link(1, "order", "77")
    talk.keeping.erase([1], tmp_path / "ledger", nothing)
    talk.keeping.forget_inbox("zoe")
    assert rows_of(talk, "SELECT value FROM facts WHERE field = 'buyer'") == [("Ben",)]
    assert rows_of(talk, "SELECT count(*) FROM facts WHERE field = 'amount'") == [(3,)]


def test_the_name_of_a_file_goes_with_the_last_of_its_messages(archive: Archive, take: Take, tmp_path: Path) -> None:
    for name, thread in (("lucia.csv", "t8"), ("others.csv", "t9")):
        table = f"conversation,side,text,time\n{thread},buyer,hola {thread},2026-09-01 10:00\n"
        assert take(name, table).new == 1
    archive.keeping.erase([1], tmp_path / "ledger", nothing)
    assert rows_of(archive, "SELECT name FROM imports ORDER BY id") == [("",), ("others.csv",)]


def test_a_buyer_is_found_by_name(talk: Archive, window: Any) -> None:
    found, alike = talk.keeping.holdings("  aNA ")
    assert [(one.thread, one.messages, one.translations, one.drafts, one.pictures) for one in found] == [
        (1, 2, 1, 2, 2), (2, 1, 0, 1, 1),
    ]  # fmt: skip
    assert alike == []
    assert talk.keeping.holdings("an") == ([], ["Ana"])
    with pytest.raises(SeabridgeError):
        talk.keeping.holdings("", [99])


def test_what_a_dispute_needs_stays(talk: Archive, tmp_path: Path) -> None:
    talk.hold(2, None)
    with pytest.raises(SeabridgeError) as caught:
        talk.keeping.erase([1, 2], tmp_path / "ledger", nothing)
    assert (caught.value.code, caught.value.data) == (ErrorCode.HELD, {"thread": 2})
    assert talk.counts() == (2, 3)
    assert not (tmp_path / "ledger").exists()
    talk.keeping.erase([1, 2], tmp_path / "ledger", nothing, even_held=True)
    assert talk.counts() == (0, 0)


@pytest.mark.parametrize("breaks", ["memory", "database"])
def test_a_crash_in_the_middle_is_made_up_for(
    talk: Archive, tmp_path: Path, breaks: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "ledger"

    def broken(*_: Any, **__: Any) -> None:
        raise KeyboardInterrupt

    if breaks == "database":
        monkeypatch.setattr("companion.conversations.keeping.erasing.erase", broken)
    with pytest.raises(KeyboardInterrupt):
        talk.keeping.erase([1], path, broken if breaks == "memory" else nothing)
    monkeypatch.undo()
    assert talk.counts() == (2, 3)
    forgotten: list[str] = []
    assert talk.keeping.erase_again(ledger.read(path), forgotten.extend) == 1
    assert forgotten == ["请稍等，安娜"]
    assert talk.counts() == (1, 1)
    assert talk.keeping.erase_again(ledger.read(path), nothing) == 0


def test_the_ledger_names_nobody_and_survives_a_torn_line(talk: Archive, tmp_path: Path) -> None:
    path = tmp_path / "ledger"
    talk.keeping.erase([1], path, nothing)
    assert b"Ana" not in path.read_bytes()
    path.write_bytes(path.read_bytes() + b'{"origin": "ab')
    ledger.note(path, [ledger.Erasure("cd" * 32, NOW)])
    assert [e.origin for e in ledger.read(path)][1:] == ["cd" * 32]
    path.write_bytes(b'[1]\n{"origin": 5, "at": 1}\n{"origin": "zz", "at": 1}\n\xff\n' + path.read_bytes())
    assert len(ledger.read(path)) == 2
    other = tmp_path / "other"
    ledger.merge(other, ledger.read(path))
    ledger.merge(other, ledger.read(path))
    assert len(ledger.read(other)) == 2


@pytest.mark.parametrize(
    ("now", "months", "limit"),
    [("2026-09-03", 1, "2026-08-03"), ("2026-03-31", 1, "2026-02-28"), ("2028-03-31", 1, "2028-02-29"),
     ("2026-01-15", 12, "2025-01-15"), ("2026-01-15", 1, "2025-12-15"), ("2026-12-31", 600, "1976-12-31")],
)  # fmt: skip
def test_months_are_calendar_months(now: str, months: int, limit: str) -> None:
    def at(day: str) -> float:
        return datetime.datetime.fromisoformat(day).replace(tzinfo=datetime.UTC).timestamp()

    assert retention.limit(at(now), months) == at(limit)


def test_only_what_is_past_its_time_and_not_held_is_due(archive: Archive, window: Any) -> None:
    day = 86_400.0
    import time

    now = time.time()
    archive.see(window("old", thread="old", at=now - 400 * day))
    archive.see(window("old too", thread="held", at=now - 400 * day))
    archive.see(window("once held", thread="was held", at=now - 400 * day))
    archive.see(window("fresh", thread="fresh", at=now - 10 * day))
    archive.see(window("begun long ago", thread="long", at=now - 400 * day))
    archive.see(window("begun long ago", "and goes on", thread="long", at=now - 10 * day))
    archive.hold(2, now + day)
    archive.hold(3, now - day)
    assert [one.thread for one in archive.keeping.past_retention(12)] == [1, 3]
    assert archive.keeping.past_retention(14) == []


def test_a_hold_is_changed_and_released(talk: Archive, now: float) -> None:
    assert talk.hold(2, now + 60).until == now + 60
    assert talk.hold(2, None).until is None, "the last word counts"
    talk.hold(1, now - 1)
    [kept] = talk.held()
    assert (kept.id, kept.hold) == (2, Hold(until=None))
    assert {t.id: t.hold for t in talk.threads(ThreadListParams(limit=9)).threads} == {1: None, 2: Hold(until=None)}
    talk.release(2)
    talk.release(2)
    assert talk.held() == []
    asked = "SELECT kind FROM events WHERE thread_id = 2 AND kind IN ('held', 'released') ORDER BY id"
    assert rows_of(talk, asked) == [
        ("held",), ("held",), ("released",),
    ]  # fmt: skip
    assert talk.check() == []
    for act in (lambda: talk.hold(99, None), lambda: talk.release(99)):
        with pytest.raises(SeabridgeError) as caught:
            act()
        assert caught.value.code is ErrorCode.NOT_FOUND
