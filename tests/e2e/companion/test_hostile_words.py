"""A buyer whose name and messages are programs, and so are their translations: wherever they stand they stay words."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from tests.unit.translation.remote.stand_in import StandIn, serving

from ..conftest import Seabridge

pytestmark = pytest.mark.e2e

NAME = "<img src=x onerror=\"document.title='owned'\">"
LINES = [
    "<script>document.title='owned'</script> refund",
    "refund <iframe srcdoc=\"<script>parent.document.title='owned'</script>\"></iframe>",
    "refund [a](javascript:document.title='owned') javascript:document.title='owned'",
    "refund \u202egnp.exe\u2066 \u0000\u001b[2J {{constructor.constructor('document.title=1')()}} ${document.title=1}",
    "refund " + "<b>" * 3000,
]
ADDRESS = "https://seller-us.tiktok.com/chat/inbox/current?lang=en"
RAN = "() => document.title.includes('owned') || document.querySelectorAll('img[src=x], iframe[srcdoc]').length"

#: What the words would have become inside our shadow roots.
INSIDE = """() => [...document.querySelectorAll('[data-seabridge]')]
    .flatMap(host => [...host.shadowRoot.querySelectorAll('script, iframe, b, img[src=x], [onerror], a[href^=java]')])
    .length"""


@pytest.fixture
def echoing(seabridge_page: Seabridge) -> Iterator[None]:
    """An engine that gives every sentence back as it came, behind a Chinese word."""
    companion = seabridge_page.companion
    with serving(StandIn(translate=lambda text: f"译文 {text}")) as service:
        setup = {"name": "libretranslate", "preset": "libretranslate", "base_url": service.url}
        companion.call("engines.save", setup)
        order = companion.call("engines.list")["order"]
        companion.call("engines.order", {"order": [*order, "libretranslate"]})
        yield
        companion.call("engines.remove", {"name": "libretranslate"})


@pytest.mark.usefixtures("echoing")
def test_in_the_page_the_panel_and_the_dashboard(seabridge_page: Seabridge) -> None:
    browser, companion = seabridge_page.browser, seabridge_page.companion
    conversation = browser.shop.thread("emily")
    conversation.name = NAME
    for text in LINES:
        browser.shop.say("emily", text)
    page = browser.page(f"{ADDRESS}&conversation={conversation.id}")
    shown = page.locator("[data-seabridge=bubble] [part=translation]", has_text="译文")
    for words in ("译文 <script>", "<iframe", "javascript:", "constructor", "<b><b>"):
        shown.filter(has_text=words).wait_for(state="attached")
    assert page.evaluate(INSIDE) == 0
    assert not page.evaluate(RAN)

    panel = browser.page(browser.own_page("panel.html"))
    panel.locator("input[type=search]").fill("refund")
    panel.locator("[data-message]").nth(len(LINES) - 2).wait_for()
    assert NAME in panel.locator("body").inner_text()
    assert not panel.evaluate(RAN)
    assert panel.locator("script:not([src]), iframe, [onerror]").count() == 0
    panel.locator("[data-message]").first.click()
    panel.locator(".bubble.found").wait_for()
    assert not panel.evaluate(RAN)

    dashboard = browser.page(companion.call("dashboard.ticket")["url"])
    dashboard.wait_for_function("() => location.hash === '' || !location.hash.includes('ticket')")
    dashboard.goto(dashboard.url.split("#")[0] + "#search")
    dashboard.locator("#query").fill("refund")
    expect(dashboard.locator(".threads li:has(mark)")).not_to_have_count(0)
    assert NAME in dashboard.locator("body").inner_text()
    assert not dashboard.evaluate(RAN)
