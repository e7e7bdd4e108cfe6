"""Mozilla's models: the genuine en-pt ones in their process, and hostile or broken ones on their way to the disk."""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import shutil
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from companion.protocol import ErrorCode, SeabridgeError
from companion.protocol.methods.languages import InstallProgress
from companion.runtime.child import Child
from companion.translation.bergamot.index import BergamotIndex, Offer, Offers, parse, shipped
from companion.translation.bergamot.install import BergamotInstaller, plan
from companion.translation.bergamot.store import BergamotModel, BergamotStore
from companion.translation.codes import LANGUAGES
from companion.translation.engines.bergamot import BergamotEngine

from .stands import Stand, genuine


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> BergamotStore:
    made = BergamotStore(tmp_path_factory.mktemp("bergamot"))
    installer = BergamotInstaller(made, BergamotIndex(made.root, "https://example.com/models.json"))
    for pair in ("enpt", "pten"):
        installer.import_folder(genuine(pair))
    return made


@pytest.fixture(scope="module")
def engine(store: BergamotStore) -> Iterator[BergamotEngine]:
    made = BergamotEngine(store.installed)
    yield made
    made.unload()


def test_it_translates_both_ways(engine: BergamotEngine) -> None:
    assert engine.translate_batch(["Where is my package?"], "en", "pt") == ["Onde está o meu pacote?"]
    assert engine.translate_batch(["Onde está meu pacote?"], "pt", "en") == ["Where is my package?"]
    assert engine.pairs() == {("en", "pt"), ("pt", "en")}
    assert engine.destination == ""


def test_emoji_line_breaks_and_underscores_stay(engine: BergamotEngine) -> None:
    (text,) = engine.translate_batch(["Hi. Where is it?\n\nThank you 👍 SKU_AB_12 is broken."], "en", "pt")
    assert text.count("\n") == 2
    assert "👍" in text
    assert "SKU_AB_12" in text
    assert engine.translate_batch(["👍", "  ", ""], "en", "pt") == ["👍", "  ", ""]


def test_a_missing_pair_is_named(engine: BergamotEngine) -> None:
    assert engine.missing("ja", "pt") == [("ja", "en")]
    with pytest.raises(SeabridgeError) as caught:
        engine.translate_batch(["x"], "ja", "pt")
    assert caught.value.code is ErrorCode.ENGINE_MISSING


