"""Looks at an inbox are kept, and told as questions that wait."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from companion.conversations import Archive
from companion.protocol.methods.archive import ThreadListParams
from companion.protocol.methods.inbox import (
    InboxListParams,
    InboxListResult,
    InboxRef,
    InboxRow,
    InboxSeenParams,
    InboxWatch,
)

REF = InboxRef(marketplace="shopee", shop="shop1", region="sg")


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch, now: float) -> Callable[[float], None]:
    """The companion's clock, which tests move by seconds from ``now``."""
    time = [now]
    monkeypatch.setattr("companion.conversations.inboxes.time.time", lambda: time[0])

    def move(by: float) -> None:
        time[0] = now + by

    return move


def row(buyer: str = "Ana", preview: str = "Is it blue?", **more: Any) -> InboxRow:
    return InboxRow(**{"buyer": buyer, "preview": preview, "time": "15:20", "unread": 1, **more})


def look(archive: Archive, *rows: InboxRow, at: float, **more: Any) -> int:
    params = {"inbox": REF, "timezone": "Asia/Shanghai", "page_language": "en", **more}
    return archive.inboxes.see(InboxSeenParams(rows=list(rows), observed_at=at, **params))


def listed(archive: Archive) -> InboxListResult:
    return archive.inboxes.waiting(InboxListParams())


def names(archive: Archive) -> list[str]:
    return [each.buyer for each in listed(archive).unanswered]


def test_a_question_is_told_with_its_time(archive: Archive, now: float) -> None:
    assert look(archive, row(), row("Bo", "ok", unread=0), row("Shopee", "News", system=True), at=now) == 1
    [found] = listed(archive).unanswered
    assert (found.buyer, found.preview, found.unread, found.thread_id) == ("Ana", "Is it blue?", 1, 0)
    # 15:20 in Shanghai, ten minutes before the look
    assert (found.since, found.span, found.since_is) == (now - 600, 60, "sent")
    [inbox] = listed(archive).inboxes
    assert (inbox.watched, inbox.reason, inbox.looked_at, inbox.conversations) == (False, "stopped", now, 3)


def test_the_same_look_twice_and_late_looks_change_nothing(archive: Archive, now: float) -> None:
    look(archive, row(unread=0, last="seller", preview="yes"), at=now)
    before = listed(archive)
    look(archive, row(unread=0, last="seller", preview="yes"), at=now)
    look(archive, row(), at=now - 30)
    assert listed(archive) == before


def test_a_row_that_was_scrolled_away_still_waits(archive: Archive, now: float) -> None:
    look(archive, row(), at=now)
    look(archive, row("Bo"), at=now + 10)
    assert sorted(names(archive)) == ["Ana", "Bo"]


def test_longest_waiting_first_and_bounded(archive: Archive, now: float) -> None:
    look(archive, row("Late", time="15:25"), row("Early", time="9:00"), row("Mid", time="14:00"), at=now)
    assert names(archive) == ["Early", "Mid", "Late"]
    cut = archive.inboxes.waiting(InboxListParams(limit=2))
    assert (len(cut.unanswered), cut.total) == (2, 3)


def test_a_look_without_a_time_label_says_so(archive: Archive, now: float) -> None:
    look(archive, row(time=""), at=now)
    look(archive, row(time="", unread=0), at=now + 50)
    [found] = listed(archive).unanswered
    assert (found.since, found.span, found.since_is, found.seen_at) == (now, 0, "seen", now + 50)


def test_minutes_that_pass_do_not_move_the_question(archive: Archive, now: float) -> None:
    look(archive, row(time="5m"), at=now)
    look(archive, row(time="12m"), at=now + 420)
    look(archive, row(time="1h"), at=now + 3600)
    assert listed(archive).unanswered[0].since == pytest.approx(now - 300, abs=1)


def test_an_archived_answer_ends_the_waiting(archive: Archive, window: Any, now: float) -> None:
    look(archive, row(), at=now)
    archive.see(window(("Is it blue?", "15:20"), at=now + 5))
    [found] = listed(archive).unanswered
    assert found.thread_id == archive.threads(ThreadListParams()).threads[0].id
    archive.see(window(("Is it blue?", "15:20"), ("<Yes", "15:31"), ("=Order shipped", "15:31"), at=now + 65))
    assert names(archive) == []
    # the list shows the next question before anybody opened it
    look(archive, row(preview="And red?", time="15:40"), at=now + 700)
    assert [(each.preview, each.since) for each in listed(archive).unanswered] == [("And red?", now + 600)]


