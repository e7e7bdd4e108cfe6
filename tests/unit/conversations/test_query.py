"""Search field to phrases: whatever is typed is data."""

from __future__ import annotations

import sqlite3

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.conversations.query import MAX_PHRASES, Phrase, match_expression, parse


def test_words_fragments_and_phrases() -> None:
    assert parse("退款") == [Phrase(("退", "款"))]
    assert parse("refun") == [Phrase(("refun",), open_end=True)]
    assert parse('"my order" 退') == [Phrase(("my", "order")), Phrase(("退",))]
    assert parse("“快递 到了” 「はい」") == [Phrase(("快", "递", "到", "了")), Phrase(("は", "い"))]
    assert parse("#123-456") == [Phrase(("123", "456"), open_end=True)]
    assert parse("a") == [Phrase(("a",))]
    assert parse("ok ok OK") == [Phrase(("ok",), open_end=True)]


@pytest.mark.parametrize("query", ["", "   ", '"', '""', "***", "'; --", "👍", "\x00", "\u200b"])
def test_nothing_to_look_for(query: str) -> None:
    assert parse(query) == []


def test_an_open_quote_is_no_quote() -> None:
    assert parse('"my order') == [Phrase(("my",), open_end=True), Phrase(("order",), open_end=True)]


def test_bounds() -> None:
    assert len(parse(" ".join(f"word{i}" for i in range(500)))) == MAX_PHRASES
    assert sum(len(p.words) for p in parse("退" * 5000)) == 200


@given(st.text(max_size=200) | st.text(alphabet="\"'*()^:-+ NEAROT{}退a\x00", max_size=60))
def test_no_query_is_a_syntax_error(query: str) -> None:
    db = sqlite3.connect(":memory:")
    try:
        db.execute("CREATE VIRTUAL TABLE s USING fts5(a, tokenize='unicode61')")
        phrases = parse(query)
        if phrases:
            db.execute("SELECT count(*) FROM s WHERE s MATCH ?", (match_expression(phrases),)).fetchone()
    finally:
        db.close()
