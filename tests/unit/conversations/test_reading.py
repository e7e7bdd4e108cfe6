"""The list and a conversation, page by page."""

from __future__ import annotations

from typing import Any

import pytest

from companion.protocol import ErrorCode, SeabridgeError
from companion.protocol.methods.archive import ThreadListParams, ThreadMessagesParams


def texts(result: Any) -> list[str]:
    return [m.text for m in result.messages]


@pytest.fixture
def talk(archive: Any, window: Any) -> list[int]:
    return [row.id for row in archive.see(window(*[f"line {i}" for i in range(20)])).rows]


def test_the_list_by_last_message_in_pages(archive: Any, window: Any, now: float) -> None:
    for i in range(7):
        archive.see(window(f"hello {i}", thread=f"t{i}", at=now + i))
    archive.see(window("hello 2", f"<{'x' * 500}", thread="t2", at=now + 50))
    first = archive.threads(ThreadListParams(limit=5))
    second = archive.threads(ThreadListParams(limit=5, before=first.more))
    listed = [*first.threads, *second.threads]
    assert [t.last_text[:7] for t in listed] == ["xxxxxxx"] + [f"hello {i}" for i in (6, 5, 4, 3, 1, 0)]
    assert second.more == ""
    assert listed[0].messages == 2
    assert listed[0].last_direction == "seller"
    assert len(listed[0].last_text) == 300
    assert listed[0].last_at == now + 50


def test_newest_then_before_back_to_the_start(archive: Any, talk: list[int]) -> None:
    newest = archive.messages(ThreadMessagesParams(thread_id=1, limit=8))
    assert texts(newest) == [f"line {i}" for i in range(12, 20)]
    assert newest.earlier
    middle = archive.messages(ThreadMessagesParams(thread_id=1, limit=8, before=newest.messages[0].id))
    first = archive.messages(ThreadMessagesParams(thread_id=1, limit=8, before=middle.messages[0].id))
    assert texts(first) == [f"line {i}" for i in range(4)]
    assert not first.earlier


def test_orders_of_a_conversation_the_latest_first(archive: Any, window: Any) -> None:
    seen = window("a", "b", "c", "d")
    for message, order in zip(seen.messages, ["111-1", "", "222-2", "111-1"], strict=True):
        message.order = order
    archive.see(seen)
    assert archive.orders_of(seen.thread, 5) == ["111-1", "222-2"]
    assert archive.orders_of(seen.thread, 1) == ["111-1"]
    assert archive.orders_of(window("x", thread="other").thread, 5) == []


@pytest.mark.parametrize(("at", "expected"), [(10, range(6, 16)), (0, range(0, 6)), (19, range(10, 20))])
def test_around_a_hit(archive: Any, talk: list[int], at: int, expected: range) -> None:
    result = archive.messages(ThreadMessagesParams(thread_id=1, limit=10, around=talk[at]))
    assert texts(result) == [f"line {i}" for i in expected]
    assert result.earlier == (expected.start > 0)


def test_what_is_not_there_is_not_found(archive: Any, talk: list[int], window: Any) -> None:
    other = archive.see(window("x", thread="t2")).rows[0].id
    for params in (
        ThreadMessagesParams(thread_id=99),
        ThreadMessagesParams(thread_id=1, around=other),
        ThreadMessagesParams(thread_id=1, before=12345),
    ):
        with pytest.raises(SeabridgeError) as caught:
            archive.messages(params)
        assert caught.value.code is ErrorCode.NOT_FOUND


def test_links_and_holds_need_a_thread(archive: Any, talk: list[int], now: float) -> None:
    archive.link(1, "order", "2409")
    archive.link(1, "order", "2409")
    archive.hold(1, now)
    archive.hold(1, None)
    for call in (lambda: archive.link(9, "order", "1"), lambda: archive.hold(9, now)):
        with pytest.raises(SeabridgeError) as caught:
            call()
        assert caught.value.code is ErrorCode.NOT_FOUND
