"""The seller's tone: what a buyer reads follows it, what is certain is raised, and what falls short is said."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from companion.protocol.methods.archive import DraftInsertedParams
from companion.protocol.methods.glossary import ShopRef
from companion.protocol.methods.translate import Translated, TranslateItem
from companion.protocol.values import ThreadRef
from companion.translation import Translator
from companion.translation.engines.base import Capabilities
from companion.translation.memory.store import MemoryStore
from companion.translation.phrasebook.book import Phrasebook
from companion.translation.phrasebook.compile import read_yaml
from companion.translation.protect import NOTHING_KNOWN, Known, Term
from companion.translation.remote.context import Context
from companion.translation.tone.level import level_of
from companion.translation.tone.manner import AS_IT_IS, Manner, speak
from companion.translation.tone.rules import ToneBook
from companion.translation.tone.tones import Tones
from companion.translation.wording import Place, Wording

from .familiar import FAMILIAR, NOT_FAMILIAR
from .stands import PHRASES, REPO
from .test_service import FakeEngine

RULES = ToneBook(REPO / "rules" / "tone")
SAID = "这款耐磨又透气，颜色任挑。"


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Phrasebook:
    """A small one: the whole takes seconds to compile."""
    folder = tmp_path_factory.mktemp("book")
    shutil.copytree(PHRASES / "slots", folder / "phrases" / "slots")
    shutil.copy(PHRASES / "shipping.yml", folder / "phrases")
    return Phrasebook(folder / "phrases", folder)


@pytest.fixture
def translator(tmp_path: Path, book: Phrasebook) -> Iterator[Translator]:
    made = Translator(
        tmp_path / "packages",
        tmp_path / "c.db",
        book,
        wording=Wording(memory=MemoryStore(tmp_path / "memory.db")),
        tones=Tones.of(REPO / "rules" / "tone"),
    )
    yield made
    made.close()


def engine(answer: str, source: str = "zh", target: str = "de") -> Any:
    return FakeEngine(lambda _text: answer, {(source, target)})


def write(translator: Translator, text: str, target: str, tone: Any = "", **more: Any) -> Translated:
    manner = Manner(tone, more.pop("particle", ""), more.pop("turns", ()))
    item = TranslateItem(ref="r", text=text)
    (answer,) = translator.translate([item], source="zh", target=target, purpose="write", manner=manner, **more)
    return answer


def back(translator: Translator, text: str, source: str) -> Translated:
    item = TranslateItem(ref="r", text=text)
    (answer,) = translator.translate([item], source=source, target="zh", purpose="back")
    return answer


# -- recognising -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("code", FAMILIAR)
def test_what_speaks_as_to_a_friend_is_heard(code: str) -> None:
    rules = RULES.of(code)
    assert rules is not None
    missed = [line for line in FAMILIAR[code] if level_of(line, rules) != "familiar"]
    assert len(missed) <= 0.1 * len(FAMILIAR[code]), missed


@pytest.mark.parametrize("code", NOT_FAMILIAR)
def test_what_only_looks_familiar_is_left_alone(code: str) -> None:
    rules = RULES.of(code)
    assert rules is not None
    told = {line: speak(line, Manner("plain"), rules, NOTHING_KNOWN) for line in NOT_FAMILIAR[code]}
    assert [line for line, one in told.items() if one.level == "familiar" or one.doubt] == []


def test_a_text_is_as_polite_as_its_least_polite_sentence() -> None:
    rules = RULES.of("ko")
    assert rules is not None
    assert level_of("확인했습니다. 내일 발송해요.", rules) == "polite"
    assert level_of("확인했습니다. 내일 발송할게.", rules) == "familiar"


# -- what a buyer reads ------------------------------------------------------------------------------------------


def test_an_engine_that_says_du_is_mended_or_doubted_at_every_tone(translator: Translator) -> None:
    translator.argos.engine = engine("Du kannst dein Paket verfolgen.")
    mended = write(translator, SAID, "de", "plain")
    assert (mended.text, mended.level, mended.doubt) == ("Sie können Ihr Paket verfolgen.", "polite", [])
    translator.argos.engine = engine("Sobald du es zurückschickst, zahlen wir.")
    left = write(translator, SAID + "！", "de", "plain")
    assert left.text == "Sobald du es zurückschickst, zahlen wir."
    assert (left.tone, left.level, left.doubt) == ("plain", "familiar", ["familiar"])


def test_a_text_for_the_seller_has_no_tone(translator: Translator) -> None:
    translator.argos.engine = engine("Du bekommst jede Farbe.")
    answer = write(translator, SAID, "de")
    assert (answer.text, answer.tone, answer.level, answer.doubt) == ("Du bekommst jede Farbe.", "", "", [])


def test_the_phrasebooks_answer_follows_the_tone(translator: Translator) -> None:
    before = ("안녕하세요", "감사합니다")
    plain = write(translator, "我们明天给您发货。", "ko", "plain")
    formal = write(translator, "我们明天给您发货。", "ko", "formal", turns=before)
    warm = write(translator, "我们明天给您发货。", "ko", "warm", turns=before)
    assert plain.engine == formal.engine == warm.engine == "phrasebook"
    assert plain.text == formal.text == "내일 발송해 드리겠습니다."
    assert warm.text == "내일 발송해 드릴게요."
    assert (plain.level, warm.level) == ("formal", "polite")


def test_what_is_the_sellers_own_words_stays(translator: Translator) -> None:
    item = TranslateItem(ref="r", text="It ships today")
    (answer,) = translator.translate([item], source="en", target="en", purpose="write", manner=Manner("formal"))
    assert (answer.match, answer.text) == ("same", "It ships today")


def test_another_tone_is_another_text_of_the_same_engines_answer(translator: Translator) -> None:
    translator.argos.engine = made = engine("It is light.", target="en")
    texts = [write(translator, SAID, "en", tone).text for tone in ("plain", "warm", "formal", "plain")]
    assert texts[0] == texts[3] == "It is light."
    assert texts[1].startswith("Hi there! It is light. ")
    assert texts[2].startswith("Hello, thank you for your message. It is light. ")
    assert len(made.batches) == 1  # an offline engine knows no tone: it is asked once


def test_an_engine_that_is_told_the_tone_is_asked_for_each(translator: Translator) -> None:
    made = engine("It is light.", target="en")
    made.capabilities = Capabilities(tone=True)
    translator.argos.engine = made
    for tone in ("plain", "warm", "plain"):
        write(translator, SAID, "en", tone)
    assert len(made.batches) == 2


def test_the_frame_stands_once_in_a_conversation(translator: Translator) -> None:
    translator.argos.engine = engine("It is light.", target="en")
    assert write(translator, SAID, "en", "warm", turns=("Hi there! Yes.",)).text.startswith("It is light. If you need")
    assert write(translator, SAID, "en", "warm", turns=("Good morning, thank you!",)).text == "It is light."


@pytest.mark.parametrize("target", ["en", "ja", "th", "de"])
def test_protected_items_come_through_every_tone(translator: Translator, target: str) -> None:
    line = "RB123456789CN https://t.example/dein/du?x=1 $12.50 XL"
    said = f"单号 {line}"
    translator.argos.engine = engine(line, target=target)
    for tone in ("plain", "warm", "formal"):
        answer = write(translator, said, target, tone, particle="kha")
        for item in line.split(" "):
            assert f" {item} " in f" {answer.text} ", (tone, answer.text)


def test_names_and_terms_are_no_words_of_address() -> None:
    rules = RULES.of("de")
    assert rules is not None
    known = Known(("Du Yifan",), (Term("Dein Stil", "Dein Stil"),))
    told = speak("Du Yifan hat Dein Stil in deine Tasche gelegt.", Manner("plain"), rules, known)
    assert told.text == "Du Yifan hat Dein Stil in Ihre Tasche gelegt."


# -- back again --------------------------------------------------------------------------------------------------


def test_the_seller_sees_the_frame_in_the_translation_back(translator: Translator) -> None:
    asked: list[str] = []

    def mangle(text: str) -> str:
        asked.append(text)
        return "这款很轻。"

    translator.argos.engine = FakeEngine(mangle, {("en", "zh")})  # type: ignore[assignment]
    text = "Hi there! It feels light as air. If you need anything else, just let us know!"
    assert back(translator, text, "en").text == "您好！这款很轻。还有什么需要，随时告诉我们哦！"
    assert asked == ["It feels light as air."]


@pytest.mark.parametrize("target", FAMILIAR)
@pytest.mark.parametrize("tone", ["warm", "formal"])
def test_the_phrasebook_knows_its_own_sentences_in_every_tone(translator: Translator, target: str, tone: Any) -> None:
    """Else a seller without an engine for the language could not check what the buyer reads."""
    entries = [one for one in read_yaml(PHRASES / "shipping.yml")["entries"] if one["by"] == "seller"]
    said = [one["zh"][0] for one in entries if "{" not in one[target][0]]
    lost, changed = [], 0
    for text in said:
        plain, told = (write(translator, text, target, way, particle="khrap") for way in ("plain", tone))
        changed += plain.text not in told.text
        checked = back(translator, told.text, target)
        if checked.match != "exact" or back(translator, plain.text, target).text not in checked.text:
            lost.append((told.text, checked.text))
    assert len(said) > 15
    assert changed or (target, tone) not in {("ko", "warm"), ("ko", "formal"), ("ja", "formal")}
    assert lost == []


def test_a_frame_alone_and_an_unknown_language_are_translated_whole(translator: Translator) -> None:
    translator.argos.engine = FakeEngine(lambda text: "译：" + text, {("en", "zh"), ("it", "zh")})  # type: ignore[assignment]
    assert back(translator, "Hi there!", "en").match != "none"
    assert back(translator, "Hi there! Pronto subito domani.", "it").text.startswith("译：Hi there!")


# -- memory ------------------------------------------------------------------------------------------------------


def draft(written: str, text: str, target: str) -> DraftInsertedParams:
    return DraftInsertedParams(
        thread=ThreadRef(marketplace="shopee", shop="1", region="SG", thread="t"),
        written=written,
        written_language="zh",
        text=text,
        language=target,
        engine="fake",
        match="machine",
        inserted_at=1.0,
    )


def test_the_memory_keeps_the_words_and_not_the_frame(translator: Translator) -> None:
    text = "Hi there! Feather light. If you need anything else, just let us know!"
    assert translator.remember(draft(SAID, text, "en"))
    answer = write(translator, SAID, "en", "formal", place=_shop())
    assert (answer.match, answer.tone) == ("memory", "formal")
    assert answer.text.startswith("Hello, thank you for your message. Feather light.")
    assert write(translator, SAID, "en", "plain", place=_shop()).text == "Feather light."


def test_a_greeting_the_seller_wrote_stays_in_the_memory(translator: Translator) -> None:
    translator.remember(draft("您好！" + SAID, "Hi there! Feather light.", "en"))
    assert write(translator, "您好！" + SAID, "en", "plain", place=_shop()).text == "Hi there! Feather light."


def test_confirmed_words_are_not_rewritten_but_doubted(translator: Translator) -> None:
    translator.remember(draft(SAID, "Du bekommst jede Farbe.", "de"))
    answer = write(translator, SAID, "de", "plain", place=_shop())
    assert (answer.text, answer.match, answer.doubt) == ("Du bekommst jede Farbe.", "memory", ["familiar"])


def _shop() -> Place:
    return Place(ShopRef(marketplace="shopee", shop="1"))


# -- others, faults ----------------------------------------------------------------------------------------------


def test_other_answers_have_the_tone_too(translator: Translator) -> None:
    translator.argos.engine = engine("Du bekommst jede Farbe.")
    translator.argos.engine.name = "argos"  # type: ignore[misc]
    item = TranslateItem(ref="r", text=SAID)
    found = translator.others(item, source="zh", target="de", purpose="write", manner=Manner("warm"))
    assert [one.text for one in found] == [
        "Hallo! Sie bekommen jede Farbe. Wenn Sie noch etwas brauchen, schreiben Sie uns gern!"
    ]


def test_engines_that_can_be_told_hear_tone_and_politeness() -> None:
    tones = Tones.of(REPO / "rules" / "tone")
    told = tones.told(Context(facts="cups"), Manner("formal"), "ko")
    assert (told.tone, told.facts) == ("formal", "cups")
    assert "합니다체" in told.address
    assert told.digest() != Context(facts="cups").digest()
    assert tones.told(Context(), Manner("warm"), "es").address == ""


def test_a_faulty_or_missing_file_changes_nothing(tmp_path: Path) -> None:
    (tmp_path / "de.yml").write_text("language: fr\n", "utf-8")
    answer = Translated(
        ref="r", text="Du bist.", source="zh", target="de", sure=True, engine="x", match="machine", doubt=[], missing=[]
    )
    told = Tones.of(tmp_path).speak(answer, Manner("warm"), lambda: NOTHING_KNOWN)
    assert (told.text, told.tone, told.doubt) == ("Du bist.", "warm", [])
    assert Tones.of(tmp_path).speak(answer, AS_IT_IS, lambda: NOTHING_KNOWN) is answer
