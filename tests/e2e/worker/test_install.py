"""The build that sellers get: right after the install it may read no page at all."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from companion.marketplaces import load
from companion.practice.browser import open_practice
from companion.practice.shop import PracticeShop

from ..builds import built
from ..conftest import speak
from .rig import INBOX

if TYPE_CHECKING:
    from playwright.sync_api import Playwright

pytestmark = pytest.mark.e2e


def test_nothing_is_read_before_a_marketplace_is_switched_on(
    playwright: Playwright, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    build = built(tmp_path_factory, "--target", "chrome")
    shop = PracticeShop(live=False)
    with open_practice(
        shop, tmp_path / "profile", extension=build, headless=True, locale="en", playwright=playwright
    ) as browser:
        page = browser.page(INBOX)
        session = browser.context.new_cdp_session(page)
        worlds: list[str] = []
        session.on("Runtime.executionContextCreated", lambda event: worlds.append(event["context"]["origin"]))
        session.send("Runtime.enable")
        assert "https://seller-us.tiktok.com" in worlds
        assert not [origin for origin in worlds if origin.startswith("chrome-extension:")]

        options = browser.page(browser.own_page("options.html"))
        switches = options.locator("input[id^=site-]")
        switches.first.wait_for()
        assert switches.count() == len(load().marketplaces)
        assert not any(switches.nth(index).is_checked() for index in range(switches.count()))
        assert switches.first.is_enabled()
        hosts = options.evaluate("chrome.permissions.getAll().then(all => all.origins)")
        assert hosts == ["http://127.0.0.1/*"]
        assert options.evaluate("chrome.scripting.getRegisteredContentScripts()") == []
        for locale, title in (("zh_CN", "海桥选项"), ("en", "Seabridge options")):
            speak(browser, locale)
            options.locator("h1", has_text=title).wait_for()
