"""Whatever is typed, a team's archive finds what a file finds, in the same order, page by page."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from companion.conversations import Archive, tsearch
from companion.protocol.errors import ErrorCode, SeabridgeError
from companion.protocol.methods.archive import MessageSeenParams, SearchParams, ThreadMarkParams
from companion.protocol.values import SeenMessage, ThreadRef
from companion.runtime.database_url import parse

if TYPE_CHECKING:
    from tests.postgres import Server

NOW = 1_788_420_600.0
SAID = (
    "我要退款，谢谢", "什么时候发货？ 退 一下 款", "款退了吗",
    "สินค้ายังไม่มาเลยค่ะ", "ไม่ มา", "Quero minha devolução agora",
    "DEVOLUCAO já!", "返品できますか？カードで", "환불해 주세요",
    "đơn hàng của tôi", "Где мой заказ? Ещё не пришёл", "أين طلبي؟",
    "The iPhone手机壳 broke, order 2409-0312", "refund",
    "refunds and refunded, refund", "no refund? REFUND! the order",
    "the order, the refund", "it's 100% \\ broken", "Straße strasse STRASSE",
    "é e\u0301 ñ", "12 345", "１２ ３４５", "👍",
)  # fmt: skip
QUERIES = (
    "退", "退款", "要退", "款", '"退款"', "ไม่มา", "มา",
    "devolucao", "devol", "返品 カード", "환불", "불", "don hang", "заказ",
    "طلبي", "2409-0312", "手机", "refund", "refun",
    '"refund"', '"the order"', "order the", "refund -order", "-refund",
    "-退款 退", "it's", "100%", "\\", "strasse", "e", "n", "12", "345", "from:buyer", "from:me refund", "from:Ana 退",
    "from:陽菜", "buyer:ana -from:me", "shop:amazon refund", "shop:deep -shop:amazon", "order:2409", "order:77",
    "in:translation 退款", "in:original 退款", "-in:original refund", "lang:zh", "lang:pt refund", "lang:zh lang:ko",
    "has:image", "-has:image refund", "is:unanswered", "is:starred", "-is:starred 退", "tag:vip", "-tag:vip refund",
    "after:2026-08-20 refund", "before:2026-08-20 refund", "after:2026-08-15 before:2026-08-25", "refund 退",
    '"refund refund"', "nothing-of-the-kind",
)  # fmt: skip


@pytest.fixture(scope="module")
def both(postgres: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Archive, Archive]]:
    postgres.create("alike")
    folder: Path = tmp_path_factory.mktemp("alike")
    archives = Archive.open(folder / "archive.db", folder / "files"), Archive.of_team(parse(postgres.url("alike")))
    for archive in archives:
        _fill(archive)
    yield archives
    for archive in archives:
        assert archive.check() == []
        archive.close()


def _fill(archive: Archive) -> None:
    chosen = random.Random(5)
    for number in range(40):
        buyer = ("Ana", "annabel", "佐藤 陽菜", "Bo")[number % 4]
        place = ("amazon", "A2X", "jp") if number % 3 == 0 else ("shopee", "deepsea", "sg")
        ref = ThreadRef(marketplace=place[0], shop=place[1], region=place[2], thread=f"t{number}", buyer=buyer)
        said = [
            SeenMessage(
                direction=chosen.choice(("buyer", "buyer", "seller")), text=chosen.choice(SAID),
                order=chosen.choice(("", "", "2409-0312AB")),
                images=["https://img.example/1.png"] if chosen.random() < 0.1 else [],
            )
            for _ in range(chosen.randint(1, 4))
        ]  # fmt: skip
        seen = archive.see(MessageSeenParams(thread=ref, messages=said, observed_at=NOW - (40 - number) * 86_400))
        for row, message in zip(seen.rows, said, strict=True):
            if chosen.random() < 0.4:
                target, text = chosen.choice((("zh", "我要退款 订单"), ("en", "I want a refund for the order")))
                language = chosen.choice(("zh", "pt-BR", "ko"))
                archive.translations.add(row.id, target, text, "argos", "machine", [], language, bool(message.text))
        if number % 7 == 0:
            archive.mark(ThreadMarkParams(thread_id=seen.thread_id, star=True, tags=["VIP"]))
            archive.link(seen.thread_id, "order", "77")


def pages(archive: Archive, query: str, sort: str, limit: int) -> list[object]:
    found: list[object] = []
    before = ""
    for _ in range(100):
        try:
            page = archive.search(SearchParams(query=query, sort=sort, limit=limit, before=before))  # type: ignore[arg-type]
        except SeabridgeError as refused:  # signs alone: said before anything is looked for
            if refused.code == ErrorCode.SEARCH_SIGNS:
                return found
            raise
        found += page.hits
        before = page.more
        if not before:
            return found
    raise AssertionError("no end of pages")


@pytest.mark.parametrize("sort", ["newest", "best"])
def test_the_same_hits_in_the_same_order(both: tuple[Archive, Archive], sort: str) -> None:
    some = 0
    for query, limit in itertools.product(QUERIES, (7, 100)):
        of_file, of_team = (pages(archive, query, sort, limit) for archive in both)
        assert of_team == of_file, query
        some += bool(of_file)
    assert some > len(QUERIES), "most of the queries find something"


def test_piece_by_piece_of_time_the_same_is_found(
    both: tuple[Archive, Archive], monkeypatch: pytest.MonkeyPatch
) -> None:
    looked_through: list[str] = []
    piece = tsearch._piece
    monkeypatch.setattr(tsearch, "PROBED", 5)
    monkeypatch.setattr(tsearch, "_piece", lambda *asked: looked_through.append(query) or piece(*asked))
    for sort, query in itertools.product(("newest", "best"), QUERIES):
        of_file, of_team = (pages(archive, query, sort, 2) for archive in both)
        assert of_team == of_file, query
    assert len(looked_through) > 2 * len(QUERIES), "several pieces"
