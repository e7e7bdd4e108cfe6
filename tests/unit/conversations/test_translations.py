"""Translations beside their messages, the backlog, and the language of a thread."""

from __future__ import annotations

from typing import Any

import pytest

from companion.protocol import ErrorCode, SeabridgeError
from companion.protocol.methods.archive import SearchParams, ThreadListParams, ThreadMessagesParams
from companion.protocol.values import ThreadRef


def shown(archive: Any, language: str = "") -> list[Any]:
    return list(archive.messages(ThreadMessagesParams(thread_id=1), language).messages)


def test_a_translation_is_shown_and_found(archive: Any, window: Any) -> None:
    [row] = archive.see(window("quiero un reembolso")).rows
    archive.translations.add(row.id, "zh", "我想要退款", "argos", "machine", ["doubt_numbers"], "es", True)
    [message] = shown(archive)
    assert (message.translation, message.engine, message.match, message.language) == (
        "我想要退款",
        "argos",
        "machine",
        "es",
    )
    assert archive.threads(ThreadListParams()).threads[0].last_translation == "我想要退款"
    assert len(archive.search(SearchParams(query="退款")).hits) == 1


def test_a_new_translation_replaces_the_old_one_in_the_index_too(archive: Any, window: Any) -> None:
    [row] = archive.see(window("quiero un reembolso")).rows
    archive.translations.add(row.id, "zh", "我想要赔偿", "argos", "machine", [], "es", True)
    archive.translations.add(row.id, "zh", "我想要退款", "other", "machine", [], "es", True)
    assert archive.search(SearchParams(query="赔偿")).hits == []
    assert [m.translation for m in shown(archive)] == ["我想要退款"]


def test_the_language_asked_for_comes_first(archive: Any, window: Any) -> None:
    [row] = archive.see(window("quiero un reembolso")).rows
    archive.translations.add(row.id, "en", "I want a refund", "argos", "machine", [], "es", True)
    archive.translations.add(row.id, "zh", "我想要退款", "argos", "machine", [], "es", True)
    assert shown(archive)[0].translation == "我想要退款"
    assert shown(archive, "en")[0].translation == "I want a refund"
    [hit] = archive.search(SearchParams(query="refund")).hits
    assert [s.text for s in hit.translation if s.hit] == ["refund"]
    # A phrase does not reach from one translation into the next.
    assert archive.search(SearchParams(query='"refund 我"')).hits == []


def test_a_message_in_the_seller_s_own_language_is_not_shown_twice_in_a_hit(archive: Any, window: Any) -> None:
    [row] = archive.see(window("我想要退款")).rows
    archive.translations.add(row.id, "zh", "我想要退款", "", "same", [], "zh", True)
    [hit] = archive.search(SearchParams(query="退款")).hits
    assert ("".join(s.text for s in hit.text), hit.translation) == ("我想要退款", [])


def test_a_failed_try_takes_nothing_away(archive: Any, window: Any) -> None:
    [row] = archive.see(window("quiero un reembolso")).rows
    archive.translations.add(row.id, "zh", "我想要退款", "argos", "machine", [], "es", True)
    archive.translations.add(row.id, "zh", "", "", "none", [], "", False)
    assert shown(archive)[0].translation == "我想要退款"
    assert shown(archive)[0].language == "es"


def test_what_the_seller_took_from_another_engine_is_shown_found_and_kept(
    archive: Any, window: Any, ref: ThreadRef
) -> None:
    rows = archive.see(window("quiero un  reembolso", "<quiero un reembolso", "otra", "quiero un reembolso")).rows
    for row in rows:
        archive.translations.add(row.id, "zh", "我想要赔偿", "argos", "machine", [], "es", True)
    taken = ("zh", "我想要退款", "deepseek", "machine", ["changed_number"])
    assert archive.translations.retake(ref, "quiero un reembolso\n", *taken) == 2
    assert [(m.translation, m.engine) for m in shown(archive)] == [
        ("我想要退款", "deepseek"), ("我想要赔偿", "argos"), ("我想要赔偿", "argos"), ("我想要退款", "deepseek"),
    ]  # fmt: skip
    assert len(archive.search(SearchParams(query="退款")).hits) == 2
    assert shown(archive)[0].language == "es"
    # what was begun before the seller's choice comes later
    archive.translations.add(rows[0].id, "zh", "我想要赔偿", "argos", "machine", [], "es", True, replace=False)
    assert shown(archive)[0].translation == "我想要退款"
    archive.translations.add(rows[0].id, "en", "I want a refund", "argos", "machine", [], "es", True, replace=False)
    assert shown(archive, "en")[0].translation == "I want a refund"
    other = ThreadRef(marketplace=ref.marketplace, shop=ref.shop, region=ref.region, thread="nobody")
    assert archive.translations.retake(other, "otra", *taken) == 0


