"""A notice drawn like a buyer's message is told by its words, and by nothing looser than the description says."""

from __future__ import annotations

import pytest

from .made import css, page, read


def chat(*patterns: str) -> dict[str, object]:
    return page(
        "chat",
        identity={"thread": [{"query": "shop"}], "shop": [{"query": "shop"}]},
        messages={
            "scroller": css("ul"), "row": css("li"), "buyer": css(".in"), "seller": css(".out"), "text": css("p"),
            "system_texts": list(patterns),
        },
        composer={"field": css("textarea")},
        placement={"anchor": css("p"), "mode": "below"},
    )  # fmt: skip


ROWS = (
    "<ul><li class=in><p>Чат по товару 1234</p></li><li class=in><p>Это чат по товару 1234?</p></li></ul>"
    "<textarea></textarea>"
)


@pytest.mark.parametrize(
    ("patterns", "authors"),
    [
        ((), ["buyer", "buyer"]),
        (("^Чат по товару \\d+$",), ["system", "buyer"]),
        (("nothing of the kind", "по товару"), ["system", "system"]),
    ],
    ids=str,
)
def test_words_of_a_notice(patterns: tuple[str, ...], authors: list[str]) -> None:
    found = read(ROWS, chat(*patterns))
    assert [row["author"] for row in found["messages"]] == authors
    assert found["health"]["ok"]


def test_a_pattern_that_cannot_be_used_is_named_and_takes_nothing_for_a_notice() -> None:
    found = read(ROWS, chat("(?<=x)[[:alpha:]]+(a+)+$"))
    assert [row["author"] for row in found["messages"]] == ["buyer", "buyer"]
    assert found["health"]["refused"]
