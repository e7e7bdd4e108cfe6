"""Listings as dated versions."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import msgspec
import pytest

from companion.catalogue import listings
from companion.catalogue.compare import compare
from companion.catalogue.fields import STALE_AFTER_S
from companion.catalogue.numbers import key_of
from companion.conversations import Archive
from companion.marketplaces import load
from companion.pages.document import Saved
from companion.pages.reading import Reading
from companion.pages.recognise import recognise
from companion.practice.described import read_page
from companion.protocol.methods.catalogue import ListingSeenParams, SeenListing
from companion.protocol.pages import ListingPage

PAGES = Path(__file__).parents[3] / "companion" / "practice" / "pages"
DAY = 86_400.0
MARKETS = load().marketplaces


@pytest.fixture
def archive(open_archive: Callable[[], Archive]) -> Iterator[Archive]:
    opened = open_archive()
    yield opened
    opened.close()


def page_of(marketplace: str, name: str) -> Reading:
    page = read_page(PAGES / marketplace / f"{name}.html")
    found = recognise(Saved(page.source.encode()), MARKETS, page.address)
    assert found is not None
    assert isinstance(found.read, Reading)
    return found.read


@pytest.fixture(scope="module")
def reading() -> Reading:
    return page_of("shopee", "product-variations")


def edited(reading: Reading, **fields: Any) -> Reading:
    return replace(reading, content={**reading.content, **fields})


def test_an_edit_is_a_version_and_a_second_look_is_none(archive: Archive, reading: Reading) -> None:
    assert listings.keep(archive, reading, 10.0) == 1
    listings.keep(archive, reading, 20.0)
    listings.keep(archive, edited(reading, title="New", bullets=["a", "b"]), 30.0)
    listings.keep(archive, edited(reading, title="", description="Longer"), 40.0)
    [found] = listings.listed(archive, 50.0, "KC-72")
    assert (found.shop, found.seen_at, found.stale) == ("toko.contoh", 40.0, False)
    assert [(one.number, one.since, one.seen_at, one.changed) for one in found.versions] == [
        (3, 40.0, 40.0, ["description"]),
        (2, 30.0, 30.0, ["title"]),
        (1, 10.0, 20.0, []),
    ]
    assert found.versions[0].fields["title"] == "New", "a page that shows less takes nothing away"
    assert found.versions[0].fields["bullets"] == ["a", "b"]
    assert found.versions[-1].fields["title"] == reading.content["title"]
    assert listings.listed(archive, 40.0 + 30 * DAY + 1)[0].stale


def test_looks_that_come_late_find_their_place(archive: Archive, reading: Reading) -> None:
    for at, title in ((30.0, "Second"), (10.0, "First"), (20.0, "First"), (30.0, "Second")):
        listings.keep(archive, edited(reading, title=title), at)
    [found] = listings.listed(archive, 50.0, "KC-72")
    assert [(one.since, one.seen_at, one.fields["title"]) for one in found.versions] == [
        (30.0, 30.0, "Second"),
        (10.0, 20.0, "First"),
    ]


def test_each_field_grows_old_at_its_own_pace(archive: Archive, reading: Reading) -> None:
    listings.keep(archive, edited(reading, price="399", stock="12"), 0.0)

    def old(now: float) -> set[str]:
        return {name for name, fact in listings.listed(archive, now, "KC-72")[0].facts.items() if fact.stale}

    assert old(STALE_AFTER_S["stock"]) == set()
    assert old(STALE_AFTER_S["stock"] + 1) == {"stock"}
    assert old(STALE_AFTER_S["price"] + 1) == {"stock", "price"}
    assert {"title", "description", "brand"} <= old(31 * DAY)


def test_stock_moves_without_a_version_and_signed_pictures_are_the_same(archive: Archive, reading: Reading) -> None:
    for at, stock in ((10.0, "12"), (20.0, "11")):
        images = [f"https://cf.example.invalid/a.jpg?sign={stock}", "blob:https://seller.example/1", "data:image/png,x"]
        listings.keep(archive, edited(reading, stock=stock, images=images), at)
    [found] = listings.listed(archive, 30.0, "KC-72")
    assert len(found.versions) == 1
    assert found.facts["stock"].value == "11"
    assert found.facts["images"].value == ["https://cf.example.invalid/a.jpg"]


def test_each_attribute_has_its_own_history(archive: Archive, reading: Reading) -> None:
    looks = ({"Bahan": "Plastik"}, {"Bahan": "Plastik", "Warna": "Abu-abu"}, {"Bahan": "Bambu"})
    for at, attributes in enumerate(looks, 1):
        listings.keep(archive, edited(reading, attributes=attributes), at * 10.0)
    [found] = listings.listed(archive, 40.0, "KC-72")
    # a tab of the editor that was opened later shows what was there before
    assert [(one.number, one.changed) for one in found.versions] == [(2, ["attributes.Bahan"]), (1, [])]
    assert found.versions[0].fields["attributes.Warna"] == "Abu-abu"
    [change] = compare(found.versions[1], found.versions[0]).changes
    assert (change.field, [(line.sign, line.text) for line in change.lines]) == (
        "attributes.Bahan",
        [("-", "Plastik"), ("+", "Bambu")],
    )


def test_a_listing_without_a_number_is_not_kept(archive: Archive, reading: Reading) -> None:
    assert listings.keep(archive, edited(reading, sku="", item=" "), 10.0) == 0
    assert listings.keep(archive, edited(reading, sku="", item="B0C7"), 10.0) == 1
    assert [one.item for one in listings.listed(archive, 10.0)] == ["B0C7"]


@pytest.mark.parametrize(
    ("marketplace", "name"), [("shopee", "product-new"), ("ebay", "listing"), ("etsy", "listing-create")]
)
def test_what_is_not_on_sale_yet_is_not_kept(archive: Archive, marketplace: str, name: str) -> None:
    assert listings.keep(archive, edited(page_of(marketplace, name), sku="TYPED-1"), 10.0) == 0


def described(marketplace: str) -> ListingPage:
    return next(
        page
        for market in MARKETS
        if market.name == marketplace
        for page in market.pages
        if isinstance(page, ListingPage)
    )


@pytest.mark.parametrize(
    ("marketplace", "region", "sku", "item", "key"),
    [
        ("shopee", "ID", "KC-72", "24800011223", "ID/24800011223"),  # the SKU is typed, and several may share it
        ("amazon", "DE", "HZ-1", "B0C7", "DE/HZ-1"),  # one ASIN is sold under several SKUs
        ("amazon", "US", "HZ-1", "B0C7", "US/HZ-1"),  # the same SKU in another country is another listing
        ("tiktok-shop", "", "", "1729400000000000001", "1729400000000000001"),
        ("ebay", "", " HL-1 ", "", "HL-1"),
        ("ebay", "", "", "", ""),
    ],
)
def test_the_number_in_the_address_comes_first(marketplace: str, region: str, sku: str, item: str, key: str) -> None:
    assert key_of(described(marketplace), region, sku, item) == key


def test_two_products_of_one_sku_are_two_listings(archive: Archive, reading: Reading) -> None:
    listings.keep(archive, reading, 10.0)
    listings.keep(archive, edited(reading, item="99900011223", title="Another"), 20.0)
    assert [one.title for one in listings.listed(archive, 30.0, "KC-72")] == [reading.content["title"], "Another"]
    [other] = listings.listed(archive, 30.0, "99900011223")
    assert len(other.versions) == 1


def test_what_an_open_editor_shows_is_kept_as_a_saved_page_is(archive: Archive, reading: Reading) -> None:
    listings.keep(archive, reading, 10.0)
    content = {name: value for name, value in reading.content.items() if value}
    seen = ListingSeenParams(
        marketplace="shopee",
        region="ID",
        shop="toko.contoh",
        page="product",
        listing=msgspec.convert(content, SeenListing),
        observed_at=20.0,
    )
    assert listings.keep_seen(archive, seen, described("shopee"), 20.0)
    [found] = listings.listed(archive, 30.0, "KC-72")
    assert (len(found.versions), found.seen_at) == (1, 20.0)
    bare = msgspec.structs.replace(seen, listing=SeenListing(title="New"))
    assert not listings.keep_seen(archive, bare, described("shopee"), 30.0)


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("kc-72", {"24800011223"}),
        ("keranjang lipat", {"24800011223"}),
        ("keran", {"24800011223"}),
        ("HARBORLANE", {"24800011223"}),
        ("洗衣", {"5"}),
        ("衣洗", set()),
        ("248", {"24800011223"}),
        ("keranjang abc", set()),
        ("", {"24800011223", "5"}),
    ],
)
def test_listings_are_found_by_words_in_any_script(
    archive: Archive, reading: Reading, words: str, found: set[str]
) -> None:
    listings.keep(archive, reading, 10.0)
    listings.keep(archive, edited(reading, item="5", sku="", title="折疊洗衣籃", brand=""), 20.0)
    assert {one.item for one in listings.found(archive, 30.0, words)} == found


def test_one_listing_is_told_by_its_key(archive: Archive, reading: Reading) -> None:
    listings.keep(archive, reading, 10.0)
    found = listings.one(archive, 20.0, "shopee", "toko.contoh", "ID/24800011223")
    assert found is not None
    assert found.sku == "KC-72"
    assert listings.one(archive, 20.0, "shopee", "toko.contoh", "KC-72") is None, "a number may be several listings'"
