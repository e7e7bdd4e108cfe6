"""The engine on genuine (small) Argos packages, and against argostranslate itself on the same packages."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import threading
import zipfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest

from companion.protocol import ErrorCode, SeabridgeError
from companion.protocol.methods.translate import TranslateItem
from companion.translation.chain import Chain
from companion.translation.engines.argos import LARGEST, MAX_LOADED, SMALLEST, THREADS, ArgosEngine, share_of
from companion.translation.packages.store import InstalledPackage
from companion.translation.phrasebook.book import Phrasebook
from companion.translation.service import Translator

from .stands import archive

Find = Callable[[str], Path]


@pytest.fixture(scope="module")
def library(model: Find, tmp_path_factory: pytest.TempPathFactory, book: Phrasebook) -> Path:
    """Both packages, installed: checking and unpacking them takes half a second."""
    home = tmp_path_factory.mktemp("library")
    made = Translator(home / "packages", home / "cache" / "c.db", book)
    for pair in ("zh_en", "en_zh"):
        made.install_file(model(pair))
    return home / "packages"


@pytest.fixture
def translator(library: Path, tmp_path: Path, book: Phrasebook) -> Translator:
    shutil.copytree(library, tmp_path / "packages")
    return Translator(tmp_path / "packages", tmp_path / "cache" / "c.db", book)


@pytest.fixture
def engine(translator: Translator) -> ArgosEngine:
    translator.argos.engine.unload()
    translator.argos.engine.built = 0
    return translator.argos.engine


LINES = {
    "zh": ["我的包裹在哪里?", "什么时候发货?", "谢谢你的帮助", "我想退货", "请给我一个杯子"],
    "en": ["Where is my package?", "Thank you for your help", "I want to buy two books", "The box is broken", "ok"],
}


def test_it_translates(engine: ArgosEngine) -> None:
    assert engine.translate_batch(["我的包裹在哪里?"], "zh", "en") == ["Where is my package?"]
    assert engine.pairs() == {("zh", "en"), ("en", "zh")}
    assert engine.destination == ""


def test_the_same_text_as_argostranslate(engine: ArgosEngine, tmp_path: Path) -> None:
    """Its own ``translate()``, in a process of its own, since importing it settles its folders once and for all."""
    code = (
        "import json, sys\n"
        "import argostranslate.translate as translate\n"
        "class One:\n"
        "    def __init__(self, package): self.pkg = package\n"
        "    def split_sentences(self, text): return [text]\n"
        "translate.MiniSBDSentencizer = One\n"
        "asked = json.loads(sys.argv[1])\n"
        "print(json.dumps({p: [translate.translate(x, *p.split('-')) for x in lines] for p, lines in asked.items()}))\n"
    )
    wanted = {f"{package.source}-{package.target}": LINES[package.source] for package in engine.installed()}
    for package in engine.installed():
        shutil.copytree(package.path, tmp_path / "library" / package.folder)
    env = {name: value for name, value in os.environ.items() if not name.startswith(("XDG_", "ARGOS_"))}
    env |= {"HOME": str(tmp_path), "USERPROFILE": str(tmp_path), "ARGOS_PACKAGES_DIR": str(tmp_path / "library")}
    run = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", code, json.dumps(wanted)],
        env=env, cwd=tmp_path, capture_output=True, text=True, timeout=120,
    )  # fmt: skip
    assert run.returncode == 0, run.stderr[-2000:]
    library = json.loads(run.stdout.splitlines()[-1])
    for package in engine.installed():
        lines = LINES[package.source]
        ours = engine.translate_batch(lines, package.source, package.target)
        assert ours == [text.strip() for text in library[f"{package.source}-{package.target}"]]


def test_an_underscore_stays_one(engine: ArgosEngine) -> None:
    """The library turns every "_" into a blank, and SKUs with it."""
    (package,) = [p for p in engine.installed() if p.source == "en"]
    model = engine._model(package)
    assert engine._text(model, ["\u2581SK", "U", "_", "AB", "\u2581is", "\u2581blue"]) == "SKU_AB is blue"


def test_decoding_is_capped_and_kept_from_repeating(engine: ArgosEngine) -> None:
    (package,) = [p for p in engine.installed() if p.source == "en"]
    model = engine._model(package)
    asked: dict[str, object] = {}
    real = model.translator

    class Listening:
        def translate_batch(self, tokens: list[list[str]], **how: object) -> object:
            asked.update(how, longest=max(map(len, tokens)))
            return real.translate_batch(tokens, **how)

    model.translator = Listening()
    engine.translate_batch(["Hello " * 30], "en", "zh")
    assert asked["no_repeat_ngram_size"] == 3
    assert asked["max_decoding_length"] == min(256, 2 * int(str(asked["longest"])) + 12)


def test_a_batch_is_shared_out(engine: ArgosEngine, monkeypatch: pytest.MonkeyPatch) -> None:
    (package,) = [p for p in engine.installed() if p.source == "en"]
    assert engine._model(package).translator.num_translators == THREADS
    monkeypatch.setattr("companion.translation.engines.argos.THREADS", 2)
    assert [share_of(number) for number in (1, 32, 1_000)] == [SMALLEST, 8, LARGEST]


def test_cutting_into_sentences_needs_no_network(engine: ArgosEngine, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object) -> None:
        raise AssertionError("somebody reached for the network")

    monkeypatch.setattr("socket.socket.connect", refused)
    monkeypatch.setattr("socket.create_connection", refused)
    (text,) = engine.translate_batch(["Hello. Where is my package? Thank you!"], "en", "zh")
    assert text


def test_preloading_makes_the_first_message_wait_for_nothing(engine: ArgosEngine) -> None:
    engine.preload("zh", "en")
    assert engine.loaded() == ["translate-zh_en-0_1"]
    built = engine.built
    engine.translate_batch(["谢谢"], "zh", "en")
    assert engine.built == built


def test_a_message_during_the_preload_waits_for_it_and_loads_nothing_again(
    engine: ArgosEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = ArgosEngine._load
    begun, go_on = threading.Event(), threading.Event()

    def slow(self: ArgosEngine, package: InstalledPackage) -> object:
        if package.source == "zh":
            begun.set()
            assert go_on.wait(20)
        return real(self, package)

    engine.translate_batch(["ok"], "en", "zh")
    monkeypatch.setattr(ArgosEngine, "_load", slow)
    with ThreadPoolExecutor(9) as pool:
        preload = pool.submit(engine.preload, "zh", "en")
        assert begun.wait(20)
        messages = [pool.submit(engine.translate_batch, ["我的包裹在哪里?"], "zh", "en") for _ in range(8)]
        assert engine.translate_batch(["The box is broken"], "en", "zh"), "a model that is there holds nobody up"
        go_on.set()
        assert [message.result(20) for message in messages] == [["Where is my package?"]] * 8
        preload.result(20)
    assert engine.built == 2


def test_preloading_what_is_there_does_not_keep_it_from_growing_idle(engine: ArgosEngine) -> None:
    now = [100.0]
    engine.clock = lambda: now[0]
    engine.preload("zh", "en")
    now[0] += 50
    engine.preload("zh", "en")
    assert engine.unload_idle(40) == 1


def test_a_new_version_under_the_same_folder_is_loaded_anew(engine: ArgosEngine) -> None:
    (package,) = [p for p in engine.installed() if p.source == "en"]
    engine._model(package)
    engine._model(replace(package, version="9"))
    assert engine.built == 2


def test_the_engine_asked_first_is_the_one_preloaded(translator: Translator, monkeypatch: pytest.MonkeyPatch) -> None:
    engine = translator.argos.engine
    engine.unload()
    translator.preload("zh", "en")
    assert engine.loaded() == ["translate-zh_en-0_1"]
    translator.preload("es", "en")
    assert engine.loaded() == ["translate-zh_en-0_1"], "a pair nobody has loads nothing"
    engine.unload()
    monkeypatch.setattr(Chain, "candidates", lambda *_: [SimpleNamespace(name="deepseek"), engine])
    translator.preload("zh", "en")
    assert engine.loaded() == [], "a remote engine comes first: nothing of ours is needed"


def test_a_batch_gives_what_single_calls_give(engine: ArgosEngine) -> None:
    texts = [*LINES["en"], "Hi. Where is it?\nThanks 👍", "👍", ""]
    single = [engine.translate_batch([text], "en", "zh")[0] for text in texts]
    assert engine.translate_batch(texts, "en", "zh") == single


def test_line_breaks_and_emoji_stay(engine: ArgosEngine) -> None:
    (text,) = engine.translate_batch(["Where is it?\n\nThank you 😡😡 please"], "en", "zh")
    assert text.count("\n") == 2
    assert "😡😡" in text
    assert engine.translate_batch(["👍", "  ", "123"], "en", "zh") == ["👍", "  ", "123"]


def test_eight_cold_threads_build_one_translator(engine: ArgosEngine) -> None:
    gate = threading.Barrier(8)
    answers: list[str] = []

    def work() -> None:
        gate.wait(10)
        answers.extend(engine.translate_batch(["我的包裹在哪里?"], "zh", "en"))

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert answers == ["Where is my package?"] * 8
    assert engine.built == 1


def test_idle_models_are_unloaded_and_come_back(engine: ArgosEngine) -> None:
    now = [100.0]
    engine.clock = lambda: now[0]
    engine.translate_batch(["ok"], "en", "zh")
    now[0] += 50
    engine.translate_batch(["ok"], "zh", "en")
    assert len(engine.loaded()) == 2
    assert engine.unload_idle(40) == 1
    assert engine.loaded() == ["translate-zh_en-0_1"]
    now[0] += 100
    assert engine.unload_idle(40) == 1
    assert engine.translate_batch(["我的包裹在哪里?"], "zh", "en") == ["Where is my package?"]


def test_a_pair_without_packages_is_named(engine: ArgosEngine) -> None:
    assert engine.missing("es", "zh") == [("es", "en")]
    assert engine.missing("es", "pt") == [("es", "en"), ("en", "pt")]
    assert engine.missing("vi", "en") == [("vi", "en")]
    with pytest.raises(SeabridgeError) as caught:
        engine.translate_batch(["hola"], "es", "zh")
    assert caught.value.code == ErrorCode.ENGINE_MISSING


def test_the_way_through_english(model: Find, tmp_path: Path, book: Phrasebook) -> None:
    """zh→en twice, once under a borrowed name, makes a route with a pivot out of the two packages there are."""
    made = Translator(tmp_path / "packages", None, book)
    made.install_file(model("en_zh"))
    borrowed = tmp_path / "ja.argosmodel"
    with zipfile.ZipFile(model("zh_en")) as old, zipfile.ZipFile(borrowed, "w") as new:
        for info in old.infolist():
            data = old.read(info)
            if info.filename.endswith("metadata.json"):
                data = json.dumps(json.loads(data) | {"from_code": "ja", "from_name": "Japanese"}).encode()
            new.writestr(info.filename, data)
    made.install_file(borrowed)
    engine = made.argos.engine
    assert ("ja", "zh") in engine.pairs()
    middle = engine.translate_batch(["谢谢你的帮助"], "ja", "en")
    assert engine.translate_batch(["谢谢你的帮助"], "ja", "zh") == engine.translate_batch(middle, "en", "zh")
    answer = made.translate([TranslateItem(ref="a", text="谢谢你的帮助, 我很高兴")], source="ja", target="zh")[0]
    assert (answer.match, answer.engine) == ("machine", "argos")


def test_a_model_that_does_not_load_is_removed_again(tmp_path: Path, book: Phrasebook) -> None:
    made = Translator(tmp_path / "packages", None, book)
    if not made.argos.engine.available():
        pytest.skip("ctranslate2 and sentencepiece are not installed")
    place = tmp_path / "x.argosmodel"
    place.write_bytes(archive())
    with pytest.raises(SeabridgeError) as caught:
        made.install_file(place)
    assert caught.value.code == ErrorCode.PACKAGE_DAMAGED
    assert made.list().packages == []


def test_only_a_few_models_stay_loaded(monkeypatch: pytest.MonkeyPatch) -> None:
    packages = [
        InstalledPackage(Path(f"/p/{code}"), code, "en", code, "en", "1", "", "sentencepiece", "unverified", 1)
        for code in ("es", "pt", "de", "fr", "ru", "ja")
    ]
    ticks = iter(range(1000))
    engine = ArgosEngine(lambda: packages, clock=lambda: float(next(ticks)))

    class Fake:
        def __init__(self, package: InstalledPackage) -> None:
            self.package, self.used_at = package, 0.0

    monkeypatch.setattr(ArgosEngine, "_load", lambda _self, package: Fake(package))
    for package in packages:
        engine._model(package)
    assert len(engine.loaded()) == MAX_LOADED
    assert "ja" in engine.loaded()
    assert "es" not in engine.loaded()


def test_real_translation_through_the_service(translator: Translator) -> None:
    items = [
        TranslateItem(ref="1", text="The box is broken 😡"),
        TranslateItem(ref="2", text="order 580123456789012345 is not here"),
        TranslateItem(ref="3", text="pay at https://shop.example.com/x?id=7 now"),
    ]
    answers = translator.translate(items, source="", target="zh", prior="en")
    assert [answer.ref for answer in answers] == ["1", "2", "3"]
    assert all(answer.match == "machine" and answer.engine == "argos" for answer in answers)
    assert "😡" in answers[0].text
    assert "580123456789012345" in answers[1].text
    assert "https://shop.example.com/x?id=7" in answers[2].text
    assert translator.translate(items, source="", target="zh", prior="en") == answers
