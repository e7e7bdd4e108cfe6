"""Cutting messages into sentences and putting them together."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.translation.segment import MAX_CHARS, join, segment


def _said(text: str, language: str) -> list[str]:
    return [piece.text for piece in segment(text, language) if not piece.keep]


@pytest.mark.parametrize(
    ("text", "language", "sentences"),
    [
        ("Hi! Where is it? Thanks.", "en", ["Hi!", "Where is it?", "Thanks."]),
        ("It costs 3.50 now.", "en", ["It costs 3.50 now."]),
        ("Ask Mr. Lee, approx. 5 pcs. please", "en", ["Ask Mr. Lee, approx. 5 pcs. please"]),
        ("see example.com for it", "en", ["see example.com for it"]),
        ("你好。什么时候发货？谢谢！", "zh", ["你好。", "什么时候发货？", "谢谢！"]),
        ("届きません。いつですか？", "ja", ["届きません。", "いつですか？"]),
        ("Really?!! Ok...", "en", ["Really?!!", "Ok..."]),
        ("z.B. am 5. März, bitte.", "de", ["z.B. am 5. März, bitte."]),
        ("أين طلبي؟ شكرا", "ar", ["أين طلبي؟", "شكرا"]),
        ("one\ntwo\r\n\r\nthree", "en", ["one", "two", "three"]),
        ("good 👍🏽 bad 😡😡", "en", ["good", "bad"]),
        ("👍👍", "en", []),
        ("12345 ...", "en", []),
    ],
)
def test_sentences(text: str, language: str, sentences: list[str]) -> None:
    assert _said(text, language) == sentences


@given(st.text(max_size=300) | st.lists(st.sampled_from(["A.", " ", "\n", "👍", "好。", "a", "..."])).map("".join))
def test_the_pieces_are_the_text(text: str) -> None:
    pieces = segment(text, "en")
    assert "".join(piece.text for piece in pieces) == text
    assert all(len(piece.text) <= MAX_CHARS for piece in pieces if not piece.keep)


def test_a_wall_of_text_is_cut_at_commas_or_blanks() -> None:
    pieces = _said("word, " * 300, "en")
    assert len(pieces) > 3
    assert all(piece.strip().startswith("word") for piece in pieces)


def test_joining_follows_the_target() -> None:
    pieces = segment("Hi. Bye.\nOk 👍", "en")
    assert join(pieces, ["你好。", "再见。", "好"], "zh") == "你好。再见。\n好 👍"
    assert join(segment("你好。再见。", "zh"), ["Hi.", "Bye."], "en") == "Hi. Bye."
    assert join(segment("  ok  ", "en"), ["好"], "zh") == "  好"