def test_two_conversations_of_one_name_are_not_taken_for_each_other(archive: Archive, window: Any, now: float) -> None:
    archive.see(window(("Hi", "15:00"), ("<Yes", "15:29"), thread="t1", at=now, dated=True))
    archive.see(window(("Hi", "15:00"), ("<Yes", "15:29"), thread="t2", at=now, dated=True))
    look(archive, row(), at=now + 1)
    assert [each.thread_id for each in listed(archive).unanswered] == [0], "the archive has Ana twice"


def test_one_name_twice_in_the_list(archive: Archive, window: Any, now: float) -> None:
    archive.see(window(("Hi", "15:00"), ("<Yes", "15:29"), at=now, dated=True))
    look(archive, row(unread=0, preview="bye"), row(), at=now + 1)
    assert [(each.preview, each.thread_id) for each in listed(archive).unanswered] == [("Is it blue?", 0)]


def test_a_key_is_the_conversation_whatever_the_name(archive: Archive, window: Any, now: float) -> None:
    archive.see(window(("Hi", "15:00"), ("<Yes", "15:29"), thread="t1", at=now, dated=True))
    look(archive, row(key="t1"), row(key="t9"), at=now + 1)
    found = {each.thread_id: each.preview for each in listed(archive).unanswered}
    assert found == {0: "Is it blue?"}, "t1 was answered at 15:29, t9 is another conversation with Ana"


def test_a_list_without_names_is_told_by_its_words(archive: Archive, now: float) -> None:
    look(archive, row("", "Ship to Okinawa?", last="buyer"), row("", "Refund?", last="buyer"), at=now)
    look(archive, row("", "Refund?", last="seller"), row("", "Ship to Okinawa?", last="buyer"), at=now + 9)
    assert [each.preview for each in listed(archive).unanswered] == ["Ship to Okinawa?"]


def test_what_the_list_has_not_shown_for_long_is_not_told(archive: Archive, now: float, clock: Any) -> None:
    look(archive, row(), at=now)
    clock(31 * 86_400)
    assert names(archive) == []


def test_hostile_text_is_kept_as_text(archive: Archive, now: float) -> None:
    look(archive, row("A\x00\ud800na", "'; DROP TABLE inboxes; --"), at=now)
    assert listed(archive).unanswered[0].buyer == "A\ufffd\ufffdna"


# -- watching -------------------------------------------------------------------------------------------------------


def watch(now: float, reason: str = "", **more: Any) -> InboxWatch:
    return InboxWatch(**{"inbox": REF, "reason": reason, "since": now, "looked_at": now, **more})


def state(archive: Archive) -> tuple[bool, str, float]:
    [inbox] = listed(archive).inboxes
    return inbox.watched, inbox.reason, inbox.since


def test_watching_and_why_not(archive: Archive, now: float) -> None:
    archive.inboxes.hear("chrome", [watch(now)])
    assert state(archive) == (True, "", now)
    gap = {"gap_from": now - 900, "gap_until": now - 60, "gap_reason": "asleep"}
    archive.inboxes.hear("chrome", [watch(now + 30, "captcha", **gap)])
    assert state(archive) == (True, "captcha", now + 30)
    [inbox] = listed(archive).inboxes
    assert (inbox.gap_from, inbox.gap_until, inbox.gap_reason) == (now - 900, now - 60, "asleep")
    archive.inboxes.hear("chrome", [])
    assert state(archive) == (False, "stopped", now)


def test_a_browser_that_falls_silent_does_not_look(archive: Archive, now: float, clock: Any) -> None:
    archive.inboxes.hear("chrome", [watch(now - 5000)])
    clock(179)
    assert state(archive) == (True, "", now - 5000)
    clock(181)
    assert state(archive) == (True, "no_browser", now)


def test_a_second_browser_does_not_end_the_watch_of_the_first(archive: Archive, now: float, clock: Any) -> None:
    archive.inboxes.hear("chrome", [watch(now)])
    archive.inboxes.hear("edge", [watch(now, "tab_gone")])
    archive.inboxes.hear("edge", [])
    assert state(archive) == (True, "", now)
    clock(600)
    archive.inboxes.hear("edge", [watch(now + 600)])
    archive.inboxes.hear("chrome", [])
    assert state(archive) == (True, "", now + 600)


def test_a_browsers_clock_cannot_date_a_look_into_the_future(archive: Archive, now: float) -> None:
    archive.inboxes.hear("chrome", [watch(now, looked_at=now + 9e6)])
    assert listed(archive).inboxes[0].looked_at == now
