"""Best first: what fits better, and of what fits alike the newer."""

from __future__ import annotations

import sqlite3

from companion.conversations.query import Phrase
from companion.conversations.ranking import by_length, ranked, rarities, words_in

DAY = 86_400_000
REFUND = Phrase(("refun",), open_end=True)


def order(texts: dict[int, str], *phrases: Phrase, weights: list[float] | None = None) -> list[int]:
    candidates = [(day * DAY, f" {text} ") for day, text in texts.items()]
    return [moment // DAY for moment in ranked(candidates, phrases, weights or [1.0] * len(phrases))]


def test_of_what_fits_alike_the_newer_comes_first() -> None:
    assert order({1: "refund please", 3: "refund please", 2: "refund please"}, REFUND) == [3, 2, 1]


def test_more_of_it_in_fewer_words_comes_first() -> None:
    long = "refund " + "and many other words that are about something else " * 3
    assert order({3: long, 2: "refund", 1: "refund refund"}, REFUND) == [1, 2, 3]


def test_a_whole_word_comes_before_one_that_goes_on() -> None:
    refund = Phrase(("refund",), open_end=True)
    assert order({2: "refundable items", 1: "refund the items"}, refund) == [1, 2]


def test_words_that_stand_together_come_first() -> None:
    phrases = [Phrase(("wrong",), open_end=True), Phrase(("size",), open_end=True)]
    assert order({2: "size was wrong", 1: "wrong size was it"}, *phrases) == [1, 2]


def test_the_rarer_phrase_decides() -> None:
    phrases = [Phrase(("的",)), Phrase(("关", "税"))]
    sample = [" 的 "] * 95 + [" 关 税 的 "] * 2 + [" 好 "] * 3
    weights = rarities(sample, phrases)
    assert weights[1] == 1
    assert 0 < weights[0] < 0.1
    texts = {2: "的 的 的 关 税", 1: "的 关 税 关 税"}
    assert order(texts, *phrases, weights=weights) == [1, 2]


def test_phrases_that_the_sample_does_not_tell_apart_count_alike() -> None:
    phrases = [REFUND, Phrase(("parcel",))]
    for sample in ([" hello "], [" refund parcel "] * 9):
        assert rarities(sample, phrases) == [1, 1]


def test_age_counts_and_never_hides() -> None:
    assert order({1000: "about the refund you asked me for last week", 1: "refund"}, REFUND) == [1000, 1]
    assert order({1000: "about the refund you asked me for last week", 970: "refund"}, REFUND) == [970, 1000]


def test_phrases_of_characters_are_counted_wherever_they_stand() -> None:
    assert order({2: "退 款", 1: "退 款 退 款 退 款"}, Phrase(("退", "款"))) == [1, 2]


def test_who_was_found_by_the_name_alone_comes_last() -> None:
    assert order({9: "hello", 1: "refund"}, REFUND) == [1, 9]


def test_nothing_is_nothing() -> None:
    assert ranked([], [REFUND], [1.0]) == []


def test_what_is_short_and_new_is_likely_best() -> None:
    """Lengths as FTS5 writes them: words of original and translation, then those of the other columns."""
    sizes = {3 * DAY: bytes([0x81, 0x10, 4, 0, 1, 3]), 2 * DAY: bytes([3, 1, 9, 9, 9]), DAY: bytes([1, 3, 0, 0, 0])}
    assert by_length([*sizes.items()]) == [2 * DAY, DAY, 3 * DAY]
    assert by_length([(1, bytes(5))]) == [1]


def test_sizes_are_read_as_fts5_writes_them() -> None:
    """Held against SQLite itself, short and long."""
    db = sqlite3.connect(":memory:")
    db.execute("CREATE VIRTUAL TABLE s USING fts5(original, translation, refs, buyer, marks)")
    for a, b in ((0, 0), (3, 4), (127, 128), (200, 1), (20_000, 300)):
        db.execute("INSERT INTO s VALUES (?, ?, 'r', 'b', 'm')", ("x " * a, "y " * b))
        [(sizes,)] = db.execute("SELECT sz FROM s_docsize ORDER BY id DESC LIMIT 1").fetchall()
        assert words_in(sizes) == a + b
    db.close()
