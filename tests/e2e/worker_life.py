"""Ending the extension's service worker as the browser does, and knowing that it really ended."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from playwright.sync_api import BrowserContext, Error, Page

_STEP_MS = 50


class WorkerLife:
    """Watches the service worker from a page that never speaks to it, so that nothing here wakes one."""

    def __init__(self, context: BrowserContext, watcher: Page) -> None:
        self._context = context
        self._watcher = watcher
        #: What became of the service worker, in the browser's own words: running, stopping, stopped, starting.
        self._states: list[str] = []
        self._cdp = context.new_cdp_session(watcher)
        self._cdp.on("ServiceWorker.workerVersionUpdated", self._note)
        self._cdp.send("ServiceWorker.enable")

    def kill(self, patience_s: float = 20) -> float:
        """End it without a word to it. Answers when the dead one had started, for ``reborn``."""
        started = self._until(self._born, "a worker to kill", patience_s)
        self._states.clear()
        self._cdp.send("ServiceWorker.stopAllWorkers")
        self._until(lambda: "stopped" in self._states, "the worker to die", patience_s)
        return started

    def reborn(self, since: float, patience_s: float = 40) -> None:
        """Wait for another worker than the one that had started ``since``."""
        self._until(lambda: self._born() > since, "another worker", patience_s)

    def _note(self, event: dict[str, Any]) -> None:
        self._states += [version["runningStatus"] for version in event["versions"]]

    def _born(self) -> float:
        """When the running one started, 0 while none runs."""
        ours = [each for each in self._context.service_workers if each.url.startswith("chrome-extension://")]
        return float(ours[-1].evaluate("performance.timeOrigin")) if ours else 0.0

    def _until(self, get: Callable[[], Any], what: str, patience_s: float) -> Any:
        end = time.monotonic() + patience_s
        last: Any = None
        while time.monotonic() < end:
            try:
                if last := get():
                    return last
            except Error as exc:  # dying while being looked at
                last = exc
            self._watcher.wait_for_timeout(_STEP_MS)
        raise AssertionError(f"not in {patience_s} s: {what}; last {last!r}; {self._states[-6:]}")
