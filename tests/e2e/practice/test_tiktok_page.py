"""The TikTok inbox behaves like the real one, without our extension."""

from __future__ import annotations

import time
from datetime import datetime

import pytest
from playwright.sync_api import Page, expect

from companion.practice.browser import PracticeBrowser
from companion.practice.pairing import until
from companion.practice.shop import PracticeShop

pytestmark = pytest.mark.e2e

INBOX = "https://seller-us.tiktok.com/chat/inbox/current"
CARD = '[data-testid="chat.chatroom.conversation_card"]'
ROW = '[data-testid="chat.chatroom.message_card"]'
FIELD = "textarea"
SEND = "#chat-input-send-button"


def open_emily(browser: PracticeBrowser, query: str = "") -> Page:
    browser.shop.arrive("emily")
    page = browser.page(f"{INBOX}?{query}")
    page.locator(CARD, has_text="emily_hart92").click()
    expect(page.locator(ROW, has_text="When will order 576461890213347221 ship?")).to_have_count(1)
    return page


def at_noon(shop: PracticeShop) -> None:
    """Begin the shop's day anew at noon of the day it is, in the zone that the pages are in, too."""
    now = datetime.now()
    ahead = (now.replace(hour=12, minute=0, second=0, microsecond=0) - now).total_seconds()
    shop.clock = lambda: time.time() + ahead
    try:
        shop.reset()
    finally:
        shop.clock = time.time


def sent(browser: PracticeBrowser, page: Page, count: int) -> list[str]:
    """The seller's messages at the server, once there are ``count`` of them."""
    expect(page.locator(".chatd-bubble-main--self", has_text="")).not_to_have_count(0)
    until(page, lambda: len(browser.shop.sent("emily")) >= count, f"fewer than {count} were sent")
    return browser.shop.sent("emily")


def test_mounts_late_and_completes_its_address(practice_shop: PracticeBrowser) -> None:
    practice_shop.shop.configure(mount_ms=900)
    # looked at by the page itself: by the time a test asks, a busy machine may have drawn it all
    early = f"""addEventListener('load', () => {{ globalThis.early =
        [document.querySelectorAll('{CARD}').length, document.querySelectorAll('#root > div').length]; }})"""
    page = practice_shop.page(INBOX, early)
    assert page.evaluate("early") == [0, 1], "a skeleton stands where the application will be"
    expect(page.locator(CARD).first).to_be_visible()
    assert "oec_seller_id=7495000111222333444" in page.url
    assert "shop_region=US" in page.url


def test_a_plain_write_in_the_pages_world_is_swallowed(practice_shop: PracticeBrowser) -> None:
    page = open_emily(practice_shop)
    page.evaluate(
        """() => { const field = document.querySelector('textarea');
        field.value = 'plain'; field.dispatchEvent(new InputEvent('input', {bubbles: true})); }"""
    )
    expect(page.locator(SEND)).to_be_disabled()
    page.locator(FIELD).press("Enter")
    practice_shop.shop.say("emily", "hello again")  # the next render puts the model's text back
    expect(page.locator(FIELD)).to_have_value("")
    assert practice_shop.shop.sent("emily") == []


def test_the_prototypes_setter_with_an_input_event_is_accepted(practice_shop: PracticeBrowser) -> None:
    page = open_emily(practice_shop)
    write = """text => { const field = document.querySelector('textarea');
        Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, 'value').set.call(field, text);
        field.dispatchEvent(new InputEvent('input', {bubbles: true})); }"""
    page.evaluate(write, "We will ship your order today.")
    expect(page.locator(SEND)).to_be_enabled()
    assert page.get_by_text("30/2000").count() == 1
    page.locator(SEND).click()
    assert sent(practice_shop, page, 1) == ["We will ship your order today."]
    expect(page.locator(FIELD)).to_have_value("")


def test_the_setter_without_an_event_is_undone_by_the_next_render(practice_shop: PracticeBrowser) -> None:
    page = open_emily(practice_shop)
    page.evaluate(
        """() => Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, 'value')
        .set.call(document.querySelector('textarea'), 'ghost')"""
    )
    practice_shop.shop.say("emily", "anyone?")
    expect(page.locator(FIELD)).to_have_value("")


def test_enter_sends_what_the_model_holds_and_shift_enter_does_not(practice_shop: PracticeBrowser) -> None:
    page = open_emily(practice_shop)
    page.locator(FIELD).press_sequentially("one")
    page.locator(FIELD).press("Shift+Enter")
    page.locator(FIELD).press_sequentially("two")
    page.evaluate(
        """() => Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, 'value')
        .set.call(document.querySelector('textarea'), 'something else')"""
    )
    page.locator(FIELD).press("Enter")
    assert sent(practice_shop, page, 1) == ["one\ntwo"]


