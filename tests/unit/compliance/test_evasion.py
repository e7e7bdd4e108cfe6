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
    ],
)
def test_chance_is_left_alone(text: str) -> None:
    assert found(CONTACT, text) == []


def test_only_rules_that_ask_for_it_see_through() -> None:
    assert found(terms("whatsapp"), "w h a t s a p p, wh4tsapp") == []
