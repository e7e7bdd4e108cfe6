"""What these tests do to the running whole: look without touching, kill, freeze, and compare archive with shop."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from playwright.sync_api import Error, Page

from companion.conversations import Archive
from companion.practice.browser import PracticeBrowser
from companion.practice.shop import PracticeShop
from companion.practice.tour.hands import Hands
from companion.protocol.methods.archive import ThreadListParams, ThreadMessagesParams

from ..companion_process import CompanionProcess
from ..worker_life import WorkerLife

#: The shop's truth or the archive's: who said what, in order.
Lines = list[tuple[str, str]]
#: Buyers of TikTok's United States inbox speak English; these lines are in the phrase book.
QUESTION = "When will order {order} ship?"
CHAT = "https://seller-us.tiktok.com/chat/inbox/current?lang=en"
_STEP_MS = 60


class World:
    """Browser with the extension, companion, shop; and a page of the extension that only listens."""

    def __init__(self, browser: PracticeBrowser, companion: CompanionProcess, errors: list[str]) -> None:
        self.browser = browser
        self.companion = companion
        self.errors = errors
        self.watcher: Page = browser.page(browser.own_page("manifest.json"))
        self.listen()
        self._worker = WorkerLife(browser.context, self.watcher)

    @property
    def shop(self) -> PracticeShop:
        """Where buyers speak."""
        return self.browser.shop

    # -- looking -------------------------------------------------------------------------------------------------

    def listen(self) -> None:
        """Record what the background tells its own pages. Asking it would make it hurry, and hide a slow return."""
        self.watcher.evaluate(
            """async () => {
                globalThis.told = [(await chrome.runtime.sendMessage({type: 'own.state'})).ok.state];
                chrome.runtime.onMessage.addListener(push => { if (push.type === 'own') told.push(push.own.state); });
            }"""
        )

    @property
    def state(self) -> dict[str, Any]:
        """The state told last."""
        return dict(self.watcher.evaluate("told.at(-1)"))

    def links(self) -> list[str]:
        """Every link state told since ``forget``, without repetitions."""
        told: list[str] = self.watcher.evaluate("told.map(state => state.link + ':' + state.detail)")
        return list(dict.fromkeys(told))

    def forget(self) -> None:
        """Forget all told states but the last."""
        self.watcher.evaluate("() => { told.splice(0, told.length - 1); }")

    def until(self, ready: Callable[[], Any], what: str | Callable[[], object], patience_s: float = 40) -> Any:
        """Wait, while pages keep being served, until ``ready`` gives something; AssertionError with the last answer."""
        end = time.monotonic() + patience_s
        while True:
            try:
                if last := ready():
                    return last
            except Error as exc:  # drawn anew, killed or navigated while being looked at
                last = exc
            if time.monotonic() > end:
                raise AssertionError(
                    f"not in {patience_s} s: {what() if callable(what) else what}; last {last!r}; {self.state}; "
                    f"{self.errors[-3:]}"
                )
            self.watcher.wait_for_timeout(_STEP_MS)

    def linked(self, link: str, patience_s: float = 40) -> None:
        """Wait for a link state, as told to everybody."""
        self.until(lambda: self.state["link"] == link, f"link {link}", patience_s)

    def waiting(self, count: int, patience_s: float = 40) -> None:
        """Wait until so many entries are queued."""
        self.until(lambda: self.state["queue"]["waiting"] == count, f"{count} waiting", patience_s)

    # -- the two truths ------------------------------------------------------------------------------------------

    def said(self, buyer: str) -> Lines:
        """What the shop knows of a conversation."""
        return [(one.direction, one.text) for one in self.shop.thread(buyer).messages]

    def archived(self, buyer: str) -> Lines:
        """What the archive file holds of it, read beside the companion, or without one."""
        name = self.shop.buyers[buyer].name
        archive = Archive.open(self.companion.paths.archive, self.companion.paths.files, read_only=True)
        try:
            threads = [one for one in archive.threads(ThreadListParams(limit=100)).threads if one.buyer == name]
            if not threads:
                return []
            assert len(threads) == 1, "one conversation, one thread"
            rows = archive.messages(ThreadMessagesParams(thread_id=threads[0].id, limit=200)).messages
        finally:
            archive.close()
        return [(row.direction, row.text) for row in rows]

    def settled(self, *buyers: str, patience_s: float = 40) -> None:
        """Wait until nothing is queued and the archive holds exactly what was said: nothing twice, nothing lost."""
        self.until(
            lambda: (
                self.state["queue"]["waiting"] == 0
                and all(self.archived(buyer) == self.said(buyer) for buyer in buyers)
            ),
            lambda: ["archived ≠ said", *((self.archived(one), self.said(one)) for one in buyers)],
            patience_s,
        )
        # not compared once more: a buyer who has been answered goes on to speak
        assert self.state["queue"]["parked"] == 0

    # -- people --------------------------------------------------------------------------------------------------

    def chat(self, buyer: str = "emily", url: str = CHAT) -> Hands:
        """The buyer writes first; the conversation open in a new tab, everything translated and archived."""
        self.shop.arrive(buyer)
        hands = self.open(buyer, url)
        self.reads(hands, self.shop.buyers[buyer].asks[0].say[-1])
        return hands

    def open(self, buyer: str, url: str = CHAT) -> Hands:
        """The buyer's conversation in a new tab."""
        hands = Hands(self.browser.page(url), "tiktok" if "tiktok" in url else "webchat")
        hands.open(self.shop.buyers[buyer].name)
        return hands

    def asks(self, hands: Hands, buyer: str, text: str) -> str:
        """The buyer writes now; the Chinese beside the bubble."""
        self.shop.say(buyer, text)
        hands.until(lambda: hands.row(text).is_visible(), text)
        return self.reads(hands, text)

    def reads(self, hands: Hands, text: str, patience_s: float = 40) -> str:
        """The Chinese beside a bubble, once it is there."""
        found: str = self.until(lambda: translation(hands, text), f"translation of {text}", patience_s)
        return found

    # -- violence ------------------------------------------------------------------------------------------------

    def kill_worker(self) -> float:
        """End the service worker as the browser does, without a word to it. Answers when the dead one had started."""
        return self._worker.kill()

    def reborn(self, since: float) -> None:
        """Wait for another worker than the one that had started ``since``; nothing here wakes it."""
        self._worker.reborn(since)

    @contextmanager
    def frozen(self) -> Iterator[None]:
        """The companion stands still: its sockets stay open and nothing answers."""
        if os.name == "nt":
            pytest.skip("Windows cannot freeze another process")
        process = self.companion.process
        assert process is not None
        os.kill(process.pid, signal.SIGSTOP)
        try:
            yield
        finally:
            os.kill(process.pid, signal.SIGCONT)


def translation(hands: Hands, text: str) -> str:
    """What stands beside a bubble now, "" while nothing does."""
    part = hands.row(text).locator('[data-seabridge="bubble"] [part="translation"]')
    return hands.text_of(part)
