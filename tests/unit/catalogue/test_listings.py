"""Listings as dated versions."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from companion.catalogue import listings
from companion.conversations import Archive
from companion.marketplaces import load
from companion.pages.document import Saved
from companion.pages.reading import Reading
from companion.pages.recognise import recognise

PAGES = Path(__file__).parents[3] / "companion" / "practice" / "pages"


@pytest.fixture
def archive(open_archive: Callable[[], Archive]) -> Iterator[Archive]:
    opened = open_archive()
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def reading() -> Reading:
    found = recognise(Saved((PAGES / "shopee" / "product-variations.html").read_bytes()), load().marketplaces)
    assert found is not None
    assert isinstance(found.read, Reading)
    return found.read


def edited(reading: Reading, **fields: Any) -> Reading:
    return replace(reading, content={**reading.content, **fields})


def test_an_edit_is_a_version_and_a_second_look_is_none(archive: Archive, reading: Reading) -> None:
    assert listings.keep(archive, reading, 10.0) == 1
    listings.keep(archive, reading, 20.0)
    listings.keep(archive, edited(reading, title="New", bullets=["a", "b"]), 30.0)
    listings.keep(archive, edited(reading, title="", description="Longer"), 40.0)
    [found] = listings.listed(archive, 50.0, "KC-72")
    assert (found.shop, found.seen_at, found.stale) == ("toko.contoh", 40.0, False)
    assert [(one.since, one.changed) for one in found.versions] == [
        (40.0, ["description"]),
        (30.0, ["title"]),
        (10.0, []),
    ]
    assert found.versions[0].fields["title"] == "New", "a page that shows less takes nothing away"
    assert found.versions[0].fields["bullets"] == ["a", "b"]
    assert found.versions[-1].fields["title"] == reading.content["title"]
    assert listings.listed(archive, 40.0 + listings.STALE_AFTER_S + 1)[0].stale


def test_a_listing_without_a_number_is_not_kept(archive: Archive, reading: Reading) -> None:
    assert listings.keep(archive, edited(reading, sku="", item=" "), 10.0) == 0
    assert listings.keep(archive, edited(reading, sku="", item="B0C7"), 10.0) == 1
    assert [one.sku for one in listings.listed(archive, 10.0)] == ["B0C7"]