def test_the_buyer_answers_and_complains_about_chinese(practice_shop: PracticeBrowser) -> None:
    page = open_emily(practice_shop)
    page.locator(FIELD).fill("今天发货")
    page.locator(FIELD).press("Enter")
    expect(page.locator(ROW, has_text="I don't understand Chinese")).to_have_count(1)
    page.locator(FIELD).fill("We will ship your order today.")
    page.locator(FIELD).press("Enter")
    expect(page.locator(ROW, has_text="How long does delivery take?")).to_have_count(1)


def test_a_new_message_wipes_foreign_nodes_but_keeps_its_own(practice_shop: PracticeBrowser) -> None:
    page = open_emily(practice_shop)
    page.evaluate(
        """row => { const first = document.querySelector(row); window.first = first;
        const guest = document.createElement('b'); guest.id = 'guest'; first.append(guest); }""",
        ROW,
    )
    assert page.locator("#guest").count() == 1
    practice_shop.shop.say("emily", "one more thing")
    expect(page.locator(ROW, has_text="one more thing")).to_have_count(1)
    assert page.locator("#guest").count() == 0
    assert page.evaluate("window.first.isConnected")


def test_a_replacing_render_builds_all_rows_anew(practice_shop: PracticeBrowser) -> None:
    page = open_emily(practice_shop)
    page.evaluate("row => { window.first = document.querySelector(row); }", ROW)
    storm = practice_shop.shop.start_storm(1, mode="replace")
    until(page, lambda: storm.done, "the storm does not end")
    assert not page.evaluate("window.first.isConnected")


def test_conversations_change_without_loading_a_page(practice_shop: PracticeBrowser) -> None:
    page = open_emily(practice_shop)
    page.evaluate("window.stamp = 1")
    first = page.url
    page.locator(CARD, has_text="lucia.mndz").click()
    expect(page.locator(ROW, has_text="¡Gracias por su compra!")).to_have_count(1)
    assert page.url != first
    assert "conversation=7561209944410113002" in page.url
    page.go_back()
    expect(page.locator(ROW, has_text="When will order")).to_have_count(1)
    assert page.evaluate("window.stamp") == 1


def test_only_some_rows_show_a_time(practice_shop: PracticeBrowser) -> None:
    page = open_emily(practice_shop)
    rows, times = page.locator(ROW).count(), page.locator(f"{ROW} .chatd-message-time .chatd-time")
    assert rows == 6
    # nine days ago: three rows, the seller's ten minutes later; yesterday; today twice within seconds
    assert times.count() == 4


@pytest.mark.parametrize(("lang", "html", "placeholder"), [("zh", "zh-CN", "发送消息"), ("id", "id", "Kirim pesan")])
def test_the_page_speaks_other_languages(
    practice_shop: PracticeBrowser, lang: str, html: str, placeholder: str
) -> None:
    at_noon(practice_shop.shop)  # in the small hours "28 hours ago" is the day before yesterday
    page = open_emily(practice_shop, f"lang={lang}")
    assert page.locator("html").get_attribute("lang") == html
    assert page.locator(FIELD).get_attribute("placeholder") == placeholder
    times = page.locator(f"{ROW} .chatd-time").all_inner_texts()
    if lang == "zh":
        assert "月" in times[0]
        assert any(time.startswith("昨天 ") for time in times)


def test_page_scripts_see_react_traces_and_the_dom_has_no_message_id(practice_shop: PracticeBrowser) -> None:
    page = open_emily(practice_shop)
    found = page.evaluate(
        """row => { const node = document.querySelector(row);
        const key = Object.getOwnPropertyNames(node).find(name => name.startsWith('__reactInternalInstance$'));
        return [node[key].return.memoizedProps.message.messageServerId, node.outerHTML]; }""",
        ROW,
    )
    first = practice_shop.shop.thread("emily").messages[0].id
    assert found[0] == first
    assert first not in found[1]


def test_an_unknown_host_gets_the_practice_404_and_nothing_leaves(practice_shop: PracticeBrowser) -> None:
    page = practice_shop.page()
    answer = page.goto("https://www.example.org/anything")
    assert answer is not None
    assert answer.status == 404
    assert page.get_by_text("never goes online").count() == 1


def test_a_dark_system_makes_a_dark_page(practice_shop: PracticeBrowser) -> None:
    page = open_emily(practice_shop)
    colour = "getComputedStyle(document.body).backgroundColor"
    assert page.evaluate(colour) == "rgb(244, 245, 247)"
    page.emulate_media(color_scheme="dark")
    page.wait_for_function(f"{colour} === 'rgb(15, 17, 21)'")
