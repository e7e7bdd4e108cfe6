"""Pairs the practice browser's extension with the practice companion, the way a person does: by comparing digits."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from .browser import PracticeBrowser

_WAIT_MS = 20_000
_STEP_MS = 60


class Companion(Protocol):
    """A running practice companion: its port, and its control door (``pairing.*``, ``search``, ``settings.set`` …)."""

    @property
    def port(self) -> int:
        """Where it listens on 127.0.0.1."""

    def call(self, method: str, params: dict[str, Any] | None = None) -> Any:
        """Call a control method; the result as plain JSON values."""


class PairingFailed(Exception):
    """The two sides did not come together. ``digits`` are what the extension and the companion showed."""

    def __init__(self, why: str, digits: tuple[str, str] = ("", "")) -> None:
        super().__init__(f"{why} {digits}" if any(digits) else why)
        self.digits = digits


def pair(browser: PracticeBrowser, companion: Companion) -> str:
    """Pair once and return the digits both sides showed; "" when they were paired already.

    Raises PairingFailed when the digits differ (the pairing is refused then) or nothing happens in time.
    """
    browser.set_ports([companion.port])
    page = browser.page(browser.own_page("options.html"))
    try:
        button = page.locator("#pair")
        # What the extension itself thinks decides: the companion may still list the key of an older profile.
        link = until(page, lambda: _settled(page), "the extension does not find the companion")
        if link == "ready":
            return ""
        button.wait_for()
        button.click()
        shown = page.locator("[data-digits]")
        shown.wait_for(timeout=_WAIT_MS)
        theirs = shown.get_attribute("data-digits") or ""
        pending = until(page, lambda: companion.call("pairing.pending"), "the companion shows no pairing")
        if not theirs or theirs != pending["digits"]:
            companion.call("pairing.refuse", {"pairing": pending["pairing"]})
            raise PairingFailed("the digits differ", (theirs, pending["digits"]))
        page.locator("#same").click()
        companion.call("pairing.confirm", {"pairing": pending["pairing"]})
        until(page, lambda: _settled(page) == "ready", "the pairing was confirmed but no session opened")
        return theirs
    finally:
        page.close()


def _settled(page: Page) -> str:
    """The extension's link to the companion once it is "ready" or "unpaired", else ""."""
    ask = "chrome.runtime.sendMessage({type: 'own.state'}).then(reply => reply.ok.state.link).catch(() => '')"
    link = str(page.evaluate(ask))
    return link if link in ("ready", "unpaired") else ""


def until(page: Page, ready: Callable[[], Any], why: str, timeout_ms: int = _WAIT_MS) -> Any:
    """Wait, while the browser's requests keep being served, until ``ready`` gives something. Raises PairingFailed."""
    waited = 0
    while not (found := ready()):
        if waited >= timeout_ms:
            raise PairingFailed(why)
        page.wait_for_timeout(_STEP_MS)
        waited += _STEP_MS
    return found
