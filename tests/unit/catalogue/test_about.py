"""Which listings a conversation is about, and the other way round."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from companion.catalogue import about, listings
from companion.catalogue.versions import Listing
from companion.conversations import Archive
from companion.conversations.looks import Look
from companion.protocol.methods.archive import MessageSeenParams
from companion.protocol.values import SeenMessage, ThreadRef

NOW = 1_000.0


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    opened = Archive.open(tmp_path / "archive.db", tmp_path / "files")
    yield opened
    opened.close()


def talk(archive: Archive, thread: str, order: str = "", shop: str = "s1", marketplace: str = "ebay") -> int:
    ref = ThreadRef(marketplace=marketplace, shop=shop, region="", thread=thread, buyer=thread)
    said = SeenMessage(key="1", direction="buyer", text="Hello", time="", order=order, images=[])
    return archive.see(MessageSeenParams(thread=ref, messages=[said], observed_at=10.0)).thread_id


def keep(archive: Archive, key: str, sku: str, item: str, title: str, shop: str = "s1") -> Listing:
    values = {"sku": sku, "item": item, "title": title}
    archive.facts.note("listing", [Look("ebay", "", shop, key, values, "ebay/listing")], 20.0)
    found = listings.one(archive, NOW, "ebay", shop, key)
    assert found is not None
    return found


def bought(archive: Archive, order: str, *items: str, shop: str = "s1") -> None:
    import json

    values = {"items": json.dumps(items, ensure_ascii=False)}
    archive.facts.note("order", [Look("ebay", "", shop, order, values, "ebay/orders")], 30.0)


def told(archive: Archive, thread: int) -> list[str]:
    return [one.key for one in about.of_thread(archive, archive.linked.summaries([thread])[0], NOW)]


def test_the_card_beside_a_conversation_links_it_whichever_is_seen_first(archive: Archive) -> None:
    lamp, other = talk(archive, "rosalind"), talk(archive, "someone")
    about.note(archive, lamp, " 186512340987 ")
    about.note(archive, lamp, "186512340987")
    about.note(archive, other, "")
    assert told(archive, lamp) == [], "nobody opened the listing yet"
    listing = keep(archive, "HL-1", "HL-1", "186512340987", "Brass lamp")
    assert told(archive, lamp) == ["HL-1"]
    assert told(archive, other) == []
    assert [each.id for each in about.conversations(archive, listing)] == [lamp]


def test_an_order_that_is_named_links_by_what_was_bought(archive: Archive) -> None:
    thread = talk(archive, "rosalind", order="113-1")
    listing = keep(archive, "HL-045", "HL-LAMP-045", "", 'Brass "E27" lamp, 45 cm')
    assert told(archive, thread) == []
    bought(archive, "113-1", 'BRASS "E27"  lamp, 45 cm', "Something else")
    assert told(archive, thread) == ["HL-045"]
    assert [each.id for each in about.conversations(archive, listing)] == [thread]
    # another shop's order of that name is nobody's here
    bought(archive, "113-2", "SKU HL-LAMP-045", shop="s2")
    elsewhere = talk(archive, "other", order="113-2", shop="s2")
    assert told(archive, elsewhere) == []
    assert [each.id for each in about.conversations(archive, listing)] == [thread]


def test_another_marketplace_is_another_number(archive: Archive) -> None:
    thread = talk(archive, "a", marketplace="etsy")
    about.note(archive, thread, "186512340987")
    listing = keep(archive, "HL-1", "HL-1", "186512340987", "Brass lamp")
    assert told(archive, thread) == []
    assert about.conversations(archive, listing) == []


@pytest.mark.parametrize(
    ("item", "is_it"),
    [
        ("LB-72-GRY ×2", True),
        ("SKU: LB-72-GRY.", True),
        ("(1729400000000000001)", True),
        ("LB-72-GRY-XL", False),
        ("XLB-72-GRY", False),
        ("LB-72-GRY.2", False),
        ("foldable  basket, GREY", True),
        ("Foldable basket, grey, large", False),
        ("", False),
    ],
)
def test_an_item_is_the_listing_only_by_its_whole_number_or_title(item: str, is_it: bool) -> None:
    listing = {"sku": "LB-72-GRY", "item": "1729400000000000001", "title": "Foldable basket, grey"}
    assert about.names(item, listing) is is_it


@pytest.mark.parametrize(("sku", "title", "item"), [("72", "Basket", "72 × Basket"), ("72", "Basket", "Basket")])
def test_short_numbers_and_titles_tell_nothing(sku: str, title: str, item: str) -> None:
    assert not about.names(item, {"sku": sku, "title": title})
