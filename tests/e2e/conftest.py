"""Fixtures every end-to-end test shares: one Chromium per module, a fresh day in the shop per test.

``practice_shop``: the shop without our extension. ``seabridge_page``: with the built extension and a paired companion.
"""

from __future__ import annotations

import socket
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from companion.practice.browser import PracticeBrowser, open_practice
from companion.practice.pairing import pair
from companion.practice.shop import PracticeShop
from companion.practice.tour.hands import Hands
from companion.practice.tour.scenes import Place
from companion.practice.world import Settings

from .builds import built
from .companion_process import CompanionProcess

if TYPE_CHECKING:
    from playwright.sync_api import ConsoleMessage, Playwright, WebError

ROOT = Path(__file__).parents[2]
#: Where a buyer is met when a test does not choose.
CHATS = {
    "tiktok-us": "https://seller-us.tiktok.com/chat/inbox/current?lang=en",
    "tiktok-uk": "https://seller-uk.tiktok.com/chat/inbox/current?lang=en",
    "tiktok-id": "https://seller-id.tiktok.com/chat/inbox/current",
    "shopee-sg": "https://seller.shopee.sg/new-webchat/conversations",
    "shopee-br": "https://seller.shopee.com.br/new-webchat/conversations",
    "shopee-th": "https://seller.shopee.co.th/new-webchat/conversations",
    "shopee-vn": "https://banhang.shopee.vn/new-webchat/conversations",
}


def quick(**changes: Any) -> Settings:
    """The shop at test speed: mounting and typing are short, and no page renders anew unless asked."""
    return Settings(**{"mount_ms": 80, "poll_ms": 120, "every_ms": 0, "pace": 0.02, **changes})


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder drives a browser, whether its author remembered to say so or not.

    The tour comes first: the longest file, and as the last one it would leave the other worker without work.
    """
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.e2e)
    items.sort(key=lambda item: here / "tour" not in item.path.parents)


# -- the shop alone ------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def practice_browser(playwright: Playwright, tmp_path_factory: pytest.TempPathFactory) -> Iterator[PracticeBrowser]:
    """The practice shop in a Chromium without our extension, one launch per module."""
    shop = PracticeShop(settings=quick(), live=False)
    profile = tmp_path_factory.mktemp("profile")
    with open_practice(shop, profile, headless=True, locale="en", playwright=playwright) as browser:
        yield browser


@pytest.fixture
def practice_shop(practice_browser: PracticeBrowser) -> Iterator[PracticeBrowser]:
    """The same window with the shop back on its first day; tabs the test opened are closed afterwards."""
    yield from fresh_day(practice_browser, new_people=False)


def fresh_day(browser: PracticeBrowser, *, new_people: bool) -> Iterator[PracticeBrowser]:
    """Reset shop and settings, hand the browser out, close the tabs."""
    browser.shop.reset(new_people=new_people)
    browser.shop.settings = quick()
    keep = set(browser.context.pages)
    yield browser
    for page in browser.context.pages:
        if page not in keep:
            page.close()


# -- with the extension and a companion ----------------------------------------------------------------------------


def speak(browser: PracticeBrowser, locale: str) -> None:
    """Set the extension's locale as the seller would.

    The window's own language does not always reach it: a headless Chromium's ``chrome.i18n`` has its own opinion.
    """
    page = browser.page(browser.own_page("manifest.json"))
    patch = {"type": "own.settings", "patch": {"locale": locale}}
    answer = page.evaluate("request => chrome.runtime.sendMessage(request)", patch)
    assert answer == {"ok": {"result": None}}, answer
    page.close()


@dataclass(slots=True)
class Seabridge:
    """Everything together. Each test meets new people, so that one archive serves a whole module."""

    browser: PracticeBrowser
    companion: CompanionProcess
    #: Errors the pages and the extension wrote to their consoles since the test began.
    errors: list[str]

    @property
    def shop(self) -> PracticeShop:
        """The shop, to make buyers arrive and to see what was sent."""
        return self.browser.shop

    def name(self, buyer: str) -> str:
        """The buyer's name today."""
        return self.shop.buyers[buyer].name

    def chat(self, buyer: str, *, url: str = "", place: Place | None = None, arrive: bool = True) -> Hands:
        """Open a buyer's conversation in a new tab; the buyer has arrived unless told otherwise."""
        if arrive:
            self.shop.arrive(buyer)
        account = self.shop.buyers[buyer].account
        hands = Hands(
            self.browser.page(url or CHATS[account]), place or ("tiktok" if "tiktok" in account else "webchat")
        )
        hands.open(self.name(buyer))
        return hands


@pytest.fixture(scope="session")
def extension(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The granted build, as the practice uses it."""
    return built(tmp_path_factory, "--target", "chrome", "--granted")


def free_port() -> int:
    """A port nobody listens on right now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="module")
def seabridge(playwright: Playwright, extension: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Seabridge]:
    """Companion process, Chromium with the extension, paired: once per module."""
    companion = CompanionProcess(tmp_path_factory.mktemp("home"), free_port())
    companion.start()
    shop = PracticeShop(settings=quick(), live=False)
    profile = tmp_path_factory.mktemp("profile")
    try:
        with open_practice(
            shop, profile, extension=extension, headless=True, locale="zh_CN", playwright=playwright
        ) as browser:
            errors: list[str] = []
            browser.context.on("console", lambda message: _note(errors, message))
            browser.context.on("weberror", lambda error: _crash(errors, error))
            speak(browser, "zh_CN")
            pair(browser, companion)
            yield Seabridge(browser, companion, errors)
    finally:
        companion.stop()


@pytest.fixture
def seabridge_page(seabridge: Seabridge) -> Iterator[Seabridge]:
    """The paired window with new people in the shop; tabs are closed afterwards."""
    if seabridge.companion.process is None:
        seabridge.companion.start()
    seabridge.errors.clear()
    for _ in fresh_day(seabridge.browser, new_people=True):
        yield seabridge


def _note(errors: list[str], message: ConsoleMessage) -> None:
    if message.type == "error":
        errors.append(message.text)


def _crash(errors: list[str], error: WebError) -> None:
    errors.append(str(error.error))
