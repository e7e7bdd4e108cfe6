"""Fields of a listing: what an engine sees of them, what stays, and what it cannot add."""

from __future__ import annotations

import json
import random
import re
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from companion.protocol.methods.glossary import GlossaryTerm, ShopRef
from companion.protocol.methods.translate import Translated, TranslateItem
from companion.translation import listing
from companion.translation.chat_rules import ChatRules
from companion.translation.glossary.store import GlossaryStore
from companion.translation.guarded import translate_guarded
from companion.translation.pipeline import Direction
from companion.translation.service import Translator
from companion.translation.wording import Place, Wording

from .hostile import HostileEngine
from .messages import items
from .stands import REPO
from .test_service import FakeEngine

#: A phrasebook of one sentence: the shipped one takes seconds to read.
THANKS = """topic: thanks
entries:
  - {key: thank-you, by: both, zh: ["谢谢您！"], en: ["Thank you!"], pt: ["Obrigado!"]}
"""
WAY = Direction("en", "zh", kind="listing")


def upper(engine_texts: Sequence[str]) -> list[str]:
    return [text.upper() for text in engine_texts]


def said(text: str) -> list[str]:
    """What of a field an engine sees."""
    return [part.said for part in listing.cut(text) if not part.keep]


def through(mangle: Any, text: str, way: Direction = WAY) -> Any:
    return translate_guarded(FakeEngine(mangle), [text], way.source, way.target, way)[0]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Folds flat.\n\nHolds 72 L.", ["Folds flat.", "Holds 72 L."]),
        ("• Folds flat\n- Wipe clean\n2. Light\n③ Strong", ["Folds flat", "Wipe clean", "Light", "Strong"]),
        ("【Large capacity】Holds two loads", ["Large capacity", "Holds two loads"]),
        ("Desk Lamp | 3 Colours | USB-C", ["Desk Lamp", "3 Colours", "USB-C"]),
        ("★ Made by hand ★\r\nBrass", ["Made by hand", "Brass"]),
        ("<p>One <b>two</b> three</p><ul><li>four</li></ul>", ["One <b>two</b> three", "four"]),
        ('<div style="a: b"><span class="x">Only</span></div>', ["Only"]),
        ("<style>p { color: red }</style><p>Words</p><!-- hidden words -->", ["Words"]),
        ("<p>caf&eacute;&nbsp;cups &amp; plates, it&#39;s &lt;new&gt;</p>",
         ["café\u00a0cups &amp; plates, it's &lt;new&gt;"]),
        ("AT&T; less than < 5 kg", ["AT&T; less than < 5 kg"]),
        ("100% - 5 °C", ["100% - 5 °C"]),
    ],
)  # fmt: skip
def test_an_engine_sees_words_and_no_structure(text: str, words: list[str]) -> None:
    assert said(text) == words
    if "&" not in text:
        assert "".join(part.said for part in listing.cut(text)) == text


def test_structure_comes_out_as_it_went_in() -> None:
    image = '<img src="https://x.test/a b.jpg">'
    found = through(str.upper, f'<p class="a">Flat.</p>\n<ul>\n <li><b>Light</b> &amp; strong</li>\n</ul>{image}')
    assert found.text == f'<p class="a">FLAT.</p>\n<ul>\n <li><b>LIGHT</b> &amp; STRONG</li>\n</ul>{image}'
    assert "protection_lost" not in found.doubt


def test_a_tag_within_a_sentence_survives_an_engine_that_loses_marks() -> None:
    text = '<p>The <b style="font-size: 18px; color: rgb(51, 51, 51)">brass lamp</b> stands on any desk.</p>'
    found = through(lambda words: words.replace("[[", "").replace("]]", "").upper(), text)
    assert '<b style="font-size: 18px; color: rgb(51, 51, 51)">' in found.text
    assert found.text.count("</b>") == 1
    assert "BRASS LAMP" in found.text
    assert "pieced_together" in found.doubt


@pytest.mark.parametrize("answer", ["<script>alert(1)</script>灯", "灯<img src=x onerror=alert(1)>", "灯 < 5 & 3"])
def test_an_engine_puts_no_markup_into_html(answer: str) -> None:
    found = through(lambda _words: answer, "<p>Lamp</p>")
    assert listing.TAG.findall(found.text) == ["<p>", "</p>"]
    assert ("markup_added" in found.doubt) == ("灯 <" not in answer)
    assert "&lt;" in found.text


def test_markup_in_a_field_of_words_is_doubted_and_left_as_it_is() -> None:
    found = through(lambda _words: "灯 <b>新</b>", "New lamp")
    assert found.text == "灯 <b>新</b>"
    assert "markup_added" in found.doubt


def test_sizes_units_and_models_stay() -> None:
    text = "Basket 72 L, 23 x 15 x 11 in, model LB-72-GRY, XXL"
    found = through(lambda words: re.sub("[A-Za-z]+", "篮", words), text)
    assert found.text == "篮 72 L, 23 x 15 x 11 in, 篮 LB-72-GRY, XXL"
    assert found.doubt == []


