"""Search field to phrases and filters: whatever is typed is data."""

from __future__ import annotations

import datetime
import sqlite3
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.conversations.expression import Found, expression
from companion.conversations.query import MAX_PHRASES, Phrase, Query, parse
from companion.conversations.unsearchable import refuse
from companion.protocol import ErrorCode, SeabridgeError

TODAY = datetime.date(2026, 9, 3)
SHANGHAI = ZoneInfo("Asia/Shanghai")


def asked(query: str) -> Query:
    return parse(query, TODAY, SHANGHAI)


def wanted(query: str) -> list[Phrase]:
    return list(asked(query).wanted)


def filters(query: str) -> list[tuple[str, str, bool]]:
    return [(f.kind, f.value, f.without) for f in asked(query).filters]


def test_words_fragments_and_phrases() -> None:
    assert wanted("退款") == [Phrase(("退", "款"))]
    assert wanted("refun") == [Phrase(("refun",), open_end=True)]
    assert wanted('"my order" 退') == [Phrase(("my", "order")), Phrase(("退",))]
    assert wanted("“快递 到了” 「はい」") == [Phrase(("快", "递", "到", "了")), Phrase(("は", "い"))]
    assert wanted("#123-456") == [Phrase(("123", "456"), open_end=True)]
    assert wanted("a") == [Phrase(("a",))]
    assert wanted("ok ok OK") == [Phrase(("ok",), open_end=True)]
    assert wanted('refund"my order"') == [Phrase(("refund",), open_end=True), Phrase(("my", "order"))]


@pytest.mark.parametrize(
    "query", ["", "   ", '"', '""', "***", "'; --", "👍", "\x00", "\u200b", "-", "- ", "from:", "订单："]
)
def test_nothing_to_look_for(query: str) -> None:
    assert asked(query).empty


def test_an_open_quote_is_no_quote() -> None:
    assert wanted('"my order') == [Phrase(("my",), open_end=True), Phrase(("order",), open_end=True)]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("from:buyer", ("from", "buyer", False)),
        ("FROM:Me", ("from", "seller", False)),
        ("来自：我", ("from", "seller", False)),
        ("来自:买家", ("from", "buyer", False)),
        ('from:"buyer"', ("from", "buyer", False)),
        ("from:Anna", ("from", "Anna", False)),
        ('买家："佐藤 陽菜"', ("buyer", "佐藤 陽菜", False)),
        ('-shop:"TikTok Shop"', ("shop", "TikTok Shop", True)),
        ("店铺：深海", ("shop", "深海", False)),
        ("order:#2409-0312", ("order", "#2409-0312", False)),
        ("lang:es", ("lang", "es", False)),
        ("语言：西班牙语", ("lang", "es", False)),
        ("lang:pt-BR", ("lang", "pt-br", False)),
        ("has:image", ("has", "image", False)),
        ("包含：图片", ("has", "image", False)),
        ("is:unanswered", ("is", "unanswered", False)),
        ("-状态:未回复", ("is", "unanswered", True)),
        ("－店铺：深海", ("shop", "深海", True)),
        ("in:original", ("in", "original", False)),
        ("范围：译文", ("in", "translation", False)),
        ("before:2026-08", ("before", "2026-08-01", False)),
        ("之后:7天", ("after", "2026-08-27", False)),
        ("note:gift", ("note", "gift", False)),
        ("-备注：礼物", ("note", "礼物", True)),
        ("thread:#012", ("thread", "12", False)),
        ("包含:网址", ("has", "link", False)),
        ("has:revision", ("has", "edit", False)),
        ("状态：已消失", ("is", "gone", False)),
    ],
)
def test_operators_in_english_and_chinese(query: str, found: tuple[str, str, bool]) -> None:
    assert filters(query) == [found]
    assert asked(query).filters[0].text == query
    assert wanted(query) == []


def test_who_is_called_buyer_is_found_by_quotes() -> None:
    assert asked('from:"buyer"').filters[0].phrase == Phrase(("buyer",))
    assert asked("from:buyer").filters[0].phrase == Phrase(())


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("memo:blue", ("memo", "blue")),
        ("http://shop.example/x", ("http", "shop", "example", "x")),
        ("地址：上海", ("地", "址", "上", "海")),
        ("notfrom:me", ("notfrom", "me")),
        ("2409-0312", ("2409", "0312")),
        ("size=-5", ("size", "5")),
    ],
)
def test_what_is_no_operator_is_a_word(query: str, words: tuple[str, ...]) -> None:
    [phrase] = wanted(query)
    assert phrase.words == words
    assert asked(query).filters == ()


def test_a_minus_takes_words_away() -> None:
    found = asked('refund -"blue shirt" -退款 well-known')
    assert [p.words for p in found.wanted] == [("refund",), ("well", "known")]
    assert [p.words for p in found.unwanted] == [("blue", "shirt"), ("退", "款")]


def test_dates_are_days_of_the_sellers_zone() -> None:
    def ms(*day: int) -> int:
        return int(datetime.datetime(*day, tzinfo=SHANGHAI).timestamp() * 1000)

    found = asked("after:2026-08-01 before:2026-09-01 after:2026-08-15")
    assert (found.since, found.until) == (ms(2026, 8, 15), ms(2026, 9, 1))
    found = asked("-after:2026-08-01")
    assert (found.since, found.until) == (None, ms(2026, 8, 1))
    berlin = parse("after:2026-03-29 before:2026-03-30", TODAY, ZoneInfo("Europe/Berlin"))
    assert berlin.since is not None
    assert berlin.until is not None
    assert berlin.until - berlin.since == 23 * 3_600_000, "the day the clocks go forward"


