"""Highlighting: exactly what was hit, in the original text."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.conversations.passages import WIDTH, passage
from companion.conversations.query import Phrase, parse


def phrases_of(query: str) -> tuple[Phrase, ...]:
    return parse(query, datetime.date(2026, 9, 3)).wanted


def marked(text: str, query: str, width: int = WIDTH) -> str:
    return "".join(f"[{s.text}]" if s.hit else s.text for s in passage(text, phrases_of(query), width))


@pytest.mark.parametrize(
    ("text", "query", "expected"),
    [
        ("我要退款，谢谢", "退款", "我要[退款]，谢谢"),
        ("退款退款", "退", "[退]款[退]款"),
        ("Quero minha devolução já!", "devolucao", "Quero minha [devolução] já!"),
        ("Quero minha devoluc\u0327a\u0303o já!", "DEVOLUÇÃO", "Quero minha [devoluc\u0327a\u0303o] já!"),
        ("Die Straße ist STRASSE", "strasse", "Die [Straße] ist [STRASSE]"),
        ("refunded or not", "refun", "[refunded] or not"),
        ("refunded or not", '"refun"', "refunded or not"),
        ("my order, my Order", '"my order"', "[my order], [my Order]"),
        ("สินค้ายังไม่มา", "ไม่มา", "สินค้ายัง[ไม่มา]"),
        ("İADE istiyorum", "iade", "[İADE] istiyorum"),
        ("a👍b 退👍款", "退款", "a👍b [退👍款]"),
        ("nothing here", "退款", "nothing here"),
        ("", "退款", ""),
    ],
)
def test_marks(text: str, query: str, expected: str) -> None:
    assert marked(text, query) == expected


def test_a_passage_is_cut_around_the_hit() -> None:
    text = "甲" * 500 + "退款" + "乙" * 500
    shown = marked(text, "退款", 40)
    assert shown.startswith("…甲")
    assert shown.endswith("乙…")
    assert "[退款]" in shown
    assert len(shown) <= 40 + 2 + 2


def test_the_place_with_most_of_the_words_is_shown() -> None:
    text = "refund " + "x " * 200 + "refund order " + "y " * 200
    assert "[refund] [order]" in marked(text, "order refund", 60)


def test_a_hit_longer_than_the_passage_is_bounded() -> None:
    assert sum(len(s.text) for s in passage("退" * 400, phrases_of("退" * 200), 50)) <= 52


def test_the_cut_parts_no_letter_from_its_accents() -> None:
    text = "e\u0301" * 200 + " refund " + "e\u0301" * 200
    spans = passage(text, phrases_of("refund"), 41)
    assert not spans[1].text.startswith("\u0301")
    assert spans[-2].text.endswith("\u0301")


@given(st.text(max_size=300), st.text(max_size=12), st.integers(10, 200))
def test_spans_are_pieces_of_the_original(text: str, query: str, width: int) -> None:
    spans = passage(text, phrases_of(query), width)
    joined = "".join(s.text for s in spans)
    assert joined.removeprefix("…").removesuffix("…") in text or joined == text
    assert all(s.text for s in spans)
    assert len(joined) <= width + 20


@given(st.text(min_size=1, max_size=60), st.data())
def test_a_fragment_of_a_text_is_found_in_it(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    phrases = phrases_of(f'"{text[start:].replace(chr(34), " ")}"')
    whole = phrases_of(f'"{text.replace(chr(34), " ")}"')
    if phrases and whole and whole[0].words[-len(phrases[0].words) :] == phrases[0].words:
        assert any(s.hit for s in passage(text, phrases))
