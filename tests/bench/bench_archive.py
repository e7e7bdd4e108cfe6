"""Archive: windows of 20 archived per second, latency of ``see``, and the search on a generated archive.

``seabridge bench archive --messages 50000 --json``. Figures depend on the disk: every window is flushed to it.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from companion.conversations import Archive
from companion.protocol.methods.archive import MessageSeenParams, SearchParams
from companion.protocol.values import SeenMessage, ThreadRef

WINDOW = 20
PARTS = {
    "zh": "您好 请问 这个 商品 什么 时候 发货 退款 尺码 颜色 包裹 物流 已经 收到 谢谢 没有 可以 客服 订单 问题 质量",
    "en": "hello when will my order ship refund size colour parcel tracking received thanks broken please help blue",
    "es": "hola cuándo llega mi pedido reembolso talla color paquete gracias roto dirección mañana devolución envío",
    "th": "สวัสดีค่ะ สินค้า ยัง ไม่ มา เลย ขอ คืน เงิน ขนาด สี พัสดุ ขอบคุณ ที่อยู่ เสีย",
    "ja": "こんにちは 注文 商品 いつ 発送 返品 返金 サイズ 色 届き ました ありがとう 壊れて 住所",
    "ru": "здравствуйте когда мой заказ возврат размер цвет посылка спасибо сломан адрес завтра",
}
WORDS = {language: words.split() for language, words in PARTS.items()}
QUERIES = {
    "one character": "款",
    "two characters": "退款",
    "common character": "的",
    "thai fragment": "คืนเงิน",
    "spanish word, no accent": "devolucion",
    "fragment": "refun",
    "two words": "refund parcel",
    "phrase": '"size colour"',
    "beginning of an order id": "2409001",
    "nothing": "xyzzy",
}


def sentence(chance: random.Random, language: str) -> str:
    joint = "" if language in {"zh", "th", "ja"} else " "
    words = [chance.choice(WORDS[language]) for _ in range(chance.randint(2, 14))]
    if language == "zh":
        words.insert(chance.randint(0, len(words)), "的")
    return joint.join(words) + (f" {240_900_000 + chance.randint(0, 99_999)}" if chance.random() < 0.1 else "")


def fill(archive: Archive, messages: int, chance: random.Random) -> list[float]:
    """Threads of forty messages, each archived as a page would show it; latencies of ``see`` in seconds."""
    took, count, number = [], 0, 0
    start = 1_700_000_000.0
    while count < messages:
        number += 1
        language = chance.choice([*WORDS])
        ref = ThreadRef(marketplace="shopee", shop="s", region="sg", thread=f"t{number}", buyer=f"Buyer {number}")
        rows = [
            SeenMessage(direction=chance.choice(("buyer", "seller")), text=sentence(chance, language))
            for _ in range(40)
        ]
        for begin in range(0, 40, WINDOW):
            params = MessageSeenParams(
                thread=ref, messages=rows[begin : begin + WINDOW], observed_at=start + number * 600 + begin
            )
            at = time.perf_counter()
            seen = archive.see(params)
            took.append(time.perf_counter() - at)
            count += len(seen.new_ids)
    return took


def live(archive: Archive, chance: random.Random, rounds: int) -> dict[str, list[float]]:
    """A conversation in which one message appears at a time in a window of twenty; and windows with nothing new."""
    ref = ThreadRef(marketplace="shopee", shop="s", region="sg", thread="live")
    rows: list[SeenMessage] = []
    took: dict[str, list[float]] = {"one_new": [], "nothing_new": []}
    for i in range(rounds):
        rows.append(SeenMessage(direction="buyer", text=sentence(chance, "es")))
        params = MessageSeenParams(thread=ref, messages=rows[-WINDOW:], observed_at=1_790_000_000.0 + i)
        for kind in took:
            at = time.perf_counter()
            archive.see(params)
            took[kind].append(time.perf_counter() - at)
    return took


def quantiles(seconds: Sequence[float]) -> dict[str, float]:
    ordered = sorted(seconds)
    return {f"p{q}_ms": round(ordered[min(len(ordered) - 1, len(ordered) * q // 100)] * 1000, 2) for q in (50, 95)}


def timed(call: Callable[[], Any], times: int) -> dict[str, float]:
    took = []
    for _ in range(times):
        at = time.perf_counter()
        call()
        took.append(time.perf_counter() - at)
    return quantiles(took)


def main(argv: list[str]) -> int:
    """Print the figures as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--messages", type=int, default=50_000)
    parser.add_argument("--folder", type=Path, help="where the archive is made; default: a temporary folder")
    parser.add_argument("--json", action="store_true", help="the only format there is")
    options = parser.parse_args(argv)
    with tempfile.TemporaryDirectory(dir=options.folder) as folder:
        path = Path(folder) / "archive.db"
        archive = Archive.open(path, Path(folder) / "files")
        chance = random.Random(7)
        at = time.perf_counter()
        took = fill(archive, options.messages, chance)
        whole = time.perf_counter() - at
        searches = {}
        for name, query in QUERIES.items():
            params = SearchParams(query=query)
            searches[name] = {"hits": len(archive.search(params).hits), **timed(lambda p=params: archive.search(p), 40)}
        result = {
            "messages": archive.counts()[1],
            "inserts_per_s": round(archive.counts()[1] / whole),
            "see_20_new": quantiles(took),
            **{f"see_{kind}": quantiles(values) for kind, values in live(archive, chance, 300).items()},
            "search": searches,
        }
        archive.close()
        result["bytes_per_message"] = round(path.stat().st_size / result["messages"])
    sys.stdout.write(json.dumps(result, ensure_ascii=False, indent=1) + "\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
