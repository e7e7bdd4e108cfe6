"""The content script's life: late pages, pages without a reload, a second instance."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import expect

from .conftest import Desk, bar, bubbles, field


def test_a_page_that_mounts_late_is_found(desk: Desk) -> None:
    desk.shop.configure(mount_ms=2_500)
    desk.shop.say("lucia", "¿Llega hoy?")
    page = desk.tiktok("lucia")
    page.wait_for_timeout(1_000)
    early = "document.querySelector('[data-seabridge]') !== null && document.querySelector('textarea') === null"
    assert not page.evaluate(early), "nothing of ours before there is anything of the page's"
    expect(bubbles(page).filter(has_text="Llega")).to_have_count(1)


def test_pages_that_are_not_described_stay_untouched(desk: Desk) -> None:
    page = desk.open("https://seller.shopee.sg/portal/product/list/live/all")
    page.wait_for_timeout(1_000)
    assert page.locator("[data-seabridge]").count() == 0


def test_going_away_and_coming_back_without_a_reload(desk: Desk) -> None:
    desk.shop.say("lucia", "¿Llega hoy?")
    page = desk.tiktok("lucia")
    expect(bubbles(page).filter(has_text="Llega")).to_have_count(1)
    chat = page.url
    page.evaluate("history.pushState({}, '', '/order')")
    expect(page.locator("[data-seabridge]")).to_have_count(0)
    page.evaluate("address => history.pushState({}, '', address)", chat)
    expect(bubbles(page).filter(has_text="Llega")).to_have_count(1)
    expect(page.locator("[data-seabridge=bar]")).to_have_count(1)


def test_closing_the_conversation_takes_everything_of_ours_away(desk: Desk) -> None:
    desk.shop.say("lucia", "¿Llega hoy?")
    page = desk.tiktok("lucia", width=360)
    expect(bar(page)).to_be_visible()
    page.locator("button[aria-label=back]").click()
    expect(page.locator("[data-seabridge]")).to_have_count(0)
    page.locator("[data-testid='chat.chatroom.conversation_card']", has_text=desk.shop.thread("lucia").name).click()
    expect(bubbles(page).filter(has_text="Llega")).to_have_count(1)
    expect(page.locator("[data-seabridge=bar]")).to_have_count(1)


def test_a_second_instance_takes_over_from_the_first(desk: Desk) -> None:
    desk.shop.say("lucia", "¿Llega hoy?")
    page = desk.tiktok("lucia")
    expect(bubbles(page).filter(has_text="Llega")).to_have_count(1)
    worker = desk.browser.worker
    assert worker
    # what an update of the extension does to pages that are open
    worker.evaluate(
        """async url => { const [tab] = await chrome.tabs.query({url});
            await chrome.scripting.executeScript({target: {tabId: tab.id}, files: ['content.js']}); }""",
        page.url.split("?")[0] + "*",
    )
    page.wait_for_timeout(1_000)
    expect(bubbles(page).filter(has_text="Llega")).to_have_count(1)
    expect(page.locator("[data-seabridge=bar]")).to_have_count(1)
    field(page).fill("你好")
    field(page).press("Enter")
    expect(page.locator("[data-seabridge=guard]")).to_have_count(1)
    page.wait_for_timeout(400)
    page.keyboard.press("Escape")
    expect(page.locator("[data-seabridge=guard]")).to_have_count(0)


def test_the_pages_own_console_stays_clean(desk: Desk) -> None:
    page = desk.browser.context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    desk.shop.say("lucia", "¿Llega hoy?")
    page.goto(desk.tiktok("lucia").url)
    expect(bubbles(page).filter(has_text="Llega")).to_have_count(1)
    bar(page).fill("今天发货")
    bar(page).press("Enter")
    expect(field(page)).not_to_have_value("")
    page.wait_for_timeout(500)
    assert faults == []


def test_the_content_script_keeps_its_size(extension: Path) -> None:
    assert (extension / "content.js").stat().st_size < 60_000
