"""Orders as their pages showed them, with what is stale and which conversations are about them."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from companion.conversations import Archive
from companion.marketplaces import load, rules_dir
from companion.orders import orders
from companion.pages.documents import read_documents
from companion.pages.reading import Reading
from companion.protocol.methods.archive import MessageSeenParams
from companion.protocol.values import SeenMessage, ThreadRef

DAY = 86_400.0
URL = "https://agentseller-us.temu.com/mmsos/orders.html"
PAGE = (rules_dir() / "marketplaces/temu/cases/orders.html").read_bytes()


@pytest.fixture
def archive(open_archive: Callable[[], Archive]) -> Iterator[Archive]:
    opened = open_archive()
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def reading() -> Reading:
    return read_documents(PAGE, load().marketplaces, URL)[0]


def test_a_page_of_orders_is_kept_with_when_it_was_seen(archive: Archive, reading: Reading) -> None:
    count = orders.keep(archive, reading, 10.0)
    assert count == len(reading.content) > 0
    assert orders.keep(archive, reading, 20.0) == count
    found = orders.listed(archive, 20.0)
    assert sorted(one.order for one in found) == sorted(row["order"] for row in reading.content)
    assert all((one.first_seen_at, one.seen_at, one.changes) == (10.0, 20.0, []) for one in found)
    row = next(row for row in reading.content if row["order"] == found[0].order)
    assert {name: fact.value for name, fact in found[0].facts.items()} == {
        name: row[name] for name in orders.FIELDS if name != "items" and row[name]
    }


def test_what_moves_is_stale_after_a_day_and_changes_are_told(archive: Archive, reading: Reading) -> None:
    [first, *_] = orders.looks(reading)
    for at, status in ((0.0, "Unshipped"), (DAY, "Shipped")):
        values = {**first.values, "status": status, "items": '["Lamp"]'}
        archive.facts.note("order", [type(first)(first.marketplace, "", "", first.ref, values, first.page)], at)
    [fresh] = orders.listed(archive, DAY * 2, first.ref)
    assert (fresh.facts["status"].value, fresh.facts["status"].stale, fresh.items) == ("Shipped", False, ["Lamp"])
    assert [(change.field, change.value, change.since) for change in fresh.changes] == [
        ("status", "Unshipped", 0.0),
        ("status", "Shipped", DAY),
    ]
    [old] = orders.listed(archive, DAY * 2 + 1, first.ref)
    assert old.facts["status"].stale
    assert not any(fact.stale for name, fact in old.facts.items() if name not in orders.MOVING)


def test_the_conversations_about_an_order_are_linked(archive: Archive, reading: Reading) -> None:
    number = reading.content[0]["order"]
    ref = ThreadRef(marketplace="temu", shop="", region="", thread="c-1", buyer="Ana")
    message = SeenMessage(direction="buyer", text="where?", order=number)
    archive.see(MessageSeenParams(thread=ref, messages=[message], observed_at=1.0))
    orders.keep(archive, reading, 10.0)
    assert orders.listed(archive, 10.0, number)[0].threads == [1]
    assert archive.transcript(1).links[0][:2] == ("order", number)
