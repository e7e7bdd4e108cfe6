"""Operators against an archive: who, where, when, in which language, with a picture, unanswered."""

from __future__ import annotations

import datetime
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from companion.conversations import Archive, best_first, index, searching, upgrade
from companion.conversations.identity import message_digest
from companion.conversations.migrations.sqlite import MIGRATIONS, old_index
from companion.conversations.sqlite_database import SqliteDatabase
from companion.protocol import ErrorCode, SeabridgeError
from companion.protocol.methods.archive import MessageSeenParams, SearchParams
from companion.protocol.values import SeenMessage, ThreadRef

DAY = 86_400
#: Thursday, 3 September 2026; the archive's last message is of that day.
TODAY = datetime.date(2026, 9, 3)
ZONE = ZoneInfo("Asia/Shanghai")
NOW = datetime.datetime(2026, 9, 3, 15, 30, tzinfo=ZONE).timestamp()


def see(archive: Any, buyer: str, *rows: Any, thread: str = "", days: float = 0, **where: Any) -> list[int]:
    """One message after the other in a conversation: "text" of the buyer, "<text" ours; a dict has more fields."""
    account = {"marketplace": "shopee", "shop": "deepsea", "region": "sg", "thread": thread or buyer, **where}
    ref = ThreadRef(**account, buyer=buyer)
    made = []
    for row in rows:
        fields = row if isinstance(row, dict) else {"text": row}
        text = fields.get("text", "")
        direction = "seller" if text.startswith("<") else "buyer"
        made.append(SeenMessage(**{**fields, "direction": direction, "text": text.lstrip("<")}))
    params = MessageSeenParams(thread=ref, messages=made, observed_at=NOW - days * DAY)
    return [row.id for row in archive.see(params).rows]


@pytest.fixture(scope="module")
def full(of_module: Archive) -> Archive:
    """Four conversations that every test may read."""
    archive = of_module
    ids = see(archive, "Anna Müller", "Wo ist mein Paket?", "<It left yesterday.", "Danke, refund?", days=40)
    archive.translations.add(ids[0], "zh", "我的包裹在哪里？", "argos", "machine", [], "de", True)
    archive.translations.add(ids[2], "zh", "谢谢，退款？", "argos", "machine", [], "de", True)
    ordered = {"text": "refund please", "order": "2409-0312AB"}
    see(archive, "佐藤 陽菜", ordered, "<退款已处理", days=3, marketplace="amazon", shop="A2X", region="jp")
    pictured = {"text": "", "images": ["https://img.example/1.jpg"]}
    see(archive, "annabel", pictured, "refund the broken one", days=1)
    see(archive, "Bo", "refunded? 2409-0312AB", "<yes", shop="other", marketplace="tiktok-shop", region="us")
    return archive


def found(archive: Any, query: str, **more: Any) -> list[str]:
    with archive._database.read() as connection:
        result = searching.search(connection, SearchParams(query=query, **more), "", TODAY, ZONE)
    return ["".join(s.text for s in hit.text) for hit in result.hits]


ANNA, SATO, ANNABEL, BO = "Danke, refund?", "refund please", "refund the broken one", "refunded? 2409-0312AB"


@pytest.mark.parametrize(
    ("query", "texts"),
    [
        ("refund", [BO, ANNABEL, SATO, ANNA]),
        ("refund from:buyer", [BO, ANNABEL, SATO, ANNA]),
        ("refund from:me", []),
        ("退款 from:me", ["退款已处理"]),
        ("退款 -from:me", [ANNA]),
        ("refund from:anna", [ANNABEL, ANNA]),
        ('refund from:"Anna"', [ANNA]),
        ('refund from:"anna muller"', [ANNA]),
        ("来自：佐藤", [SATO]),
        ("买家：陽菜", ["退款已处理", SATO]),
        ("anna refund", [ANNABEL, ANNA]),
        ("refund -buyer:anna", [BO, SATO]),
        ("refund shop:amazon", [SATO]),
        ("refund shop:deepsea", [ANNABEL, ANNA]),
        ("refund shop:us", [BO]),
        ('refund shop:"TikTok Shop"', [BO]),
        ("refund shop:amazon shop:tiktok", [BO, SATO]),
        ("refund -shop:amazon -shop:tiktok", [ANNABEL, ANNA]),
        ("refund shop:nowhere", []),
        ("refund -shop:nowhere", [BO, ANNABEL, SATO, ANNA]),
        ("order:2409-0312AB", [SATO]),
        ("订单：2409", [SATO]),
        ("2409-0312", [BO, SATO]),
        ("order:0312", [SATO]),
        ("order:2410", []),
        ("refund lang:de", [ANNA]),
        ("lang:德语", [ANNA, "Wo ist mein Paket?"]),
        ("refund before:2026-08", [ANNA]),
        ("refund after:2d", [BO, ANNABEL]),
        ("refund after:2026-08-31 before:today", [ANNABEL, SATO]),
        ("before:2026-08 from:me", ["It left yesterday."]),
        ("after:today", ["yes", BO]),
        ("has:image", [""]),
        ("refund has:image", []),
        ("has:translation", ["Danke, refund?", "Wo ist mein Paket?"]),
        ("refund -包含:译文", [BO, ANNABEL, SATO]),
        ("has:order", [SATO]),
        ("has:link", []),
        ("has:edit", []),
        ("is:gone", []),
        ("thread:1 refund", [ANNA]),
        ("会话：#2 来自:买家", [SATO]),
        ("refund -thread:1 -thread:2", [BO, ANNABEL]),
        ("thread:999", []),
        ("is:unanswered", [ANNABEL, "", ANNA]),
        ("refund -is:unanswered", [BO, SATO]),
        ("退款 in:original", ["退款已处理"]),
        ("退款 范围:译文", [ANNA]),
        ("退款 -in:original", [ANNA]),
        ("refund -broken", [BO, SATO, ANNA]),
        ("-refund -退款", ["yes", "", "It left yesterday.", "Wo ist mein Paket?"]),
    ],
)
def test_what_operators_leave(full: Any, query: str, texts: list[str]) -> None:
    assert found(full, query) == texts


