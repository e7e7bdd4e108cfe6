"""The seller's hands in Firefox: pairing, a buyer's conversation, the bar, the page's own Send."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from .bidi import Tab
from .launch import Firefox

if TYPE_CHECKING:
    from companion.practice.shop import PracticeShop

    from ..companion_process import CompanionProcess

ROW = '[data-testid="chat.chatroom.message_card"]'
#: Parts of the extension stand in open shadow roots; this finds one, or null.
PART = """(host, part) => [...document.querySelectorAll(`[data-seabridge="${host}"]`)]
    .map(each => each.shadowRoot?.querySelector(`[part~="${part}"]`)).find(Boolean) ?? null"""
#: The text of a part beside the newest bubble with these words.
BESIDE = (
    f"(words, part) => [...document.querySelectorAll('{ROW}')].filter(row => row.innerText.includes(words))"
    """.map(row => row.querySelector('[data-seabridge="bubble"]')?.shadowRoot?.querySelector(`[part~="${part}"]`))"""
    ".at(-1)?.textContent.trim() ?? ''"
)


PRESS_SAME = (
    "() => { const same = document.querySelector('#same:not(:disabled)'); same?.click(); return Boolean(same); }"
)


class Seller:
    """One seller with one browser."""

    def __init__(self, browser: Firefox, companion: CompanionProcess, shop: PracticeShop) -> None:
        self.browser = browser
        self.companion = companion
        self.shop = shop

    async def pair(self) -> str:
        """Through the options page: a port that is not the usual one, six digits compared; the digits."""
        page = await self.browser.tab(self.browser.own("options.html"))
        await page.eval("port => chrome.storage.local.set({ports: [port]})", self.companion.port)
        await page.until("() => !document.querySelector('#pair')?.disabled && document.querySelector('li.done')")
        await page.click("() => document.querySelector('#pair')")
        shown: str = await page.until("() => document.querySelector('[data-digits]')?.dataset.digits")
        pending = await self.until(lambda: self.companion.call("pairing.pending"), "a pairing at the companion")
        assert pending["digits"] == shown
        self.companion.call("pairing.confirm", {"pairing": pending["pairing"]})
        # on the button itself, not on where it is: the card may move away under a pointer while the page is drawn, and
        # a press that comes late would fall on what stands there then
        await page.until(PRESS_SAME)
        await page.until("() => !document.querySelector('#pair, [data-digits]')")
        await page.close()
        return shown

    async def open(self, buyer: str) -> Tab:
        """The buyer's conversation in a tab of the usual size."""
        person = self.shop.buyers[buyer]
        account = self.shop.accounts[person.account]
        tab = await self.browser.tab()
        await tab.size(1280, 800)
        query = f"conversation={person.conversation}&oec_seller_id={account.shop_id}&shop_region={account.region}"
        await tab.goto(f"https://{account.host}/chat/inbox/current?{query}")
        await tab.until(f"() => document.querySelector('{ROW}')", what="the conversation")
        return tab

    async def beside(self, tab: Tab, words: str) -> str:
        """The translation beside the newest bubble with these words, once it stands there."""
        text: str = await tab.until(BESIDE, words, "translation", what=f"a translation beside “{words}”")
        return text

    async def part(self, tab: Tab, host: str, part: str) -> str:
        """Text of a part of the extension's, "" while there is none."""
        text: str = await tab.eval(f"(h, p) => ({PART})(h, p)?.textContent.trim() ?? ''", host, part)
        return text

    async def write(self, tab: Tab, text: str) -> tuple[str, str]:
        """Type into the bar; target text and back-translation once both stand there."""
        await tab.until(f"() => ({PART})('bar', 'input')", what="the bar")
        await tab.click(f"() => ({PART})('bar', 'input')")
        await tab.type(text)
        core = text.rstrip("。！？")
        back = (
            f"(core) => {{ const t = ({PART})('bar', 'back')?.textContent ?? ''; return t.includes(core) ? t : ''; }}"
        )
        backward: str = await tab.until(back, core, what="the back-translation")
        return await self.part(tab, "bar", "target"), backward.strip()

    async def composer(self, tab: Tab) -> str:
        """What stands in the page's own composer."""
        text: str = await tab.eval("() => document.querySelector('textarea').value")
        return text

    async def send(self, tab: Tab) -> None:
        """The page's own Send."""
        await tab.click("() => document.querySelector('#chat-input-send-button')")

    async def until(self, ready: Callable[[], Any], what: str, wait_s: float = 20.0) -> Any:
        """Wait for something outside the browser, which goes on meanwhile."""
        end = time.monotonic() + wait_s
        while True:
            found = await asyncio.to_thread(ready)
            if found:
                return found
            assert time.monotonic() < end, f"did not happen within {wait_s} s: {what}"
            await asyncio.sleep(0.1)

    def archived(self, buyer: str) -> list[tuple[str, str]]:
        """Direction and text of what the archive has of this buyer, oldest first."""
        messages = self.companion.messages(self.shop.buyers[buyer].name)
        return [(one["direction"], one["text"]) for one in messages]
