"""How well the doubts tell broken outputs from good ones: recall at least 0.95, false alarms at most 0.05."""

from __future__ import annotations

from collections import Counter

import pytest

from companion.translation.verify import doubts

from .broken import LANGUAGES, WAYS, Pair, broken, phrasebook, support_chat

EACH = 60
RECALL, FALSE_ALARMS = 0.95, 0.05


@pytest.fixture(scope="module")
def book() -> list[Pair]:
    return phrasebook()


def _found(pair: Pair, output: str) -> list[str]:
    return doubts(pair.said, output, source=pair.source, target=pair.target)


def _recall(pairs: list[Pair]) -> tuple[float, dict[str, float], list[tuple[str, Pair, str]]]:
    made: Counter[str] = Counter()
    caught: Counter[str] = Counter()
    missed = []
    for way, pair, output, _code in broken(pairs, EACH):
        made[way] += 1
        if _found(pair, output):
            caught[way] += 1
        else:
            missed.append((way, pair, output))
    return sum(caught.values()) / sum(made.values()), {way: caught[way] / made[way] for way in made}, missed


def test_broken_outputs_of_the_phrasebook_are_doubted(book: list[Pair]) -> None:
    recall, by_way, missed = _recall(book)
    assert set(by_way) == set(WAYS)
    assert recall >= RECALL, (by_way, missed[:5])
    assert min(by_way.values()) >= 0.8, by_way


def test_the_doubt_names_what_is_wrong(book: list[Pair]) -> None:
    named = [code in _found(pair, output) for _way, pair, output, code in broken(book, EACH)]
    assert sum(named) / len(named) >= 0.9


def test_the_broken_set_is_large_and_of_every_language(book: list[Pair]) -> None:
    made = list(broken(book, EACH))
    assert len(made) >= 300
    assert {pair.target for _way, pair, _output, _code in made} == set(LANGUAGES)
    assert {pair.source for _way, pair, _output, _code in made} == set(LANGUAGES)


def test_good_sentences_of_the_phrasebook_are_believed(book: list[Pair]) -> None:
    alarms = Counter((pair.source, pair.target) for pair in book if _found(pair, pair.told))
    assert alarms.total() / len(book) <= FALSE_ALARMS
    pairs = Counter((pair.source, pair.target) for pair in book)
    worst = max(pairs, key=lambda way: alarms[way] / pairs[way])
    assert alarms[worst] / pairs[worst] <= 2 * FALSE_ALARMS, worst


def test_real_support_chat_is_believed_and_broken_chat_is_not() -> None:
    chat = support_chat()
    if not chat:
        pytest.skip("the WMT24 chat set is not here (a folder data beside this one)")
    alarms = sum(bool(_found(pair, pair.told)) for pair in chat)
    assert alarms / len(chat) <= FALSE_ALARMS
    recall, by_way, missed = _recall(chat)
    assert recall >= RECALL, (by_way, missed[:5])
