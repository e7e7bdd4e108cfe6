"""Practice pages of described marketplaces in the practice browser, and the cases made from them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from companion.marketplaces import rules_dir
from companion.pages.capture import capture
from companion.pages.document import Saved
from companion.pages.select import matches
from companion.practice.browser import PracticeBrowser
from companion.practice.cases import browsing, file_of, left_over, make_case
from companion.practice.described import DescribedPage, shipped
from companion.practice.shop import CONTROL_HOST, PracticeShop
from companion.practice.shops.pages import Described

if TYPE_CHECKING:
    from playwright.sync_api import Page, Playwright

HOST = "seller.example.com"
NASTY = DescribedPage(
    "nasty",
    "one",
    f"https://{HOST}/inbox?tab=1",
    """<!doctype html><html lang=id><head><style>._x_gone{display:none}</style></head><body>
<div class="_x_row"><x-card><template shadowrootmode="open"><style>.away{display:none}</style><b>in the shadow</b>
<i class=away>not seen</i></template></x-card></div>
<p class="_x_gone">twin</p><p id=p style="color:red">seen</p>
<iframe id=f srcdoc="<style>.w{display:none}</style><p class=w>twin</p><p>in the frame</p>"></iframe>
<input id=i value=typed></body></html>""",
)


@pytest.fixture(scope="module")
def tab(playwright: Playwright) -> Iterator[Page]:
    with browsing(playwright) as page:
        yield page


@pytest.mark.parametrize("marketplace", sorted({page.marketplace for page in shipped()}))
def test_every_case_is_what_its_practice_page_gives(tab: Page, marketplace: str) -> None:
    mine = [page for page in shipped() if page.marketplace == marketplace]
    rules = rules_dir()
    files = {page.case: file_of(rules, page) for page in mine}
    text = {case: file.read_text("utf-8") if file.exists() else "" for case, file in files.items()}
    stale = [page.case for page in mine if text[page.case] != make_case(tab, page)]
    assert stale == [], f"run python -m companion.practice.cases {marketplace}"
    assert left_over(rules, mine) == []


def test_a_case_is_the_same_every_time_and_reads_as_the_page(tab: Page) -> None:
    made = make_case(tab, NASTY)
    assert made == make_case(tab, NASTY)
    assert made.startswith(f"<!-- saved from url=(0038)https://{HOST}/inbox?tab=1 -->\n<!DOCTYPE html>\n")
    saved = Saved(made.encode())
    seen = {
        css: [hit.text for hit in matches(saved.top, css, saved) if not saved.look.hidden(hit)]
        for css in ("p", "x-card >>> b", "x-card >>> i", "#f >>> p")
    }
    assert seen == {"p": ["seen"], "x-card >>> b": ["in the shadow"], "x-card >>> i": [], "#f >>> p": ["in the frame"]}
    assert "<style" not in made
    assert "_x_" not in made


@pytest.fixture
def nasty(practice_shop: PracticeBrowser) -> Iterator[PracticeBrowser]:
    """The practice window with the page above behind its door."""
    shop = practice_shop.shop
    shop.handle("GET", f"https://{CONTROL_HOST}/")
    door = shop._door
    assert door is not None
    before, door._described = door._described, Described([NASTY])
    yield practice_shop
    door._described = before


def look(page: Page) -> dict[str, object]:
    frame = page.frame_locator("#f")
    return {
        "shadow": page.locator("x-card b").inner_text(),
        "away": page.locator("x-card i").is_visible(),
        "twin": page.get_by_text("twin", exact=True).first.is_visible(),
        "color": page.locator("#p").evaluate("p => getComputedStyle(p).color"),
        "frame": frame.get_by_text("in the frame").inner_text(),
        "frame twin": frame.get_by_text("twin", exact=True).is_visible(),
        "value": page.locator("#i").input_value(),
    }


LOOKS = {
    "shadow": "in the shadow",
    "away": False,
    "twin": False,
    "color": "rgb(255, 0, 0)",
    "frame": "in the frame",
    "frame twin": False,
    "value": "typed",
}


def test_served_under_its_address_with_its_looks_and_without_a_complaint(nasty: PracticeBrowser) -> None:
    page = nasty.context.new_page()
    errors: list[str] = []
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    page.goto(NASTY.address)
    assert look(page) == LOOKS
    assert [one for one in errors if "favicon" not in one and "404" not in one] == []
    assert page.evaluate(
        "() => { try { document.body.innerHTML = '<b>'; return 'let in' } catch { return 'refused' } }"
    )
    assert page.locator("div").first.get_attribute("class") != "_x_row"


def test_a_late_page_is_drawn_late_and_then_is_the_same(nasty: PracticeBrowser) -> None:
    # looked at by the page itself: by the time a test asks, a busy machine may have drawn it all
    early = "addEventListener('DOMContentLoaded', () => (globalThis.early ??= document.querySelector('#p') === null))"
    page = nasty.page(f"{NASTY.address}&late=700", early)
    assert page.evaluate("globalThis.early") is True
    expect(page.locator("#p")).to_have_text("seen")
    page.frame_locator("#f").get_by_text("in the frame").wait_for()
    assert look(page) == LOOKS
    assert page.locator("html").get_attribute("lang") == "id"
    assert "in the shadow" in capture(page).html


def test_the_start_page_leads_to_the_practice_pages(practice_shop: PracticeBrowser) -> None:
    page = practice_shop.page(f"https://{CONTROL_HOST}/?lang=zh")
    section = page.locator("section.described")
    section.locator("summary", has_text="Temu").click()
    details = section.locator("details", has_text="Temu")
    expect(details.locator("dt", has_text="订单")).to_be_visible()
    with practice_shop.context.expect_page() as opened:
        details.get_by_role("link", name="orders", exact=True).click()
    assert "temu.com/" in opened.value.url
    expect(opened.value.locator("body")).not_to_contain_text("练习浏览器里没有这个地址")
    page.get_by_role("button", name="English").click()
    expect(details.locator("dt", has_text="Orders")).to_be_visible()


def test_an_unknown_address_of_a_described_host_is_said_to_be_none(practice_shop: PracticeBrowser) -> None:
    assert PracticeShop(live=False).handle("GET", "https://agentseller.temu.com/nowhere").status == 404
    page = practice_shop.page("https://agentseller.temu.com/nowhere")
    expect(page.locator("h1")).to_contain_text("Not part of the practice shop")
