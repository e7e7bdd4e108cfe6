"""The practice window: paired once, remembered afterwards, and never online."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Error

from companion.practice import browser as practice_browser_module
from companion.practice.browser import BrowserMissing, chromium, open_practice
from companion.practice.pairing import pair, until
from companion.practice.shop import CONTROL_HOST, PracticeShop

from ..companion_process import CompanionProcess
from ..conftest import Seabridge, free_port

if TYPE_CHECKING:
    from playwright.sync_api import Playwright

pytestmark = pytest.mark.e2e


@pytest.fixture
def home(tmp_path: Path) -> Iterator[CompanionProcess]:
    companion = CompanionProcess(tmp_path / "home", free_port())
    companion.home.mkdir()
    companion.start()
    yield companion
    companion.stop()


def test_paired_once_remembered_and_paired_anew_with_another_companion(
    playwright: Playwright, extension: Path, home: CompanionProcess, tmp_path: Path
) -> None:
    profile = tmp_path / "profile"

    def digits(companion: CompanionProcess) -> str:
        shop = PracticeShop(live=False)
        with open_practice(shop, profile, extension=extension, headless=True, playwright=playwright) as browser:
            return pair(browser, companion)

    first = digits(home)
    assert len(first) == 6
    assert digits(home) == "", "the second start pairs nothing"
    assert len(home.call("pairing.list")["keys"]) == 1
    other = CompanionProcess(tmp_path / "other", home.port)
    other.home.mkdir()
    home.stop()
    other.start()
    try:
        assert len(digits(other)) == 6, "another data folder on the same port is another companion"
    finally:
        other.stop()


def test_the_shop_stands_in_front_and_not_the_options_that_open_at_install(
    playwright: Playwright, extension: Path, home: CompanionProcess, tmp_path: Path
) -> None:
    start = f"https://{CONTROL_HOST}/"
    shop = PracticeShop(live=False)
    with open_practice(shop, tmp_path / "p", extension=extension, headless=True, playwright=playwright) as browser:
        pair(browser, home)
        options = browser.own_page("options.html")
        # a tab may get its address only after it has opened
        pages = browser.context.pages
        until(pages[0], lambda: any(page.url.startswith(options) for page in browser.context.pages), "no options")
        browser.show(start)
        assert [page.url for page in browser.context.pages] == [start]


def test_nothing_goes_online(seabridge_page: Seabridge) -> None:
    page = seabridge_page.browser.page()
    with pytest.raises(Error, match="ERR_NAME_NOT_RESOLVED"):
        page.goto("http://example.org:8080/")
    answer = seabridge_page.browser.page().goto("https://example.org/")
    assert answer is not None
    assert answer.status == 404
    fetched = "url => fetch(url).then(answer => answer.status, error => String(error))"
    worker = seabridge_page.browser.worker
    assert worker is not None
    image = "https://down-sg.img.susercontent.com/file/nothing.png"
    assert worker.evaluate(fetched, image) == 403, "the background's requests come to the shop as well"


def test_no_browser_is_a_clear_exception(playwright: Playwright, monkeypatch: pytest.MonkeyPatch) -> None:
    class Nowhere:
        executable_path = "/nowhere/chrome"

    class Fake:
        chromium = Nowhere()

    monkeypatch.delenv("SEABRIDGE_CHROMIUM", raising=False)
    monkeypatch.setattr(practice_browser_module, "CHROMIUM", ("no-such-chromium", "/nowhere/chromium"))
    with pytest.raises(BrowserMissing):
        chromium(Fake())  # type: ignore[arg-type]
