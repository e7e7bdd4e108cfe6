"""What is written for FTS5, read back for the other index."""

from __future__ import annotations

from typing import Any

import pytest

from companion.conversations import tsearch
from companion.conversations.matching import All, But, Either, Words, read
from companion.conversations.tsearch import condition

REFUND, TWO = Words(("refund",)), Words(("退", "款"))


@pytest.mark.parametrize(
    ("expression", "tree"),
    [
        ('"refund"', REFUND),
        ('"re fun" *', Words(("re", "fun"), open_end=True)),
        ('buyer : "ana" *', Words(("ana",), open_end=True, columns=("buyer",))),
        ('{original translation} : "退 款"', Words(("退", "款"), columns=("original", "translation"))),
        ('"refund" AND "退 款"', All((REFUND, TWO))),
        ('"a" OR "b" AND "c"', Either((Words(("a",)), All((Words(("b",)), Words(("c",))))))),
        ('("refund") NOT ("a" OR "b")', But(REFUND, Either((Words(("a",)), Words(("b",)))))),
        ('"a" AND "b" NOT "c"', All((Words(("a",)), But(Words(("b",)), Words(("c",)))))),
    ],
)
def test_read(expression: str, tree: Any) -> None:
    assert read(expression) == tree


@pytest.mark.parametrize("expression", ["", '"a', '("a"', '"a" NEAR "b"', 'buyer "a"', '"a" "b"', '"a")'])
def test_what_we_do_not_write_is_no_guess(expression: str) -> None:
    with pytest.raises(ValueError, match=r"not understood|missing"):
        read(expression)


@pytest.mark.parametrize(
    ("expression", "sql", "values"),
    [
        ('"refund" *', "words @@ %(v0)s::tsquery", ["('refund':*)"]),
        ('"退 款"', "words @@ %(v0)s::tsquery", ["('退 款')"]),
        ('"my or" *', "words @@ %(v0)s::tsquery", ["('my or':*)"]),
        # a conversation's two signs: no message has one of them from another conversation
        ('"\U000f8000 \U000fb001"', "words @@ %(v0)s::tsquery", ["('\U000f8000' & '\U000fb001')"]),
        ('"a" NOT "b"', "words @@ %(v0)s::tsquery", ["(('a') & !('b'))"]),
        ('"it\'s\\"', "words @@ %(v0)s::tsquery", ["('it''s\\\\')"]),
    ],
)
def test_what_the_words_alone_decide_is_looked_for_nowhere_else(expression: str, sql: str, values: list[str]) -> None:
    made = condition(read(expression))
    assert (made.sql, list(made.values.values())) == (sql, values)


def test_a_phrase_is_narrowed_by_its_words_and_seen_in_the_texts() -> None:
    made = condition(read('"a" AND "要 退 款" NOT buyer : "bo"'))
    assert made.sql.startswith("words @@ %(v0)s::tsquery AND (strpos(")
    assert " AND NOT (strpos(' ' || buyer || ' '" in made.sql
    assert list(made.values.values()) == ["(('a') & ('要 退' & '退 款'))", " 要 退 款 ", " bo "]


@pytest.mark.parametrize(
    ("found", "limit", "messages", "farther"),
    [
        (0, 21, 10**6, 0),  # rare: all hits are few
        (21, 21, 10**6, 0),  # enough
        (1_000, 2_001, 10**6, 9_004),
        (60, 2_001, 10**6, 0),  # 150,000 messages for what 20,000 hits have
        (1_000, 2_001, -1, 0),  # the server has not counted yet
    ],
)
def test_how_far_to_look_for_what_is_half_common(
    found: int, limit: int, messages: int, farther: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tsearch, "_rows", lambda *_: [(messages,)])
    connection: Any = None
    assert tsearch._farther(connection, found, limit) == farther


def test_words_that_follow_one_another_are_held_as_pairs_but_across_no_break() -> None:
    entry = {"original": "退 款 \ue000 my order", "translation": "", "refs": "77 1", "buyer": "", "marks": "\ue001 x"}
    held = tsearch.held(entry)
    assert held["words"] == ["1", "77", "77 1", "my", "my order", "order", "x", "款", "退", "退 款", "\ue001"]
    assert held["sizes"] == bytes([5, 0])
