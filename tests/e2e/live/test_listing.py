"""A listing editor the seller types into: its fields are current, wherever the editor keeps them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

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
