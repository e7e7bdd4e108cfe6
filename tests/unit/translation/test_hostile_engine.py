"""2,000 messages in 12 languages through an engine that spoils marks in every way: nothing protected is lost."""

from __future__ import annotations

from collections import Counter

import pytest

from companion.translation.chat_rules import ChatRules
from companion.translation.guarded import translate_guarded
from companion.translation.marks import BRACKETS, STYLES, MarkStyle
from companion.translation.pipeline import Direction
from companion.translation.protect import items_in
from companion.translation.tone.manner import Manner, speak
from companion.translation.tone.rules import ToneBook

from .hostile import WAYS, HostileEngine
from .messages import KNOWN, LANGUAGES, message, whole
from .stands import REPO

CHAT = ChatRules(REPO / "rules" / "chat")
MESSAGES = 2_000


@pytest.mark.parametrize("style", STYLES.values(), ids=STYLES)
def test_every_protected_item_comes_out_as_it_must(style: MarkStyle) -> None:
    lost = []
    seen: Counter[str] = Counter()
    for seed in range(MESSAGES if style is BRACKETS else MESSAGES // 5):
        said = message(seed)
        way = Direction(said.source, said.target, CHAT.of(said.source), CHAT.of(said.target), KNOWN, style)
        (answer,) = translate_guarded(HostileEngine(seed), [said.text], said.source, said.target, way)
        seen[said.source] += 1
        if said.missing(answer.text) or "protection_lost" in answer.doubt:
            lost.append((seed, said.missing(answer.text), said.text, answer.text))
    assert lost[:3] == []
    assert len(seen) == len(LANGUAGES)


def test_the_generator_makes_what_protection_knows() -> None:
    """Otherwise the test above would try nothing."""
    kinds = {item.kind for seed in range(400) for item in items_in(message(seed).text, known=KNOWN)}
    assert {
        "url", "email", "markup", "price", "order", "tracking", "phone", "date", "dims", "code", "model", "name",
        "time", "measure", "size", "digits", "snippet", "term", "person",
    } <= kinds  # fmt: skip


def test_no_tone_changes_a_protected_item() -> None:
    rules = ToneBook(REPO / "rules" / "tone")
    lost, changed = [], 0
    for seed in range(MESSAGES // 4):
        said = message(seed)
        text, spoken = said.text, rules.of(said.source)
        assert spoken is not None
        wanted = Counter(item.value for item in items_in(text, known=KNOWN))
        for manner in (Manner("plain", "khrap"), Manner("warm", "kha"), Manner("formal", "khrap")):
            told = speak(text, manner, spoken, KNOWN).text
            changed += told != text
            if any(whole(item, told) < min(times, whole(item, text)) for item, times in wanted.items()):
                lost.append((seed, manner.tone, text, told))
    assert lost[:3] == []
    assert changed > MESSAGES // 8


@pytest.mark.parametrize("way", WAYS)
def test_each_way_of_spoiling_alone(way: str) -> None:
    text = "where is LX123456789CN, I paid $25.99 to Anna and size 3XL"
    direction = Direction("en", "zh", CHAT.of("en"), CHAT.of("zh"), KNOWN)
    (answer,) = translate_guarded(HostileEngine(1, (way,)), [text], "en", "zh", direction)
    assert [item for item in ("LX123456789CN", "$25.99", "3XL") if whole(item, answer.text) != 1] == []
