"""Search: any script, fragments, phrases, pages, and whatever hostile things are typed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from companion.conversations import Archive
from companion.protocol import ErrorCode, SeabridgeError
from companion.protocol.methods.archive import SearchParams

from .conftest import NOW, window_of

TALK = [
    "我要退款，谢谢",
    "请问什么时候发货",
    "สินค้ายังไม่มาเลยค่ะ",
    "Quero minha devolução agora",
    "返品できますか？カードで払いました",
    "환불해 주세요",
    "Đơn hàng của tôi ở đâu",
    "Где мой заказ? Ещё не пришёл",
    "أين طلبي؟",
    "The iPhone手机壳 broke, order 2409-0312",
    "Pesanan saya rusak",
    "Die Größe passt nicht, Straße 5",
    "no refund? REFUND!",
]


@pytest.fixture(scope="module")
def full(of_module: Archive) -> Archive:
    for i, text in enumerate(TALK):
        of_module.see(window_of(text, thread=f"t{i}", at=NOW + i))
    return of_module


def found(archive: Any, query: str, **more: Any) -> list[str]:
    hits = archive.search(SearchParams(query=query, **more)).hits
    return ["".join(s.text for s in hit.text) for hit in hits]


@pytest.mark.parametrize(
    ("query", "number"),
    [
        ("退款", 0),
        ("退", 0),
        ("要退款", 0),
        ("货", 1),
        ("ไม่มา", 2),
        ("ค้า", 2),
        ("devolucao", 3),
        ("DEVOLUÇÃO", 3),
        ("devol", 3),
        ("カード", 4),
        ("返品", 4),
        ("환불", 5),
        ("불", 5),
        ("don hang", 6),
        ("đâu", 6),
        ("заказ", 7),
        ("еще", 7),
        ("طلبي", 8),
        ("手机壳", 9),
        ("iphone", 9),
        ("2409-0312", 9),
        ("0312 broke", 9),
        ("rusak pesanan", 10),
        ("große", 11),
        ("strasse", 11),
        ("refund", 12),
    ],
)
def test_words_and_fragments_in_any_script(full: Any, query: str, number: int) -> None:
    assert found(full, query) == [TALK[number]]


@pytest.mark.parametrize("query", ["款退", "ดี", "hang don xyz", "refund 退款", '"order broke"', "バス", "fund"])
def test_what_does_not_occur_is_not_found(full: Any, query: str) -> None:
    assert found(full, query) == []


def test_phrases_and_word_order(full: Any) -> None:
    assert found(full, '"order 2409"') == [TALK[9]]
    assert found(full, "2409 order") == [TALK[9]]


def test_hits_are_marked(full: Any) -> None:
    [hit] = full.search(SearchParams(query="devolucao agora")).hits
    assert [s.text for s in hit.text if s.hit] == ["devolução", "agora"]
    assert (hit.marketplace, hit.shop, hit.buyer, hit.direction) == ("shopee", "shop1", "Ana", "buyer")


def test_newest_first_in_pages_without_holes_or_repetitions(archive: Any, window: Any, now: float) -> None:
    for i in range(45):
        archive.see(window(f"message {i} 款", thread=f"t{i % 7}", at=now + i))
    pages, cursor = [], ""
    while True:
        result = archive.search(SearchParams(query="款", limit=10, before=cursor))
        pages.append([hit.text[0].text for hit in result.hits])
        cursor = result.more
        if not cursor:
            break
    assert [len(p) for p in pages] == [10, 10, 10, 10, 5]
    assert [t for p in pages for t in p] == [f"message {i} " for i in reversed(range(45))]


def test_history_scrolled_in_later_takes_its_place_in_time(archive: Any, window: Any, now: float) -> None:
    archive.see(window(("fish today", "10:00"), dated=True))
    archive.see(window(("fish yesterday", "Yesterday 10:00"), thread="t2", dated=True, at=now + 60))
    assert found(archive, "fish") == ["fish today", "fish yesterday"]


@pytest.mark.parametrize("cursor", ["nonsense!", "1 OR 1", "é", "z" * 200, "-" + "z" * 100])
def test_a_foreign_cursor_is_refused(archive: Any, cursor: str) -> None:
    with pytest.raises(SeabridgeError) as caught:
        archive.search(SearchParams(query="x", before=cursor))
    assert caught.value.code is ErrorCode.BAD_PARAMS


@pytest.mark.parametrize(
    "query",
    [
        '"',
        "'",
        "* OR *",
        "NEAR(a b)",
        "original:x",
        "{original} : x",
        "^refund",
        "-refund",
        "a AND NOT b",
        "refund)",
        "\x00refund\x00",
        "退" * 500,
        "a" * 500,
        "\u202e\u200b",
        ";DROP TABLE messages",
        "%_\\",
        "\ue000",
    ],
)
def test_hostile_queries_are_data(full: Any, query: str) -> None:
    with without_words():
        full.search(SearchParams(query=query))
    assert full.check() == []


def test_operators_are_words(full: Any) -> None:
    assert found(full, "refund OR zebra") == []
    assert found(full, "ref*") == [TALK[12]]


@given(st.text(max_size=120))
@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_query_ever_fails(full: Any, query: str) -> None:
    with without_words():
        full.search(SearchParams(query=query))


@contextmanager
def without_words() -> Iterator[None]:
    """A query without a word is refused with a sentence, and in no other way."""
    try:
        yield
    except SeabridgeError as exc:
        if exc.code is not ErrorCode.SEARCH_SIGNS:
            raise


@given(st.data())
@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_run_of_characters_of_a_text_without_spaces_finds_it(full: Any, data: st.DataObject) -> None:
    text = data.draw(st.sampled_from([TALK[i] for i in (0, 1, 4, 5)]))
    start = data.draw(st.integers(0, len(text) - 1))
    piece = text[start : data.draw(st.integers(start + 1, len(text)))]
    if any(c.isalnum() for c in piece):
        assert text in found(full, f'"{piece}"', limit=100)
