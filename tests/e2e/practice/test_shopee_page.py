"""Shopee's web chat behaves like the real one, without our extension."""

from __future__ import annotations

import pytest
from playwright.sync_api import Frame, Page, expect

from companion.practice.browser import PracticeBrowser
from companion.practice.pairing import until

pytestmark = pytest.mark.e2e

HOST = "https://seller.shopee.sg"
CELL = '[data-cy="webchat-conversation-cell-root"]'
BUYER = '[data-cy="webchat-message-receive"]'
MINE = '[data-cy="webchat-message-send"]'
INPUT = '[data-cy="webchat-conversation-detail-input"]'
GRID = '[data-cy="webchat-conversation-detail-message-container"] .ReactVirtualized__Grid'


def open_haruka(browser: PracticeBrowser, path: str = "/new-webchat/conversations") -> Page:
    browser.shop.arrive("haruka")
    page = browser.page(HOST + path)
    page.locator(CELL, has_text="haruka.ito").click()
    expect(page.locator(BUYER, has_text="いつ発送されますか？")).to_have_count(1)
    return page


def wait_sent(browser: PracticeBrowser, page: Page, text: str) -> None:
    until(page, lambda: browser.shop.sent("haruka"), f"nothing was sent: {text}")
    assert browser.shop.sent("haruka") == [text]


def test_the_clock_is_glued_to_the_words(practice_shop: PracticeBrowser) -> None:
    page = open_haruka(practice_shop)
    text = page.locator(BUYER, has_text="いつ発送されますか？").text_content()
    assert text is not None
    assert text.startswith("いつ発送されますか？")
    assert len(text) == len("いつ発送されますか？") + 5
    assert text[-3] == ":"


def test_class_names_change_with_every_load(practice_shop: PracticeBrowser) -> None:
    page = open_haruka(practice_shop)
    names = "() => document.querySelector('pre').className"
    first = page.evaluate(names)
    page.reload()
    page.locator(CELL, has_text="haruka.ito").click()
    page.locator("pre").first.wait_for()
    assert first
    assert page.evaluate(names) != first


def test_the_send_icon_is_the_last_nameless_i(practice_shop: PracticeBrowser) -> None:
    page = open_haruka(practice_shop)
    page.locator(f"{INPUT} textarea").fill("本日中に発送いたします。")
    icon = page.locator(f"{INPUT} i").last
    assert icon.get_attribute("aria-label") is None
    assert icon.text_content() == ""
    icon.click()
    wait_sent(practice_shop, page, "本日中に発送いたします。")
    expect(page.locator(BUYER, has_text="正確な寸法を教えてください。")).to_have_count(1)


def test_the_embedded_chat_has_an_editable_with_a_model(practice_shop: PracticeBrowser) -> None:
    page = open_haruka(practice_shop, "/portal/chat-management")
    field = page.locator(f"{INPUT} [contenteditable=true]")
    assert page.locator(f"{INPUT} textarea").count() == 0
    field.evaluate("node => { node.textContent = 'written past the model'; }")
    page.locator(f"{INPUT} i").last.click()
    practice_shop.shop.say("haruka", "もしもし")
    expect(field).to_have_text("")
    assert practice_shop.shop.sent("haruka") == []
    field.focus()
    page.evaluate("document.execCommand('insertText', false, '明日発送いたします。')")
    field.press("Enter")
    wait_sent(practice_shop, page, "明日発送いたします。")


def test_ids_may_literally_start_with_a_number_sign(practice_shop: PracticeBrowser) -> None:
    page = open_haruka(practice_shop, "/portal/chat-management")
    assert page.locator('[id="#message-virtualized-list"]').count() == 1
    page = open_haruka(practice_shop)
    assert page.locator("#message-virtualized-list").count() == 1


def test_the_old_page_has_the_old_anchors(practice_shop: PracticeBrowser) -> None:
    page = open_haruka(practice_shop, "/webchat/conversations")
    assert page.locator("#inputField textarea").count() == 1
    assert page.locator("#messageSection .ReactVirtualized__Grid#messagesContainer").count() == 1