def test_a_conversation_linked_to_an_order_is_found_by_it(archive: Any) -> None:
    see(archive, "A", "hello", "again")
    see(archive, "B", "hello")
    archive.link(1, "order", "77-88")
    assert found(archive, "order:77-88") == ["again", "hello"]
    assert found(archive, "order:77-8") == []
    assert found(archive, "again -order:77-88") == []


def test_what_was_understood_is_told(full: Any) -> None:
    result = full.search(SearchParams(query="退款 -shop:shopee 之前：2026年9月"))
    assert [(f.kind, f.value, f.without, f.text) for f in result.filters] == [
        ("shop", "shopee", True, "-shop:shopee"),
        ("before", "2026-09-01", False, "之前：2026年9月"),
    ]


def test_hits_in_name_and_order_are_marked(full: Any) -> None:
    [hit] = full.search(SearchParams(query="from:muller refund")).hits
    assert [s.text for s in hit.name if s.hit] == ["Müller"]
    assert hit.order == []
    [hit] = full.search(SearchParams(query="order:2409")).hits
    assert [s.text for s in hit.order if s.hit] == ["2409"]
    assert hit.name == []


# -- the index keeps step (the fixture checks it at the end of every test) ------------------------------------------


def test_an_answer_ends_the_waiting_of_what_stands_above_it(archive: Any) -> None:
    see(archive, "A", "one", "two")
    assert found(archive, "is:unanswered") == ["two", "one"]
    see(archive, "A", "one", "two", "<answer")
    assert found(archive, "is:unanswered") == []
    see(archive, "A", "one", "two", "<answer", "three")
    assert found(archive, "is:unanswered") == ["three"]


def test_history_scrolled_in_above_an_answer_does_not_wait(archive: Any) -> None:
    see(archive, "A", "<answer", "thanks")
    see(archive, "A", "older", "<older answer", "old", "<answer", "thanks")
    assert found(archive, "is:unanswered") == ["thanks"]


def test_a_new_name_of_the_buyer_is_found_in_all_messages(archive: Any) -> None:
    see(archive, "Anna", "hello", thread="t1")
    see(archive, "Anna Schmidt", "hello", "again", thread="t1")
    assert found(archive, "buyer:schmidt") == ["again", "hello"]


def test_a_picture_or_a_language_that_comes_later_is_found(archive: Any) -> None:
    [first, second] = see(archive, "A", "hello", "hallo")
    archive.pictures.keep(first, "https://img.example/2.png", b"\x89PNG\r\n\x1a\n" + b"0" * 20)
    assert found(archive, "has:image") == ["hello"]
    archive.translations.add(second, "zh", "", "", "none", [], "de", True)
    assert found(archive, "lang:de") == ["hallo"]


def test_many_shops_stay_apart(archive: Any) -> None:
    for number in range(9):
        see(archive, f"b{number}", f"hello {number}", shop=f"shop{number}")
    assert found(archive, "hello shop:shop7") == ["hello 7"]
    assert len(found(archive, "hello shop:shop")) == 9


def test_a_message_is_found_even_where_its_shop_was_never_numbered(archive: Any) -> None:
    see(archive, "A", "hello")
    with archive._database.write() as connection:
        connection.exec_driver_sql("DELETE FROM shops")
        index.thread_again(connection, 1)
    assert found(archive, "hello") == ["hello"]
    assert archive.check() == ["shop thread 1"]
    see(archive, "A", "hello", thread="another")
    with archive._database.write() as connection:
        index.thread_again(connection, 1)


# -- best first -----------------------------------------------------------------------------------------------------


def pages(archive: Any, query: str, sort: str, limit: int, between: Any = None) -> list[str]:
    texts, cursor = [], ""
    for _ in range(50):
        result = archive.search(SearchParams(query=query, sort=sort, limit=limit, before=cursor))
        texts += ["".join(s.text for s in hit.text) for hit in result.hits]
        cursor = result.more
        if not cursor:
            return texts
        if between:
            between()
    raise AssertionError("no end of pages")


