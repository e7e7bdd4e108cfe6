"""Contact words in disguise are found; ordinary texts with the same letters are not."""

from __future__ import annotations

import pytest

from .making import found, terms

CONTACT = terms("whatsapp", "wechat", "weixin", "telegram", "line id", "zalo", "微信", "薇信", "v信", evasion=True)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("add W h a t s A p p now", "W h a t s A p p"),
        ("w-e-c-h-a-t", "w-e-c-h-a-t"),
        ("my we.chat is", "we.chat"),
        ("wh4ts4pp!", "wh4ts4pp"),
        ("ｗｅｉｘｉｎ", "ｗｅｉｘｉｎ"),
        ("ԝесһаt", "ԝесһаt"),
        ("𝓦𝓱𝓪𝓽𝓼𝓐𝓹𝓹", "𝓦𝓱𝓪𝓽𝓼𝓐𝓹𝓹"),
        ("🅦🅔🅒🅗🅐🅣", "🅦🅔🅒🅗🅐🅣"),
        ("we\u200bchat", "we\u200bchat"),
        ("wéchàt", "wéchàt"),
        ("w_e_c_h_a_t", "w_e_c_h_a_t"),
        ("加我微 信聊", "微 信"),
        ("加薇❤信", "薇❤信"),
        ("teIegram", "teIegram"),
        ("wh at sa pp", "wh at sa pp"),
        ("Z*a*l*o", "Z*a*l*o"),
        ("ᎳеᏟһаt", "ᎳеᏟһаt"),
        ("tahcew, read it backwards", "tahcew"),
        ("on ʇɐɥƆǝM please", "ʇɐɥƆǝM"),
        ("dd∀sʇɐɥʍ", "dd∀sʇɐɥʍ"),
        ("l1ne id", "l1ne id"),
    ],
)
def test_disguises_are_seen_through(text: str, shown: str) -> None:
    assert found(CONTACT, text) == [shown]


@pytest.mark.parametrize(
    "text",
    [
        "We chat with buyers every day",
        "the outline ideal for you",
        "请稍微，信号不好",
        "Here we, chat lovers, are",
        "What's apple wood?",
        "tele gram scale",
        "Grow he at home",
        "z a",
        "1234567",
        "on the line. Ideal for two",
        "online ideas",
    ],
)
def test_chance_is_left_alone(text: str) -> None:
    assert found(CONTACT, text) == []


def test_only_rules_that_ask_for_it_see_through() -> None:
    assert found(terms("whatsapp"), "w h a t s a p p, wh4tsapp") == []


def test_leet_is_seen_in_a_phrase_and_a_letter_is_no_figure() -> None:
    rule = terms("5 star", "lose weight", "pain relief", evasion=True)
    assert found(rule, "5 st@r, l0se we1ght, pa1n rel1ef") == ["5 st@r", "l0se we1ght", "pa1n rel1ef"]
    assert found(rule, "pain r.e.l.i.e.f") == ["pain r.e.l.i.e.f"]
    assert found(rule, "an S star, lose a weight, pain. Relief of a coin") == []


def test_other_accents_disguise_no_word_of_a_language() -> None:
    rule = terms("cure", "gout", evasion=True, language="en")
    assert found(rule, "monsieur le curé a bon goût") == []
    assert found(rule, "so c.u.r.e, und cure", language="de") == ["c.u.r.e"]


def test_words_of_a_language_are_not_read_backwards() -> None:
    rule = terms("stressed", evasion=True, language="en")
    assert found(rule, "desserts for two", language="en") == []
