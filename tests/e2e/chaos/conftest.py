"""One browser, one companion and one pairing for the whole folder: a seller's day in which everything breaks."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from companion.practice.browser import open_practice
from companion.practice.pairing import pair
from companion.practice.shop import PracticeShop

from ..companion_process import CompanionProcess
from ..conftest import free_port, quick
from .world import World

if TYPE_CHECKING:
    from playwright.sync_api import Playwright


@pytest.fixture(scope="package")
def day(playwright: Playwright, extension: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """Everything running and paired."""
    companion = CompanionProcess(tmp_path_factory.mktemp("home"), free_port())
    companion.start()
    try:
        with open_practice(
            PracticeShop(settings=quick(), live=False),
            tmp_path_factory.mktemp("profile"),
            extension=extension,
            headless=True,
            locale="zh_CN",
            playwright=playwright,
        ) as browser:
            errors: list[str] = []
            browser.context.on("weberror", lambda error: errors.append(str(error.error)))
            pair(browser, companion)
            # Playwright's choice of language reaches the extension only while some emulated page is open.
            companion.call("settings.set", {"locale": "zh_CN"})
            yield World(browser, companion, errors)
    finally:
        companion.stop()


@pytest.fixture
def world(day: World) -> Iterator[World]:
    """The running day with new people; whatever the test before broke is mended, its tabs are closed."""
    if day.companion.process is None:
        day.companion.start()
    day.errors.clear()
    day.shop.reset(new_people=True)
    day.shop.settings = quick()
    day.linked("ready", 40)
    day.waiting(0)
    day.forget()
    yield day
    for page in day.browser.context.pages:
        if page is not day.watcher:
            page.close()
