"""What the tests of this folder do to the browser: kill the worker, speak from the content script's world, look."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import CDPSession, Error, Frame, Page

from companion.practice.browser import PracticeBrowser
from companion.practice.pairing import pair
from companion.protocol.errors import SeabridgeError

from ..companion_process import CompanionProcess
from ..worker_life import WorkerLife

INBOX = "https://seller-us.tiktok.com/chat/inbox/current"
#: One message to the background, from wherever it is evaluated.
ASK = "request => chrome.runtime.sendMessage(request)"


def seen(thread: str, *texts: str) -> dict[str, Any]:
    """The parameters of message.seen for a buyer's lines."""
    where = {"marketplace": "tiktok-shop", "shop": "7495", "region": "US", "thread": thread, "buyer": f"buyer {thread}"}
    lines = [{"direction": "buyer", "text": text, "key": f"{thread}-{text}"} for text in texts]
    return {"thread": where, "messages": lines, "observed_at": time.time()}


@dataclass
class Rig:
    """Browser with the extension, and a companion."""

    browser: PracticeBrowser
    companion: CompanionProcess
    worker_life: WorkerLife | None = None

    def pair(self) -> str:
        """Pair as a person does; the digits both sides showed."""
        return pair(self.browser, self.companion)

    def own_page(self, name: str = "panel.html") -> Page:
        """One of the extension's pages in a tab."""
        return self.browser.page(self.browser.own_page(name))

    def state(self, page: Page) -> dict[str, Any]:
        """What the background says of itself, asked from an own page. Wakes a sleeping worker."""
        answer = page.evaluate(ASK, {"type": "own.state"})
        return dict(answer["ok"]["state"])

    def wait_state(self, page: Page, fits: Callable[[dict[str, Any]], bool], timeout_s: float = 20) -> dict[str, Any]:
        """Wait until the background's state fits."""
        found: dict[str, Any] = self.wait(
            page, lambda: next((state for state in [self.state(page)] if fits(state)), None), timeout_s
        )
        return found

    def wait(self, page: Page, get: Callable[[], Any], timeout_s: float = 20) -> Any:
        """Wait, while the browser goes on, until ``get`` gives something."""
        end = time.monotonic() + timeout_s
        last: Any = None
        while time.monotonic() < end:
            try:
                last = get()
            except (SeabridgeError, Error) as exc:  # killed just now, or starting
                last = exc
            else:
                if last:
                    return last
            page.wait_for_timeout(100)
        raise AssertionError(f"did not happen in {timeout_s} s: {last!r}")

    def archived(self, thread: str) -> list[str]:
        """Archived texts of a thread, oldest first."""
        return [message["text"] for message in self.companion.messages(f"buyer {thread}")]

    def kill_worker(self) -> float:
        """End the service worker as the browser itself does, at any moment and without a word to it.

        Answers when the dead one had started; ``reborn`` makes sure that what answers later is another.
        """
        return self._life().kill()

    def reborn(self, since: float) -> None:
        """Wait for another worker than the one that had started ``since``."""
        self._life().reborn(since)

    def _life(self) -> WorkerLife:
        if self.worker_life is None:
            watcher = self.browser.page(self.browser.own_page("manifest.json"))
            self.worker_life = WorkerLife(self.browser.context, watcher)
        return self.worker_life

    def content(self, page: Page | Frame) -> ContentWorld:
        """The content script's own world in a page, or in a frame that has a process of its own."""
        return ContentWorld(self.browser.context.new_cdp_session(page), self.browser.extension_id)


class ContentWorld:
    """Runs code where the content script runs: beside the page's scripts, with ``chrome.runtime``."""

    def __init__(self, session: CDPSession, extension_id: str) -> None:
        self._session = session
        self._worlds: list[dict[str, Any]] = []
        session.on("Runtime.executionContextCreated", lambda event: self._worlds.append(event["context"]))
        session.send("Runtime.enable")
        self._origin = f"chrome-extension://{extension_id}"

    def evaluate(self, expression: str) -> Any:
        """The value of an expression; a promise is awaited."""
        world = self._world()
        call = {"expression": expression, "contextId": world["id"], "awaitPromise": True, "returnByValue": True}
        answer = self._session.send("Runtime.evaluate", call)
        assert "exceptionDetails" not in answer, answer["exceptionDetails"]
        return answer["result"].get("value")

    def _world(self) -> dict[str, Any]:
        """The newest world of the extension, which may begin a moment after the page has loaded."""
        end = time.monotonic() + 20
        while True:
            for each in reversed(self._worlds):
                if each["origin"] == self._origin:
                    return each
            assert time.monotonic() < end, f"no content script here: {self._worlds}"
            self._session.send("Runtime.evaluate", {"expression": "0"})  # events are heard meanwhile
            time.sleep(0.02)

    def ask(self, request: dict[str, Any]) -> Any:
        """Send one message to the background; its answer."""
        return self.evaluate(f"({ASK})({json.dumps(request)})")
