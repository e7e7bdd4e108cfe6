"""A listing editor: its fields are current while the seller types, wherever they are; what was saved is a version."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from playwright.sync_api import expect

from ..conftest import Seabridge
from .conftest import SOON, address, badge

if TYPE_CHECKING:
    from playwright.sync_api import Page

Popup = Callable[["Page"], "Page"]


def test_what_is_typed_is_read(seabridge_page: Seabridge, popup: Popup) -> None:
    page = seabridge_page.browser.page(address("tiktok-shop", "product-edit"))
    above = popup(page)
    seen = above.locator('[data-kind="listing"]')
    expect(seen).to_contain_text("商品编辑", timeout=SOON)
    expect(seen).to_contain_text("标题 62 个字符，3 条卖点", timeout=SOON)
    page.locator('[data-id="product.publish.product_name"]').fill("Basket 📦")
    page.locator("#product_description .ProseMirror").click()
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type("Folds flat")
    expect(seen).to_contain_text("标题 8 个字符，3 条卖点，描述 10 个字符", timeout=SOON)
    assert badge(above, page) != "?"


def test_shadow_roots_and_frames_are_no_hiding_place(seabridge_page: Seabridge, popup: Popup) -> None:
    page = seabridge_page.browser.page(address("amazon", "listing-edit"))
    above = popup(page)
    seen = above.locator('[data-kind="listing"]')
    expect(seen).to_contain_text("标题 88 个字符", timeout=SOON)
    field = page.locator('[name="item_name-0-value"] textarea').last
    field.fill("Lamp")
    expect(seen).to_contain_text("标题 4 个字符", timeout=SOON)
    framed = seabridge_page.browser.page(address("tiktok-shop", "product-frame"))
    inside = popup(framed).locator('[data-kind="listing"]')
    expect(inside).to_contain_text("标题", timeout=SOON)
    framed.frame_locator("iframe[title=editor]").locator('[data-id="product.publish.product_name"]').first.fill("Rug")
    expect(inside).to_contain_text("标题 3 个字符", timeout=SOON)


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
    dashboard.locator(".about summary").click()
    dashboard.locator(".about input").fill("PM-NB-A5-IV")
    dashboard.locator(".about input").press("Enter")
    expect(dashboard.locator(".about summary")).to_have_text("PM-NB-A5-IV")
    dashboard.locator("#manual-question").fill("纸是多少克的")
    dashboard.locator("#manual-question").press("Enter")
    expect(dashboard.locator("blockquote")).to_contain_text("象牙白")
    dashboard.get_by_role("link", name="Linen notebook A5, ivory, 160 pages").click()
    history = dashboard.locator(".versions")
    expect(history.locator("del")).to_contain_text("120 pages")
    expect(history.locator("ins")).to_contain_text("160 pages")
    expect(history).not_to_contain_text("?!")