@pytest.mark.parametrize("value", ["tomorrow", "30", "2026-13", "2026-02-30", "2026-", "11/30/2026", "昨日子"])
def test_what_is_no_date_says_how_to_write_one(value: str) -> None:
    with pytest.raises(SeabridgeError) as caught:
        asked(f"refund before:{value}")
    assert caught.value.code is ErrorCode.SEARCH_DATE
    assert caught.value.data == {"value": value}


@pytest.mark.parametrize(
    ("query", "choice"),
    [("has:video", "has:image"), ("状态：已读", "状态:未回复"), ("lang:1", "lang:es"), ("in:x", "in:original")],
)
def test_an_unknown_value_says_which_there_are(query: str, choice: str) -> None:
    with pytest.raises(SeabridgeError) as caught:
        asked(query)
    assert caught.value.code is ErrorCode.SEARCH_VALUE
    assert choice in caught.value.data["choices"]
    assert caught.value.data["written"] == query


def test_the_values_there_are_stand_once_and_in_the_language_of_the_operator() -> None:
    for query, choices in (("is:x", "is:unanswered / is:starred / is:gone"), ("范围:x", "范围:原文 / 范围:译文")):
        with pytest.raises(SeabridgeError) as caught:
            asked(query)
        assert caught.value.data["choices"] == choices


def test_bounds() -> None:
    assert len(wanted(" ".join(f"word{i}" for i in range(500)))) == MAX_PHRASES
    assert sum(len(p.words) for p in wanted("退" * 5000)) == 200
    assert len(filters(" ".join(f"buyer:b{i}" for i in range(500)))) == 24


PIECES = st.sampled_from(
    [
        "from:",
        "-shop:",
        "订单：",
        "in:original",
        "lang:es",
        "is:unanswered",
        "-",
        '"',
        "“",
        "退款",
        "a b",
        " ",
        "order:1*",
        "buyer:x",
    ]
)


@given(
    st.text(max_size=200)
    | st.text(alphabet="\"'*()^:-+ NEAROT{}退a\x00", max_size=60)
    | st.lists(PIECES, max_size=8).map("".join)
)
def test_no_query_is_a_syntax_error(query: str) -> None:
    db = sqlite3.connect(":memory:")
    try:
        db.execute("CREATE VIRTUAL TABLE s USING fts5(original, translation, refs, buyer, marks, tokenize='unicode61')")
        try:
            found = asked(query)
        except SeabridgeError as error:
            if error.code not in (ErrorCode.SEARCH_DATE, ErrorCode.SEARCH_VALUE):
                raise
            return
        numbers: Any = {each: [1, 2] for each in found.filters}
        match = expression(found, Found(numbers, numbers, numbers))
        if match:
            db.execute("SELECT count(*) FROM s WHERE s MATCH ?", (match,)).fetchone()
    finally:
        db.close()


@pytest.mark.parametrize(
    ("query", "found", "words"),
    [
        ("from: buyer", [("from", "buyer", False)], []),
        ("来自： 买家 退款", [("from", "buyer", False)], [("退", "款")]),
        ('from: "Anna B" late', [("from", "Anna B", False)], [("late",)]),
        ("-lang: es order: 2409", [("lang", "es", True), ("order", "2409", False)], []),
        ("after: 2026-09-01 refund", [("after", "2026-09-01", False)], [("refund",)]),
        ("order: where is it", [], [("where",), ("is",), ("it",)]),
        ("has: a hole", [], [("a",), ("hole",)]),
        ("from: order:2409", [("order", "2409", False)], []),
    ],
)
def test_a_value_may_stand_behind_a_blank(
    query: str, found: list[tuple[str, str, bool]], words: list[tuple[str, ...]]
) -> None:
    assert filters(query) == found
    assert [phrase.words for phrase in wanted(query)] == words


def test_the_piece_of_a_filter_can_be_found_in_the_query() -> None:
    query = "refund from:   buyer  late"
    assert [f.text for f in asked(query).filters] == ["from:   buyer"]


def test_variants_of_characters_are_asked_for_as_the_character() -> None:
    assert wanted("\u8fbb\U000e0100\u5b50\ufe00") == [Phrase(("\u8fbb", "\u5b50"))]


@pytest.mark.parametrize(
    ("query", "code", "told"),
    [
        ("from:", ErrorCode.SEARCH_VALUE, "from:buyer / from:me / from:Anna"),
        ("订单：", ErrorCode.SEARCH_VALUE, "订单:2409"),
        ("is:", ErrorCode.SEARCH_VALUE, "is:unanswered / is:starred / is:gone"),
        ("from:👍", ErrorCode.SEARCH_VALUE, "from:buyer"),
        ("👍👍", ErrorCode.SEARCH_SIGNS, ""),
        ("thread:12 👍", ErrorCode.SEARCH_SIGNS, ""),
        ("in:original", ErrorCode.SEARCH_SIGNS, ""),
        ("***", ErrorCode.SEARCH_SIGNS, ""),
    ],
)
def test_what_looks_for_nothing_says_why(query: str, code: ErrorCode, told: str) -> None:
    with pytest.raises(SeabridgeError) as caught:
        refuse(query, asked(query), TODAY)
    assert caught.value.code is code
    assert told in str(caught.value.data.get("choices", ""))


@pytest.mark.parametrize("query", ["", "  ", "refund from:", "refund 👍", "thread:12", "from:Anna -", "-refund"])
def test_what_looks_for_something_is_not_refused(query: str) -> None:
    refuse(query, asked(query), TODAY)