def _field(seed: int) -> tuple[str, list[str], list[str]]:
    """A description, its tags in order, and what of its words must come out."""
    draw = random.Random(seed)
    shown: list[str] = []

    def words() -> str:
        chosen = [item for item in draw.sample(items(draw), 2) if item[0] not in "<{"]
        shown.extend(chosen)
        start, end = draw.choice([("", ""), ("<b>", "</b>"), ('<span style="color: rgb(1, 2, 3)">', "</span>")])
        return f"Made of {start}solid brass{end} " + ", ".join(chosen) + draw.choice(["", ".", " for any desk"])

    blocks = [draw.choice(["<p>{}</p>", "<li>{}</li>\n", "{}<br>", "<h2 class='a'>{}</h2>"]) for _ in range(4)]
    text = "".join(block.format(words()) for block in blocks)
    return text, listing.TAG.findall(text), shown


def test_neither_tags_nor_items_are_lost_in_a_hostile_engine() -> None:
    lost = []
    for seed in range(300):
        text, tags, shown = _field(seed)
        (answer,) = translate_guarded(HostileEngine(seed), [text], "en", "zh", WAY)
        missing = [item for item in shown if item not in answer.text]
        if missing or Counter(listing.TAG.findall(answer.text)) != Counter(tags):
            lost.append((seed, missing, text, answer.text))
    assert lost[:2] == []


@pytest.fixture
def translator(tmp_path: Path) -> Any:
    """A translator with chat rules, phrasebook, glossary and a fake engine."""
    from companion.runtime.documents import Documents

    store = GlossaryStore(Documents(tmp_path / "documents"))
    shop = ShopRef(marketplace="amazon", shop="A1")
    store.put(shop, GlossaryTerm(text="HarborLane", keep=True))
    wording = Wording(ChatRules(REPO / "rules" / "chat"), store)
    phrases = tmp_path / "phrases"
    phrases.mkdir()
    (phrases / "thanks.yml").write_text(THANKS, "utf-8")
    made = Translator(tmp_path / "packages", None, phrases, wording=wording)
    made.argos.engine = FakeEngine(lambda text: f"<{text}>", {("en", "zh")})  # type: ignore[assignment]
    made.argos.engine.name = "argos"  # type: ignore[misc]
    yield made
    made.close()


def ask(translator: Translator, text: str, purpose: str, source: str = "en") -> Translated:
    place = Place(ShopRef(marketplace="amazon", shop="A1"))
    return translator.translate(
        [TranslateItem(ref="0", text=text)], source=source, target="zh", purpose=purpose, place=place
    )[0]


def seen(translator: Translator) -> list[str]:
    batches: list[list[str]] = translator.argos.engine.batches  # type: ignore[attr-defined]
    return batches[-1]


def test_a_listing_is_no_chat(translator: Translator) -> None:
    ask(translator, "thx, sooo CHEAP BASKETS FOR YOU", "read")
    assert seen(translator) != ["thx, sooo CHEAP BASKETS FOR YOU"]
    ask(translator, "thx, sooo CHEAP BASKETS FOR YOU", "listing")
    assert seen(translator) == ["thx, sooo CHEAP BASKETS FOR YOU"]


def test_neither_phrasebook_nor_its_neighbours_speak_for_a_listing(translator: Translator) -> None:
    assert ask(translator, "Thank you!", "read").engine == "phrasebook"
    assert ask(translator, "Obrigado!", "read", "pt").engine == "phrasebook"
    assert ask(translator, "Thank you!", "listing").engine == "argos"
    none = ask(translator, "Obrigado!", "listing", "pt")
    assert (none.match, none.text) == ("none", "")


def test_the_shops_own_terms_stay_in_a_listing(translator: Translator) -> None:
    assert "HarborLane" in ask(translator, "HarborLane laundry basket", "listing").text
    assert seen(translator) == ["[[0]] laundry basket"]


def test_the_language_of_html_is_told_by_its_words(translator: Translator) -> None:
    text = '<div class="description content"><p style="font-weight: bold">可折叠洗衣篮，容量大，方便收纳</p></div>'
    assert ask(translator, text, "listing", "").source == "zh"


@pytest.mark.parametrize("most", [50, 120, 2_000])
def test_portions_are_the_text_and_cut_no_tag(most: int) -> None:
    text = "".join(f"<p>Paragraph {n} says a little. And more.</p>\n\n" for n in range(40)) + "<b>end</b> " * 30
    found = listing.portions(text, most)
    assert "".join(found) == text
    assert all(0 < len(portion) <= most for portion in found)
    assert all(portion.count("<") == portion.count(">") for portion in found)


def test_portions_end_where_a_reader_pauses_as_in_typescript() -> None:
    vectors = json.loads((REPO / "tests" / "contract" / "vectors" / "portions.json").read_text("utf-8"))
    for vector in vectors:
        assert listing.portions(vector["text"], vector["most"]) == vector["portions"]


@pytest.mark.parametrize(
    "text", ["<!--" * 5_000, "<style>" * 3_000, "<a " * 6_000, "&#" * 9_000, "• \n" * 6_000, " " * 19_000 + "| x"]
)
def test_hostile_fields_cost_no_time(text: str) -> None:
    begun = time.process_time()
    listing.cut(text)
    listing.portions(text, 400)
    listing.visible(text)
    assert time.process_time() - begun < 10, "usually a tenth of a second; without bounds minutes"
