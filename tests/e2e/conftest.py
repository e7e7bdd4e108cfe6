"""Fixtures every end-to-end test shares: one Chromium per module, a fresh day in the shop per test."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from companion.practice.browser import BrowserMissing, PracticeBrowser, chromium, open_practice
from companion.practice.shop import PracticeShop
from companion.practice.world import Settings

if TYPE_CHECKING:
    from playwright.sync_api import Playwright


def quick() -> Settings:
    """The shop at test speed: mounting and typing are short, and no page renders anew unless asked."""
    return Settings(mount_ms=80, poll_ms=120, every_ms=0, pace=0.02)


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """Playwright with a Chromium that loads extensions; tests are skipped where there is none."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as running:
        try:
            chromium(running)
        except BrowserMissing:
            pytest.skip("no Chromium that loads extensions")
        yield running


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
    yield from fresh_day(practice_browser)


def fresh_day(browser: PracticeBrowser) -> Iterator[PracticeBrowser]:
    """Reset shop and settings, hand the browser out, close the tabs."""
    browser.shop.reset()
    browser.shop.settings = quick()
    keep = set(browser.context.pages)
    yield browser
    for page in browser.context.pages:
        if page not in keep:
            page.close()
