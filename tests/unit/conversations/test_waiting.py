"""Who waits for an answer, by what the list showed and what the archive holds."""

from __future__ import annotations

from dataclasses import replace

import pytest

from companion.conversations.waiting import Question, Shown, Tail, question, same, waits

AT = 1_788_420_600.0
ROW = Shown(preview="Is it blue?", last="unknown", unread=1, at=AT, span=60, changed_at=AT + 5)
OPEN = Question(AT, 60, True)


@pytest.mark.parametrize(
    ("last", "unread", "system", "asked"),
    [
        ("buyer", 0, False, True),
        ("unknown", 1, False, True),
        ("seller", 0, False, False),
        # a seller's own preview is never a question, whatever the badge counts
        ("seller", 3, False, False),
        ("unknown", 0, False, False),
        ("buyer", 2, True, False),
        ("unknown", 2, True, False),
    ],
)
def test_a_first_look(last: str, unread: int, system: bool, asked: bool) -> None:
    row = replace(ROW, last=last, unread=unread, system=system)  # type: ignore[arg-type]
    assert question(None, None, row) == (OPEN if asked else None)
    assert waits(row, OPEN, None) == (None if system else OPEN)


def test_reading_a_question_does_not_answer_it() -> None:
    assert question(ROW, OPEN, replace(ROW, unread=0)) == OPEN


def test_other_words_without_a_mark_are_nobodys() -> None:
    assert question(ROW, OPEN, replace(ROW, unread=0, preview="Yes, it is")) is None
    # the same short words an hour later are another message
    assert question(ROW, OPEN, replace(ROW, unread=0, at=AT + 3600)) is None


def test_who_asks_again_waits_since_the_first_question() -> None:
    assert question(ROW, OPEN, replace(ROW, preview="Hello??", unread=2, at=AT + 600, changed_at=AT + 610)) == OPEN


def test_without_a_time_the_first_look_counts() -> None:
    assert question(None, None, replace(ROW, at=None, span=0)) == Question(AT + 5, 0, False)


def test_the_same_words() -> None:
    assert same(ROW, replace(ROW, preview="Is  it\nblue?", at=None))
    assert same(ROW, replace(ROW, at=AT - 3000, span=86_400)), "a coarser reading of the same time"
    assert not same(ROW, replace(ROW, preview="Is it red?"))


def tail(text: str = "Yes", sent: float | None = AT + 120, seen: float = AT + 130, who: str = "seller") -> Tail:
    return Tail(who, text, sent, 60, seen)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("last", "answered"),
    [
        (tail(), True),
        # yesterday's answer, seen just now because the conversation was opened just now
        (tail(sent=AT - 86_400, seen=AT + 130), False),
        # within the same minute: an answer if the archive saw it after the list had shown the question
        (tail(sent=AT, seen=AT + 30), True),
        (tail(sent=AT, seen=AT - 30), False),
        (tail(sent=None, seen=AT + 30), True),
        (tail(sent=None, seen=AT - 30), False),
        (tail(who="buyer", text="Is it blue?"), False),
    ],
)
def test_an_answer_in_the_archive(last: Tail, answered: bool) -> None:
    assert waits(ROW, OPEN, last) == (None if answered else OPEN)


def test_a_question_after_an_answer_waits_since_it_was_asked() -> None:
    later = replace(ROW, preview="And red?", at=AT + 900, changed_at=AT + 905, last="buyer")
    assert waits(later, OPEN, tail()) == Question(AT + 900, 60, True)


def test_in_an_open_conversation_the_archive_knows_who_wrote_last() -> None:
    row = replace(ROW, unread=0, preview="Is it bl…")
    assert waits(row, None, tail("Is it blue?", who="buyer")) == Question(AT + 120, 60, True)
    assert waits(row, None, tail("Is it blue?", who="buyer", sent=None)) == Question(AT + 130, 60, False)
    assert waits(row, None, tail("It is bleu", who="buyer")) is None, "the list shows other words"
    assert waits(row, None, tail("Is it blue?")) is None
    assert waits(replace(row, last="seller"), None, tail("Is it blue?", who="buyer")) is None
    assert waits(replace(row, preview="…"), None, tail("Is it blue?", who="buyer")) is None
