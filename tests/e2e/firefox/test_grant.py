"""The build sellers install: nothing is read before a marketplace is switched on, nor after it is switched off."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from companion.practice.shop import PracticeShop
from companion.practice.world import Settings

from .conftest import Loop, answers, build
from .launch import firefox

pytestmark = pytest.mark.e2e

OURS = "() => Boolean(document.querySelector('[data-seabridge]'))"
SWITCH = "() => document.querySelector('#site-tiktok-shop')"
SCRIPTS = "async () => (await chrome.scripting.getRegisteredContentScripts()).flatMap(each => each.matches)"


def test_a_marketplace_is_switched_on_and_off(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    loop = Loop()
    try:
        loop.run(switch(build(tmp_path_factory), tmp_path))
    finally:
        loop.close()


async def switch(extension: Path, folder: Path) -> None:
    shop = PracticeShop(settings=Settings(mount_ms=80, poll_ms=150, every_ms=0, pace=0.02), live=False)
    # the browser's own question cannot be answered by a driver; the press that leads to it is a real one
    async with firefox(folder / "browser", {"extensions.webextOptionalPermissionPrompts": False}) as browser:
        await browser.answer_https(answers(shop))
        await browser.install(extension)
        chat = f"conversation={shop.buyers['emily'].conversation}"
        page = await browser.tab(f"https://seller-us.tiktok.com/chat/inbox/current?{chat}")
        await page.until("() => document.querySelector('textarea')", what="the page itself")
        options = await browser.tab(browser.own("options.html"))
        await options.until(SWITCH, what="the list of marketplaces")
        origins = await options.eval("async () => (await chrome.permissions.getAll()).origins")
        assert origins == ["http://127.0.0.1/*"], "nothing else is granted at install"
        assert await options.eval(SCRIPTS) == []
        assert not await page.eval(OURS)

        await options.click(SWITCH)
        await page.until(OURS, what="Seabridge in the page that was open all the while")
        matches = await options.eval(SCRIPTS)
        assert "https://seller-us.tiktok.com/*" in matches
        assert not [pattern for pattern in matches if "shopee" in pattern]

        await options.click(SWITCH)
        await options.until(f"async () => (await ({SCRIPTS})()).length === 0", what="no script registered")
        await page.goto(f"https://seller-us.tiktok.com/chat/inbox/current?{chat}")
        await page.until("() => document.querySelector('textarea')", what="the page again")
        await asyncio.sleep(1)
        assert not await page.eval(OURS)
        assert not browser.bidi.faults
