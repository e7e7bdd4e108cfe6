"""The memory of a team: in its database, and in a copy at each seat that is as quick as a seller's own."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from companion.opening import follow
from companion.protocol.errors import ErrorCode, SeabridgeError
from companion.protocol.methods.glossary import ShopRef
from companion.protocol.methods.memory import MemorySearchParams
from companion.runtime.paths import Paths
from companion.team import phrases
from companion.team.team import Ears
from companion.translation.memory import shared
from companion.translation.memory.shared import SharedMemory
from companion.translation.memory.store import MemoryStore
from companion.translation.memory.tmx import TmxPair
from tests.postgres import Server

from .conftest import Seats, eventually

SHOP, KEY = ShopRef(marketplace="shopee", shop="sg-1"), "shopee/sg-1"
SHIPPED = TmxPair("zh", "en", "订单 123 今天发货，3 天到。", "Order 123 ships today and arrives in 3 days.", 10.0)
Memory = Callable[[str], SharedMemory]


def pair(said: str, told: str, at: float = 20.0) -> TmxPair:
    return TmxPair("zh-CN", "en", said, told, at)


@pytest.fixture
def memory(seats: Seats, tmp_path: Path) -> Memory:
    """A seat's memory by its name; it does not listen."""
    return lambda name: SharedMemory(tmp_path / name / "memory.team.db", seats(name).phrases)


def told(memory: MemoryStore) -> list[tuple[str, str]]:
    return [(one.said, one.told) for one in memory.pairs(KEY)]


def test_what_one_seat_confirms_serves_the_other(memory: Memory) -> None:
    lin, mei = memory("lin"), memory("mei")
    assert lin.add([SHIPPED, pair("谢谢", "Thanks"), pair(" ", "nothing")], KEY, 5.0) == (2, 0)
    assert mei.best(SHIPPED.said, "zh", "en", KEY) is None, "it has not heard of it"
    mei.follow()
    hit = mei.best("订单 456 今天发货，3 天到。", "zh", "en", KEY)
    assert hit is not None
    assert hit.text == "Order 456 ships today and arrives in 3 days."
    near = mei.best("您的订单 456 今天发货，3 天到。", "zh", "en", KEY)
    assert near is not None
    assert 0.8 < near.similarity < 1
    assert mei.add([pair("谢谢", "Thank you", 30.0), pair("谢谢", "older", 1.0)], KEY, 5.0) == (0, 2)
    assert mei.add([pair("谢谢", "older", 1.0)], KEY, 5.0) == (0, 1)
    lin.follow()
    assert told(lin) == told(mei) == [(SHIPPED.said, SHIPPED.told), ("谢谢", "Thank you")]
    page = mei.search(MemorySearchParams(shop=SHOP, query="thank", limit=10))
    assert [unit.told for unit in page.units] == ["Thank you"]
    assert lin.remove([page.units[0].id]) == 1, "numbers mean the same everywhere"
    assert lin.remove([page.units[0].id]) == 0
    mei.follow()
    assert told(mei) == [(SHIPPED.said, SHIPPED.told)]
    assert lin.add([pair("谢谢", "Thanks")], KEY, 5.0) == (1, 0), "what was removed can be confirmed again"


def test_what_is_erased_leaves_no_word_anywhere(memory: Memory, postgres: Server, tmp_path: Path) -> None:
    lin, mei = memory("lin"), memory("mei")
    lin.add([pair("林小姐的地址", "Ms Lin's address"), SHIPPED], KEY, 5.0)
    lin.add([pair("林小姐的地址", "Ms Lin's address")], "*", 5.0)
    mei.follow()
    mei.forget(["林小姐的地址"])
    mei.forget([])
    lin.follow()
    for one in (lin, mei):
        assert told(one) == [(SHIPPED.said, SHIPPED.told)]
        assert one.pairs("*") == []
        one.close()
    with postgres.connect("team") as connection:
        rows = connection.execute("SELECT said, told, hash FROM memory_units WHERE gone").fetchall()
    assert rows == [("", "", None)] * 2
    assert "林小姐".encode() not in (tmp_path / "mei" / "memory.team.db").read_bytes()


def test_a_seat_that_was_away_catches_up_in_stretches_and_asks_without_the_server(
    memory: Memory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(phrases, "_STRETCH", 3)
    lin, mei = memory("lin"), memory("mei")
    lin.add([pair(f"第{n}件", f"item {n}") for n in range(10)], KEY, 5.0)
    mei.follow()
    assert len(told(mei)) == 10
    mei._phrases._link.lost(SeabridgeError(ErrorCode.DATABASE_AWAY, where="x"))
    mei._phrases._link.watched = True
    assert mei.best("第7件", "zh", "en", KEY) is not None
    with pytest.raises(SeabridgeError) as caught:
        mei.add([SHIPPED], KEY, 5.0)
    assert caught.value.code is ErrorCode.DATABASE_AWAY
    assert len(told(mei)) == 10


def test_another_database_is_another_memory(memory: Memory, postgres: Server, tmp_path: Path) -> None:
    lin = memory("lin")
    lin.add([SHIPPED], KEY, 5.0)
    with postgres.connect("team") as connection:  # as if it had been made anew
        connection.execute("DELETE FROM memory_units; DELETE FROM team_identity")
    lin.follow()
    assert told(lin) == []
    lin.add([pair("谢谢", "Thanks")], KEY, 5.0)
    assert told(lin) == [("谢谢", "Thanks")]


def test_too_many_pairs_are_refused_and_texts_no_server_takes_are_mended(
    memory: Memory, monkeypatch: pytest.MonkeyPatch
) -> None:
    lin = memory("lin")
    lin.add([pair("a\0b\ud800", "c\0")], KEY, 5.0)
    assert told(lin) == [("a�b�", "c�")]
    lin.forget(["a\0b\ud800"])
    assert told(lin) == []
    monkeypatch.setattr(shared, "MAX_UNITS", 2)
    with pytest.raises(SeabridgeError) as caught:
        lin.add([pair(f"第{n}件", "x") for n in range(3)], KEY, 5.0)
    assert caught.value.code is ErrorCode.IMPORT_FULL
    assert told(lin) == []


def test_the_first_seat_brings_its_memory_and_the_others_hear_of_what_comes(seats: Seats, tmp_path: Path) -> None:
    for name, said in (("lin", "谢谢"), ("mei", "别的")):
        own = MemoryStore(tmp_path / name / "memory.db")
        own.add([pair(said, "Thanks")], KEY, 5.0)
        own.close()
    lin, paths = seats("lin"), {name: Paths(tmp_path / name) for name in ("lin", "mei")}
    his = SharedMemory(paths["lin"].team_memory, lin.phrases)
    follow(paths["lin"], his)
    copies: list[SharedMemory] = []
    mei = seats("mei", ears=Ears(memory=lambda: [follow(paths["mei"], one) for one in copies]))
    hers = SharedMemory(paths["mei"].team_memory, mei.phrases)
    copies.append(hers)
    follow(paths["mei"], hers)
    assert told(his) == told(hers) == [("谢谢", "Thanks")]
    his.add([SHIPPED], KEY, 5.0)
    eventually(lambda: len(told(hers)) == 2)
    with closing(sqlite3.connect(paths["mei"].memory)) as own_file:
        assert own_file.execute("SELECT said FROM unit").fetchall() == [("别的",)], "her own file is as it was"
