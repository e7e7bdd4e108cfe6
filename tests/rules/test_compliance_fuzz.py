"""Whatever a page, a buyer or a model writes: the whole pack answers, points at what it says, and takes its length."""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import FrameType
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from companion.compliance.check import Checker, Text
from companion.compliance.place import Place
from companion.compliance.rule import Direction, Target

from .compliance_pack import TODAY, checker, shipped

#: What terms and patterns are made of, and what folding has to find its way back through.
ODD = (
    "aAéÉßﬃİǆıﬁсаеᎳʇⓐ4\u20e3٣٤ⅷ①½㍿ｱﾞ가각ไำ微信ｗｅ薇❤️😀👩🇩🇪\u0301\u0316\u200b\u202e\u05d0\u0627\ud800\x00"
    " \t\n\r-‑_.,;:!?'’\"@#%&$€<>()[]/0199"
)
PIECES = sorted(
    {
        word.strip("*")
        for rule in shipped()[0].rules
        for words in (rule.terms, rule.exceptions, *(near.words for near in rule.context.unless_near))
        for each in words.values()
        for word in each
    }
)
TEXT = st.lists(
    st.one_of(st.sampled_from(PIECES), st.text(ODD, max_size=6), st.sampled_from(list(ODD)), st.text(max_size=8)),
    max_size=24,
).map("".join)
PLACES: list[tuple[Target, str, Direction]] = [
    ("listing", "title", "seller"), ("listing", "bullets", "seller"), ("listing", "image_text", "seller"),
    ("message", "text", "seller"), ("message", "text", "buyer"),
]  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(
    st.lists(TEXT, min_size=1, max_size=3),
    st.sampled_from(PLACES),
    st.sampled_from(["amazon", "ebay", "walmart", "shopee"]),
    st.sampled_from(["", "en", "zh", "de", "vi"]),
)
def test_findings_point_at_what_they_say(
    texts: list[str], where: tuple[Target, str, Direction], marketplace: str, language: str
) -> None:
    target, field, direction = where
    place = Place(target, TODAY, marketplace, "US", brand="Velcro", language=language, direction=direction)
    fields = [Text(field, at, text) for at, text in enumerate(texts)]
    for one in checker().check(fields, place).findings:
        assert one.index is not None
        text = texts[int(one.index)]
        assert 0 <= one.start <= one.end <= len(text)
        assert text[one.start : one.end] == one.text


@settings(max_examples=40, deadline=None)
@given(TEXT)
def test_a_text_alone_is_found_as_among_others(text: str) -> None:
    """A scan depends on the text alone: what was looked at before changes nothing."""
    place = Place("message", TODAY, "amazon", "US", language="en")
    fresh = Checker(checker().pack)
    assert fresh.check([Text("text", None, text)], place) == checker().check([Text("text", None, text)], place)


#: Made to be tried again and again: many hits, many near misses, words and marks without an end.
COSTLY = {
    "one term": "best seller ", "no blanks": "antibakteriell", "handles": "@abcdefghijklmnopqrst",
    "letters apart": "w h a t s ", "wide apart": "w" + " " * 50 + "h" + " " * 50, "negations": "not cures ",
    "enumeration": "not a, cures ", "exceptions": "dog treat ", "digits": "138 0013 8000 ", "sites": "a.com/",
    "digit words": "one two one two ", "tags": "<a ", "capitals": "SALE ", "anchors": "for apple x ",
    "unspaced": "加微", "accents": "a\u0301\u0316", "pile": "\u0301\u0316", "invisible": "a\u200b",
    "right to left": "\u202e\u05d0", "pictures": "😀",
}  # fmt: skip


@pytest.mark.parametrize("piece", COSTLY.values(), ids=COSTLY.keys())
@pytest.mark.parametrize("target", ["listing", "message"])
def test_four_times_the_text_takes_at_most_five_times_the_steps(piece: str, target: Target) -> None:
    few, many = (piece * (length // len(piece)) for length in (4_000, 16_000))
    assert steps(few, target) > 0
    assert steps(many, target) <= 5 * steps(few, target)


def test_words_near_and_far_take_no_steps_of_their_own() -> None:
    """Three hundred hits ask each of thousands of words whether it is near: only those around are asked."""
    hits = "filter " * 300 + "x. " * 200
    assert steps(hits + "bacteria " * 4_000, "listing") < 3 * steps(hits + "bacteria " * 1_000, "listing")


def test_200_kilobytes_are_answered() -> None:
    place = Place("listing", TODAY, "amazon", "US", language="en")
    found = Checker(checker().pack).check([Text("title", None, "best seller " * 17_000)], place).findings
    assert 0 < len(found) <= 500


def steps(text: str, target: Target) -> int:
    """Calls of functions, ours and built-in ones, that a check takes: the same on every machine."""
    fresh, place = Checker(checker().pack), Place(target, TODAY, "amazon", "US", language="en")
    field = "text" if target == "message" else "description"
    fresh.check([Text(field, None, "warm")], place)
    count = 0

    def counted(frame: FrameType, event: str, arg: Any) -> None:
        nonlocal count
        count += 1

    before: Callable[..., Any] | None = sys.getprofile()
    sys.setprofile(counted)
    try:
        fresh.check([Text(field, None, text)], place)
    finally:
        sys.setprofile(before)
    return count
