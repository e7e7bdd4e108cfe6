"""The same Argos package by our runner and by argostranslate's own ``translate()``, each in a process of its own.

Run as a file it is such a process: ``argos_runners.py ours|library FOLDER SOURCE TARGET``.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psutil
from real_engines import ROOT, libretranslate

from companion.translation.engines.argos import THREADS, ArgosEngine

#: The best of so many rounds counts: what else runs on the machine only ever makes one slower.
ROUNDS = 50
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


def timed(work: Callable[[], object]) -> tuple[float, float]:
    """Seconds by the clock, and of the processor (all threads)."""
    begun, cpu = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - begun, time.process_time() - cpu


def least_ms(work: Callable[[], object], of: int) -> tuple[float, float]:
    """The least of many rounds, in ms for each of the ``of`` things done in one: by the clock, of the processor."""
    rounds = [timed(work) for _ in range(ROUNDS)]
    wall, cpu = (1000 * min(each[which] for each in rounds) / of for which in (0, 1))
    return round(wall, 2), round(cpu, 2)


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
    single_ms, single_cpu_ms = least_ms(lambda: [single(one) for one in lines], len(lines))
    out: dict[str, Any] = {
        "texts": texts,
        "first_s": round(first, 3),
        "single_ms": single_ms,
        "single_cpu_ms": single_cpu_ms,
    }
    if batch:
        out["batch_texts"] = batch(lines)
        out["batch_ms_a_sentence"], out["batch_cpu_ms_a_sentence"] = least_ms(lambda: batch(lines), len(lines))
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
    # As many translators as ours has; it asks one sentence at a time, so it has work for one.
    env |= {"ARGOS_INTRA_THREADS": "1", "ARGOS_INTER_THREADS": str(THREADS), "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-W", "ignore", __file__, which, str(folder), source, target]
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
            "texts": ours["texts"],
            "ours": {k: v for k, v in ours.items() if "texts" not in k},
            "library": {k: v for k, v in library.items() if k != "texts"},
            "single_time_ratio": round(library["single_ms"] / ours["single_ms"], 2),
            "batch_throughput_ratio": round(library["single_ms"] / ours["batch_ms_a_sentence"], 2),
            "batch_cpu_ratio": round(library["single_cpu_ms"] / ours["batch_cpu_ms_a_sentence"], 2),
            "threads": THREADS,
            "memory_ratio": round(ours["memory_mb"] / library["memory_mb"], 2),
        }
    return out


def bare(text: str) -> str:
    """Without end mark and capitals."""
    return text.casefold().strip(" .!?。！？")


def against_libretranslate(address: str, models: dict[str, Path], argos: dict[str, Any]) -> dict[str, Any]:
    """A server that has the same packages, asked line by line and with 32 at once; ``argos`` is what ours took."""
    engine = libretranslate(address)
    out: dict[str, Any] = {}
    for pair in sorted(models):
        source, target = pair.split("_")
        told = measured(
            lambda one: engine.translate_batch([one], source, target)[0],  # noqa: B023
            lambda many: engine.translate_batch(many, source, target),  # noqa: B023
            source,
        )
        ours = argos[f"{source}-{target}"]
        out[f"{source}-{target}"] = {
            "single_ms": told["single_ms"],
            "batch_ms_a_sentence": told["batch_ms_a_sentence"],
            "single_time_ratio": round(told["single_ms"] / ours["ours"]["single_ms"], 2),
            "batch_throughput_ratio": round(told["batch_ms_a_sentence"] / ours["ours"]["batch_ms_a_sentence"], 2),
            # The server sets the original's end mark and capital on what the model said.
            "identical_but_for_end_and_case": sum(
                bare(our) == bare(their) for our, their in zip(ours["texts"], told["texts"], strict=True)
            ),
            "lines": len(told["texts"]),
        }
    return out


if __name__ == "__main__":
    which, folder, source, target = sys.argv[1:]
    told = (child_ours if which == "ours" else child_library)(Path(folder), source, target)
    sys.stdout.write(json.dumps(told) + "\n")
