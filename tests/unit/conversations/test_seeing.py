"""message.seen: every row once, in its place, with its time."""

from __future__ import annotations

import threading
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import msgspec

from companion.protocol.methods.archive import ThreadListParams, ThreadMessagesParams
from companion.protocol.values import ThreadRef


def shanghai(*parts: int) -> float:
    return datetime(*parts, tzinfo=ZoneInfo("Asia/Shanghai")).timestamp()


def listed(archive: Any, thread_id: int = 1) -> list[Any]:
    return list(archive.messages(ThreadMessagesParams(thread_id=thread_id, limit=200)).messages)


def test_new_rows_are_archived_and_told_apart(archive: Any, window: Any, ref: ThreadRef) -> None:
    seen = archive.see(window("where is my order", "<tomorrow", "=order paid", "", "gracias"))
    assert [r.status for r in seen.rows] == ["new"] * 5
    assert seen.thread_id == archive.thread(ref).id == seen.thread.id == 1
    assert seen.new_ids == [r.id for r in seen.rows]
    assert seen.buyer_texts == [(seen.rows[0].id, "where is my order"), (seen.rows[4].id, "gracias")]
    assert [m.direction for m in listed(archive)] == ["buyer", "seller", "system", "buyer", "buyer"]


def test_the_same_window_twice_is_known_the_second_time(archive: Any, window: Any) -> None:
    params = window(("ok", "10:00"), ("ok", "10:00"), "<ok", "")
    first, second = archive.see(params), archive.see(params)
    assert [r.id for r in first.rows] == [r.id for r in second.rows]
    assert [r.status for r in second.rows] == ["known"] * 4
    assert second.new_ids == []
    assert archive.counts() == (1, 4)


def test_threads_with_one_id_in_two_shops_or_regions_are_two(archive: Any, window: Any) -> None:
    params = window("hello")
    for more in ({}, {"shop": "shop2"}, {"region": "my"}, {"marketplace": "tiktok-shop"}):
        params.thread = msgspec.structs.replace(window("hello").thread, **more)
        archive.see(params)
    assert archive.counts() == (4, 4)


def test_scrolling_up_and_new_messages_extend_the_thread(archive: Any, window: Any, texts: Any) -> None:
    archive.see(window("c", "d", "e"))
    archive.see(window("a", "b", "c"))
    archive.see(window("d", "e", "f", "f"))
    assert texts(archive) == ["a", "b", "c", "d", "e", "f", "f"]


def test_an_old_window_that_comes_late_fills_the_gap(archive: Any, window: Any, texts: Any) -> None:
    archive.see(window("a", "b"))
    archive.see(window("e", "f"))
    archive.see(window("b", "c", "d", "e"))
    assert texts(archive) == ["a", "b", "c", "d", "e", "f"]
    archive.see(window("a", "b", "c", "d", "e", "f"))
    assert archive.counts() == (1, 6)


def test_many_rows_pushed_into_one_gap_find_room(archive: Any, window: Any, texts: Any) -> None:
    """Halving the room between two neighbours runs out of numbers after some twenty steps; the thread is renumbered."""
    archive.see(window("first", "last"))
    archive.see(window("first", "row 0 of a long history", "last"))
    for i in range(1, 60):
        archive.see(window("first", f"row {i} of a long history", f"row {i - 1} of a long history"))
    assert texts(archive) == ["first", *(f"row {i} of a long history" for i in reversed(range(60))), "last"]


def test_times_without_a_day_become_instants_where_that_is_certain(archive: Any, window: Any, now: float) -> None:
    archive.see(window(("a", "Yesterday 14:23"), ("b", "09:15"), "c", dated=True))
    assert [m.sent_at for m in listed(archive)] == [
        shanghai(2026, 9, 2, 14, 23),
        shanghai(2026, 9, 3, 9, 15),
        shanghai(2026, 9, 3, 9, 15),
    ]
    assert [m.time for m in listed(archive)] == ["Yesterday 14:23", "09:15", ""]


