"""Search: the first page of every kind of query on a large generated archive, newest first and best first.

``seabridge bench search --messages 1000000``, with ``--json`` all figures. Beside it: plain ``LIKE`` on the same file,
and the same texts in TinyDB (20,000 of them, the time taken times as many as there are). The first ``--written``
messages go through the real writer, which gives the rate of insertion; the rest is written in bulk. The exit status is
1 when an aim is missed.
"""

from __future__ import annotations

import argparse
import datetime
import json
import os
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from itertools import chain, islice
from pathlib import Path
from typing import Any

import search_postgres
from bulk import Bulk
from made_archive import Talk, talks, through_the_writer
from measuring import once, quantiles, timed
from search_report import SORTS, lines, met, missed

from companion.conversations import Archive
from companion.protocol.methods.archive import SearchParams

TINY = 20_000
KINDS: dict[str, list[str]] = {
    "one character": ["款", "码", "箱", "税", "颜", "坏"],
    "very common character": ["的", "我", "您", "请"],
    "two characters": ["退款", "发货", "尺码", "关税", "物流", "赠品", "发票", "差评"],
    "two common characters that seldom meet": ["吗的", "的吗", "请不", "我可", "发以"],
    "several characters": ["什么时候发货", "没有收到", "能不能便宜", "颜色不对"],
    "thai fragment": ["คืนเงิน", "พัสดุ", "ยังไม่", "ขนาด", "ส่ง", "สี"],
    "spanish word, no accent": ["devolucion", "direccion", "cuanto", "reembolso", "envio"],
    "beginning of a word": ["refun", "ship", "wher", "paq"],
    "two words": ["refund parcel", "talla pedido", "退款 物流", "size return"],
    "phrase": ['"my order"', '"还没有收到"', '"mi pedido"', '"the wrong size"', '"ya llegó"'],
    "beginning of an order id": ["2403", "25031", "2601", "24"],
    "buyer's name": ["emily", "佐藤", "Muñoz", "nguyen"],
    "filtered": [
        "退款 shop:shopee",
        "refund from:buyer lang:en",
        "尺码 after:2024-06 before:2024-09",
        "退款 is:unanswered",
        "的 from:Emily",
        "的 shop:amazon lang:de",
        "退款 -来自:我 -店铺:shopee",
        "的 before:2024-02",
        "refund in:original",
        "size -refund has:image",
    ],
    "filters alone": ["has:image", "is:unanswered", "order:2403", "lang:th from:me", "after:2026-01", "-的"],
    "nothing": ["xyzzy", "龘", "refund xyzzy"],
}
#: Whole counts and rare words, against LIKE (which tells accents apart, and finds words inside of others).
AGAINST = ["退款", "款", "的", "关税", "คืนเงิน", "devolución", "tracking", "xyzzy"]
_FITTING = "SELECT count(*) FROM search_index WHERE search_index MATCH ?"
_HOLDING = "SELECT coalesce(max(doc), 0) FROM temp.words_held WHERE term = ?"
_LIKE = (
    "FROM messages m WHERE m.text LIKE :like OR m.order_ref LIKE :like"
    " OR EXISTS (SELECT 1 FROM translations t WHERE t.message_id = m.id AND t.text LIKE :like)"
)


def made(archive: Archive, messages: int, written: int) -> dict[str, Any]:
    """Fill the archive; how fast, and how."""
    some = talks(messages)
    first: list[Talk] = []
    while sum(len(each.said) for each in first) < written and (talk := next(some, None)):
        first.append(talk)
    at = time.perf_counter()
    inserted, took = through_the_writer(archive, first)
    rate = inserted / (time.perf_counter() - at)
    at = time.perf_counter()
    rest = Bulk(archive).fill(some)
    return {
        "through_the_writer": {"messages": inserted, "per_s": round(rate), "window": quantiles(took)},
        "in_bulk": {"messages": rest, "per_s": round(rest / (time.perf_counter() - at)) if rest else 0},
    }


def order_ids(path: Path) -> list[str]:
    """Order numbers spread over the whole time."""
    with sqlite3.connect(path) as db:
        rows = db.execute("SELECT order_ref FROM messages WHERE order_ref <> '' AND id % 997 = 0 LIMIT 40").fetchall()
    return [row[0] for row in rows] or ["260318XKP31PE2"]