def test_rows_are_recycled_and_document_order_is_not_visual_order(practice_shop: PracticeBrowser) -> None:
    thread = practice_shop.shop.stress("shopee-sg", 300)
    page = practice_shop.page(HOST + "/new-webchat/conversations")
    page.locator(CELL, has_text=thread.name).click()
    rows = page.locator(f"{GRID} [data-cy^=webchat-message-]")
    rows.filter(has_text="(300)").wait_for()
    assert rows.count() < 60
    read = """grid => [...document.querySelectorAll(grid + ' [data-cy^=webchat-message-]')]
        .map(row => [parseFloat(row.parentElement.style.top), row.querySelector('pre').firstChild.data])"""
    seen: list[list[float | str]] = page.evaluate(read, GRID)
    tops = [float(top) for top, _ in seen]
    assert tops != sorted(tops)
    numbers = [int(str(text).rsplit("(", 1)[1][:-1]) for _, text in sorted(seen, key=lambda pair: float(pair[0]))]
    assert numbers == list(range(numbers[0], numbers[0] + len(numbers)))
    assert numbers[-1] == 300
    page.evaluate(
        """grid => { const list = document.querySelector(grid);
        window.before = new Map([...list.querySelectorAll('pre')].map(node => [node, node.textContent]));
        list.scrollTop -= 600; }""",
        GRID,
    )
    # nodes that showed the last messages now show others
    page.wait_for_function("() => [...before].some(([node, text]) => node.isConnected && node.textContent !== text)")


def test_the_mini_chat_is_a_frame_on_every_portal_page(practice_shop: PracticeBrowser) -> None:
    practice_shop.shop.arrive("haruka")
    page = practice_shop.page(HOST + "/portal/product/list/live/all")
    box = page.locator("#shopee-mini-chat-embedded")
    box.wait_for()
    assert box.locator("iframe").count() == 0, "the frame is only made when the chat is opened"
    box.locator("button").click()
    frame = until(page, lambda: next((one for one in page.frames if "/webchat/mini" in one.url), None), "no frame")
    talk_in(frame)
    wait_sent(practice_shop, page, "本日中に発送いたします。")
    assert page.evaluate("document.querySelector('iframe').contentDocument !== null"), "same origin"


def talk_in(frame: Frame) -> None:
    frame.locator('[data-cy="minichat-conversation-cell-root"]', has_text="haruka.ito").click()
    expect(frame.locator(BUYER, has_text="いつ発送されますか？")).to_have_count(1)
    expect(frame.locator('[data-cy="minichat-conversation-cell-root-current"]')).to_have_count(1)
    frame.locator(f"{INPUT} textarea").fill("本日中に発送いたします。")
    frame.locator(f"{INPUT} textarea").press("Enter")
    expect(frame.locator(MINE, has_text="本日中に")).to_have_count(1)


def test_pictures_come_from_another_host_and_expire(practice_shop: PracticeBrowser) -> None:
    practice_shop.shop.arrive("minjun")
    page = practice_shop.page(HOST + "/new-webchat/conversations")
    page.locator(CELL, has_text="minjun_k").click()
    picture = page.locator('[data-cy="webchat-message-image"] img')
    picture.wait_for()
    url = picture.get_attribute("src") or ""
    assert url.startswith("https://down-sg.img.susercontent.com/file/cracked-charger.png?x-expires=")
    page.wait_for_function("() => document.querySelector('[data-cy=webchat-message-image] img').naturalWidth === 640")
    assert practice_shop.shop.handle("GET", url).status == 200
    now = practice_shop.shop.clock
    practice_shop.shop.clock = lambda: now() + 4000
    try:
        assert practice_shop.shop.handle("GET", url).status == 403
    finally:
        practice_shop.shop.clock = now


def test_a_storm_of_renders_ends_and_reports(practice_shop: PracticeBrowser) -> None:
    page = open_haruka(practice_shop)
    storm = practice_shop.shop.start_storm(40, gap_ms=5)
    until(page, lambda: storm.done, "the storm does not end")
    assert storm.took_ms > 0
    expect(page.locator(BUYER, has_text="いつ発送されますか？")).to_have_count(1)
