"""The catalogue: an editor that is opened, a change that is saved, and a manual dropped on the dashboard."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from playwright.sync_api import expect

from ..conftest import Seabridge
from .conftest import address

if TYPE_CHECKING:
    from playwright.sync_api import Page


def listing(seabridge: Seabridge, page: Page, versions: int) -> Any:
    """The one listing of the catalogue, once it has so many versions."""
    end = time.monotonic() + 30
    while time.monotonic() < end:
        found = seabridge.companion.call("catalogue.list", {"words": "PM-NB-A5-IV"})
        if found and found[0]["versions"] == versions:
            return found[0]
        page.wait_for_timeout(50)  # the shop answers only while Playwright works
    raise AssertionError(f"no listing of {versions} versions: {found}")


def test_a_listing_opened_is_a_version_and_a_saved_change_the_next(seabridge_page: Seabridge) -> None:
    page = seabridge_page.browser.page(address("etsy", "listing"))
    first = listing(seabridge_page, page, 1)
    assert first["title"] == "Linen notebook A5, ivory paper, hand bound, 120 pages"
    title = page.locator("#listing-title-input")
    title.press_sequentially("?!")
    title.fill("Linen notebook A5, ivory, 160 pages")
    page.get_by_role("button", name="Publish changes").click()
    second = listing(seabridge_page, page, 2)
    assert second["title"] == "Linen notebook A5, ivory, 160 pages"

    dashboard = seabridge_page.browser.context.new_page()
    dashboard.goto(seabridge_page.companion.call("dashboard.ticket")["url"])
    dashboard.get_by_role("link", name="商品").click()
    dashboard.locator("input[type=file]").set_input_files(
        {"name": "notebook.md", "mimeType": "text/markdown", "buffer": "# 纸\n象牙白，120 克。".encode()}
    )
    expect(dashboard.locator(".rows")).to_contain_text("notebook.md")
    dashboard.locator("#manual-question").fill("纸是多少克的")
    dashboard.locator("#manual-question").press("Enter")
    expect(dashboard.locator("blockquote")).to_contain_text("象牙白")
    dashboard.get_by_role("link", name="Linen notebook A5, ivory, 160 pages").click()
    history = dashboard.locator(".versions")
    expect(history.locator("del")).to_contain_text("120 pages")
    expect(history.locator("ins")).to_contain_text("160 pages")
    expect(history).not_to_contain_text("?!")
