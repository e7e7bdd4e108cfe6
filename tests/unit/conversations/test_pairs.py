"""Common characters side by side: a sign of each pair, and no message missed for want of one."""

from __future__ import annotations

import datetime
import unicodedata
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.conversations.expression import Found, expression
from companion.conversations.marks import tag_mark
from companion.conversations.pairs import COMMON, is_sign, pair_signs, signs_of_phrase
from companion.conversations.query import parse
from companion.conversations.words import index_text, stands_alone
from companion.protocol.methods.archive import MessageSeenParams, SearchParams
from companion.protocol.values import SeenMessage, ThreadRef

DAY = datetime.date(2026, 9, 3)


def test_every_pair_has_a_sign_of_its_own() -> None:
    signs = {sign for a in COMMON for b in COMMON for sign in pair_signs(f"{a} {b}")}
    assert len(signs) == len(COMMON) ** 2
    assert {unicodedata.category(sign) for sign in signs} == {"Co"}
    assert min(signs) > max(tag_mark(tag) for tag in range(0x3000))
    assert all(stands_alone(char) for char in COMMON)


def test_only_neighbours_have_one() -> None:
    assert pair_signs("吗 的") != pair_signs("的 吗")
    assert pair_signs("吗 龘 的") == pair_signs("吗 hello 的") == pair_signs("吗") == pair_signs("") == []
    assert pair_signs("吗", "的") == pair_signs("吗 \ue000 的") == []
    assert pair_signs("可 以 吗") == [*pair_signs("可 以"), *pair_signs("以 吗")]


def test_each_sign_is_held_once_and_asked_for_once() -> None:
    assert pair_signs("可 以 吗 可 以", "可 以") == pair_signs("可 以 吗 可")
    assert len(signs_of_phrase([*COMMON])) == 8
    asked = expression(parse("可以 可以吗", DAY), Found())
    assert asked is not None
    [sign] = pair_signs("可 以")
    assert asked.count(f'"{sign}"') == 1


def test_what_has_no_pair_is_asked_for_as_it_is() -> None:
    assert expression(parse("的 龘龘 refund", DAY), Found()) == '"的" AND "龘 龘" AND "refund" *'


def test_two_common_characters_are_asked_for_by_their_sign_alone_where_any_text_may_have_them() -> None:
    [can, if_] = pair_signs("可 以 吗")
    for typed, asked in {
        "可以": f'"{can}"',
        "可以吗": f'"{can}" AND "{if_}" AND "可 以 吗"',
        "可以 in:original": f'"{can}" AND {{original}} : "可 以"',
        "refund -可以": f'("refund" *) NOT ("{can}")',
        "refund -可以吗": '("refund" *) NOT ("可 以 吗")',
        "refund -可以 in:original": '({original} : "refund" *) NOT ({original} : "可 以")',
    }.items():
        assert expression(parse(typed, DAY), Found()) == asked


@given(st.lists(st.text("可以吗 a龘", max_size=6), min_size=1, max_size=4), st.text("可以吗龘", min_size=2, max_size=2))
def test_a_sign_says_just_what_its_phrase_asks(said: list[str], pair: str) -> None:
    texts = [index_text(each) for each in said]
    held = set(pair_signs(*texts))
    if is_sign([*pair]):
        assert (set(signs_of_phrase([*pair])) <= held) == any(" ".join(pair) in text for text in texts)
    assert not is_sign([*pair, "的"])


@pytest.fixture
def full(archive: Any, now: float) -> Any:
    ref = ThreadRef(marketplace="shopee", shop="shop1", region="sg", thread="t1", buyer="小货在这")
    said = [
        SeenMessage(direction="buyer", text="请问这个可以退吗？我的包！"),
        SeenMessage(direction="seller", text="好的", order="我的单"),
    ]
    rows = archive.see(MessageSeenParams(thread=ref, messages=said, observed_at=now)).rows
    archive.translations.add(rows[1].id, "zh", "可以的 不会要钱", "argos", "machine", [], "zh", True)
    return archive


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("可以退吗", ["请问这个可以退吗？我的包！"]),
        ("退吗我的", ["请问这个可以退吗？我的包！"]),
        ("的包", ["请问这个可以退吗？我的包！"]),
        ("不会要钱", ["好的"]),
        ("可以的", ["好的"]),
        ("可以", ["好的", "请问这个可以退吗？我的包！"]),
        ("可以 in:original", ["请问这个可以退吗？我的包！"]),
        ("的单", ["好的"]),
        ("在这", ["好的", "请问这个可以退吗？我的包！"]),
        ("可以 in:translation", ["好的"]),
        ("好 -可以", []),
        ("请 -不会", ["请问这个可以退吗？我的包！"]),
        ("可以 -的包", ["好的"]),
        ("吗的", []),
    ],
)
def test_pairs_are_found_wherever_they_stand(full: Any, query: str, found: list[str]) -> None:
    hits = full.search(SearchParams(query=query)).hits
    assert ["".join(span.text for span in hit.text) for hit in hits] == found


def test_a_text_that_comes_later_brings_its_pairs(full: Any) -> None:
    full.translations.add(1, "zh", "吗的", "argos", "machine", [], "zh", True)
    [hit] = full.search(SearchParams(query="吗的")).hits
    assert hit.message_id == 1
    assert full.check() == []
