"""Pages that are documents, as the seller opens them: which it is, how much was read, and when it changed."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from playwright.sync_api import expect

from ..conftest import Seabridge
from .conftest import address, badge

if TYPE_CHECKING:
    from playwright.sync_api import Page

Popup = Callable[["Page"], "Page"]


def test_the_violations_are_recognised_and_counted(seabridge_page: Seabridge, popup: Popup) -> None:
    page = seabridge_page.browser.page(address("tiktok-shop", "violations"))
    rows = page.locator("tbody tr.core-table-tr:has(> td:nth-child(4))").count()
    above = popup(page)
    seen = above.locator('[data-kind="notices"]')
    expect(seen).to_contain_text("违规与通知")
    expect(seen).to_contain_text("条通知")
    assert rows
    expect(above.locator('[data-health="changed"]')).to_have_count(0)
    assert badge(above, page) != "?"


def test_a_table_that_lost_its_marks_is_said_to_have_changed_and_a_reload_is_well_again(
    seabridge_page: Seabridge, popup: Popup
) -> None:
    url = address("temu", "orders")
    page = seabridge_page.browser.page(url)
    above = popup(page)
    expect(above.locator('[data-kind="orders"]')).to_contain_text("个订单")
    page.evaluate("""() => { for (const cell of document.querySelectorAll('td')) cell.replaceChildren('-'); }""")
    # changes are read at most every 20 s, and a bad reading counts when it stays bad
    expect(above.locator('[data-health="changed"]')).to_be_visible(timeout=45_000)
    assert badge(above, page) == "?"
    page.goto(url)
    expect(above.locator('[data-kind="orders"]')).to_contain_text("个订单")
    expect(above.locator('[data-health="changed"]')).to_have_count(0)
    assert badge(above, page) != "?"
