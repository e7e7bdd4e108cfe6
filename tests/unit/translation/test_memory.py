"""What the seller confirmed comes back: with this message's numbers, for this shop, and never as its opposite."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.protocol.errors import ErrorCode, SeabridgeError
from companion.protocol.methods.archive import DraftInsertedParams
from companion.protocol.methods.glossary import ShopRef
from companion.protocol.methods.memory import MemorySearchParams
from companion.protocol.values import ThreadRef
from companion.translation.files import memory_from, memory_to
from companion.translation.memory import tmx
from companion.translation.memory.similar import distance, similarity
from companion.translation.memory.slots import refill, skeleton
from companion.translation.memory.store import MAX_UNITS, MemoryStore
from companion.translation.memory.tmx import TmxPair
from companion.translation.wording import Wording

SHOP = ShopRef(marketplace="shopee", shop="sg-1")
KEY = "shopee/sg-1"
SHIPPED = TmxPair("zh", "en", "订单 123 今天发货，3 天到。", "Order 123 ships today and arrives in 3 days.", 10.0)


@pytest.fixture
def store(tmp_path: Path) -> MemoryStore:
    return MemoryStore(tmp_path / "memory.db")


def test_no_line_waits_for_a_large_import(store: MemoryStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("companion.translation.memory.store.PATIENCE_S", 0.01)
    _add(store, SHIPPED)
    begun, go_on = threading.Event(), threading.Event()

    def slowly() -> Iterator[TmxPair]:
        begun.set()
        assert go_on.wait(30)
        yield _pair("现货", "In stock")

    importing = threading.Thread(target=store.add, args=(slowly(), KEY, 60.0))
    importing.start()
    assert begun.wait(30)
    assert store.best(SHIPPED.said, "zh", "en", KEY) is None
    go_on.set()
    importing.join(30)
    assert store.best(SHIPPED.said, "zh", "en", KEY) is not None
    assert store.best("现货", "zh", "en", KEY) is not None


def _add(store: MemoryStore, *pairs: TmxPair, shop: str = KEY) -> None:
    store.add(pairs, shop, 50.0)


def _pair(said: str, told: str) -> TmxPair:
    return TmxPair("zh", "en", said, told, 0)


# -- slots -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("stored", "wanted", "told", "new"),
    [
        (("123",), ("456",), "Order 123.", "Order 456."),
        (("$5", "XXL"), ("$7.50", "3XL"), "XXL costs $5", "3XL costs $7.50"),
        (("1", "2"), ("2", "1"), "1 or 2", "2 or 1"),
        (("3", "3"), ("4", "4"), "3 and 3", "4 and 4"),
        (("123",), ("123",), "Order one-two-three.", "Order one-two-three."),
        (("3",), ("4",), "three days", None),
        (("3",), ("4", "5"), "3 days", None),
        (("3", "3"), ("4", "5"), "3 and 3", None),
        (("3",), ("4",), "3 times 3", None),
        (("5",), ("6",), "order A-5123 in 5 days", "order A-5123 in 6 days"),
    ],
)
def test_old_numbers_make_room_for_new_ones(
    stored: tuple[str, ...], wanted: tuple[str, ...], told: str, new: str | None
) -> None:
    assert refill(told, stored, wanted) == new


def test_case_width_blanks_and_the_last_full_stop_do_not_matter() -> None:
    assert skeleton("Order  123 SHIPS today。").key == skeleton("order 456 ships today").key
    assert skeleton("ＯＫ！").key == skeleton("ok").key
    assert skeleton("ships today?").key != skeleton("ships today").key


# -- likeness ----------------------------------------------------------------------------------------------------


def _plain_distance(one: str, other: str) -> int:
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        previous, row[0] = row[0], i
        for j, b in enumerate(other, 1):
            previous, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, previous + (a != b))
    return row[-1]


@given(st.text("abc", max_size=40), st.text("abc", max_size=40))
def test_the_fast_distance_is_the_plain_one(one: str, other: str) -> None:
    assert distance(one, other) == _plain_distance(one, other) == distance(other, one)


def test_similarity_is_a_share() -> None:
    assert similarity("", "") == 1.0
    assert similarity("abcd", "abxd") == 0.75


# -- the store ---------------------------------------------------------------------------------------------------


def test_what_was_said_of_one_order_serves_another(store: MemoryStore) -> None:
    _add(store, SHIPPED)
    hit = store.best("订单 456 今天发货，5 天到", "zh", "en", KEY)
    assert hit is not None
    assert (hit.similarity, hit.text) == (1.0, "Order 456 ships today and arrives in 5 days.")
    assert (hit.said, hit.told) == (SHIPPED.said, SHIPPED.told)


def test_a_near_line_is_found_with_its_likeness(store: MemoryStore) -> None:
    _add(store, SHIPPED, _pair("您好，请问您需要什么颜色", "Which colour would you like?"))
    hit = store.best("订单 88 明天发货，3 天到。", "zh", "en", KEY)
    assert hit is not None
    assert 0.8 <= hit.similarity < 1
    assert "88" in hit.text
    assert store.best("完全不同的一句话，没有什么相似的地方", "zh", "en", KEY) is None


@pytest.mark.parametrize(
    ("said", "asked"),
    [
        ("这个尺码我们可以退货的", "这个尺码我们不可以退货的"),
        ("这款现在有现货可以发", "这款现在没有现货可以发"),
        ("明天可以给您发货", "明天可以给您发货？"),
    ],
)
def test_the_opposite_and_a_question_are_not_near(store: MemoryStore, said: str, asked: str) -> None:
    _add(store, _pair(said, "whatever it means"))
    assert store.best(asked, "zh", "en", KEY) is None


def test_shops_and_directions_are_kept_apart(store: MemoryStore) -> None:
    _add(store, SHIPPED)
    assert store.best(SHIPPED.said, "zh", "en", "shopee/my-2") is None
    assert store.best(SHIPPED.said, "zh", "vi", KEY) is None
    _add(store, _pair(SHIPPED.said, "Common 123 … 3"), shop="*")
    mine, theirs = store.best(SHIPPED.said, "zh", "en", KEY), store.best(SHIPPED.said, "zh", "en", "shopee/my-2")
    assert mine is not None
    assert theirs is not None
    assert (mine.told, theirs.told) == (SHIPPED.told, "Common 123 … 3"), "the shop's own wins"


def test_a_correction_takes_the_place_of_what_was_before(store: MemoryStore) -> None:
    _add(store, SHIPPED, TmxPair("zh", "en", SHIPPED.said, "Shipped today: 123, 3 days.", 20.0))
    _add(store, TmxPair("zh", "en", SHIPPED.said, "an older file's", 5.0))
    hit = store.best(SHIPPED.said, "zh", "en", KEY)
    assert hit is not None
    assert hit.told == "Shipped today: 123, 3 days."


def test_it_is_kept_searched_and_forgotten(store: MemoryStore, tmp_path: Path) -> None:
    _add(store, SHIPPED, *(_pair(f"第{'一' * n}句话", f"Line {n} 100%_") for n in range(1, 8)))
    store.close()
    again = MemoryStore(tmp_path / "memory.db")
    first = again.search(MemorySearchParams(shop=SHOP, limit=5))
    rest = again.search(MemorySearchParams(shop=SHOP, limit=5, before=first.more))
    assert (first.count, len(first.units), len(rest.units), rest.more) == (8, 5, 3, 0)
    assert len(again.search(MemorySearchParams(shop=SHOP, query="100%_")).units) == 7, "no wildcards"
    assert again.search(MemorySearchParams(shop=ShopRef())).count == 0
    assert again.remove([first.units[0].id], SHIPPED.said) == 2
    assert again.best(SHIPPED.said, "zh", "en", KEY) is None
    again.close()
    left = b"".join(path.read_bytes() for path in tmp_path.glob("memory.db*"))
    assert SHIPPED.told.encode() not in left, "erased, not only unlinked"


def test_nothing_is_made_by_asking(store: MemoryStore, tmp_path: Path) -> None:
    assert store.best("在吗", "zh", "en", KEY) is None
    assert store.pairs(KEY) == []
    assert store.remove([1], "x") == 0
    assert list(tmp_path.iterdir()) == []


def test_a_damaged_or_newer_file_is_said_and_left(tmp_path: Path) -> None:
    (tmp_path / "memory.db").write_bytes(b"no database at all" * 100)
    with pytest.raises(SeabridgeError) as caught:
        MemoryStore(tmp_path / "memory.db").best("在吗", "zh", "en", KEY)
    assert caught.value.code is ErrorCode.STORAGE_CORRUPT
    assert (tmp_path / "memory.db").read_bytes().startswith(b"no database")
    newer = sqlite3.connect(tmp_path / "new.db")
    newer.execute("PRAGMA user_version = 99")
    newer.close()
    with pytest.raises(SeabridgeError) as caught:
        _add(MemoryStore(tmp_path / "new.db"), SHIPPED)
    assert caught.value.code is ErrorCode.STORAGE_NEWER


def test_a_full_disk_is_said_as_one_and_what_was_there_stays(store: MemoryStore) -> None:
    _add(store, SHIPPED)
    pages = store._database().execute("PRAGMA page_count").fetchone()[0]
    store._database().execute(f"PRAGMA max_page_count = {pages}")  # SQLite's own way to run out of room
    with pytest.raises(SeabridgeError) as caught:
        _add(store, *(_pair(f"第{number}句话要占地方" * 40, "some words that need room " * 40) for number in range(50)))
    assert caught.value.code is ErrorCode.STORAGE_FULL
    assert len(store.pairs(KEY)) == 1
    store._database().execute("PRAGMA max_page_count = 100000")
    _add(store, _pair("第二句", "the second"))
    assert len(store.pairs(KEY)) == 2


def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(SeabridgeError) as caught:
        _add(MemoryStore(tmp_path / "file" / "memory.db"), SHIPPED)
    assert caught.value.code is ErrorCode.STORAGE_READ_ONLY


def test_too_many_change_nothing(store: MemoryStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("companion.translation.memory.store.MAX_UNITS", 3)
    _add(store, SHIPPED)
    with pytest.raises(SeabridgeError) as caught:
        _add(store, *(_pair(f"{n}句", "x y") for n in "一二三四"))
    assert caught.value.code is ErrorCode.IMPORT_FULL
    assert len(store.pairs(KEY)) == 1
    assert MAX_UNITS > 10_000


# -- drafts ------------------------------------------------------------------------------------------------------


def _draft(**more: object) -> DraftInsertedParams:
    base = {
        "thread": ThreadRef(marketplace="shopee", shop="sg-1", region="SG", thread="7", buyer="Ann"),
        "written": SHIPPED.said, "written_language": "zh", "text": SHIPPED.told, "language": "en",
        "engine": "argos", "match": "machine", "inserted_at": 100.0,
    }  # fmt: skip
    return DraftInsertedParams(**(base | more))  # type: ignore[arg-type]


def test_what_the_seller_sent_is_remembered(store: MemoryStore) -> None:
    wording = Wording(memory=store)
    assert wording.remember(_draft())
    hit = wording.remembered("订单 9 今天发货，2 天到。", "zh", "en", SHOP)
    assert hit is not None
    assert hit.text == "Order 9 ships today and arrives in 2 days."


@pytest.mark.parametrize(
    "more",
    [
        {"match": "none"},
        {"match": "same"},
        {"written": " "},
        {"text": SHIPPED.said},
        {"language": "zh-TW"[:2]},
        {"language": ""},
    ],
)
def test_what_is_no_translation_is_not(store: MemoryStore, more: dict[str, object]) -> None:
    assert not Wording(memory=store).remember(_draft(**more))
    assert store.pairs(KEY) == []


def test_a_memory_that_cannot_be_read_stops_no_translation(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    (tmp_path / "memory.db").write_bytes(b"no database at all" * 100)
    assert Wording(memory=MemoryStore(tmp_path / "memory.db")).remembered("在吗", "zh", "en", SHOP) is None
    assert "memory left out" in caplog.text


# -- files -------------------------------------------------------------------------------------------------------


def test_tmx_reads_back_as_it_was(store: MemoryStore, tmp_path: Path) -> None:
    _add(store, SHIPPED, _pair("你好 <b> & “”", "Hello\n<b> & "))
    assert memory_to(store, tmp_path / "m.tmx", SHOP, "1.0") == 2
    assert b'version="1.4"' in (tmp_path / "m.tmx").read_bytes()
    other = MemoryStore(tmp_path / "other.db")
    result = memory_from(other, tmp_path / "m.tmx", SHOP)
    assert (result.added, result.known, result.skipped) == (2, 0, 0)
    assert {(p.said, p.told.strip()) for p in other.pairs(KEY)} == {(p.said, p.told.strip()) for p in store.pairs(KEY)}
    assert memory_from(other, tmp_path / "m.tmx", SHOP).known == 2


def test_tmx_of_other_programs_is_read() -> None:
    content = """<?xml version="1.0" encoding="UTF-16"?><tmx version="1.4"><header srclang="EN-US"/><body>
    <tu><tuv xml:lang="zh-CN"><seg>你<bpt i="1">b</bpt>好</seg></tuv><tuv xml:lang="EN-US"><seg>Hello</seg></tuv>
    <tuv lang="de"><seg>Hallo</seg></tuv></tu><tu><tuv xml:lang="en"><seg>alone</seg></tuv></tu></body></tmx>"""
    found = list(tmx.read(content.encode("utf-16")))
    assert found == [TmxPair("en", "zh", "Hello", "你b好", 0), TmxPair("en", "de", "Hello", "Hallo", 0), None]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<tmx><body>",
        b"<html/>",
        b'<!DOCTYPE t [<!ENTITY a "x">]><tmx><body><tu>&a;</tu></body></tmx>',
        b"\xff\xfe\x00",
    ],
)
def test_a_faulty_or_hostile_tmx_is_refused(content: bytes) -> None:
    with pytest.raises(SeabridgeError) as caught:
        list(tmx.read(content))
    assert caught.value.code is ErrorCode.IMPORT_UNREADABLE
    assert caught.value.data["line"] >= 1
