"""The built extension on the practice shop, paired with a stand-in companion."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from companion.practice.browser import PracticeBrowser, open_practice
from companion.practice.shop import PracticeShop
from companion.practice.world import Settings

from .stand_in import Office

if TYPE_CHECKING:
    from playwright.sync_api import FrameLocator, Locator, Page, Playwright


def quick(**changes: object) -> Settings:
    """Pages at test speed that render anew only when asked."""
    return Settings(**({"mount_ms": 60, "poll_ms": 100, "every_ms": 0, "pace": 0.02, "on_message": "reuse"} | changes))  # type: ignore[arg-type]


@dataclass
class Desk:
    """One browser window with everything a test needs."""

    browser: PracticeBrowser
    office: Office

    @property
    def shop(self) -> PracticeShop:
        return self.browser.shop

    def tiktok(self, buyer: str = "", **size: int) -> Page:
        """The inbox of the American shop, opened on a buyer's conversation."""
        thread = self.shop.thread(buyer) if buyer else None
        account = self.shop.accounts[thread.account if thread else "tiktok-us"]
        query = f"oec_seller_id={account.shop_id}&shop_region={account.region}"
        url = f"https://{account.host}/chat/inbox/current?{query}" + (f"&conversation={thread.id}" if thread else "")
        return self.open(url, **size)

    def open(self, url: str, width: int = 1280, height: int = 800) -> Page:
        page = self.browser.context.new_page()
        page.set_viewport_size({"width": width, "height": height})
        page.goto(url)
        return page

    def shopee(self, buyer: str, path: str = "/new-webchat/conversations", **size: int) -> Page:
        """Web chat opened on a buyer's conversation."""
        account = self.shop.accounts[self.shop.thread(buyer).account]
        page = self.open(f"https://{account.host}{path}", **size)
        choose(page, self.shop.thread(buyer).name)
        return page

    def lines(self, buyer: str) -> list[str]:
        """Texts of a buyer so far."""
        return [one.text for one in self.shop.thread(buyer).messages if one.direction == "buyer"]


def choose(page: Page | FrameLocator, name: str) -> None:
    """Open a conversation of the web chat by its buyer's name."""
    page.locator("[data-cy=webchat-conversation-cell-name]", has_text=name).first.click()


def field(page: Page) -> Locator:
    """The page's own composer."""
    return page.locator("textarea, [contenteditable=true]").and_(page.locator(":not([part])")).last


def bar(page: Page, part: str = "input") -> Locator:
    """A part of Seabridge's bar."""
    return page.locator(f"[data-seabridge=bar] [part={part}]")


def bubbles(page: Page) -> Locator:
    """Every translation that stands in the page."""
    return page.locator("[data-seabridge=bubble]:not([hidden]) [part=translation]")


@pytest.fixture(scope="module")
def desk_window(playwright: Playwright, extension: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A paired window; one launch a module."""
    office = Office(tmp_path_factory.mktemp("office")).open()
    shop = PracticeShop(settings=quick(), live=False)
    profile = tmp_path_factory.mktemp("profile")
    with open_practice(shop, profile, extension=extension, headless=True, playwright=playwright) as browser:
        browser.set_ports([office.port])
        office.pair(browser)
        yield Desk(browser, office)
    office.close()


@pytest.fixture
def desk(desk_window: Desk) -> Iterator[Desk]:
    """The same window on a fresh day, its rooms empty."""
    desk_window.shop.reset()
    desk_window.shop.settings = quick()
    office = desk_window.office
    office.archive.__init__()  # type: ignore[misc]
    office.translator.__init__()  # type: ignore[misc]
    keep = set(desk_window.browser.context.pages)
    yield desk_window
    for page in desk_window.browser.context.pages:
        if page not in keep:
            page.close()


@pytest.fixture
def eventually(desk: Desk) -> Callable[..., None]:
    """Wait for something outside the page; the browser's requests go on being answered meanwhile."""

    def wait(check: Callable[[], object], seconds: float = 20) -> None:
        end = time.monotonic() + seconds
        while not check():
            assert time.monotonic() < end, "it never happened"
            desk.browser.context.pages[-1].wait_for_timeout(30)

    return wait
