"""Words of the index: what is one word, what is ignored, and that offsets are exact."""

from __future__ import annotations

import sqlite3
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.conversations.words import BREAK, MAX_WORD, index_text, words


def folded(text: str) -> list[str]:
    return [w.text for w in words(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Where's my Order #123-456?", ["where", "s", "my", "order", "123", "456"]),
        ("我要退款", ["我", "要", "退", "款"]),
        ("iPhone手机壳2个", ["iphone", "手", "机", "壳", "2", "个"]),
        ("Ação PROMOÇÃO não", ["acao", "promocao", "nao"]),
        ("Straße İstanbul ısı", ["strasse", "istanbul", "isi"]),
        ("đơn hàng", ["don", "hang"]),
        ("Ёлка ещё", ["елка", "еще"]),
        ("أين الطَّلَب", ["اين", "الطلب"]),
        ("カード がパ", ["カ", "ー", "ド", "が", "パ"]),
        ("か\u3099 ｶﾞ", ["が", "ガ"]),
        ("\u1112\u1161\u11ab국", ["한", "국"]),
        ("ดี ดู", ["ด", "ี", "ด", "ู"]),
        ("ไม่", ["ไ", "ม"]),
        ("１２３ ＡＢＣ ٣", ["123", "abc", "3"]),
        ("e\u0301te\u0301", ["ete"]),
        ("हिन्दी", ["हिनदी"]),
        ("👍🏽 ok", ["ok"]),
        ("soft\u00adhyphen", ["softhyphen"]),
        ("x²Y é1-é_ü OKß,SS", ["x2y", "e1", "e", "u", "okss", "ss"]),
        ("3码ABC_退款x", ["3", "码", "abc", "退", "款", "x"]),
        ("", []),
        ('"*() OR -', ["or"]),
    ],
)
def test_folding(text: str, expected: list[str]) -> None:
    assert folded(text) == expected


def test_offsets_take_the_accents_with_them() -> None:
    text = "cafe\u0301 退款了"
    assert [text[w.start : w.end] for w in words(text)] == ["cafe\u0301", "退", "款", "了"]


def test_long_words_are_cut_alike_and_keep_their_extent() -> None:
    [word] = words("x" * 500)
    assert len(word.text) == MAX_WORD
    assert word.end == 500


def test_texts_of_one_column_are_kept_apart() -> None:
    assert index_text("退款", "", "refund") == f"退 款 {BREAK} refund"
    assert BREAK not in index_text(f"a {BREAK} b")


@given(st.text(max_size=80))
def test_words_lie_in_order_within_the_text(text: str) -> None:
    end = 0
    for word in words(text):
        assert word.start >= end
        assert word.end > word.start
        end = word.end
        assert word.text
        assert " " not in word.text
    assert end <= len(text)


@given(st.text(max_size=40))
def test_case_and_composition_make_no_difference(text: str) -> None:
    composed = unicodedata.normalize("NFC", text)
    assert folded(unicodedata.normalize("NFC", unicodedata.normalize("NFD", text))) == folded(composed)


@given(st.lists(st.text(min_size=1, max_size=12), min_size=1, max_size=6))
def test_sqlite_sees_as_many_words_as_we_do(texts: list[str]) -> None:
    """Else a phrase of ours would not be one to SQLite. Characters newer than its tables aside."""
    known = [t for t in texts if all(ord(c) < 0x10000 and unicodedata.category(c) != "Cn" for c in t)]
    db = sqlite3.connect(":memory:")
    try:
        tokenizer = "unicode61 remove_diacritics 2 categories 'L* N* Co Mn Mc'"
        db.execute(f'CREATE VIRTUAL TABLE s USING fts5(a, tokenize="{tokenizer}")')
        for text in known:
            spaced = index_text(text)
            db.execute("DELETE FROM s")
            db.execute("INSERT INTO s VALUES (?)", (spaced,))
            if spaced:
                rows = db.execute("SELECT count(*) FROM s WHERE s MATCH ?", (f'"{spaced}"',)).fetchone()
                assert rows == (1,)
    finally:
        db.close()