def test_many_threads_share_one_process(engine: BergamotEngine) -> None:
    answers: list[str] = []
    gate = threading.Barrier(6)

    def work() -> None:
        gate.wait(10)
        answers.extend(engine.translate_batch(["Where is my package?"], "en", "pt"))

    threads = [threading.Thread(target=work) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert answers == ["Onde está o meu pacote?"] * 6


def test_the_work_is_done_in_a_process_of_its_own(engine: BergamotEngine) -> None:
    """fxtranslate holds Python's global lock; in our own process every other thread would stand still meanwhile."""
    engine.translate_batch(["ok"], "en", "pt")
    worker = psutil.Process(engine.worker_pid())
    assert worker.pid != os.getpid()
    theirs, ours = worker.cpu_times(), time.process_time()
    engine.translate_batch([f"number {n} hello hello hello hello. " * 8 for n in range(8)], "en", "pt")
    after = worker.cpu_times()
    assert after.user + after.system - theirs.user - theirs.system > time.process_time() - ours


def test_idle_models_give_their_memory_back(store: BergamotStore) -> None:
    now = [100.0]
    engine = BergamotEngine(store.installed, clock=lambda: now[0])
    engine.translate_batch(["ok"], "en", "pt")
    pid = engine.worker_pid()
    assert psutil.pid_exists(pid)
    now[0] += 50
    engine.translate_batch(["ok"], "pt", "en")
    assert engine.loaded() == ["en_pt", "pt_en"]
    assert engine.unload_idle(40) == 1
    assert engine.loaded() == ["pt_en"]
    assert engine.worker_pid() == pid
    now[0] += 50
    assert engine.unload_idle(40) == 1
    assert engine.worker_pid() == 0
    assert not psutil.pid_exists(pid), "the memory went with the process"
    assert engine.translate_batch(["Where is my package?"], "en", "pt") == ["Onde está o meu pacote?"]
    engine.unload()


def test_a_line_that_takes_too_long_ends_the_process_and_the_next_one_works(store: BergamotStore) -> None:
    engine = BergamotEngine(store.installed, timeout_s=0.001)
    with pytest.raises(SeabridgeError) as caught:
        engine.translate_batch(["hello " * 60], "en", "pt")
    assert caught.value.code is ErrorCode.TIMEOUT
    assert engine.worker_pid() == 0
    engine.timeout_s = 30
    assert engine.translate_batch(["Where is my package?"], "en", "pt") == ["Onde está o meu pacote?"]
    engine.unload()


def test_a_broken_model_fails_and_the_good_one_still_works(store: BergamotStore, tmp_path: Path) -> None:
    broken = BergamotStore(tmp_path)
    shutil.copytree(store.root / "en_pt", tmp_path / "en_pt")
    model = broken.installed()[0]
    (model.path / model.files["model"]).write_bytes(b"no model" * 100)
    engine = BergamotEngine(lambda: [*broken.installed(), *(m for m in store.installed() if m.source == "pt")])
    with pytest.raises(SeabridgeError) as caught:
        engine.translate_batch(["ok"], "en", "pt")
    assert caught.value.code is ErrorCode.ENGINE_FAILED
    assert engine.translate_batch(["Onde está meu pacote?"], "pt", "en") == ["Where is my package?"]
    engine.unload()


def test_without_fxtranslate_it_says_so(store: BergamotStore, monkeypatch: pytest.MonkeyPatch) -> None:
    engine = BergamotEngine(store.installed)
    monkeypatch.setattr("companion.translation.engines.bergamot.find_spec", lambda _name: None)
    assert not engine.available()
    with pytest.raises(SeabridgeError) as caught:
        engine.translate_batch(["ok"], "en", "pt")
    assert caught.value.code is ErrorCode.ENGINE_MISSING


# -- the child process ------------------------------------------------------------------------------------------------


def child(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: str) -> Child:
    (tmp_path / "toy_child.py").write_text(code, "utf-8")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    return Child("toy_child")


def test_a_child_that_dies_is_told_and_started_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    toy = child(
        tmp_path,
        monkeypatch,
        "import json, sys\n"
        "for line in sys.stdin:\n"
        "    told = json.loads(line)\n"
        "    if told.get('die'): sys.exit(3)\n"
        "    print('nonsense' if told.get('nonsense') else json.dumps(told), flush=True)\n",
    )
    assert toy.ask({"a": "雪"}, 20) == {"a": "雪"}
    for wrong in ({"die": True}, {"nonsense": True}):
        with pytest.raises(SeabridgeError) as caught:
            toy.ask(wrong, 20)
        assert caught.value.code is ErrorCode.ENGINE_FAILED
        assert toy.pid == 0
        assert toy.ask({"b": 2}, 20) == {"b": 2}
    toy.close()
    assert toy.pid == 0


# -- the list of models -----------------------------------------------------------------------------------------------


def test_the_shipped_list_is_honest() -> None:
    told = shipped()
    assert told.licence == "MPL-2.0"
    assert told.index.startswith("https://")
    pairs = {(m.source, m.target) for m in told.models}
    assert len(pairs) == len(told.models)
    for model in told.models:
        assert "en" in (model.source, model.target)
        assert {model.source, model.target} <= set(LANGUAGES)
        assert model.download > 10_000_000
    assert ("vi", "en") in pairs
    assert ("en", "vi") not in pairs, "not in the source the list was made from"


def live(stand: Stand, pairs: dict[str, dict[str, bytes]], **entry: object) -> None:
    """Mozilla's list and its files on the test server; ``pairs`` gives the content of each kind of file."""
    models = {}
    for pair, files in pairs.items():
        told = {}
        code = pair.replace("-", "")
        names = {"model": f"model.{code}.intgemm.alphas.bin", "lexicalShortlist": f"lex.50.50.{code}.s2t.bin"}
        names |= {"vocab": f"vocab.{code}.spm", "srcVocab": f"srcvocab.{code}.spm", "trgVocab": f"trgvocab.{code}.spm"}
        for kind, content in files.items():
            path = f"models/{pair}/run/{names[kind]}.gz"
            stand.files["/" + path] = gzip.compress(content)
            told[kind] = {"path": path, "uncompressedHash": hashlib.sha256(content).hexdigest()}
        models[pair] = [{"architecture": "tiny", "releaseStatus": "Release", "files": told} | entry]
    stand.files["/models.json"] = json.dumps(
        {"generated": "2026-11-30T00:00:00Z", "baseUrl": stand.url, "models": models}
    ).encode()


CONTENT = {"model": b"m" * 5000, "lexicalShortlist": b"l" * 700, "vocab": b"v" * 300}


def installer(stand: Stand, root: Path) -> BergamotInstaller:
    made = BergamotInstaller(BergamotStore(root), BergamotIndex(root, stand.url + "/models.json"))
    made.sleep = lambda _seconds: None
    return made


def test_a_pair_is_installed_through_english_and_verified(stand: Stand, tmp_path: Path) -> None:
    live(stand, {"ja-en": CONTENT, "en-zh": {**CONTENT, "srcVocab": b"s" * 200, "trgVocab": b"t" * 200}})
    made = installer(stand, tmp_path)
    seen: list[InstallProgress] = []
    done = made.install("ja", "zh", seen.append, lambda: False)
    assert [(m.source, m.target, m.checksum, m.licence) for m in done] == [
        ("ja", "en", "verified", "MPL-2.0"),
        ("en", "zh", "verified", "MPL-2.0"),
    ]
    assert done[0].files["source_vocab"] == done[0].files["target_vocab"] == "vocab.jaen.spm"
    assert done[1].files["source_vocab"] == "srcvocab.enzh.spm"
    assert (done[0].path / "model.jaen.intgemm.alphas.bin").read_bytes() == CONTENT["model"]
    assert {progress.stage for progress in seen} >= {"index", "download", "check"}
    assert made.install("ja", "zh", seen.append, lambda: False) == []
    assert made.store.remove("ja", "en")
    assert not made.store.remove("ja", "en")
    assert [(m.source, m.target) for m in BergamotStore(tmp_path).installed()] == [("en", "zh")]


@pytest.mark.parametrize("wrong", ["hash", "gzip", "cut"])
def test_a_damaged_file_leaves_nothing_behind(stand: Stand, tmp_path: Path, wrong: str) -> None:
    live(stand, {"ja-en": CONTENT})
    path = "/models/ja-en/run/model.jaen.intgemm.alphas.bin.gz"
    good = stand.files[path]
    stand.files[path] = {"hash": gzip.compress(b"other"), "gzip": b"no gzip at all", "cut": good[:-9]}[wrong]
    made = installer(stand, tmp_path)
    with pytest.raises(SeabridgeError) as caught:
        made.install("ja", "en", lambda _: None, lambda: False)
    assert caught.value.code is ErrorCode.PACKAGE_DAMAGED
    assert [p.name for p in tmp_path.iterdir() if p.name != ".index.json"] == []


def test_a_file_that_grows_without_end_is_refused(
    stand: Stand, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    live(stand, {"ja-en": CONTENT})
    monkeypatch.setattr("companion.translation.bergamot.install.MAX_FILE_BYTES", 1000)
    with pytest.raises(SeabridgeError) as caught:
        installer(stand, tmp_path).install("ja", "en", lambda _: None, lambda: False)
    assert caught.value.code is ErrorCode.PACKAGE_UNSAFE


def test_a_broken_download_goes_on_where_it_stopped(stand: Stand, tmp_path: Path) -> None:
    live(stand, {"ja-en": {**CONTENT, "model": bytes(range(256)) * 400}})
    made = installer(stand, tmp_path)
    made.index.refresh()
    stand.cut = [50]
    (model,) = made.install("ja", "en", lambda _: None, lambda: False)
    assert model.checksum == "verified"
    assert any(wanted for _path, wanted in stand.asked), "continued by range"


def test_without_a_list_the_shipped_one_is_shown_and_installing_says_why(stand: Stand, tmp_path: Path) -> None:
    made = installer(stand, tmp_path)
    assert made.index.offers().models == shipped().models
    with pytest.raises(SeabridgeError) as caught:
        made.install("ja", "en", lambda _: None, lambda: False)
    assert caught.value.code is ErrorCode.DOWNLOAD_FAILED
    assert made.index.offers().error == "download_failed"


def test_the_list_cannot_lead_anywhere_else() -> None:
    def entry(**more: object) -> dict[str, object]:
        told = {"architecture": "tiny", "releaseStatus": "Release", "files": {"model": {"path": "a/m.bin.gz"}}}
        told["files"] |= {"vocab": {"path": "a/v.spm.gz"}, "lexicalShortlist": {"path": "a/l.bin.gz"}}
        return told | more

    good = {"baseUrl": "https://example.com", "models": {"ja-en": [entry()]}}
    assert [o.files[0][1].url for o in parse(good, "x")] == ["https://example.com/a/m.bin.gz"]
    for wrong in (
        entry(files={"model": {"path": "../x"}, "vocab": {"path": "v"}}),
        entry(files={"model": {"path": "https://evil.example/m"}, "vocab": {"path": "v"}}),
        entry(releaseStatus="Nightly"),
        entry(architecture="huge"),
        entry(files={"model": {"path": "m"}}),
        entry(sourceLanguage="../../etc"),
        "text",
    ):
        assert parse({**good, "models": {"ja-en": [wrong]}}, "x") == []
    for nothing in ([], {}, {"models": {}}, {"baseUrl": 1, "models": {}}):
        with pytest.raises(ValueError):
            parse(nothing, "x")


def test_the_best_architecture_is_taken() -> None:
    def entry(architecture: str) -> dict[str, object]:
        files = {"model": {"path": f"{architecture}/run/m.bin"}, "vocab": {"path": "v"}}
        return {"architecture": architecture, "releaseStatus": "Release", "files": files}

    found = parse(
        {"baseUrl": "https://e.com", "models": {"ja-en": [entry("tiny"), entry("base-memory"), entry("base")]}}, "x"
    )
    assert [offer.architecture for offer in found] == ["base-memory"]


def test_the_plan_names_the_direction_nobody_offers() -> None:
    offers = Offers(1.0, "", (Offer("ja", "en", "tiny", ""), Offer("en", "zh", "tiny", "")))
    assert [(o.source, o.target) for o in plan("ja", "zh", offers, set())] == [("ja", "en"), ("en", "zh")]
    assert [(o.source, o.target) for o in plan("ja", "zh", offers, {("ja", "en")})] == [("en", "zh")]
    with pytest.raises(SeabridgeError) as caught:
        plan("zh", "vi", offers, set())
    assert caught.value.data == {"source": "zh", "target": "en"}


def test_files_without_a_model_are_refused(tmp_path: Path) -> None:
    folder = tmp_path / "from"
    folder.mkdir()
    (folder / "vocab.enpt.spm").write_bytes(b"x")
    made = BergamotInstaller(BergamotStore(tmp_path / "to"), BergamotIndex(tmp_path / "to", "https://example.com/m"))
    with pytest.raises(SeabridgeError) as caught:
        made.import_folder(folder)
    assert caught.value.code is ErrorCode.PACKAGE_DAMAGED
    (folder / "model.bin.gz").write_bytes(gzip.compress(b"m"))
    with pytest.raises(SeabridgeError) as caught:
        made.import_folder(folder)
    assert caught.value.code is ErrorCode.LANGUAGE_UNKNOWN, "the direction stands nowhere"
    taken = made.import_folder(folder, "en", "pt")
    assert (taken.source, taken.target, taken.checksum, taken.licence) == ("en", "pt", "unverified", "")
    assert taken.files["shortlist"] == ""


def test_a_record_that_was_tampered_with_is_no_model(tmp_path: Path) -> None:
    folder = tmp_path / "en_pt"
    folder.mkdir()
    (folder / "m").write_bytes(b"x")
    files = {"model": "../../secrets.json", "source_vocab": "m", "target_vocab": "m", "shortlist": ""}
    model = BergamotModel(folder, "en", "pt", "1", "", "unverified", 1, files)
    record = {name: getattr(model, name) for name in ("source", "target", "version", "licence", "checksum", "size")}
    (folder / "seabridge.json").write_text(json.dumps(record | {"files": files}), "utf-8")
    assert BergamotStore(tmp_path).installed() == []
