"""Reasons to doubt an engine's output."""

from __future__ import annotations

import pytest

from companion.translation.verify import doubts, numbers_changed

GOOD = [
    ("Where is my package?", "我的包裹在哪里？", "en", "zh"),
    ("我的包裹在哪里？", "Where is my package?", "zh", "en"),
    ("ok", "好的", "en", "zh"),
    ("I ordered 3 items but only 2 came", "我订了3件，但只收到2件", "en", "zh"),
    ("I ordered two", "我订了2个", "en", "zh"),
    ("三天到", "It will arrive in 3 days", "zh", "en"),
    ("我要1件", "I want one", "zh", "en"),
    ("It costs 1,299.00 dollars", "它的价格是1299美元", "en", "zh"),
    ("¿Cuándo llega?", "When does it arrive?", "es", "en"),
    ("हा ५ दिन", "5 days", "hi", "en"),
    ("Do you have it in XL?", "有XL码吗？", "en", "zh"),
    ("ほかの色はありますか", "Are there other colours?", "ja", "en"),
    ("7日以内に発送します", "We will ship it within a week", "ja", "en"),
    ("very very very good", "非常非常非常好", "en", "zh"),
]
BAD = [
    ("I ordered 30 items", "我订了13件", "en", "zh", "number_changed"),
    ("订单要15天", "The order takes days", "zh", "en", "number_changed"),
    ("Is it 50% off?", "打5折吗？", "en", "zh", "number_changed"),
    ("Where is my package?", "Where is my package?", "en", "zh", "echo"),
    ("我的包裹在哪里", "My 包裹 is where", "zh", "en", "echo"),
    ("I want to return this item please", "I would like to return this", "en", "zh", "echo"),
    ("Где мой заказ", "Где my order", "ru", "en", "echo"),
    ("where is it", "在哪里在哪里在哪里在哪里在哪里", "en", "zh", "loop"),
    ("请问什么时候发货", "when when when when when when when when", "zh", "en", "loop"),
    ("The parcel arrived with a big hole and two of the cups were broken, what now?", "好", "en", "zh", "too_short"),
    (
        "好的",
        "All right, I will now tell you everything that happened in my shop since May",
        "zh",
        "en",
        "too_long",
    ),
    ("thank you", "...", "en", "zh", "too_short"),
]


@pytest.mark.parametrize(("before", "after", "source", "target"), GOOD)
def test_good_translations_are_not_doubted(before: str, after: str, source: str, target: str) -> None:
    assert doubts(before, after, source=source, target=target) == []


@pytest.mark.parametrize(("before", "after", "source", "target", "code"), BAD)
def test_bad_ones_are(before: str, after: str, source: str, target: str, code: str) -> None:
    assert code in doubts(before, after, source=source, target=target)


def test_every_code_has_its_sentence() -> None:
    from companion.locales import catalogue

    texts = catalogue()
    codes = {entry[4] for entry in BAD} | {
        "unsure_language", "protection_lost", "pieced_together", "near_match", "engine_failed", "negation_changed",
        "question_changed", "near_memory", "familiar", "level_not_reached", "particle_unset", "markup_added",
    }  # fmt: skip
    assert {f"doubt_{code}" for code in codes} == {key for key in texts if key.startswith("doubt_")}


@pytest.mark.parametrize(("one", "other"), [("٣٥ يوم", "35 days"), ("１２個", "12 pcs"), ("1.299,00 €", "€1,299.00")])
def test_numbers_in_other_digits_are_the_same(one: str, other: str) -> None:
    assert not numbers_changed(one, other)


def test_a_name_both_languages_share_is_no_echo() -> None:
    said = "Hello Ana, is this the same as the Nike Air Max 90?"
    assert doubts(said, "Olá Ana, é o mesmo que o Nike Air Max 90?", source="en", target="pt") == []
    shouted = "WHERE IS MY ORDER NOW PLEASE"
    assert "echo" in doubts(shouted, "WHERE IS MY ORDER agora", source="en", target="pt")


@pytest.mark.parametrize(
    ("said", "told", "source", "target"),
    [
        ("Yes, shipping is free.", "Dạ, đơn này không được miễn phí vận chuyển ạ.", "en", "vi"),
        ("Le enviaremos uno nuevo sin costo.", "We will not send you a new one free of charge.", "es", "en"),
        ("我们免费给您换新的。", "We will not exchange it for free.", "zh", "en"),
    ],
)
def test_what_is_free_and_then_is_not_is_doubted(said: str, told: str, source: str, target: str) -> None:
    assert "negation_changed" in doubts(said, told, source=source, target=target)


def test_what_is_free_in_both_is_believed() -> None:
    assert doubts("Yes, shipping is free.", "是的，包邮。", source="en", target="zh") == []
    assert doubts("免费换新", "We exchange it free of charge.", source="zh", target="en") == []
