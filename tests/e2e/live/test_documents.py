"""Pages that are documents, as the seller opens them: which it is, how much was read, and when it changed."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from playwright.sync_api import expect

from ..conftest import Seabridge
from .conftest import SOON, address, signed

if TYPE_CHECKING:
    from playwright.sync_api import Page

Popup = Callable[["Page"], "Page"]


def test_the_violations_are_recognised_and_counted(seabridge_page: Seabridge, popup: Popup) -> None:
    page = seabridge_page.browser.page(address("tiktok-shop", "violations"))
    rows = page.locator("tbody tr.core-table-tr:has(> td:nth-child(4))").count()
    above = popup(page)
    seen = above.locator('[data-kind="notices"]')
    expect(seen).to_contain_text("违规与通知", timeout=SOON)
    expect(seen).to_contain_text("条通知", timeout=SOON)
    assert rows
    expect(above.locator('[data-health="changed"]')).to_have_count(0, timeout=SOON)
    signed(above, page, changed=False)


def test_a_table_that_lost_its_marks_is_said_to_have_changed_and_whole_again_it_is_well(
    seabridge_page: Seabridge, popup: Popup
) -> None:
    url = address("temu", "orders")
    page = seabridge_page.browser.context.new_page()
    page.add_init_script(
        """if (!location.search.includes('whole')) addEventListener('DOMContentLoaded', () => {
            for (const cell of document.querySelectorAll('td')) cell.replaceChildren('-'); });"""
    )
    page.goto(url)
    above = popup(page)
    # what is drawn badly may still be loading, so a bad reading counts when it stays bad for eight seconds
    expect(above.locator('[data-health="changed"]')).to_be_visible(timeout=30_000)
    signed(above, page, changed=True)
    page.goto(f"{url}&whole=1")
    whole = popup(page)
    expect(whole.locator('[data-kind="orders"]')).to_contain_text("个订单", timeout=SOON)
    expect(whole.locator('[data-health="changed"]')).to_have_count(0, timeout=SOON)
    signed(whole, page, changed=False)
