"""What must come out as it went in."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.translation.protect import (
    Known,
    Protected,
    Term,
    around,
    items_in,
    protect,
    restore,
    strip_untranslatable,
)

ITEMS = [
    "250817ABC12XYZ",
    "#1023",
    "113-7654321-1234567",
    "580123456789012345",
    "LX123456789CN",
    "1Z999AA10123456784",
    "AB-1234-X",
    "USB_C_2",
    "https://shopee.sg/a-b-i.1.2?x=1&y=2",
    "www.tiktok.com/@shop/video/1",
    "shop.example.com",
    "mike.o@mail.co.uk",
    "$25.99",
    "US$1,299.00",
    "R$ 30",
    "25,99 €",
    "Rp150.000",
    "¥199",
    "100 CNY",
    "20 USD",
    "10x20x5 cm",
    "5000mAh",
    "12.5 kg",
    "50%",
    "3XL",
    "XXL",
    "EU 42",
    "2026-03-05",
    "12/25",
    "10:30",
    "+8613800138000",
    "[[0]]",
    "[1]",
    "LX 123 456 789 CN",
    "9400 1000 0000 0000 0000 00",
    "S23",
    "RTX3060",
    "34B",
    "+1 (555) 123-4567",
    "06 12 34 56 78",
    "090-1234-5678",
    "2026-03-05T10:30:00Z",
    "`pip install x`",
    "{order_id}",
    "<b>",
    "S/ 120",
    "1 299,90 ₽",
    "1,200円",
    "45 zł",
    "₺250",
    "199 CHF",
]
FRAMES = [
    "where is {} please",
    "{}",
    "我的订单{}到哪了？",
    "一共{}，谢谢",
    "{}。",
    "¿y {}, cuándo?",
    "({})",
    "สินค้า {} ค่ะ",
    "{} или нет",
    "注文{}です",
]


@pytest.mark.parametrize("frame", FRAMES)
@pytest.mark.parametrize("item", ITEMS)
def test_items_are_found_whole(item: str, frame: str) -> None:
    text = frame.format(item)
    entry = protect(text)
    assert item in entry.items
    assert restore(entry.text, entry) == (text, True)


@pytest.mark.parametrize(
    "text",
    [
        "where is my order",
        "size M please",
        "我要两件",
        "I bought 3 of them",
        "e.g. this one. And that",
        "You mean you have it?",
        "the model is nice",
        "Modell Blau",
        "a kode red",
    ],
)
def test_plain_words_are_left_to_the_engine(text: str) -> None:
    assert protect(text).items == ()


def test_plain_numbers_only_when_asked() -> None:
    assert protect("I bought 3 of 15", numbers=True).items == ("3", "15")


words = st.sampled_from([*ITEMS, "order", "是", "вес", "3", ".", ",", "(", "]", "[", "👍", "ส่ง", "\n", "#", "$"])
texts = st.text(max_size=60) | st.tuples(st.sampled_from(["", " "]), st.lists(words, max_size=12)).map(
    lambda drawn: drawn[0].join(drawn[1])
)


@given(texts, st.booleans())
def test_protect_and_restore_is_nothing(text: str, numbers: bool) -> None:
    entry = protect(text, numbers)
    assert restore(entry.text, entry) == (text, True)


@given(texts, st.booleans())
def test_cut_around_items_is_the_text(text: str, numbers: bool) -> None:
    pieces = around(text, numbers)
    assert "".join(piece for piece, _item in pieces) == text
    assert tuple(piece for piece, item in pieces if item) == protect(text, numbers).items


@given(texts)
def test_items_do_not_overlap(text: str) -> None:
    found = items_in(text, numbers=True)
    assert all(one.end <= other.start for one, other in itertools.pairwise(found))
    assert all(text[item.start : item.end] == item.value for item in found)


@pytest.mark.parametrize(
    ("answer", "whole"),
    [
        ("到 [[0]] 了 [[1]]", True),
        ("[[1]] comes before [[0]]", True),
        ("【【0】】 和 ［［1］］", True),
        ("[ [0] ] and [[ 1 ]]", True),
        ("[0] and [1]", True),
        ("[[0]]", False),
        ("[[0]] [[0]] [[1]]", False),
        ("[[0]] [[1]] [[2]]", False),
        ("nothing", False),
        ("0 and 1", False),
    ],
)
def test_marks_as_engines_give_them_back(answer: str, whole: bool) -> None:
    text, found = restore(answer, Protected("", ("$5", "A-1234"), ((False, False),) * 2))
    assert found is whole
    if whole:
        assert "$5" in text
        assert "A-1234" in text


def test_detection_does_not_see_items() -> None:
    assert strip_untranslatable("https://example.com/the/order/is/here 在吗").split() == ["在吗"]


@pytest.mark.parametrize("text", ["SKU: BLK", "货号：BLK.X", "модель BLK", "model #BLK"])
def test_what_follows_a_label_is_an_id(text: str) -> None:
    (item,) = items_in(text)
    assert item.value.startswith("BLK")


SHOP = Known(
    names=("Anna Müller", "김민수"),
    terms=(Term("Sea Breeze", "Sea Breeze"), Term("navy", "藏青色"), Term("ACE", "ACE", cased=True)),
)


def test_names_and_terms_are_items_and_terms_have_their_rendering() -> None:
    entry = protect("anna  müller wants the navy Sea Breeze, ace; 김민수씨도요", known=SHOP)
    assert entry.items == ("anna  müller", "藏青色", "Sea Breeze", "김민수")
    assert restore("[[0]]要[[1]]的[[2]]，[[3]]", entry) == ("anna  müller要藏青色的Sea Breeze，김민수", True)


def test_a_term_inside_an_id_or_a_link_is_part_of_it() -> None:
    text = "https://shop.example.com/navy ACE-1234 NAVY-22X"
    assert [item.kind for item in items_in(text, known=SHOP)] == ["url", "code", "code"]
    assert [item.value for item in items_in("ACE 3XL", known=Known(terms=(Term("ACE 3XL", "ACE 3XL"),)))] == ["ACE 3XL"]


def test_the_longest_term_wins() -> None:
    known = Known(terms=(Term("navy", "海军"), Term("navy blue", "藏青色")))
    assert protect("navy blue or navy", known=known).items == ("藏青色", "海军")


def test_an_id_is_set_apart_from_what_an_engine_leant_on_it() -> None:
    entry = protect("order 250817ABC, 3 pcs at $5")
    assert restore("order[[0]]now 3[[1]]5", entry) == ("order 250817ABC now 3$5 5", True)
    assert restore("订单[[0]]已[[1]]付", entry) == ("订单250817ABC已$5付", True)


def test_tidying_never_sees_an_item() -> None:
    seen: list[str] = []

    def tidy(text: str) -> str:
        seen.append(text)
        return text.upper()

    assert protect("pls send abc_def_1 asap", tidy=tidy).text == "PLS SEND [[0]] ASAP"
    assert "abc" not in "".join(seen)


@pytest.mark.parametrize(
    ("text", "prices"),
    [
        ("38,93 € 6973 ₽ now", ["38,93 € 6973 ₽"]),  # whose is the first sign?
        ("4 ₽ 5 ₽ 6 ₽", ["4 ₽ 5 ₽ 6 ₽"]),
        ("1 299,90 ₽ 1 500 ₽", ["1 299,90 ₽ 1 500 ₽"]),
        ("I paid 12 R$ 5,00, 3 times", ["12 R$ 5,00"]),
        ("9531 ₽ 12/25", ["9531 ₽"]),
        ("50 € 10:30", ["50 €"]),
        ("38,93 € 12x5 cm", ["38,93 €"]),
        ("$5 $10 off", ["$5", "$10"]),
        ("2 for 5 €, 3 for 7 €", ["5 €", "7 €"]),
    ],
)
def test_a_sign_between_numbers_is_lost_with_neither(text: str, prices: list[str]) -> None:
    assert [item.value for item in items_in(text) if item.kind == "price"] == prices


@pytest.mark.parametrize(
    ("text", "answer", "wanted"),
    [
        ("order #1023。김민수", "[[0]][[1]]", "#1023 김민수"),
        ("#1023 김민수", "[[0]] [[1]]", "#1023 김민수"),
        ("#1023, #2044", "[[0]][[1]]", "#1023#2044"),  # the sign parts them
        ("USB_C_2。张伟", "[[0]][[1]]", "USB_C_2 张伟"),
    ],
)
def test_items_that_stood_apart_stay_apart(text: str, answer: str, wanted: str) -> None:
    entry = protect(text, known=Known(("김민수", "张伟")))
    assert restore(answer, entry) == (wanted, True)


def test_what_stays_bare_is_neither_marked_nor_tidied() -> None:
    entry = protect("AT 20:33 SEND #1023", tidy=str.lower, bare={"time"})
    assert (entry.text, entry.items) == ("at 20:33 send [[0]]", ("#1023",))


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("Is it 10.5 in?", ["10.5 in"]),
        ("a 24in monitor, 10 in wide, 5 in x 7 in", ["24in", "10 in", "5 in", "7 in"]),
        ("fits 15.6 in laptops", ["15.6 in"]),
        ("the size 10.5 in red", []),
        ("10 in stock, a 2 in 1", []),
        ("12x10 in red", ["12x10"]),
        ("tarda de 5 a 7 días", []),
        ("a 5V 2 A charger, 2A", ["5V", "2 A", "2A"]),
    ],
)
def test_a_word_after_a_number_is_no_unit(text: str, values: list[str]) -> None:
    assert [item.value for item in items_in(text)] == values


@pytest.mark.parametrize("text", ["M", "L.", "s", "G"])
def test_a_size_that_is_the_whole_answer_stays(text: str) -> None:
    assert strip_untranslatable(text).strip() in ("", ".")


def test_a_letter_that_is_no_size_is_a_word() -> None:
    assert items_in("I") == items_in("y") == items_in("M size") == []
