"""The order of things: same, phrasebook, engine, near, nothing; and what is said about each."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from companion.protocol import ErrorCode, SeabridgeError
from companion.protocol.methods.translate import Translated, TranslateItem
from companion.translation import LANGUAGES, Detected, Translator
from companion.translation.engines.base import Capabilities
from companion.translation.guarded import translate_guarded
from companion.translation.phrasebook.book import Phrasebook

from .stands import REPO, Stand, archive, serve_index


class FakeEngine:
    """An engine of the test's own making; ``mangle`` turns the text it gets into what it gives back."""

    name = "fake"
    destination = ""
    capabilities = Capabilities()

    def __init__(self, mangle: Any = lambda text: "译：" + text, pairs: set[tuple[str, str]] | None = None) -> None:
        self.mangle = mangle
        self._pairs = pairs if pairs is not None else {("en", "zh"), ("es", "zh")}
        self.batches: list[list[str]] = []

    def available(self) -> bool:
        return True

    def pairs(self) -> frozenset[tuple[str, str]]:
        return frozenset(self._pairs)

    def missing(self, source: str, target: str) -> list[tuple[str, str]]:
        return [] if (source, target) in self._pairs else [(source, target)]

    def version(self, source: str, target: str) -> str:
        return "1"

    def translate_batch(self, texts: Sequence[str], source: str, target: str) -> list[str]:
        self.batches.append(list(texts))
        return [self.mangle(text) for text in texts]

    def unload(self, source: str = "", target: str = "") -> None:
        pass

    def unload_idle(self, seconds: float) -> int:
        return 0

    def loaded(self) -> list[str]:
        return []


def _translator(tmp_path: Path, book: Phrasebook, engine: FakeEngine | None = None, glossary: str = "") -> Translator:
    made = Translator(tmp_path / "packages", tmp_path / "c.db", book, glossary_version=glossary)
    made.argos.engine = engine or FakeEngine(pairs=set())  # type: ignore[assignment]
    return made


def _ask(translator: Translator, text: str, source: str = "", target: str = "zh", **more: str) -> Translated:
    (answer,) = translator.translate([TranslateItem(ref="r", text=text)], source=source, target=target, **more)
    assert answer.ref == "r"
    assert answer.target == target
    return answer


def test_what_needs_no_translation(tmp_path: Path, book: Phrasebook) -> None:
    translator = _translator(tmp_path, book, FakeEngine())
    for text in (
        "在吗，什么时候发货",
        "👍👍",
        "12345",
        "https://shop.example.com/a/b",
        "580123456789012345",
        "...",
        "",
    ):
        answer = _ask(translator, text)
        assert (answer.match, answer.text, answer.engine, answer.doubt) == ("same", text, "", [])
    assert _ask(translator, "hello", source="zh-CN").match == "same"


def test_the_phrasebook_comes_before_the_engine(tmp_path: Path, book: Phrasebook) -> None:
    engine = FakeEngine()
    answer = _ask(_translator(tmp_path, book, engine), "Where is my package?")
    assert (answer.match, answer.engine, answer.source, answer.sure) == ("exact", "phrasebook", "en", True)
    assert answer.text == "我的包裹到哪里了？"
    assert engine.batches == []


def test_the_engine_comes_before_a_near_match(tmp_path: Path, book: Phrasebook) -> None:
    text = "wher is my pacakge exactly so"
    answer = _ask(_translator(tmp_path, book, FakeEngine()), text, source="en")
    assert (answer.match, answer.engine) == ("machine", "fake")
    near = "where is my pacakge"
    alone = _ask(_translator(tmp_path / "b", book), near, source="en")
    assert (alone.match, alone.engine, alone.doubt) == ("near", "phrasebook", ["near_match"])
    assert [(pair.source, pair.target) for pair in alone.missing] == [("en", "zh")]


def test_nothing_leaves_the_original_and_names_what_would_help(tmp_path: Path, book: Phrasebook) -> None:
    answer = _ask(_translator(tmp_path, book), "the strap came off after I washed the bag", source="en")
    assert (answer.match, answer.text, answer.engine) == ("none", "", "")
    assert [(pair.source, pair.target) for pair in answer.missing] == [("en", "zh")]


def test_a_language_outside_the_book_is_no_crash(tmp_path: Path, book: Phrasebook) -> None:
    translator = _translator(tmp_path, book)
    answer = _ask(translator, "متى يصل طلبي؟")
    assert (answer.source, answer.match, answer.sure) == ("ar", "none", True)
    assert _ask(translator, "Where is my package?", target="ar").match == "none"