def test_a_bare_clock_of_unknown_day_is_left_open_until_the_row_appears_under_our_eyes(
    archive: Any, window: Any, now: float
) -> None:
    archive.see(window(("a", "09:15")))
    archive.see(window(("a", "09:15"), ("b", "15:40"), at=now + 900))
    assert [m.sent_at for m in listed(archive)] == [None, shanghai(2026, 9, 3, 15, 40)]


def test_a_day_alone_is_no_time_of_sending(archive: Any, window: Any) -> None:
    archive.see(window(("a", "31/08/2026")))
    assert listed(archive)[0].sent_at is None


def test_a_better_reading_is_taken_over(archive: Any, window: Any) -> None:
    archive.see(window(("a", "01/09/2026"), ("b", ""), page_language="pt"))
    archive.see(window(("a", "01/09/2026 10:30"), ("b", "01/09/2026 10:31"), page_language="pt"))
    assert [m.sent_at for m in listed(archive)] == [shanghai(2026, 9, 1, 10, 30), shanghai(2026, 9, 1, 10, 31)]


def test_edited_time_labels_add_nothing(archive: Any, window: Any, now: float) -> None:
    archive.see(window(("ok", "14:23"), ("ok", "14:25"), dated=True))
    later = archive.see(window(("ok", "Yesterday 14:23"), ("ok", "Yesterday 14:25"), dated=True, at=now + 86_400))
    assert [r.status for r in later.rows] == ["known", "known"]
    assert [m.time for m in listed(archive)] == ["14:23", "14:25"]


def test_the_same_words_at_another_time_are_another_message(archive: Any, window: Any, now: float) -> None:
    archive.see(window(("ok", "14:23"), dated=True))
    archive.see(window(("ok", "15:24"), dated=True))
    assert archive.counts() == (1, 2)


def test_day_separators_stay_one_row_when_their_words_change(archive: Any, window: Any, now: float) -> None:
    first = archive.see(window("=Today", ("hello", "14:00"), page_language="en"))
    next_day = archive.see(window("=Yesterday", ("hello", "14:00"), "=Today", ("hi", "08:00"), at=now + 86_400))
    assert [r.status for r in next_day.rows] == ["known", "known", "new", "new"]
    assert [r.id for r in next_day.rows[:2]] == [r.id for r in first.rows]
    assert [m.sent_at for m in listed(archive)][1::2] == [shanghai(2026, 9, 3, 14, 0), shanghai(2026, 9, 4, 8, 0)]


def test_page_ids_settle_identity(archive: Any, window: Any) -> None:
    rows = [{"key": f"m{i}", "text": "ok"} for i in range(4)]
    archive.see(window(*rows[:3]))
    seen = archive.see(window(*rows[1:]))
    assert [r.status for r in seen.rows] == ["known", "known", "new"]
    edited = archive.see(window({"key": "m1", "text": "ok (edited)"}))
    assert edited.rows[0].status == "known"
    assert [m.text for m in listed(archive)] == ["ok"] * 4


def test_a_page_id_twice_in_one_window_is_one_row(archive: Any, window: Any) -> None:
    seen = archive.see(window({"key": "m1", "text": "a"}, {"key": "m1", "text": "a"}, {"key": "m2", "text": "b"}))
    assert [r.status for r in seen.rows] == ["new", "known", "new"]
    assert seen.rows[0].id == seen.rows[1].id
    assert archive.counts() == (1, 2)


def test_rows_without_an_id_get_it_later(archive: Any, window: Any) -> None:
    first = archive.see(window("a", "b"))
    second = archive.see(window({"key": "1", "text": "a"}, {"text": "b"}, {"key": "3", "text": "c"}))
    third = archive.see(window({"key": "1", "text": "a changed"}))
    assert first.rows[0].id == second.rows[0].id == third.rows[0].id
    assert archive.counts() == (1, 3)


