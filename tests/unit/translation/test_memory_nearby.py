"""Which pairs a line is compared with: the very same as when all are counted, whatever was added and removed."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from companion.translation.memory import nearby
from companion.translation.memory.nearby import MOST_CANDIDATES, Scope, _add, _most
from companion.translation.memory.similar import THRESHOLD, grams, similarity
from companion.translation.memory.slots import skeleton
from companion.translation.memory.store import MemoryStore
from companion.translation.memory.tmx import TmxPair

SHOP = "shopee/sg-1"
SCOPE = Scope(SHOP, "en", "zh")
WORDS = ["your", "order", "ships", "today", "red", "lamp", "blue", "arrives", "soon", "dear", "Ana", "sorry"]
lines = st.lists(st.sampled_from(WORDS), min_size=1, max_size=9).map(" ".join)


def add(store: MemoryStore, *said: str, shop: str = SHOP) -> None:
    store.add([TmxPair("en", "zh", each, f"译 {each}", 1.0) for each in said], shop, 1.0)


@settings(deadline=None)
@given(st.lists(st.frozensets(st.integers(0, 40), max_size=20), max_size=40), st.integers(1, 12))
def test_adding_up_bits_is_counting(groups: list[frozenset[int]], wanted: int) -> None:
    counters: list[int] = []
    for group in groups:
        if group:
            _add(counters, sum(1 << at for at in group))
    counts = Counter(at for group in groups for at in group)
    chosen = _most(counters, wanted)
    found = [at for at in range(41) if chosen >> at & 1]
    assert len(found) == min(wanted, len(counts))
    least = min((counts[at] for at in found), default=0)
    assert all(count <= least for at, count in counts.items() if at not in found)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(st.tuples(st.sampled_from(["add", "two", "remove", "ask"]), lines), min_size=2, max_size=14))
def test_the_best_pair_is_the_one_that_comparing_with_all_finds(tmp_path: Path, steps: list[tuple[str, str]]) -> None:
    path = tmp_path / "memory.db"
    for part in ("", "-wal", "-shm"):
        path.with_name(path.name + part).unlink(missing_ok=True)
    store = MemoryStore(path)
    store._database().execute("PRAGMA synchronous=OFF")  # a test's memory need not outlive a power cut
    add(store, "your red lamp ships today")
    kept = {"your red lamp ships today"}
    for what, line in steps:
        if what == "add":
            add(store, line)
            kept.add(line)
        elif what == "two":
            some = [f"{line} {word}" for word in WORDS[:2]]
            add(store, *some)
            kept |= set(some)
        elif what == "remove" and kept:
            gone = max(kept)
            store.remove([], gone)
            kept.discard(gone)
        key = skeleton(line).key
        best = max((similarity(key, skeleton(each).key) for each in kept), default=0.0)
        hit = store.best(line, "en", "zh", SHOP)
        assert (hit.similarity if hit else 0.0) == pytest.approx(
            best if best == 1 else min(best, 0.99) * (best >= THRESHOLD)
        )
    store.close()


def test_of_a_great_many_the_same_are_chosen_as_by_counting(tmp_path: Path) -> None:
    store = MemoryStore(tmp_path / "m.db")
    said = [f"{a} {b} {c}" for a in WORDS for b in WORDS for c in WORDS[:4]]
    add(store, *said)
    asked = skeleton("your red lamp").key
    pieces = grams(asked, "en")
    found = set(store._nearby.candidates(SCOPE, pieces, len(asked)))
    shared = {
        unit: len(pieces & grams(key, "en"))
        for unit, key in store._all("SELECT id, key FROM unit", ())
        if int(len(asked) * THRESHOLD) <= len(key) <= int(len(asked) / THRESHOLD) + 1
    }
    assert len(found) == MOST_CANDIDATES
    least = min(shared[unit] for unit in found)
    assert all(count <= least for unit, count in shared.items() if unit not in found)
    store.close()


def test_what_another_program_added_is_found(tmp_path: Path) -> None:
    store, other = MemoryStore(tmp_path / "m.db"), MemoryStore(tmp_path / "m.db")
    add(store, "your red lamp ships today")
    assert store.best("your red lamp ships soon", "en", "zh", SHOP)
    add(other, "dear Ana the blue one arrives soon")
    hit = store.best("dear Ana the blue one arrives today", "en", "zh", SHOP)
    assert hit is not None
    assert hit.said.startswith("dear Ana")
    store.close()
    other.close()


def test_the_work_for_one_line_is_bounded_and_what_was_read_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(nearby, "MOST_ROWS", 100)
    store = MemoryStore(tmp_path / "m.db")
    add(store, *(f"your order of the {word}{n:x} lamp ships today" for n in range(60) for word in ("red", "blue")))
    asked: list[int] = []
    real = store._nearby._ask

    def counting(sql: str, values: object) -> list[object]:
        rows = real(sql, values)  # type: ignore[arg-type]
        asked.append(len(rows) if sql.startswith("SELECT unit FROM gram") else 0)
        return rows

    store._nearby._ask = counting
    pieces = grams(skeleton("your order of the red7 lamp ships today").key, "en")
    work = []
    for _ in range(60):
        asked.clear()
        found = store._nearby.candidates(SCOPE, pieces, 39)
        work.append(sum(asked))
        assert len(found) <= MOST_CANDIDATES
    assert 0 < max(work) < 100 + 120, "the budget, and the group it was used up in"
    assert work[-1] == 0, "everything is known"
    store.close()


def test_groups_that_nobody_asks_for_are_let_go(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nearby, "MOST_KEPT", 30)
    store = MemoryStore(tmp_path / "m.db")
    add(store, *WORDS, "your order ships today", "dear Ana sorry the blue lamp arrives soon")
    for line in ("your order ships soon", "dear Ana sorry the blue lamp arrives today", "your order ships soon"):
        assert store.best(line, "en", "zh", SHOP)
        assert len(store._nearby._groups) <= 30
    store.close()
