"""A paired window with one granted host more than the marketplaces, and a companion that keeps what is taught."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from companion.marketplaces import load, load_own, overlay
from companion.practice.browser import PracticeBrowser, open_practice
from companion.practice.shop import PracticeShop

from ..builds import built
from ..page.stand_in import Office
from ..popup import popup_over
from . import mall

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page, Playwright


@pytest.fixture(scope="session")
def build(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The granted build with the mall's host besides."""
    return built(tmp_path_factory, "--target", "chrome", "--granted", "--grant", f"https://{mall.HOST}/*")


@dataclass
class School:
    """The window, its companion, and the seller's hands."""

    browser: PracticeBrowser
    office: Office

    def open(self, url: str) -> Page:
        page = self.browser.context.new_page()
        page.set_viewport_size({"width": 1200, "height": 760})
        page.goto(url)
        return page

    def popup(self, page: Page) -> Page:
        """The popup over this tab."""
        return popup_over(self.browser, page.url)

    def start(self, page: Page) -> Lesson:
        """Press the button in the popup while this tab is in front."""
        popup = self.popup(page)
        with popup.expect_event("close"):
            popup.locator("#teach:visible").click()
        page.bring_to_front()
        lesson = Lesson(page)
        lesson.part("panel").wait_for()
        return lesson


@dataclass
class Lesson:
    """The panel in a page and the pointer of the seller."""

    page: Page

    def part(self, name: str) -> Locator:
        return self.page.locator(f"[data-seabridge=teach] [part={name}]")

    def step(self, name: str) -> None:
        """Wait for a question."""
        self.page.locator(f"[data-seabridge=teach] [data-step={name}]").wait_for()

    def hover(self, target: Locator) -> None:
        box = target.bounding_box()
        assert box
        self.page.mouse.move(box["x"] + min(box["width"], 60) / 2, box["y"] + box["height"] / 2)

    def point(self, step: str, target: Locator) -> None:
        """Click on what the question asks for, and go on."""
        self.step(step)
        self.hover(target)
        self.page.mouse.down()
        self.page.mouse.up()
        self.part("next").click()

    def skip(self, step: str) -> None:
        self.step(step)
        self.part("skip").click()


@pytest.fixture
def school(playwright: Playwright, build: Path, tmp_path: Path) -> Iterator[School]:
    """Nothing is taught yet."""
    office = Office(tmp_path / "office").open()
    assert office.running
    room = office.running.desk.room
    room.rules = lambda: overlay(load(), load_own(room.paths.marketplaces)[0])
    with open_practice(
        PracticeShop(live=False), tmp_path / "profile", extension=build, headless=True, playwright=playwright
    ) as browser:
        browser.context.route(f"https://{mall.HOST}/**", mall.serve)
        browser.set_ports([office.port])
        office.pair(browser)
        yield School(browser, office)
    office.close()


@pytest.fixture
def eventually(school: School) -> Callable[..., None]:
    """Wait for something outside the page; the browser goes on meanwhile."""

    def wait(check: Callable[[], object], seconds: float = 20) -> None:
        end = time.monotonic() + seconds
        while not check():
            assert time.monotonic() < end, "it never happened"
            school.browser.context.pages[-1].wait_for_timeout(50)

    return wait
