"""What PostgreSQL's search index holds of a message."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.conversations.pairs import pair_sign
from companion.conversations.terms import beginning, between, held
from companion.conversations.tsearch import reach

DAY = 86_400_000


def entry(**columns: Any) -> dict[str, Any]:
    return {"moment": 0, "original": "", "translation": "", "refs": "", "buyer": "", "marks": "", **columns}


def terms_of(**columns: Any) -> set[str]:
    return {term for term in held(entry(**columns))["words"] if not term.startswith("@")}


def test_words_that_follow_one_another_are_held_as_pairs_but_across_no_break() -> None:
    found = held(entry(original="关 税 \ue000 我 a", marks="\ue001 x"))
    assert found["words"] == [" 关 税", " 我 a", "@00", "@10", "@20", "@30", "a", "x", "关", "我", "税", "\ue001"]
    assert found["sizes"] == bytes([5, 0])


def test_a_pair_with_a_sign_is_held_as_that() -> None:
    assert terms_of(original="退 款", marks=f"x {pair_sign('退', '款')}") == {"退", "款", "x", pair_sign("退", "款")}


def test_beginnings_of_two_to_six_letters() -> None:
    assert terms_of(translation="to refunds") == {
        "to", "refunds", " to refunds", *map(beginning, ("re", "ref", "refu", "refun", "refund"))
    }  # fmt: skip


def test_names_and_orders_are_held_for_themselves_too() -> None:
    assert terms_of(buyer="an li", refs="7") == {"an", "li", " an li", "b:an", "b:li", "b: an li", "7", "r:7"}


def test_more_words_than_fit_are_left_out_the_last_kind_first() -> None:
    found = held(entry(translation=" ".join(f"{number:032}" for number in range(25_000))))["words"]
    assert sum(len(term.encode()) for term in found) < 1 << 20
    assert f"{24_999:032}" in found
    assert "@00" in found


@given(st.integers(-(10**13), 10**14), st.integers(1, 10**12), st.floats(0, 1, exclude_max=True))
def test_every_message_of_a_stretch_of_time_has_one_of_its_terms(since: int, long: int, share: float) -> None:
    some = between(since, since + long)
    assert len(some) <= 16
    assert not some or set(some) & set(held(entry(moment=since + int(long * share)))["words"])


@pytest.mark.parametrize("days", [1, 10, 40, 90, 500])
def test_a_stretch_of_time_is_covered_closely(days: int) -> None:
    noon = 20_000 * DAY
    some = set(between(noon, noon + days * DAY))
    assert some
    assert not some & set(held(entry(moment=noon + (3 * days + 1) * DAY))["words"])
    assert not some & set(held(entry(moment=noon - (2 * days + 1) * DAY))["words"])


def test_time_is_no_term_where_it_would_be_most_of_it() -> None:
    assert between(0, 1_000 * DAY) == []


@pytest.mark.parametrize(("found", "times"), [(0, 15), (1, 60), (4, 8.5), (16, 0.47), (20, 0.1)])
def test_how_far_to_look_for_the_rest(found: int, times: float) -> None:
    assert reach(DAY, found, 21) == pytest.approx(times * DAY, rel=0.01)
