"""Which language a chat line is in."""

from __future__ import annotations

import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.translation.detect import Detected, detect, thread_language

from .detect_lines import FRESH, LINES, UNSURE


@pytest.mark.parametrize(("language", "text", "prior"), LINES, ids=lambda value: value if len(str(value)) > 2 else None)
def test_chat_lines(language: str, text: str, prior: str) -> None:
    assert detect(text, prior).language == language


def test_lines_the_detector_was_not_tuned_on() -> None:
    found = [(language, text, detect(text)) for language, text in FRESH]
    wrong = [(language, text, answer) for language, text, answer in found if answer.language != language]
    assert len(wrong) <= len(FRESH) * 0.08, wrong
    assert [entry for entry in wrong if entry[2].sure] == []


@pytest.mark.parametrize(("text", "prior"), UNSURE)
def test_unsure_is_a_result(text: str, prior: str) -> None:
    found = detect(text, prior)
    assert not found.sure
    assert not prior or found.language == prior


@given(st.text(max_size=80), st.sampled_from(["", "en", "ja", "xx"]))
def test_any_text_gets_an_answer(text: str, prior: str) -> None:
    assert isinstance(detect(text, prior), Detected)


def test_surrogates_and_control_characters_do_not_raise() -> None:
    assert detect("hello where is my order \ud800\x00\x07", "").language == "en"


def test_the_prior_decides_only_what_the_line_leaves_open() -> None:
    assert detect("在庫確認", "").language == "zh"
    assert detect("在庫確認", "ja") == Detected("ja", False)
    assert detect("什么时候发货", "ja") == Detected("zh", True)
    assert detect("Where is my order?", "es") == Detected("en", True)
    assert detect("ok", "pt") == Detected("pt", False)


def test_it_works_without_pycld2(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pycld2", None)
    assert detect("Where is my package? It should be here", "").language == "en"
    assert detect("주문 언제 오나요").language == "ko"
    assert not detect("zxqv bnmw").sure


def test_a_thread_speaks_what_most_of_its_certain_lines_speak() -> None:
    es, en, unsure = Detected("es", True), Detected("en", True), Detected("pt", False)
    assert thread_language([]) == ""
    assert thread_language([Detected("", False)]) == ""
    assert thread_language([unsure, unsure, es]) == "es"
    assert thread_language([unsure]) == "pt"
    assert thread_language([en, es]) == "es"
    assert thread_language([es, es, en]) == "es"