def test_one_batch_per_direction_and_each_text_once(tmp_path: Path, book: Phrasebook) -> None:
    engine = FakeEngine()
    translator = _translator(tmp_path, book, engine)
    texts = ["the strap came off yesterday", "se rompió la correa del bolso ayer", "the strap came off yesterday"]
    items = [TranslateItem(ref=str(i), text=text) for i, text in enumerate(texts)]
    answers = translator.translate(items, source="", target="zh")
    assert [answer.ref for answer in answers] == ["0", "1", "2"]
    assert [answer.source for answer in answers] == ["en", "es", "en"]
    assert engine.batches == [[texts[0]], [texts[1]]]
    translator.translate([TranslateItem(ref="x", text=texts[0])], source="en", target="zh")
    assert len(engine.batches) == 2, "the second time it comes from the cache"


def test_the_cache_knows_the_glossary_version(tmp_path: Path, book: Phrasebook) -> None:
    engine = FakeEngine()
    for glossary in ("g1", "g1", "g2"):
        translator = _translator(tmp_path, book, engine, glossary)
        _ask(translator, "the strap came off yesterday", source="en")
        translator.close()
    assert len(engine.batches) == 2


def test_a_failing_engine_blocks_nothing(tmp_path: Path, book: Phrasebook) -> None:
    def fail(_text: str) -> str:
        raise SeabridgeError(ErrorCode.ENGINE_FAILED, "no")

    translator = _translator(tmp_path, book, FakeEngine(fail))
    answer = _ask(translator, "the strap came off yesterday", source="en")
    assert (answer.match, answer.text, answer.doubt) == ("none", "", ["engine_failed"])
    near = _ask(translator, "where is my pacakge", source="en")
    assert near.match == "near"
    assert near.doubt == ["near_match", "engine_failed"]
    silent = _ask(_translator(tmp_path / "b", book, FakeEngine(lambda _t: " ")), "the strap came off", source="en")
    assert silent.match == "none"


def test_an_unsure_language_is_said(tmp_path: Path, book: Phrasebook) -> None:
    translator = _translator(tmp_path, book, FakeEngine())
    answer = _ask(translator, "hmm xd blah", prior="en")
    assert not answer.sure
    assert "unsure_language" in answer.doubt
    unknown = _ask(translator, "xd")
    assert unknown.match in ("none", "machine")
    assert "unsure_language" in unknown.doubt


def test_half_a_surrogate_pair_does_no_harm(tmp_path: Path, book: Phrasebook) -> None:
    answer = _ask(_translator(tmp_path, book, FakeEngine()), "the strap \ud800 came off", source="en")
    assert answer.match == "machine"


def test_a_target_is_needed(tmp_path: Path, book: Phrasebook) -> None:
    with pytest.raises(SeabridgeError) as caught:
        _ask(_translator(tmp_path, book), "hi", target="")
    assert caught.value.code == ErrorCode.LANGUAGE_UNKNOWN


# -- protection around the engine --------------------------------------------------------------------------------

TEXT = "order 250817ABC12XYZ costs $25.99 with DHL, see https://a.example.com/x?y=1 please"
MANGLERS = {
    "keeps": lambda text: "译：" + text,
    "drops": lambda text: "译" + __import__("re").sub(r"\[\[\d+\]\]", "", text),
    "doubles": lambda text: "译" + text + text,
    "one bracket": lambda text: "译" + text.replace("[[", "[").replace("]]", "]"),
    "full width": lambda text: "译" + text.replace("[[", "【【").replace("]]", "】】"),
    "swaps": lambda text: "译" + text.replace("[[0]]", "[[9]]"),
    "digits": lambda text: "译" + text.replace("0", "O"),
}


@pytest.mark.parametrize("how", MANGLERS)
def test_ids_prices_and_links_survive_any_engine(how: str) -> None:
    (answer,) = translate_guarded(FakeEngine(MANGLERS[how]), [TEXT], "en", "zh")
    for item in ("250817ABC12XYZ", "$25.99", "https://a.example.com/x?y=1"):
        assert answer.text.count(item) == 1
    assert "protection_lost" not in answer.doubt
    assert ("pieced_together" in answer.doubt) is (how not in ("keeps", "one bracket", "full width"))