def test_best_first_in_pages_without_holes_or_repetitions(archive: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(best_first, "RANKED", 10)
    monkeypatch.setattr(best_first, "WEIGHED", 7)
    for number in range(33):
        see(archive, f"b{number}", f"refund {'x ' * (number % 5)}{number}", days=33 - number)
    for limit in (3, 4, 10, 40):
        texts = pages(archive, "refund", "best", limit)
        assert len(texts) == len(set(texts)) == 33
    # the newest ten are ranked among themselves, the shortest of them first
    assert pages(archive, "refund", "best", 40)[:2] == ["refund 30", "refund 25"]


def test_what_arrives_meanwhile_shifts_no_page(archive: Any) -> None:
    for number in range(12):
        see(archive, f"b{number}", f"refund {number}", days=12 - number)
    more = iter(range(100))
    texts = pages(archive, "refund", "best", 5, lambda: see(archive, f"n{next(more)}", "refund refund", days=0))
    assert sorted(texts) == sorted(f"refund {number}" for number in range(12))


@pytest.mark.parametrize("cursor", ["1", "1.2.3", "x.!", "1..2", "zzzzzzzzzzzzzzzzzzz.1"])
def test_a_foreign_cursor_is_refused_by_best_first(full: Any, cursor: str) -> None:
    with pytest.raises(SeabridgeError) as caught:
        full.search(SearchParams(query="refund", sort="best", before=cursor))
    assert caught.value.code is ErrorCode.BAD_PARAMS


def test_filters_alone_come_newest_first_whatever_is_asked(full: Any) -> None:
    assert found(full, "is:unanswered", sort="best") == found(full, "is:unanswered")


# -- an archive from before ------------------------------------------------------------------------------------------


_OLDER = """
INSERT INTO threads (id, marketplace, region, shop, thread, buyer, created_at, message_count,
    last_message_id, last_moment)
  VALUES (1, 'shopee', 'sg', 's', 't', 'Zoë', 1, 2, 2, 2000);
INSERT INTO messages (thread_id, position, moment, direction, text, observed_at, order_ref, language,
    ident, salt, digest)
  VALUES (1, 1, 1000, 'buyer', '我要退款', 1, '77-1', 'zh', x'01', x'00', x'00'),
         (1, 2, 2000, 'buyer', 'hello', 2, '', 'en', x'02', x'00', x'00');
INSERT INTO images (message_id, url) VALUES (2, 'https://img.example/1.jpg');
INSERT INTO search_index (rowid, original, translation, refs)
  VALUES (1000, '我 要 退 款', '', '77 1'), (2000, 'hello', '', '');
"""


@pytest.fixture
def older(tmp_path: Path) -> Path:
    """An archive of the second schema, with messages."""
    path = tmp_path / "older.db"
    database = SqliteDatabase(path, read_only=False, busy_timeout_s=1)
    upgrade.upgrade(database, MIGRATIONS[:2])
    database.close()
    with closing(sqlite3.connect(path)) as db:
        db.executescript(_OLDER)
        for number, text in enumerate(("我要退款", "hello"), 1):
            committed = message_digest(b"\0", ("shopee", "sg", "s", "t"), "buyer", text, "", float(number))
            db.execute("UPDATE messages SET digest = ? WHERE id = ?", (committed, number))
        db.commit()
    return path


def test_an_older_archive_learns_the_filters(older: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(old_index, "_PIECE", 1)
    archive = Archive.open(older, tmp_path / "files")
    try:
        assert archive.check() == []
        assert found(archive, "退款 buyer:zoe shop:shopee lang:zh order:77 is:unanswered") == ["我要退款"]
        assert found(archive, "has:image") == ["hello"]
        assert found(archive, "退款", sort="best") == ["我要退款"]
        see(archive, "Zoë", "我要退款", "hello", "<hi", thread="t", shop="s")
        assert found(archive, "is:unanswered") == []
        assert archive.check() == []
    finally:
        archive.close()


def test_a_web_address_is_a_link(archive: Archive) -> None:
    rows = ["see HTTPS://shop.example/p?id=1", "看www.example.com吧", "email www", "http: //no"]
    see(archive, "Eve", *rows)
    assert found(archive, "has:link") == rows[1::-1]


def test_a_translation_into_itself_is_none(archive: Archive) -> None:
    [message] = see(archive, "Eve", "你好")
    archive.translations.add(message, "zh", "你好", "", "same", [], "zh", True)
    assert found(archive, "has:translation") == []
    archive.translations.add(message, "en", "hello", "argos", "machine", [], "zh", True)
    assert found(archive, "has:translation") == ["你好"]


def test_a_conversation_is_named_by_its_number(archive: Archive) -> None:
    with pytest.raises(SeabridgeError) as raised:
        found(archive, "thread:Anna")
    assert raised.value.code == ErrorCode.SEARCH_VALUE
    assert raised.value.data["choices"] == "thread:12"
