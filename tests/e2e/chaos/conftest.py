"""One browser, one companion and one pairing for the whole folder: a seller's day in which everything breaks."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from companion.practice.browser import PracticeBrowser, open_practice
from companion.practice.pairing import pair
from companion.practice.shop import PracticeShop

from ..companion_process import CompanionProcess
from ..conftest import free_port, quick, speak
from .disk import mount
from .world import World

if TYPE_CHECKING:
    from playwright.sync_api import Playwright


OpenBrowser = Callable[[Path], AbstractContextManager[PracticeBrowser]]


@pytest.fixture(scope="package")
def open_browser(playwright: Playwright, extension: Path) -> Callable[[PracticeShop, Path], Any]:
    """Opens a browser with the extension on a shop and a profile folder."""
    options: dict[str, Any] = {"extension": extension, "headless": True, "locale": "zh_CN", "playwright": playwright}
    return lambda shop, profile: open_practice(shop, profile, **options)


@pytest.fixture(scope="package")
def disk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The companion's folder, on a small disk of its own where this system lets us mount one."""
    folder = tmp_path_factory.mktemp("home")
    mounted = mount("-t", "tmpfs", "-o", "size=48m", "tmpfs", folder)
    yield folder
    if mounted:
        subprocess.run(["umount", "-l", folder], check=False, capture_output=True)


@pytest.fixture(scope="package")
def day(open_browser: Callable[[PracticeShop, Path], Any], disk: Path, tmp_path_factory: Any) -> Iterator[World]:
    """Everything running and paired."""
    companion = CompanionProcess(disk, free_port())
    companion.start()
    try:
        with open_browser(PracticeShop(settings=quick(), live=False), tmp_path_factory.mktemp("profile")) as browser:
            errors: list[str] = []
            browser.context.on("weberror", lambda error: errors.append(str(error.error)))
            speak(browser, "zh_CN")
            pair(browser, companion)
            yield World(browser, companion, errors)
    finally:
        companion.stop()


@pytest.fixture
def second_browser(world: World, open_browser: Callable[[PracticeShop, Path], Any]) -> OpenBrowser:
    """Opens another browser, on the same shop."""
    return lambda profile: open_browser(world.shop, profile)


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
