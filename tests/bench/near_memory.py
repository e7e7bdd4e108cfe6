"""Part of ``bench translate``: near pairs in a memory made of a few templates, against comparing with every pair."""

from __future__ import annotations

import random
import statistics
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from companion.translation.memory.similar import THRESHOLD, similarity
from companion.translation.memory.slots import skeleton
from companion.translation.memory.store import MemoryStore
from companion.translation.memory.tmx import TmxPair

SHOP = "shopee/bench"
TEMPLATES = (
    "Hello {name}, your order of the {colour} {item} was shipped today by {carrier}, it will arrive in {days} days.",
    "Dear {name}, the {colour} {item} in size {size} is out of stock, would you like {colour} instead?",
    "Thank you {name}! We will send the {item} again with {carrier} within {days} days, sorry for the trouble.",
    "Please send us a photo of the {colour} {item} and the label of {carrier}, then we refund you, {name}.",
)
#: Names of things, apart by blanks.
_COLOURS = "red blue green black white pink grey brown beige navy purple orange yellow teal khaki"
_ITEMS = "lamp bag shirt dress shoes watch cup bottle chair phone case charger cable jacket hat ring sofa"
_CARRIERS = "DHL UPS FedEx YunExpress Yanwen SF 4PX USPS Correos"
COLOURS, ITEMS, CARRIERS = _COLOURS.split(), _ITEMS.split(), _CARRIERS.split()
#: Lines asked while groups are still read, then again when they are known; and those compared with every pair.
ASKED, EXHAUSTIVE = 60, 8


def near_memory(folder: Path, pairs: int) -> dict[str, Any]:
    """Processor time of one line in ms: of the first lines after the start, of the same later, and of comparing a line
    with every pair; how often the pair found is as alike as the best of all."""
    rng = random.Random(5)
    syllables = [first + second for first in "bcdfghklmnprst" for second in "aeiou"]
    names = ["".join(rng.choices(syllables, k=rng.randint(2, 4))).title() for _ in range(3_000)]

    def line() -> str:
        return rng.choice(TEMPLATES).format(
            name=rng.choice(names), colour=rng.choice(COLOURS), item=rng.choice(ITEMS), carrier=rng.choice(CARRIERS),
            size=rng.choice("SMLX"), days=rng.randint(2, 20),
        )  # fmt: skip

    said: dict[str, None] = {}
    while len(said) < pairs:
        said[line()] = None
    store = MemoryStore(folder / "memory.db")
    store.add([TmxPair("en", "zh", text, f"译 {text}", 1.0) for text in said], SHOP, 1.0)
    asked = [line() for _ in range(ASKED)]
    first = [_cpu_ms(lambda text=text: store.best(text, "en", "zh", SHOP)) for text in asked]  # type: ignore[misc]
    for text in asked:
        store.best(text, "en", "zh", SHOP)
    later = [_cpu_ms(lambda text=text: store.best(text, "en", "zh", SHOP)) for text in asked]  # type: ignore[misc]
    keys = [skeleton(text).key for text in said]
    best: list[float] = []
    every = [_cpu_ms(lambda text=text: best.append(_of_all(text, keys))) for text in asked[:EXHAUSTIVE]]  # type: ignore[misc]
    hits = [store.best(text, "en", "zh", SHOP) for text in asked[:EXHAUSTIVE]]
    found = [hit.similarity if hit else 0.0 for hit in hits]
    store.close()
    return {
        "pairs": pairs,
        "first_lines": _spread(first),
        "later_lines": _spread(later),
        "every_pair_compared": _spread(every),
        "as_good_as_the_best_of_all": sum(
            one >= min(other, 0.99) - 1e-9 for one, other in zip(found, best, strict=True)
        ),
        "of": EXHAUSTIVE,
    }


def _of_all(text: str, keys: Sequence[str]) -> float:
    key = skeleton(text).key
    low, high = int(len(key) * THRESHOLD), int(len(key) / THRESHOLD) + 1
    best = max((similarity(key, other) for other in keys if low <= len(other) <= high), default=0.0)
    return best if best >= THRESHOLD else 0.0


def _cpu_ms(work: Callable[[], object]) -> float:
    begun = time.process_time()
    work()
    return 1000 * (time.process_time() - begun)


def _spread(times: Sequence[float]) -> dict[str, float]:
    ordered = sorted(times)
    return {
        "cpu_p50_ms": round(statistics.median(ordered), 2),
        "cpu_p95_ms": round(ordered[min(len(ordered) - 1, int(0.95 * len(ordered)))], 2),
    }