def test_a_changed_number_is_tried_again_in_pieces() -> None:
    engine = FakeEngine(lambda text: "我需要50个" if "15" in text else "请在中午之前")
    (answer,) = translate_guarded(engine, ["I need 15 of these before noon"], "en", "zh")
    assert "15" in answer.text
    assert answer.doubt == ["pieced_together"]


def test_what_stays_wrong_is_doubted() -> None:
    (answer,) = translate_guarded(FakeEngine(lambda _text: "共99件"), ["I need some of these now"], "en", "zh")
    assert answer.doubt == ["pieced_together"] or "number_changed" in answer.doubt
    (loop,) = translate_guarded(FakeEngine(lambda _text: "好的" * 6), ["where is the thing"], "en", "zh")
    assert "loop" in loop.doubt


# -- packages through the service --------------------------------------------------------------------------------


def test_list_shows_installed_and_offered(stand: Stand, tmp_path: Path, book: Phrasebook) -> None:
    serve_index(stand, ("es", "en"), ("en", "zh"))
    made = Translator(tmp_path, None, book, index_url=stand.url + "/index.json")
    assert made.list().index_at == 0
    assert stand.asked == [], "only asked for when told to"
    listed = made.list(refresh=True)
    assert [(p.source, p.target, p.installed, p.checksum) for p in listed.packages] == [
        ("en", "zh", False, ""),
        ("es", "en", False, ""),
    ]
    assert listed.index_at > 0
    made.argos.engine = FakeEngine()  # type: ignore[assignment]
    made.argos.installer.install("es", "en", lambda _p: None, lambda: False)
    assert [(p.source, p.installed, p.checksum) for p in made.list().packages] == [
        ("en", False, ""),
        ("es", True, "unverified"),
    ]
    assert made.remove("es", "en") is True
    assert made.remove("es", "en") is False


def test_state_for_the_doctor(tmp_path: Path, book: Phrasebook) -> None:
    state = Translator(tmp_path, None, book).state()
    assert state["phrasebook"]["entries"] >= 800
    assert set(state["phrasebook"]["languages"]) == set(LANGUAGES) - {"ar"}
    assert state["packages"] == []
    assert state["pairs"] == []


def test_a_broken_phrasebook_is_reported_not_raised(tmp_path: Path) -> None:
    folder = tmp_path / "phrases"
    (folder / "slots").mkdir(parents=True)
    (folder / "x.yml").write_text("topic: x\nentries: [{key: a}]\n", "utf-8")
    made = Translator(tmp_path / "p", None, folder)
    assert made.state()["phrasebook"]["error"]
    made.argos.engine = FakeEngine()  # type: ignore[assignment]
    assert _ask(made, "Where is my package?").match == "machine"


def test_detect_and_the_public_names(tmp_path: Path, book: Phrasebook) -> None:
    assert _translator(tmp_path, book).detect("Where is my package?") == Detected("en", True)


def test_importing_the_package_loads_nothing_heavy() -> None:
    heavy = {"msgspec", "yaml", "sqlite3", "ctranslate2", "pycld2", "argostranslate", "fxtranslate", "lxml"}
    code = f"import sys, companion.translation; print(sorted({heavy} & sys.modules.keys()))"
    run = subprocess.run([sys.executable, "-c", code], cwd=REPO, capture_output=True, text=True, check=True, timeout=60)
    assert run.stdout.strip() == "[]"


def test_translating_with_the_book_alone_loads_no_engine(tmp_path: Path, book: Phrasebook, compiled: Path) -> None:
    book.size()
    code = (
        "import sys; from pathlib import Path\n"
        "from companion.translation import Translator\n"
        "from companion.protocol.methods.translate import TranslateItem\n"
        f"t = Translator(Path({str(tmp_path)!r}), Path({str(compiled / 'c.db')!r}), Path('rules/phrases'))\n"
        "texts = ['Where is my package?', 'the strap came off']\n"
        "items = [TranslateItem(ref=text, text=text) for text in texts]\n"
        "print([a.match for a in t.translate(items, source='', target='zh')])\n"
        "print(sorted({'ctranslate2', 'sentencepiece', 'argostranslate', 'numpy', 'sqlalchemy'} & set(sys.modules)))\n"
    )
    run = subprocess.run([sys.executable, "-c", code], cwd=REPO, capture_output=True, text=True, check=True, timeout=60)
    assert run.stdout.splitlines() == ["['exact', 'none']", "[]"]


def test_archives_of_the_stand_are_real_zip_files() -> None:
    assert archive()[:2] == b"PK"
