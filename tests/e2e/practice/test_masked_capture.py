"""The popup's masked capture of a page, with the built extension: shown, then saved, nothing of the shop in it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from companion.pages.document import Saved
from companion.pages.select import matches
from companion.practice.browser import PracticeBrowser, open_practice
from companion.practice.described import shipped
from companion.practice.shop import PracticeShop

from ..conftest import speak
from ..popup import popup_over

if TYPE_CHECKING:
    from playwright.sync_api import Playwright

ORDERS = next(page for page in shipped() if (page.marketplace, page.case) == ("temu", "orders"))


@pytest.fixture(scope="module")
def window(
    playwright: Playwright, extension: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[PracticeBrowser]:
    """The extension without a companion: a report must be possible then too."""
    profile = tmp_path_factory.mktemp("profile")
    shop = PracticeShop(live=False)
    with open_practice(shop, profile, extension=extension, headless=True, playwright=playwright) as browser:
        speak(browser, "en")
        yield browser


def test_made_shown_and_saved_with_the_page_s_shape_and_nothing_of_its_people(
    window: PracticeBrowser, tmp_path: Path
) -> None:
    page = window.page(ORDERS.address)
    page.evaluate("document.body.insertAdjacentText('beforeend', 'Maria Gonzalez, Calle Mayor 17, 买家王芳')")
    live = page.evaluate("document.querySelectorAll('[data-testid]').length")
    above = popup_over(window, page.url)
    above.locator("details.card summary").click()
    above.locator("#capture").click()
    shown = above.locator(".capture textarea")
    shown.wait_for()
    text = shown.input_value()
    assert "<!-- saved from url=" in text.splitlines()[0]
    with above.expect_download() as download:
        above.get_by_role("button", name="Save the file").click()
    assert download.value.suggested_filename.startswith("seabridge-agentseller-us.temu.com-")
    file = tmp_path / "saved.html"
    download.value.save_as(file)
    assert file.read_text("utf-8") == text
    for private in ("Maria", "Gonzalez", "17", "买家", "王芳", "PO-211"):
        assert private not in text, private
    assert "Xxxxx Xxxxxxxx, Xxxxx Xxxxx 00, 字字字字" in text
    saved = Saved(file.read_bytes())
    assert len(matches(saved.top, "[data-testid]", saved)) == live > 10
    assert saved.saved_from.startswith("https://agentseller-us.temu.com/mmsos/orders.html")
    assert page.evaluate("typeof seabridgeCapture") == "undefined", "the page sees nothing of it"
    assert page.locator("[data-seabridge-hidden]").count() == 0, "the page is not changed"


def test_a_page_that_went_away_is_said_to_be_gone(window: PracticeBrowser) -> None:
    page = window.page(f"{ORDERS.address}&practice_page=orders")
    above = popup_over(window, page.url)
    above.locator("details.card summary").click()
    page.close()
    above.locator("#capture").click()
    expect(above.locator(".capture .notice")).to_contain_text("Reload it")


def test_no_capture_is_offered_where_there_is_no_page(window: PracticeBrowser) -> None:
    above = popup_over(window, "chrome://nothing/")
    expect(above.locator("header h1")).to_be_visible()
    expect(above.locator("#capture")).to_be_hidden()
