"""The buyer's state machine: waits, recognises an answer, thanks, goes on, gets impatient, never talks forever."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from companion.practice.buyer import MAX_COMPLAINTS, MAX_REPEATS, PATIENCE_S, Mood, arrive, hear, wait
from companion.practice.cast import buyers

EMILY = buyers()["emily"]


def test_arrives_with_greeting_and_question_in_that_order() -> None:
    mood, lines = arrive(EMILY, 100.0)
    assert [line.text for line in lines] == ["hi there", "When will order 576461890213347221 ship?"]
    assert 0 < lines[0].after < lines[1].after
    assert mood.waiting
    assert mood.since == 100.0 + lines[-1].after


def test_a_fitting_answer_is_thanked_for_and_leads_to_the_next_question() -> None:
    mood, _ = arrive(EMILY, 0.0)
    mood, lines = hear(EMILY, mood, "We will ship your order today.", 10.0)
    assert [line.text for line in lines] == ["Okay, got it.", "How long does delivery take?"]
    assert mood.ask == 1
    mood, lines = hear(EMILY, mood, "It will arrive in 5 to 8 days.", 20.0)
    assert lines[-1].text.startswith("Thank you for your help!")
    assert mood.done
    assert not mood.waiting


def test_a_satisfied_buyer_is_silent_whatever_comes() -> None:
    mood, _ = arrive(EMILY, 0.0)
    for answer in ("We ship today", "It arrives tomorrow"):
        mood, _ = hear(EMILY, mood, answer, 1.0)
    mood, lines = hear(EMILY, mood, "Have a nice day!", 2.0)
    assert lines == []
    assert wait(EMILY, mood, 10_000.0)[1] == []


def test_a_missed_question_is_repeated_a_bounded_number_of_times() -> None:
    mood, _ = arrive(EMILY, 0.0)
    said = []
    for n in range(MAX_REPEATS + 3):
        mood, lines = hear(EMILY, mood, "Hello dear, welcome!", float(n))
        said += [line.text for line in lines]
    assert said == [EMILY.asks[0].again] * MAX_REPEATS
    assert mood.ask == 0


def test_chinese_is_complained_about_and_does_not_answer() -> None:
    mood, _ = arrive(EMILY, 0.0)
    said = []
    for n in range(MAX_COMPLAINTS + 2):
        mood, lines = hear(EMILY, mood, "我们今天就给您发货。", float(n))
        said += [line.text for line in lines]
    assert said == [EMILY.chinese] * MAX_COMPLAINTS
    assert mood.waiting
    assert mood.ask == 0


def test_impatience_comes_in_time_twice_and_stops() -> None:
    mood, _ = arrive(EMILY, 0.0)
    start = mood.since
    assert wait(EMILY, mood, start + PATIENCE_S[0] - 0.1) == (mood, [])
    mood, lines = wait(EMILY, mood, start + PATIENCE_S[0])
    assert [line.text for line in lines] == [EMILY.nudges[0]]
    mood, lines = wait(EMILY, mood, mood.since + PATIENCE_S[1])
    assert [line.text for line in lines] == [EMILY.nudges[1]]
    assert wait(EMILY, mood, mood.since + 100_000.0)[1] == []


def test_who_has_not_arrived_hears_nothing() -> None:
    assert hear(EMILY, Mood(), "We ship today", 0.0) == (Mood(), [])
    assert wait(EMILY, Mood(), 1e9) == (Mood(), [])


@settings(max_examples=60)
@given(
    buyer=st.sampled_from(list(buyers().values())),
    answers=st.lists(
        st.text(max_size=40) | st.sampled_from(["今天发货", "we ship today", "#1", "本日発送"]), max_size=25
    ),
)
def test_no_conversation_makes_a_buyer_talk_without_end(buyer, answers) -> None:  # type: ignore[no-untyped-def]
    mood, lines = arrive(buyer, 0.0)
    said = len(lines)
    for n, answer in enumerate(answers):
        mood, lines = hear(buyer, mood, answer, float(n))
        said += len(lines)
        assert all(line.text and line.after > 0 for line in lines)
    most = sum(len(ask.say) + len(ask.pleased) + MAX_REPEATS for ask in buyer.asks)
    assert said <= len(buyer.hello) + most + len(buyer.bye) + MAX_COMPLAINTS
