"""The whole way of a line with the seller's own words: memory, glossary, names, chat language, two languages."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from companion.protocol.methods.glossary import GlossaryTerm, ShopRef
from companion.protocol.methods.translate import Translated, TranslateItem
from companion.runtime.documents import Documents
from companion.translation import Translator
from companion.translation.chat_rules import ChatRules
from companion.translation.glossary.store import GlossaryStore
from companion.translation.memory.store import MemoryStore
from companion.translation.memory.tmx import TmxPair
from companion.translation.mixed import runs
from companion.translation.phrasebook.book import Phrasebook
from companion.translation.wording import Place, Wording

from .stands import REPO
from .test_service import FakeEngine

SHOP = ShopRef(marketplace="shopee", shop="sg-1")
KEY = "shopee/sg-1"


class World:
    """A translator with everything, over an engine of the test's own."""

    def __init__(self, folder: Path, book: Phrasebook) -> None:
        self.glossary, self.memory = GlossaryStore(Documents(folder / "d.json")), MemoryStore(folder / "memory.db")
        wording = Wording(ChatRules(REPO / "rules" / "chat"), self.glossary, self.memory)
        self.translator = Translator(folder / "packages", folder / "c.db", book, wording=wording)
        self.engine = FakeEngine(lambda text: f"译：{text}", {("en", "zh"), ("es", "zh"), ("zh", "en")})
        self.translator.argos.engine = self.engine  # type: ignore[assignment]

    def ask(
        self, text: str, source: str = "", target: str = "zh", names: Sequence[str] = (), **more: str
    ) -> Translated:
        (answer,) = self.translator.translate(
            [TranslateItem(ref="r", text=text)], source=source, target=target, place=Place(SHOP, tuple(names)), **more
        )
        return answer


@pytest.fixture
def world(tmp_path: Path, book: Phrasebook) -> World:
    return World(tmp_path, book)


SAID, TOLD = "这款 12 号到货，先给您留 3 件", "It arrives on the 12, I keep 3 for you"


def test_what_was_confirmed_is_said_again_with_todays_numbers(world: World) -> None:
    world.memory.add([TmxPair("zh", "en", SAID, TOLD, 0)], KEY, 1.0)
    answer = world.ask("这款 15 号到货，先给您留 2 件", "zh", "en", purpose="write")
    assert (answer.match, answer.engine, answer.doubt) == ("memory", "memory", [])
    assert answer.text == "It arrives on the 15, I keep 2 for you"
    assert answer.memory is not None
    assert (answer.memory.similarity, answer.memory.said, answer.memory.told) == (1.0, SAID, TOLD)
    assert world.engine.batches == []


def test_the_memory_comes_before_the_phrasebook_and_never_back(world: World) -> None:
    world.memory.add([TmxPair("en", "zh", "Where is my package?", "我家的包裹呢", 0)], KEY, 1.0)
    assert world.ask("where is my package?", "en").text == "我家的包裹呢"
    back = world.ask("where is my package?", "en", purpose="back")
    assert back.engine == "phrasebook", "a check must show what the buyer reads"


def test_a_near_pair_stands_beside_the_engine_and_speaks_only_where_there_is_none(world: World) -> None:
    world.memory.add([TmxPair("zh", "en", SAID, TOLD, 0)], KEY, 1.0)
    near = "这款 15 号到货，先给您留 2 件哦"
    answer = world.ask(near, "zh", "en", purpose="write")
    assert (answer.match, answer.engine) == ("machine", "fake")
    assert answer.memory is not None
    assert 0.8 <= answer.memory.similarity < 1
    world.engine._pairs.clear()
    alone = world.ask(near + "!", "zh", "en", purpose="write")
    assert (alone.match, alone.engine, alone.doubt) == ("memory_near", "memory", ["near_memory"])
    assert alone.text == "It arrives on the 15, I keep 2 for you"


def test_the_named_engine_is_asked_although_the_memory_knows(world: World) -> None:
    world.memory.add([TmxPair("en", "zh", "the strap came off", "带子掉了", 0)], KEY, 1.0)
    assert world.ask("the strap came off", "en").match == "memory"
    assert world.ask("the strap came off", "en", engine="argos").match == "machine"


def test_a_changed_term_makes_a_new_translation(world: World) -> None:
    line = "is the cream one of Sea Breeze left, Anna?"
    world.glossary.put(SHOP, GlossaryTerm(text="cream", language="en", renderings={"zh": "奶油色"}))
    first = world.ask(line, "en", names=["Anna"])
    assert "奶油色" in first.text
    assert "Anna" in first.text
    assert "Sea Breeze" not in world.engine.batches[0][0].replace("Sea Breeze", "", 1)
    world.ask(line, "en", names=["Anna"])
    assert len(world.engine.batches) == 1, "from the cache"
    term = world.glossary.own(SHOP)[0]
    world.glossary.put(SHOP, GlossaryTerm(text="cream", language="en", renderings={"zh": "奶白色"}, id=term.id))
    assert "奶白色" in world.ask(line, "en", names=["Anna"]).text
    assert len(world.engine.batches) == 2


def test_the_engine_gets_no_slang_no_name_and_no_term(world: World) -> None:
    world.glossary.put(SHOP, GlossaryTerm(text="QuietCup", keep=True))
    world.ask("pls send QuietCup 2 Anna asap lol 👍", "en", names=["Anna"])
    assert world.engine.batches == [["please send [[0]] 2 [[1]] as soon as possible"]]


# -- two languages -----------------------------------------------------------------------------------------------

MIXED = "Hola, ¿dónde está mi pedido de la semana pasada? I paid for it ten days ago already."


def test_each_language_of_a_message_is_translated_from_its_own(world: World) -> None:
    answer = world.ask(MIXED)
    assert answer.match == "machine"
    sent = [text for batch in world.engine.batches for text in batch]
    assert [text.split()[0] for text in sent] == ["Hola,", "I"]
    assert answer.text.count("译") == 2
    assert answer.source in ("es", "en")


def test_what_is_in_the_target_language_already_stays(world: World) -> None:
    answer = world.ask("亲，在吗？请问这个还有货吗？ I paid for it ten days ago already.")
    assert answer.text.startswith("亲，在吗？请问这个还有货吗？ 译")
    assert answer.source == "en"


def test_a_run_without_an_engine_lets_the_whole_be_tried(world: World) -> None:
    world.engine._pairs.discard(("es", "zh"))
    answer = world.ask(MIXED, prior="en")
    assert answer.match in ("machine", "none")
    assert not (answer.match == "machine" and answer.text.count("译") == 0)


@pytest.mark.parametrize(
    "text",
    [
        "Where is my order? It has been two weeks.",
        "ok thx. gracias",
        "iPhone 15 Pro Max. 有货吗？",
        "在吗？什么时候发货？",
        "Hola! Quiero el rojo. ok",
        "",
        "👍 👍",
    ],
)
def test_one_language_or_an_uncertain_word_is_no_reason_to_cut(text: str) -> None:
    assert runs(text) == []


def test_runs_joined_are_the_message() -> None:
    for text in (MIXED, "  " + MIXED + "\n", "Где мой заказ? " + MIXED, "亲，在吗？\n\nWhere is my order please?"):
        cut = runs(text)
        assert len(cut) > 1
        assert "".join(run.text + run.after for run in cut) == text
