"""Other answers for a text: from everywhere, each different, told as what it is."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from companion.protocol import ErrorCode
from companion.protocol.methods.translate import Translated, TranslateItem
from companion.translation import Translator
from companion.translation.memory.store import MemoryStore
from companion.translation.memory.tmx import TmxPair
from companion.translation.others import others
from companion.translation.phrasebook.book import Phrasebook
from companion.translation.remote.context import NOTHING
from companion.translation.wording import NOWHERE, Wording

from .test_service import FakeEngine

SAID = "我们今天就给您发货。"
WAY = {("zh", "en")}


@pytest.fixture
def translator(tmp_path: Path, book: Phrasebook) -> Iterator[Translator]:
    made = Translator(
        tmp_path / "packages", tmp_path / "c.db", book, wording=Wording(memory=MemoryStore(tmp_path / "memory.db"))
    )
    made.argos.engine = FakeEngine(lambda text: "Today we send it.", WAY)  # type: ignore[assignment]
    made.argos.engine.name = "argos"
    made.bergamot.engine = FakeEngine(lambda text: "We ship today!", WAY)  # type: ignore[assignment]
    made.bergamot.engine.name = "bergamot"
    yield made
    made.close()


def ask(translator: Translator, text: str = SAID, **more: Any) -> list[Translated]:
    return translator.others(TranslateItem(ref="r", text=text), source="zh", target="en", purpose="write", **more)


def test_every_source_is_heard_the_sellers_own_words_first(translator: Translator) -> None:
    translator.memory.add([TmxPair("zh", "en", SAID, "Off it goes today!", 1.0)], "*", 1.0)
    found = ask(translator)
    assert [(one.engine, one.match) for one in found] == [
        ("memory", "memory"),
        ("phrasebook", "exact"),
        ("argos", "machine"),
        ("bergamot", "machine"),
    ]
    assert found[0].text == "Off it goes today!"
    assert len({one.text for one in found}) == 4
    assert {one.ref for one in found} == {"r"}


def test_two_that_say_the_same_are_one_answer(translator: Translator) -> None:
    translator.argos.engine.mangle = lambda text: "We ship today! "  # type: ignore[attr-defined]
    assert [one.engine for one in ask(translator, "货已经在路上喽朋友")] == ["argos"]


def test_what_is_only_nearly_alike_says_so(translator: Translator) -> None:
    translator.memory.add(
        [TmxPair("zh", "en", "蓝色的那一款鞋子明天可以补货", "Blue restocks tomorrow.", 1.0)], "*", 1.0
    )
    first = ask(translator, "蓝色的那一款裙子明天可以补货")[0]
    assert (first.match, first.doubt) == ("memory_near", ["near_memory"])
    assert first.memory is not None
    assert first.memory.similarity < 1


def test_an_engine_that_rests_or_fails_is_left_out(translator: Translator) -> None:
    translator.chain.breaker.failed("argos", ErrorCode.ENGINE_REFUSED)
    translator.bergamot.engine.mangle = lambda text: ""  # type: ignore[attr-defined]
    assert [one.engine for one in ask(translator)] == ["phrasebook"]


def test_engines_are_not_begun_once_it_takes_too_long(translator: Translator) -> None:
    ticks = iter([0.0, 1.0, 100.0])
    found = others(
        translator._translating,
        TranslateItem(ref="r", text="货已经在路上喽朋友"),
        source="zh",
        target="en",
        purpose="write",
        place=NOWHERE,
        around=lambda: NOTHING,
        clock=lambda: next(ticks),
    )
    assert [one.engine for one in found] == ["argos"]


def test_a_text_in_the_buyers_language_already_has_no_other_way(translator: Translator) -> None:
    assert translator.others(TranslateItem(ref="r", text="ok"), source="en", target="en", purpose="write") == []
