"""The shortcut that translates on any page: what is typed in a field, and a selected passage."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from ..conftest import Seabridge

REPLY = "我们今天就给您发货。"
CARD = '[data-seabridge="anywhere"]'
#: A page that no description knows, with what people write into elsewhere.
PLAIN = """<!doctype html><title>mail</title><p id="said">How long does delivery take?</p>
<textarea id="field"></textarea><input id="secret" type="password" value="Passw0rd">
<script>const seen = []; document.addEventListener("input", (event) => seen.push(event.isTrusted))</script>"""


def press_shortcut(seabridge: Seabridge, page: Page) -> None:
    """Playwright's keys do not reach the browser's own shortcuts: the event they make is raised instead."""
    page.bring_to_front()
    (worker,) = seabridge.browser.context.service_workers
    worker.evaluate(
        """async url => {
            const [tab] = await chrome.tabs.query({url});
            chrome.commands.onCommand.dispatch("translate_here", tab);
        }""",
        page.url,
    )


def plain_page(seabridge: Seabridge) -> Page:
    """On a host that is granted: the grant that the shortcut itself makes cannot be made by a test."""
    url = "https://seller-us.tiktok.com/plain"
    seabridge.browser.context.route(url, lambda route: route.fulfill(body=PLAIN, content_type="text/html"))
    return seabridge.browser.page(url)


def test_what_is_typed_is_replaced_after_it_was_shown(seabridge_page: Seabridge) -> None:
    page = plain_page(seabridge_page)
    page.locator("#field").fill(REPLY)
    press_shortcut(seabridge_page, page)
    target = page.locator(f"{CARD} [part=target]")
    expect(target).to_contain_text("today")
    expect(page.locator("#field")).to_have_value(REPLY)
    page.locator(f"{CARD} [part=language]").select_option("es")
    expect(target).to_contain_text("hoy")
    page.locator(f"{CARD} [part=replace]").press("Enter")
    expect(page.locator(CARD)).to_have_count(0)
    expect(page.locator("#field")).to_have_value(re.compile("hoy"))
    expect(page.locator("#field")).to_be_focused()
    assert page.evaluate("seen.length") > 1, "the page heard of it"

    # whoever typed on meanwhile keeps it
    page.locator("#field").fill(REPLY)
    press_shortcut(seabridge_page, page)
    expect(target).to_contain_text("hoy")
    page.locator("#field").evaluate("node => node.value += '还有'")
    page.locator(f"{CARD} [part=replace]").click()
    expect(page.locator(CARD)).to_contain_text("没有替换")
    expect(page.locator("#field")).to_have_value(REPLY + "还有")
    page.keyboard.press("Escape")
    expect(page.locator(CARD)).to_have_count(0)


def test_a_selected_passage_is_read_and_nothing_of_the_page_changes(seabridge_page: Seabridge) -> None:
    page = plain_page(seabridge_page)
    body = page.evaluate("document.body.innerHTML")
    page.locator("#said").evaluate("node => getSelection().selectAllChildren(node)")
    press_shortcut(seabridge_page, page)
    expect(page.locator(f"{CARD} [part=target]")).to_contain_text("多")
    expect(page.locator(f"{CARD} [part=replace]")).to_have_count(0)
    assert page.evaluate("document.body.innerHTML") == body
    page.keyboard.press("Escape")

    page.evaluate("getSelection().removeAllRanges()")
    page.locator("#secret").focus()
    press_shortcut(seabridge_page, page)
    expect(page.locator(CARD)).to_contain_text("没有可译的文字")
    assert "Passw0rd" not in page.locator(CARD).evaluate("node => node.shadowRoot.textContent")
