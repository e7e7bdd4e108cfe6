"""A listing editor no rule knows: its fields are pointed at and read back by the description."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from companion.marketplaces import load_own

from . import mall
from .conftest import School

if TYPE_CHECKING:
    from companion.protocol.pages import ListingPage

pytestmark = pytest.mark.e2e


def test_a_taught_listing_editor_is_read_back(school: School) -> None:
    page = school.open(mall.LISTING)
    lesson = school.start(page)
    lesson.part("kind-listing").click()
    lesson.step("title")
    lesson.hover(page.locator("label:has-text('Name') input"))
    expect(lesson.part("count")).to_contain_text("Canvas backpack 20 L, blue")
    lesson.point("title", page.locator("label:has-text('Name') input"))
    lesson.point("bullet", page.locator("[name='goods.points.0']"))
    lesson.point("bullet2", page.locator("[name='goods.points.1']"))
    lesson.point("description", page.get_by_text("Two pockets, one strap."))
    lesson.step("try")
    read = lesson.part("read").inner_text()
    for words in ("Canvas backpack 20 L, blue", "Light · Waterproof", "Two pockets, one strap."):
        assert words in read
    assert "BP-20-BL" not in read
    lesson.part("save").click()
    lesson.part("saved").wait_for()

    assert school.office.running
    [marketplace], faults = load_own(school.office.running.desk.room.paths.marketplaces)
    assert not faults
    assert marketplace.hosts == [f"https://{mall.HOST}/*"]
    [taught] = marketplace.pages
    description: ListingPage = taught  # type: ignore[assignment]
    assert taught.id == "taught-listing"
    assert taught.paths == ["^/goods/edit/[^/]+(/|$)"]
    for reads, found in (
        (description.listing.title, ["Canvas backpack 20 L, blue"]),
        (description.listing.bullets, ["Light", "Waterproof", ""]),
    ):
        assert reads
        for read_one in reads:
            values = page.locator(read_one.css).evaluate_all("all => all.map(each => each.value)")
            assert values == found, read_one.css
    for read_one in description.listing.description:
        assert "Washable." in page.locator(read_one.css).inner_text()
