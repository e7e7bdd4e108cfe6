"""Notes are found by their words, beside the messages and as a filter of them."""

from __future__ import annotations

from typing import Any

import pytest

from companion.conversations import Archive, erasing, notes
from companion.conversations.notes import SHOWN
from companion.protocol.methods.archive import SearchParams, ThreadMarkParams

from .conftest import window_of


def note(archive: Archive, thread_id: int, words: str, **marks: Any) -> None:
    archive.mark(ThreadMarkParams(thread_id=thread_id, note=words, **marks))


def noted(archive: Archive, query: str, **asked: Any) -> list[tuple[int, str]]:
    found = archive.search(SearchParams(query=query, **asked)).notes
    return [(hit.thread_id, "".join(f"[{s.text}]" if s.hit else s.text for s in hit.note)) for hit in found]


def found(archive: Archive, query: str) -> list[str]:
    return ["".join(span.text for span in hit.text) for hit in archive.search(SearchParams(query=query)).hits]


@pytest.fixture
def three(archive: Archive) -> Archive:
    """Conversations 1 ("hola", "<listo"), 2 ("bonjour") and 3 ("hi"), the first two with notes."""
    archive.see(window_of("hola", "<listo", thread="t1"))
    archive.see(window_of("bonjour", thread="t2"))
    archive.see(window_of("hi", thread="t3"))
    note(archive, 1, "下次送小礼物, asked TWICE for a refund", star=True)
    note(archive, 2, "Ärger: refunded, 100% paid_twice")
    return archive


def test_plain_words_find_notes_beside_messages(three: Archive) -> None:
    assert noted(three, "礼物") == [(1, "下次送小[礼物], asked TWICE for a refund")]
    assert noted(three, "refun") == [
        (2, "Ärger: [refunded], 100% paid_twice"),
        (1, "下次送小礼物, asked TWICE for a [refund]"),
    ], "written last first, and the beginning of a word is enough"
    assert noted(three, '"refund"') == [(1, "下次送小礼物, asked TWICE for a [refund]")]
    assert noted(three, "arger -twice") == noted(three, "nobody") == []
    assert noted(three, "twice -arger") == [(1, "下次送小礼物, asked [TWICE] for a refund")]
    assert noted(three, "0% pa") == noted(three, "d_t") == [], "signs of LIKE are signs like any other"
    assert found(three, "refund") == [], "a note is no message"


def test_filters_are_about_the_conversation(three: Archive) -> None:
    assert [each for each, _ in noted(three, "refund is:starred")] == [1]
    assert [each for each, _ in noted(three, "refund from:me")] == [1]
    assert [each for each, _ in noted(three, "refund -from:me after:2026-09-01")] == [2, 1]
    assert noted(three, "refund after:2027") == noted(three, "refund tag:nobody") == []
    assert noted(three, "is:starred") == noted(three, "in:original refund") == []


def test_an_operator_finds_the_messages_of_noted_conversations(three: Archive) -> None:
    assert found(three, "note:礼物") == ["listo", "hola"]
    assert [each for each, _ in noted(three, "note:礼物")] == [1]
    assert found(three, "备注：refund 来自:我") == ["listo"]
    assert found(three, "-note:礼物") == ["hi", "bonjour"]
    assert found(three, "has:note bonjour") == ["bonjour"]
    assert found(three, "-包含:备注") == ["hi"]
    assert found(three, "note:nobody") == []
    note(three, 1, "")
    assert found(three, "note:礼物") == noted(three, "礼物") == []
    assert found(three, "has:note") == ["bonjour"]


def test_a_message_that_comes_later_belongs_to_the_noted_conversation(three: Archive) -> None:
    three.see(window_of("hola", "<listo", "gracias", thread="t1"))
    assert found(three, "has:note gracias") == ["gracias"]


def test_no_more_than_fit_the_first_page(three: Archive) -> None:
    for number in range(4, SHOWN + 6):
        three.see(window_of("m", thread=f"t{number}"))
        note(three, number, f"late {number}")
    assert [each for each, _ in noted(three, "late")] == list(range(SHOWN + 5, 5, -1))
    more = three.search(SearchParams(query="m", limit=2)).more
    assert noted(three, "m", before=more) == []


def test_the_words_of_notes_are_kept_in_step(three: Archive) -> None:
    with three._database.write() as connection:
        connection.exec_driver_sql("UPDATE note_words SET words = ' other ' WHERE thread_id = 1")
    assert [(each.kind, each.thread) for each in three.keeping.verify()] == [("index_note", 1)]
    with three._database.write() as connection:
        notes.keep(connection, 1, "下次送小礼物, asked TWICE for a refund")


def test_erasing_takes_the_words(three: Archive) -> None:
    with three._database.write() as connection:
        erasing.erase(connection, 1, "asked", 2.0)
        left = connection.exec_driver_sql("SELECT thread_id FROM note_words").scalars().all()
    assert list(left) == [2]
    assert noted(three, "礼物") == []
