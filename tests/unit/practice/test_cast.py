"""The data of the practice: every buyer is complete, and the shipped phrasebook helps a newcomer with most of them."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from companion.practice import cast
from companion.practice.hearing import addresses, looks_chinese, topics
from companion.practice.tour.scenes import SCENES, Scene
from companion.translation import Phrasebook

LANGUAGES = {"en", "es", "pt", "de", "fr", "ja", "ko", "th", "vi", "ru", "ar", "id"}
RULES = Path(__file__).parents[3] / "rules" / "phrases"


@cache
def entries() -> list[dict[str, Any]]:
    read = (yaml.load(path.read_text("utf-8"), yaml.CSafeLoader) for path in RULES.glob("*.yml"))
    return [entry for file in read for entry in file["entries"]]


def phrases(language: str, *, by: set[str]) -> list[str]:
    return [line for entry in entries() if entry["by"] in by for line in entry.get(language, [])]


def test_every_language_has_one_buyer() -> None:
    assert {buyer.language for buyer in cast.buyers().values()} == LANGUAGES
    assert len(cast.buyers()) == len(LANGUAGES)


def test_buyers_and_accounts_fit_together() -> None:
    names = [buyer.name for buyer in cast.buyers().values()]
    threads = [buyer.conversation for buyer in cast.buyers().values()]
    assert len(set(names)) == len(names)
    assert len(set(threads)) == len(threads)
    for buyer in cast.buyers().values():
        assert buyer.account in cast.accounts()
        assert len(buyer.nudges) == 2
        assert {ask.topic for ask in buyer.asks} <= set(topics())
        assert "{" not in "".join([*buyer.hello, *buyer.bye, buyer.chinese, *(ask.say[0] for ask in buyer.asks)])


def test_buyers_do_not_take_each_others_language_for_chinese() -> None:
    for buyer in cast.buyers().values():
        for line in (*buyer.hello, *buyer.bye, *(text for ask in buyer.asks for text in ask.say)):
            assert not looks_chinese(line, buyer.language), line


def test_pictures_exist() -> None:
    folder = Path(cast.__file__).parent / "shops" / "pictures"
    wanted = {ask.picture for buyer in cast.buyers().values() for ask in buyer.asks if ask.picture}
    assert wanted
    assert all((folder / f"{name}.png").is_file() for name in wanted)


@pytest.mark.parametrize("buyer_id", [one for one in cast.buyers() if one != "omar"])
def test_the_phrasebook_knows_a_buyers_first_messages(buyer_id: str, book: Phrasebook) -> None:
    buyer = cast.buyers()[buyer_id]
    for line in (*buyer.hello, *(text for ask in buyer.asks for text in ask.say)):
        found = book.near(line, buyer.language, "zh", "read")
        assert found is not None, line
        assert all(number in found.text for number in re.findall(r"[0-9A-Z]{10,}", line))


@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.buyer)
def test_the_tours_answers_are_in_the_phrasebook_and_answer_the_question(scene: Scene, book: Phrasebook) -> None:
    buyer = cast.buyers()[scene.buyer]
    for ask, written in zip(buyer.asks, scene.answers, strict=False):
        said = book.exact(written, "zh", buyer.language, "write")
        assert said is not None, written
        assert addresses(said.text, ask.topic, buyer.language), said.text
        back = book.exact(said.text, buyer.language, "zh", "back")
        assert back is not None
        assert back.text == written
    for line in (*(text for ask in buyer.asks for text in ask.pleased), *buyer.bye):
        assert book.near(line, buyer.language, "zh", "read") is not None, line


@pytest.mark.parametrize("buyer_id", [one for one in cast.buyers() if one != "omar"])
def test_some_sentence_of_the_phrasebook_answers_every_question(buyer_id: str) -> None:
    buyer = cast.buyers()[buyer_id]
    answers = phrases(buyer.language, by={"seller", "both"})
    for ask in buyer.asks:
        fitting = [line for line in answers if addresses(line, ask.topic, buyer.language)]
        assert len(fitting) >= 2, ask.topic


def test_arabic_is_outside_the_phrasebook_on_purpose() -> None:
    assert phrases("ar", by={"buyer", "seller", "both"}) == []


@pytest.mark.parametrize(("span", "seconds"), [("0s", 0), ("2m 5s", 125), ("9d 3h", 9 * 86400 + 3 * 3600)])
def test_spans(span: str, seconds: float) -> None:
    assert cast.seconds(span) == seconds


@pytest.mark.parametrize("span", ["5", "x", "3w", "-1s"])
def test_spans_that_are_none(span: str) -> None:
    with pytest.raises(ValueError):
        cast.seconds(span)