def test_an_order_that_becomes_known_is_searchable(archive: Any, window: Any) -> None:
    from companion.protocol.methods.archive import SearchParams

    archive.see(window("a"))
    archive.see(window({"text": "a", "order": "240903-ABC"}))
    assert len(archive.search(SearchParams(query="240903")).hits) == 1


def test_doubtful_rows_are_kept_and_flagged(archive: Any, window: Any) -> None:
    answer = "Your parcel leaves tomorrow morning"
    archive.see(window("q1", f"<{answer}"))
    seen = archive.see(window("q2", f"<{answer}", "q3"))
    assert [r.status for r in seen.rows] == ["new", "ambiguous", "new"]
    assert [m.ambiguous for m in listed(archive)] == [False, False, False, True, False]


def test_hostile_texts_are_stored_and_found_again(archive: Any, window: Any) -> None:
    params = window("a\x00b", "'; DROP TABLE messages; --", "\u202eabc", "x" * 20_000, "\U0001f600" * 100)
    archive.see(params)
    assert [r.status for r in archive.see(params).rows] == ["known"] * 5
    assert listed(archive)[0].text == "a\ufffdb"
    assert listed(archive)[2].text == "\u202eabc"


def test_whitespace_and_invisible_marks_make_no_new_message(archive: Any, window: Any) -> None:
    archive.see(window("hello  world\n", "cafe\u0301"))
    assert [r.status for r in archive.see(window("hello world\u200b", "café")).rows] == ["known", "known"]


def test_pictures_alone_are_messages_and_their_addresses_are_asked_for(archive: Any, window: Any) -> None:
    url = "https://cdn.example/a/1.jpg?sign=1"
    seen = archive.see(window("hi", {"text": "", "images": [url, "blob:https://x/1", "javascript:alert(1)"]}))
    assert [(w.message, w.url) for w in seen.images] == [(seen.rows[1].id, url)]
    again = archive.see(window("hi", {"text": "", "images": [url, "blob:https://x/1", "javascript:alert(1)"]}))
    assert [r.status for r in again.rows] == ["known", "known"]
    assert [w.url for w in again.images] == [url]


def test_a_buyer_who_renames_himself_keeps_his_thread(archive: Any, window: Any, ref: ThreadRef) -> None:
    archive.see(window("hi"))
    params = window("hi")
    params.thread.buyer = "Ana Maria"
    archive.see(params)
    assert archive.threads(ThreadListParams()).threads[0].buyer == "Ana Maria"
    params.thread.buyer = ""
    archive.see(params)
    assert archive.threads(ThreadListParams()).threads[0].buyer == "Ana Maria"


def test_two_tabs_at_once_archive_nothing_twice(archive: Any, window: Any, texts: Any) -> None:
    talk = [f"line {i} of the talk" for i in range(60)]
    errors: list[BaseException] = []

    def tab(offset: int) -> None:
        try:
            for start in range(offset, 50, 5):
                archive.see(window(*talk[start : start + 10]))
        except BaseException as exc:
            errors.append(exc)

    archive.see(window(*talk[:10]))
    tabs = [threading.Thread(target=tab, args=(offset,)) for offset in (0, 0, 2, 3)]
    for thread in tabs:
        thread.start()
    for thread in tabs:
        thread.join()
    assert errors == []
    assert sorted(texts(archive)) == sorted(talk[: max(range(0, 50, 5)) + 10 + 3])


def test_rows_of_one_minute_keep_their_order_in_time(archive: Any, window: Any) -> None:
    from companion.protocol.methods.archive import SearchParams

    archive.see(window(("fish 1", "10:00"), ("fish 2", "10:00"), ("fish 3", "10:00"), dated=True))
    archive.see(window(("fish 4", "10:00"), thread="t2", dated=True))
    found = [hit.text[-1].text for hit in archive.search(SearchParams(query="fish")).hits]
    assert [f for f in found if f != " 4"] == [" 3", " 2", " 1"]
