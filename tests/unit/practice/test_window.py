"""The practice window opens an address although a tab dies under it."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Error

from companion.practice.browser import PracticeBrowser


class Tab:
    """A tab that fails as told, one error an address, and then opens."""

    def __init__(self, window: Window) -> None:
        self.context = window
        self.opened = ""
        self.closed = False
        self.scripts: list[str] = []

    def add_init_script(self, script: str) -> None:
        self.scripts.append(script)

    def goto(self, url: str) -> None:
        if self.context.errors:
            raise Error(self.context.errors.pop(0))
        self.opened = url

    def wait_for_timeout(self, _ms: float) -> None:
        pass

    def close(self) -> None:
        self.closed = True


class Window:
    def __init__(self, *errors: str) -> None:
        self.errors = list(errors)
        self.tabs: list[Tab] = []

    def new_page(self) -> Tab:
        self.tabs.append(Tab(self))
        return self.tabs[-1]


def window(*errors: str) -> tuple[PracticeBrowser, Window]:
    fake: Any = Window(*errors)
    return PracticeBrowser(fake, None), fake  # type: ignore[arg-type]


def test_a_tab_whose_process_died_is_replaced() -> None:
    browser, fake = window("Page.goto: Page crashed")
    page: Any = browser.page("chrome-extension://x/options.html")
    assert page is fake.tabs[1]
    assert page.opened == "chrome-extension://x/options.html"
    assert fake.tabs[0].closed
    browser, fake = window("Page.goto: Page crashed")
    page = browser.page("chrome-extension://x/options.html", "first()")
    assert page.scripts == ["first()"], "the tab that takes its place has its script"


def test_an_aborted_navigation_is_repeated_in_the_same_tab() -> None:
    browser, fake = window("Page.goto: net::ERR_ABORTED at https://example.org/")
    page: Any = browser.page("https://example.org/")
    assert page is fake.tabs[0]
    assert page.opened


def test_a_page_of_the_extension_said_to_be_blocked_is_asked_for_again_and_no_other() -> None:
    browser, fake = window("Page.goto: net::ERR_BLOCKED_BY_CLIENT at chrome-extension://x/popup.html")
    page: Any = browser.page("chrome-extension://x/popup.html", "first()")
    assert page is fake.tabs[0]
    assert (page.opened, page.scripts) == ("chrome-extension://x/popup.html", ["first()"])
    browser, fake = window("Page.goto: net::ERR_BLOCKED_BY_CLIENT at https://example.org/")
    with pytest.raises(Error, match="BLOCKED"):
        browser.page("https://example.org/")


def test_what_does_not_open_in_the_end_is_an_error() -> None:
    browser, fake = window(*["Page.goto: Page crashed"] * 3)
    with pytest.raises(Error, match="crashed"):
        browser.page("chrome-extension://x/options.html")
    browser, fake = window("Page.goto: net::ERR_NAME_NOT_RESOLVED")
    with pytest.raises(Error, match="NAME_NOT_RESOLVED"):
        browser.page("http://example.org/")
    assert len(fake.tabs) == 1