def test_a_translation_of_nothing_is_refused(archive: Any) -> None:
    with pytest.raises(SeabridgeError) as caught:
        archive.translations.add(99, "zh", "x", "argos", "machine", [], "es", True)
    assert caught.value.code is ErrorCode.NOT_FOUND


def test_the_backlog_untried_first_then_what_failed_before(archive: Any, window: Any) -> None:
    rows = archive.see(window("one", "two", "<mine", "=system", "", "three")).rows
    assert [text for _, text, _ in archive.translations.missing(10)] == ["three", "two", "one"]
    archive.translations.add(rows[5].id, "zh", "", "", "none", [], "en", False)
    archive.translations.add(rows[1].id, "zh", "二", "argos", "machine", [], "en", True)
    assert archive.translations.missing(10) == [(rows[0].id, "one", 1), (rows[5].id, "three", 1)]
    assert archive.translations.missing(1) == [(rows[0].id, "one", 1)]


def test_a_guess_does_not_take_the_place_of_a_language_that_was_told(archive: Any, window: Any) -> None:
    [row] = archive.see(window("ok")).rows
    for language, sure, now in (("es", False, "es"), ("en", False, "es"), ("pt", True, "pt"), ("en", False, "pt")):
        archive.translations.add(row.id, "zh", "好的", "argos", "machine", [], language, sure)
        assert shown(archive)[0].language == now
        assert len(archive.search(SearchParams(query=f"lang:{now}")).hits) == 1


def test_what_was_translated_for_a_colleague_alone(archive: Any, window: Any) -> None:
    rows = archive.see(window("one", "two", "<mine", "three", "four")).rows
    archive.translations.add(rows[0].id, "zh", "一", "argos", "machine", [], "en", True)
    archive.translations.add(rows[2].id, "zh", "我的", "seller", "machine", [], "en", True)
    archive.translations.add(rows[3].id, "zh", "三", "argos", "machine", [], "en", True)
    archive.translations.add(rows[3].id, "pt-BR", "três", "argos", "machine", [], "en", True)
    assert archive.translations.missing_into("zh", 10) == []
    assert archive.translations.missing_into("es", 10) == [(rows[3].id, "three", 1), (rows[0].id, "one", 1)]
    assert archive.translations.missing_into("es", 1) == [(rows[3].id, "three", 1)]
    assert archive.translations.missing_into("pt", 10) == [(rows[0].id, "one", 1)], "Brazilian is Portuguese"
    archive.translations.add(rows[0].id, "es", "uno", "argos", "machine", [], "en", True)
    assert archive.translations.missing_into("es", 10) == [(rows[3].id, "three", 1)]


def test_the_language_of_a_thread(archive: Any, window: Any, ref: ThreadRef) -> None:
    assert archive.thread(ref).id == 0
    assert archive.set_language(ref, "es", "detected").id == 0
    archive.see(window("hola"))
    assert archive.set_language(ref, "es", "detected").language_source == "detected"
    assert archive.set_language(ref, "pt", "seller").language == "pt"
    assert archive.set_language(ref, "es", "detected").language == "pt"
    assert archive.thread(ref).language_source == "seller"
    cleared = archive.set_language(ref, "", "seller")
    assert (cleared.language, cleared.language_source) == ("", "unknown")
    assert archive.set_language(ref, "es", "detected").language == "es"


def test_the_sellers_choice_is_kept_before_the_first_message(archive: Any, window: Any, ref: ThreadRef) -> None:
    state = archive.set_language(ref, "th", "seller")
    assert state.id == archive.see(window("x")).thread_id
    assert archive.thread(ref).language == "th"


def test_the_tone_of_a_thread_stands_beside_its_language(archive: Any, window: Any, ref: ThreadRef) -> None:
    assert archive.set_tone(ref, "").id == 0
    assert archive.set_tone(ref, "warm").tone == "warm"
    assert archive.see(window("hola")).thread.tone == "warm"
    assert archive.set_language(ref, "es", "seller").tone == "warm"
    assert archive.set_tone(ref, "formal").language == "es"
    assert archive.thread(ref).tone == "formal"
    assert archive.set_tone(ref, "").tone == ""


def test_recent_texts_oldest_first(archive: Any, window: Any, ref: ThreadRef) -> None:
    assert archive.recent_texts(ref, 5) == []
    rows = archive.see(window("a", "<b", "c")).rows
    archive.translations.add(rows[2].id, "zh", "丙", "argos", "machine", [], "en", True)
    assert archive.recent_texts(ref, 2) == [("seller", "b", ""), ("buyer", "c", "en")]