def searched(
    archive: Archive,
    sort: str,
    elsewhere: Callable[[], float] = lambda: 0.0,
    *,
    kinds: dict[str, list[str]],
    rounds: int,
) -> dict[str, Any]:
    """Times of first pages; each query once before, since a search follows others. ``elsewhere``: see ``timed``."""
    found = {}
    for kind, queries in kinds.items():
        calls: list[Callable[[], Any]] = [
            partial(archive.search, SearchParams(query=query, sort=sort))
            for query in queries  # type: ignore[arg-type]
        ]
        first = {query: len(call().hits) for query, call in zip(queries, calls, strict=True)}
        times = timed(calls * max(1, rounds // len(calls)), elsewhere)
        found[kind] = {**times, "met": met(times), "hits": list(first.values())[:10]}
    return found


def against_like(path: Path) -> dict[str, Any]:
    """Full counts, and the first page of a rare word, on the same file."""
    from companion.conversations.expression import quoted
    from companion.conversations.query import parse

    result = {}
    with sqlite3.connect(path) as db:
        db.execute("CREATE VIRTUAL TABLE temp.words_held USING fts5vocab(main, search_index, row)")
        for query in AGAINST:
            [phrase] = parse(f'"{query}"', datetime.date.today()).wanted
            # in how many messages a single word is SQLite tells without handing each of them over
            single = len(phrase.words) == 1 and not phrase.open_end
            count = partial(db.execute, *((_HOLDING, phrase.words) if single else (_FITTING, (quoted(phrase),))))
            asked = {"like": f"%{query}%"}
            ours = min(once(lambda c=count: c().fetchone()) for _ in range(5))
            theirs = once(lambda a=asked: db.execute(f"SELECT count(*) {_LIKE}", a).fetchone())
            page = once(
                lambda a=asked: db.execute(f"SELECT m.id {_LIKE} ORDER BY m.moment DESC LIMIT 20", a).fetchall()
            )
            result[query] = {
                "count": count().fetchone()[0],
                "count_like": db.execute(f"SELECT count(*) {_LIKE}", asked).fetchone()[0],
                "count_ms": ours,
                "like_count_ms": theirs,
                "times": round(theirs / max(ours, 0.01)),
                "like_page_ms": page,
            }
    return result


def tiny(messages: int, folder: Path) -> dict[str, Any]:
    """TinyDB with the first 20,000 messages, and what that comes to for all of them."""
    from tinydb import TinyDB, where

    said = islice(chain.from_iterable(talk.said for talk in talks(messages)), min(TINY, messages))
    rows = [{"text": each.text, "written": each.written, "order": each.order} for each in said]
    db = TinyDB(folder / "tiny.json", encoding="utf-8", ensure_ascii=False)
    inserted = once(lambda: db.insert_multiple(rows))
    both = where("text").test(lambda text: "退款" in text) | where("written").test(lambda text: "退款" in text)
    found = once(lambda: db.search(both))
    db.close()
    times = messages / len(rows)
    return {
        "messages": len(rows),
        "insert_per_s": round(len(rows) / inserted * 1000),
        "search_ms": found,
        "extrapolated_search_ms": round(found * times),
    }


def main(argv: list[str]) -> int:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--messages", type=int, default=100_000)
    parser.add_argument("--written", type=int, default=20_000, help="of these through the real writer")
    parser.add_argument("--rounds", type=int, default=60, help="timed searches of each kind")
    parser.add_argument("--folder", type=Path, help="where the archive is made; default: a temporary folder")
    parser.add_argument("--json", action="store_true", help="all figures, for programs")
    options = parser.parse_args(argv)
    with tempfile.TemporaryDirectory(dir=options.folder) as name:
        folder = Path(name)
        path = folder / "archive.db"
        archive = Archive.open(path, folder / "files")
        result: dict[str, Any] = {"load_before": os.getloadavg() if hasattr(os, "getloadavg") else None}
        result |= made(archive, options.messages, min(options.written, options.messages))
        result["messages"] = archive.counts()[1]
        archive.close()
        result["bytes_per_message"] = round(path.stat().st_size / result["messages"])
        archive = Archive.open(path, folder / "files")
        kinds = {**KINDS, "order id": order_ids(path)}
        search = partial(searched, kinds=kinds, rounds=options.rounds)
        for sort in SORTS:
            result[sort] = search(archive, sort)
        archive.close()
        result["like"] = against_like(path)
        result["tinydb"] = tiny(options.messages, folder)
        result["postgresql"] = search_postgres.beside(
            result["messages"], min(options.written, options.messages), search
        )
        result["load_after"] = os.getloadavg() if hasattr(os, "getloadavg") else None
        result["missed"] = missed(result)
    told = json.dumps(result, ensure_ascii=False, indent=1) if options.json else "\n".join(lines(result))
    sys.stdout.write(told + "\n")
    return 1 if result["missed"] else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
