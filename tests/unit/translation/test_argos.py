"""The engine on genuine (small) Argos packages, and against argostranslate itself on the same packages."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from companion.protocol import ErrorCode, SeabridgeError
from companion.protocol.methods.translate import TranslateItem
from companion.translation.engines.argos import MAX_LOADED, ArgosEngine
from companion.translation.packages.store import InstalledPackage
from companion.translation.service import Translator

from .stands import PHRASES, archive

Find = Callable[[str], Path]


@pytest.fixture
def translator(model: Find, tmp_path: Path) -> Translator:
    made = Translator(tmp_path / "packages", tmp_path / "cache" / "c.db", PHRASES)
    for pair in ("zh_en", "en_zh"):
        made.install_file(model(pair))
    return made


@pytest.fixture
def engine(translator: Translator) -> ArgosEngine:
    translator._engine.unload()
    translator._engine.built = 0
    return translator._engine


LINES = {
    "zh": ["我的包裹在哪里?", "什么时候发货?", "谢谢你的帮助", "我想退货", "请给我一个杯子"],
    "en": ["Where is my package?", "Thank you for your help", "I want to buy two books", "The box is broken", "ok"],
}


def test_it_translates(engine: ArgosEngine) -> None:
    assert engine.translate_batch(["我的包裹在哪里?"], "zh", "en") == ["Where is my package?"]
    assert engine.pairs() == {("zh", "en"), ("en", "zh")}
    assert engine.destination == ""


def test_the_same_text_as_argostranslate(engine: ArgosEngine, tmp_path: Path) -> None:
    """The library in a process of its own, since importing it settles its folders once and for all."""
    code = (
        "import json, sys\n"
        "import argostranslate.package as package, argostranslate.translate as translate, ctranslate2\n"
        "from pathlib import Path\n"
        "class One:\n"
        "    def split_sentences(self, text): return [text]\n"
        "out = {}\n"
        "for folder, lines in json.loads(sys.argv[1]).items():\n"
        "    p = package.Package(Path(folder))\n"
        "    t = ctranslate2.Translator(str(p.package_path / 'model'), intra_threads=1)\n"
        "    out[folder] = [translate.apply_packaged_translation(p, x, t, One(), 1)[0].value for x in lines]\n"
        "print(json.dumps(out))\n"
    )
    wanted = {str(package.path): LINES[package.source] for package in engine.installed()}
    env = {name: value for name, value in os.environ.items() if not name.startswith(("XDG_", "ARGOS_"))}
    env |= {"HOME": str(tmp_path), "USERPROFILE": str(tmp_path)}
    run = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", code, json.dumps(wanted)],
        env=env, cwd=tmp_path, capture_output=True, text=True, timeout=120,
    )  # fmt: skip
    assert run.returncode == 0, run.stderr[-2000:]
    library = json.loads(run.stdout.splitlines()[-1])
    for package in engine.installed():
        lines = LINES[package.source]
        ours = engine.translate_batch(lines, package.source, package.target)
        assert ours == [text.strip() for text in library[str(package.path)]]


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


def test_the_way_through_english(model: Find, tmp_path: Path) -> None:
    """zh→en twice, once under a borrowed name, makes a route with a pivot out of the two packages there are."""
    made = Translator(tmp_path / "packages", None, PHRASES)
    made.install_file(model("en_zh"))
    borrowed = tmp_path / "ja.argosmodel"
    with zipfile.ZipFile(model("zh_en")) as old, zipfile.ZipFile(borrowed, "w") as new:
        for info in old.infolist():
            data = old.read(info)
            if info.filename.endswith("metadata.json"):
                data = json.dumps(json.loads(data) | {"from_code": "ja", "from_name": "Japanese"}).encode()
            new.writestr(info.filename, data)
    made.install_file(borrowed)
    engine = made._engine
    assert ("ja", "zh") in engine.pairs()
    middle = engine.translate_batch(["谢谢你的帮助"], "ja", "en")
    assert engine.translate_batch(["谢谢你的帮助"], "ja", "zh") == engine.translate_batch(middle, "en", "zh")
    answer = made.translate([TranslateItem(ref="a", text="谢谢你的帮助, 我很高兴")], source="ja", target="zh")[0]
    assert (answer.match, answer.engine) == ("machine", "argos")


def test_a_model_that_does_not_load_is_removed_again(tmp_path: Path) -> None:
    made = Translator(tmp_path / "packages", None, PHRASES)
    if not made._engine.available():
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
