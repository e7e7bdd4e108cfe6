"""The cache of translations."""

from __future__ import annotations

import sqlite3
import threading
from pathlib import Path

from companion.translation.cache import MAX_MEMORY, TranslationCache, cache_key


def test_it_survives_a_restart(tmp_path: Path) -> None:
    one = TranslationCache(tmp_path / "c.db")
    one.put("k", "text", ["loop"])
    one.close()
    other = TranslationCache(tmp_path / "c.db")
    assert other.get("k") == ("text", ["loop"])
    assert other.get("x") is None
    other.close()


def test_the_key_holds_everything_the_output_depends_on() -> None:
    base = ("text", "en", "zh", "argos", "1.9", "g1")
    keys = {cache_key(*base)}
    for place in range(len(base)):
        changed = list(base)
        changed[place] += "x"
        keys.add(cache_key(*changed))
    assert len(keys) == len(base) + 1
    assert cache_key("a\ud800", "", "", "", "", "")


def test_a_damaged_file_is_replaced(tmp_path: Path) -> None:
    place = tmp_path / "c.db"
    place.write_bytes(b"this is no database at all" * 100)
    cache = TranslationCache(place)
    assert cache.get("k") is None
    cache.put("k", "text", [])
    cache.close()
    assert TranslationCache(place).get("k") == ("text", [])


def test_a_file_damaged_while_open_costs_no_message(tmp_path: Path) -> None:
    place = tmp_path / "c.db"
    cache = TranslationCache(place)
    for number in range(300):
        cache.put(f"k{number}", "text" * 50, [])
    cache.close()
    data = bytearray(place.read_bytes())
    data[4096:] = b"\xff" * (len(data) - 4096)
    place.write_bytes(bytes(data))
    again = TranslationCache(place)
    for number in range(300):
        assert again.get(f"k{number}") in (None, ("text" * 50, []))
        again.put(f"k{number}", "new", [])
    again.close()


def test_a_place_that_cannot_be_written_is_survived(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    cache = TranslationCache(tmp_path / "file" / "c.db")
    cache.put("k", "text", [])
    assert cache.get("k") == ("text", [])  # in memory
    assert cache.rows() == 0
    cache.close()


def test_it_stays_bounded(tmp_path: Path) -> None:
    cache = TranslationCache(tmp_path / "c.db", max_rows=100)
    for number in range(1000):
        cache.put(f"k{number}", "t", [])
    assert cache.rows() <= 300
    assert cache.get("k999") == ("t", [])
    for number in range(MAX_MEMORY + 50):
        cache.put(f"m{number}", "t", [])
    assert len(cache._memory) == MAX_MEMORY
    cache.close()


def test_what_was_used_stays_longer_than_what_was_not(tmp_path: Path) -> None:
    cache = TranslationCache(tmp_path / "c.db", max_rows=10)
    for number in range(10):
        cache.put(f"k{number}", "t", [])
    cache.close()
    with sqlite3.connect(tmp_path / "c.db") as db:
        db.execute("UPDATE translation SET used = used - 5")
    db.close()
    cache = TranslationCache(tmp_path / "c.db", max_rows=10)
    assert cache.get("k3")
    cache._puts = 200
    cache.put("new", "t", [])
    cache.forget_memory()
    assert cache.get("k3") == ("t", [])
    assert cache.get("new") == ("t", [])
    assert cache.rows() == 10
    cache.close()


def test_many_threads(tmp_path: Path) -> None:
    cache = TranslationCache(tmp_path / "c.db")
    wrong: list[object] = []

    def work(name: int) -> None:
        for number in range(40):
            cache.put(f"{name}-{number}", str(number), [])
            if cache.get(f"{name}-{number}") != (str(number), []):
                wrong.append((name, number))

    threads = [threading.Thread(target=work, args=(name,)) for name in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert wrong == []
    assert cache.rows() == 240
    cache.close()
