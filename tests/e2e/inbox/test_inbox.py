"""A buyer writes into a conversation nobody opened: it is known that he waits, and whether anybody looks."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from companion.practice.shops.away import CAPTCHA, LOGIN

from ..conftest import CHATS, Seabridge

if TYPE_CHECKING:
    from playwright.sync_api import Page

TIKTOK = CHATS["tiktok-us"]
SHOPEE = CHATS["shopee-br"]


class Desk:
    """The seller with the side panel open beside the shop."""

    def __init__(self, seabridge: Seabridge) -> None:
        self.seabridge = seabridge
        self.panel = seabridge.browser.page(seabridge.browser.own_page("panel.html"))

    def ask(self, type: str, **more: Any) -> Any:
        answer = self.panel.evaluate("asked => chrome.runtime.sendMessage(asked)", {"type": type, **more})
        assert "ok" in answer, answer
        return answer["ok"]

    def waiting(self) -> dict[str, dict[str, Any]]:
        """By buyer."""
        answer = self.ask("own.call", method="inbox.list", params={"limit": 200})
        return {each["buyer"]: each for each in answer["result"]["unanswered"]}

    def coverage(self, marketplace: str) -> dict[str, Any]:
        answer = self.ask("own.call", method="inbox.list", params={"limit": 1})
        return next(each for each in answer["result"]["inboxes"] if each["inbox"]["marketplace"] == marketplace)

    def tab(self, page: Page) -> int:
        """The browser's number of a tab."""
        worker = self.seabridge.browser.worker
        assert worker is not None
        found = "async url => (await chrome.tabs.query({})).find(tab => tab.url === url)?.id ?? -1"
        return int(worker.evaluate(found, page.url))

    def watch(self, page: Page) -> None:
        """As the popup does it."""
        self.until(lambda: self.ask("own.watch.begin", tab=self.tab(page)))

    def until(self, check: Callable[[], object], seconds: float = 30) -> None:
        end = time.monotonic() + seconds
        while not check():
            assert time.monotonic() < end, "it never happened"
            self.panel.wait_for_timeout(50)

    def badge(self) -> str:
        worker = self.seabridge.browser.worker
        assert worker is not None
        return str(worker.evaluate("() => chrome.action.getBadgeText({})"))

    def notices(self) -> list[str]:
        worker = self.seabridge.browser.worker
        assert worker is not None
        return list(worker.evaluate("async () => Object.keys(await chrome.notifications.getAll())"))


@pytest.fixture
def desk(seabridge_page: Seabridge) -> Iterator[Desk]:
    desk = Desk(seabridge_page)
    yield desk
    for watch in desk.ask("own.state")["watches"]:
        desk.ask("own.watch.stop", inbox=watch["inbox"])


@pytest.mark.parametrize(
    ("buyer", "url", "text"), [("lucia", TIKTOK, "¿Tienen talla 38?"), ("mariana", SHOPEE, "Tem na cor azul?")]
)
def test_a_question_in_an_unopened_conversation_waits_until_it_is_answered(
    desk: Desk, buyer: str, url: str, text: str
) -> None:
    shop, name = desk.seabridge.shop, desk.seabridge.name(buyer)
    page = desk.seabridge.browser.page(url)
    before = time.time()
    shop.say(buyer, text)
    desk.until(lambda: name in desk.waiting())
    found = desk.waiting()[name]
    assert (found["preview"], found["unread"], found["since_is"]) == (text, 1, "sent")
    assert before - 60 <= found["since"] <= time.time()
    line = desk.panel.locator("[data-waiting]", has_text=name)
    expect(line).to_contain_text(text)
    expect(line.locator("time")).to_contain_text("起等待")
    # reading it is no answer
    page.get_by_text(name).first.click()
    page.get_by_text(text).last.wait_for()
    desk.until(lambda: desk.waiting().get(name, {}).get("unread") == 0)
    desk.until(lambda: desk.waiting()[name]["thread_id"] > 0)
    shop.send(shop.thread(buyer).id, "ok", "test-1")
    desk.until(lambda: name not in desk.waiting())
    expect(line).to_have_count(0)


def test_watching_ends_with_an_alert_and_goes_on_without_one(desk: Desk) -> None:
    page = desk.seabridge.browser.page(TIKTOK)
    desk.seabridge.shop.say("lucia", "Hola")
    page.locator('[data-testid="chat.chatroom.conversation_card"]').first.wait_for()
    desk.watch(page)
    host = page.url.split("/chat/")[0]
    desk.until(lambda: desk.coverage("tiktok-shop")["watched"] and desk.coverage("tiktok-shop")["reason"] == "")
    assert desk.seabridge.browser.worker is not None
    kept = desk.seabridge.browser.worker.evaluate("id => chrome.tabs.get(id)", desk.tab(page))
    assert (kept["pinned"], kept["autoDiscardable"]) == (True, False)
    alert = desk.panel.locator("[data-lost]")
    expect(alert).to_have_count(0)

    for path, reason, word in ((LOGIN, "logged_out", "登录"), (CAPTCHA, "captcha", "人工验证")):
        page.goto(host + path)
        desk.ask("own.watch.look")
        expect(desk.panel.locator(f"[data-lost={reason}]")).to_contain_text(word)
        desk.until(lambda reason=reason: desk.coverage("tiktok-shop")["reason"] == reason)  # type: ignore[misc]
        desk.until(lambda: desk.badge() == "!")
        desk.until(lambda: len(desk.notices()) == 1)

    page.goto(TIKTOK)
    page.locator('[data-testid="chat.chatroom.conversation_card"]').first.wait_for()
    desk.until(lambda: desk.ask("own.watch.look") or desk.coverage("tiktok-shop")["reason"] == "")
    expect(alert).to_have_count(0)
    assert desk.coverage("tiktok-shop")["gap_reason"] in ("logged_out", "captcha"), "what was missed stays known"
    desk.until(lambda: desk.badge() != "!" and not desk.notices())

    page.close()
    expect(desk.panel.locator("[data-lost=tab_gone]")).to_contain_text("无人值守")
    desk.until(lambda: len(desk.notices()) == 1)
    with desk.seabridge.browser.context.expect_page() as opened:
        desk.panel.get_by_role("button", name="打开收件箱").click()
    opened.value.locator('[data-testid="chat.chatroom.conversation_card"]').first.wait_for()
    desk.until(lambda: desk.ask("own.watch.look") or desk.coverage("tiktok-shop")["reason"] == "")
    desk.until(lambda: not desk.notices())
    inbox = desk.ask("own.state")["watches"][0]["inbox"]
    desk.ask("own.watch.stop", inbox=inbox)
    desk.until(lambda: desk.coverage("tiktok-shop")["watched"] is False)
    assert not desk.notices(), "the seller's own wish is no alarm"
