"""Who translates: the seller sets a service up, sees where texts go, and asks another engine."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.unit.translation.remote.stand_in import StandIn, serving

from .conftest import Desk

KEY = "sk-test-do-not-show-4711"


@pytest.fixture
def service() -> Iterator[StandIn]:
    """A LibreTranslate server on this machine."""
    with serving(StandIn(translate=lambda text: f"服务译：{text}")) as stand:
        yield stand


def options(desk: Desk, width: int = 1280) -> Page:
    page = desk.browser.context.new_page()
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(desk.browser.own_page("options.html"))
    expect(page.locator("#engine-add")).to_be_visible()
    return page


def set_up(page: Page, service: StandIn, when: str) -> None:
    """Through the form, as a seller fills it."""
    page.locator("#engine-add").click()
    page.locator("#engine-preset").select_option("libretranslate")
    page.locator("#engine-address").fill(service.url)
    page.locator("#engine-key").fill(KEY)
    page.locator("#engine-when").select_option(when)
    page.locator("#engine-key").press("Enter")
    expect(page.locator("[data-engine=libretranslate]")).to_be_visible()


def test_a_service_is_set_up_tried_put_in_order_and_forgotten(
    desk: Desk, service: StandIn, eventually: Callable[..., None]
) -> None:
    board = desk.office.translator.board
    page = options(desk)
    expect(page.locator("#first-offline")).to_be_checked()
    page.locator("#engine-add").click()
    where = page.locator("#engine-where")
    expect(where).to_contain_text("api.deepseek.com")  # said before anything is saved
    page.locator("#engine-preset").select_option("libretranslate")
    page.locator("#engine-address").fill("http://translate.example.com")
    page.locator("#engine-save").click()
    expect(page.locator("form [role=alert]")).to_contain_text("https")  # texts never travel in the clear
    assert [engine.name for engine in board.all().engines] == ["argos", "bergamot", "browser"]

    set_up(page, service, "last")
    eventually(lambda: board.all().order == ["argos", "bergamot", "libretranslate"])
    page.locator("#engine-libretranslate-test").click()
    expect(page.locator("[data-trial=libretranslate]")).to_contain_text("服务译：")
    assert [asked.body["api_key"] for asked in service.asked] == [KEY]
    assert KEY not in page.content(), "the key was shown again"
    assert KEY not in str(page.evaluate("async () => JSON.stringify(await chrome.storage.local.get())"))

    up = page.locator("#engine-libretranslate-up")
    up.focus()
    up.press("Enter")
    up.press("Enter")
    expect(page.locator("#engine-libretranslate-down")).to_be_focused()  # at the top there is only one way
    expect(page.locator(".engine").first).to_have_attribute("data-engine", "libretranslate")
    expect(page.locator("#first-own")).to_be_checked()
    page.locator("#first-offline").check()
    expect(page.locator(".engine").first).to_have_attribute("data-engine", "argos")
    page.locator("#engine-bergamot").uncheck()
    eventually(lambda: board.all().order == ["argos", "libretranslate"])
    page.locator(".pairs summary").click()
    page.locator("#pair").select_option("ja-zh")
    page.locator("#pair-engine").select_option("bergamot")
    page.locator("#pair-add").click()
    expect(page.locator(".pairs li")).to_contain_text("日语")
    eventually(lambda: board.all().pairs == {"ja-zh": ["bergamot", "argos", "libretranslate"]})
    page.locator(".pairs li button").click()
    expect(page.locator(".pairs li")).to_have_count(0)
    expect(page.locator("section:has(#engines)")).to_contain_text("Argos 离线引擎没有：越南语")

    gone = page.locator("[data-engine=libretranslate] button").last
    gone.click()
    gone.click()
    expect(page.locator("[data-engine=libretranslate]")).to_have_count(0)
    assert board.all().order == ["argos"]
