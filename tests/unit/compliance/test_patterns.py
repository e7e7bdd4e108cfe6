"""Patterns: those that could run away are refused, and the others are tried only where they can fit."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.compliance.regex import needed, taken_apart, ways
from companion.compliance.safe import MOST_WAYS, anchor_groups, checked
from companion.pages.pattern import PatternRefused

from .making import found, rule


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("a+b", "has no end"),
        ("a*b", "has no end"),
        (r"\d{2,}", "has no end"),
        ("(a|b){1,10}", "ways"),
        ("(a{1,9}){1,9}", "ways"),
        ("a{1,50}a{1,50}b", "ways"),
        ("a{300}", "below"),
        ("x?", "everywhere"),
        ("(a", "not closed"),
        (r"\p{L}", "not understood"),
        ("(?i)a", "not understood"),
        ("a" * 3_000, "longer"),
    ],
)
def test_what_is_refused(source: str, reason: str) -> None:
    with pytest.raises(PatternRefused, match=re.escape(reason)):
        checked(source)


@pytest.mark.parametrize(
    ("source", "count"),
    [("abc", 1), ("a?b", 2), (r"\d{1,3}%", 3), ("(a|bc|d)e?", 6), ("(leave|write)[^.]{0,40}(5|five) ?stars?", 656)],
)
def test_ways_are_counted(source: str, count: int) -> None:
    assert ways(taken_apart(source)) == count
    checked(source)


@pytest.mark.parametrize(
    ("source", "groups"),
    [
        (r"\bsave \d{1,2}%", [["save "], ["%"]]),
        ("(leave|write)[^.]{0,40}(5|five) ?stars?", [["leave", "write"], ["star"], ["5", "five"]]),
        ("(for|with) (all|any) honda", [[" honda"], ["for", "with"], ["all", "any"], [" "]]),
        ("colou?r", [["colo"], ["r"]]),
        ("a(bcd|efg)h", [["bcd", "efg"], ["a"], ["h"]]),
        ("(abc|d?)e", []),
        ("(?!abc)xyz", [["xyz"]]),
        ("foo|bar", [["foo", "bar"]]),
        ("[$€]5", [["$", "€"], ["5"]]),
        ("(abc){0,2}", []),
    ],
)
def test_what_must_stand_in_the_text(source: str, groups: list[list[str]]) -> None:
    assert anchor_groups(source) == groups


@given(st.data())
def test_one_of_every_group_stands_wherever_the_pattern_fits(data: st.DataObject) -> None:
    source = data.draw(st.sampled_from(["ab(cd|ef)?gh", "(abc|xyz)[0-9]{1,3}d?", "a?bcd{0,2}", "x(ab|cd){1,2}y"]))
    text = data.draw(st.from_regex(source))
    assert all(any(one in text for one in group) for group in needed(taken_apart(source)))


def test_the_worst_that_is_let_through_is_linear() -> None:
    """As many ways as are allowed, on a text made to take them all: in proportion to its length, and within seconds."""
    compiled = checked("(a|a)(a|a)(a|a)(a|a)(a|a)(a|a)(a|a)(a|a)(a|a)(a|a)b")
    assert ways(taken_apart(compiled.pattern)) == 1_024 <= MOST_WAYS

    def seconds(length: int) -> float:
        at = time.thread_time()
        assert compiled.search("a" * length) is None
        return time.thread_time() - at

    seconds(200)
    short, long = min(seconds(300) for _ in range(3)), min(seconds(1_200) for _ in range(3))
    assert long < 12 * short


def test_patterns_see_small_letters_and_show_whole_words() -> None:
    made = rule(patterns={"any": [r"kills? \d{2}(\.9)?% of (germ|bacteri)"]})
    assert found(made, "KILLS  99.9% of Bacteria!") == ["KILLS  99.9% of Bacteria"]


def test_a_pattern_with_an_anchor_and_one_without_find_alike() -> None:
    text = "Rated 5 stars, 10 stars and 15 starships"
    assert found(rule(patterns={"any": [r"\d{1,2} stars?\b"]}), text) == ["5 stars", "10 stars"]
    assert found(rule(patterns={"any": [r"\d{1,2} [s]tars?\b"]}), text) == ["5 stars", "10 stars"]
