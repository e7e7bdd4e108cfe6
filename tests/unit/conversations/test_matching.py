"""What is written for FTS5, read back for the other index."""

from __future__ import annotations

from typing import Any

import pytest

from companion.conversations.matching import All, But, Either, Words, read

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
