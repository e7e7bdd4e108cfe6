"""What a buyer understands."""

from __future__ import annotations

import pytest

from companion.practice.hearing import addresses, looks_chinese, plain, topics


@pytest.mark.parametrize(
    ("text", "language", "chinese"),
    [
        ("今天发货", "en", True),
        ("Your order 今天 ships", "pt", True),
        ("Hello!", "en", False),
        ("本日中に発送いたします。", "ja", False),
        ("明日発送", "ja", False),
        ("我们今天给您发货", "ja", True),
        ("您好", "ja", True),
        ("오늘 발송해 드리겠습니다.", "ko", False),
        ("", "en", False),
    ],
)
def test_chinese_is_recognised_by_the_reader_not_by_the_script(text: str, language: str, chinese: bool) -> None:
    assert looks_chinese(text, language) is chinese


def test_accents_and_case_do_not_matter_where_people_drop_them() -> None:
    assert plain("ENVÍO Mañana") == "envio manana"
    assert plain("Größe") == "grosse"
    assert plain("Ещё") == "еще"
    assert plain("วันนี้") == plain("วันนี้"), "Thai keeps its vowel and tone marks"
    assert "ั" in plain("วัน")


@pytest.mark.parametrize(
    ("text", "topic", "language", "yes"),
    [
        ("We will ship your order today.", "shipping", "en", True),
        ("Thank you for your order!", "shipping", "en", False),
        ("Township is nice", "shipping", "en", False),
        ("Lo enviaremos mañana.", "shipping", "es", True),
        ("lo enviaremos manana", "shipping", "es", True),
        ("本日中に発送いたします。", "shipping", "ja", True),
        ("本日中に発送いたします。", "size", "ja", False),
        ("Wir empfehlen Ihnen Größe L.", "size", "de", True),
        ("Shipping costs $4.90.", "price", "en", True),
        ("Sure!", "price", "en", False),
        ("Мы бесплатно отправим вам новый товар.", "mend", "ru", True),
        ("نعم، سنرسل الطلب غداً", "shipping", "ar", True),
    ],
)
def test_an_answer_is_recognised_in_the_buyers_own_words(text: str, topic: str, language: str, yes: bool) -> None:
    assert addresses(text, topic, language) is yes


def test_an_answer_in_a_strangers_language_is_none() -> None:
    assert not addresses("We will ship your order today.", "shipping", "ja")


def test_an_unknown_topic_is_a_mistake() -> None:
    with pytest.raises(KeyError):
        addresses("x", "weather", "en")


def test_every_topic_speaks_every_language() -> None:
    from companion.practice.hearing import _known

    for topic in topics():
        assert set(_known()[topic]) == {"en", "es", "pt", "de", "fr", "ja", "ko", "th", "vi", "id", "ru", "ar"}, topic
