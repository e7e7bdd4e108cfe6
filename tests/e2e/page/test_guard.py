"""Chinese never goes out by accident, and sending is never kept back by a fault of ours."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from .conftest import Desk, bar, bubbles, field

CHINESE = "你好，已经发货了"


def guard(page: Page, part: str) -> object:
    return page.locator(f"[data-seabridge=guard] [part={part}]")


@pytest.fixture
def page(desk: Desk) -> Page:
    desk.shop.say("lucia", "¿Llega hoy?")
    page = desk.tiktok("lucia")
    expect(bubbles(page).filter(has_text="Llega")).to_have_count(1)
    armed(page)
    return page


def armed(page: Page) -> None:
    """Wait until the guard stands: it comes a moment after the page, and until then everything passes."""
    field(page).fill("whatsapp")
    found = page.locator("[data-seabridge=found]:not([hidden]) [part=found-error]")
    expect(found).to_have_count(1)
    field(page).fill("")
    expect(found).to_have_count(0)


def test_enter_waits_once_and_the_second_passes(desk: Desk, page: Page, eventually: Callable[..., None]) -> None:
    field(page).fill(CHINESE)
    field(page).press("Enter")
    expect(page.locator("[data-seabridge=guard] [part=translate]")).to_be_focused()
    page.wait_for_timeout(300)
    assert desk.shop.sent("lucia") == []
    expect(field(page)).to_have_value(CHINESE)
    page.keyboard.press("Escape")
    expect(page.locator("[data-seabridge=guard]")).to_have_count(0)
    expect(field(page)).to_be_focused()
    page.keyboard.press("Enter")
    eventually(lambda: desk.shop.sent("lucia") == [CHINESE])


def test_a_reflex_second_enter_answers_nothing(desk: Desk, page: Page) -> None:
    field(page).fill(CHINESE)
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    page.wait_for_timeout(200)
    assert desk.shop.sent("lucia") == []
    expect(page.locator("[data-seabridge=guard]")).to_have_count(1)
    expect(field(page)).to_have_value(CHINESE)


def test_translate_takes_the_place_of_the_chinese(desk: Desk, page: Page, eventually: Callable[..., None]) -> None:
    field(page).fill(CHINESE)
    field(page).press("Enter")
    expect(page.locator("[data-seabridge=guard] [part=translate]")).to_be_focused()
    page.wait_for_timeout(400)  # the dialog is deaf to an Enter that was on its way
    page.keyboard.press("Enter")
    wanted = f"es text of {len(CHINESE)} signs"
    expect(field(page)).to_have_value(wanted)
    expect(page.locator("[data-seabridge=guard]")).to_have_count(0)
    expect(field(page)).to_be_focused()
    assert desk.shop.sent("lucia") == []
    page.keyboard.press("Enter")
    eventually(lambda: desk.shop.sent("lucia") == [wanted])


@pytest.mark.parametrize("by", ["Enter", "click"])
def test_send_anyway_sends_once(desk: Desk, page: Page, by: str, eventually: Callable[..., None]) -> None:
    field(page).fill(CHINESE)
    if by == "Enter":
        field(page).press("Enter")
    else:
        page.locator("#chat-input-send-button").click()
    page.wait_for_timeout(400)
    assert desk.shop.sent("lucia") == []
    page.locator("[data-seabridge=guard] [part=send-anyway]").click()
    eventually(lambda: desk.shop.sent("lucia") == [CHINESE])
    page.wait_for_timeout(400)
    assert desk.shop.sent("lucia") == [CHINESE]


def test_by_keyboard_alone(desk: Desk, page: Page, eventually: Callable[..., None]) -> None:
    field(page).fill(CHINESE)
    field(page).press("Enter")
    expect(page.locator("[data-seabridge=guard] [part=translate]")).to_be_focused()
    page.wait_for_timeout(400)  # the dialog is deaf to an Enter that was on its way
    page.keyboard.press("Tab")
    expect(page.locator("[data-seabridge=guard] [part=send-anyway]")).to_be_focused()
    page.keyboard.press("Enter")
    eventually(lambda: desk.shop.sent("lucia") == [CHINESE])


def test_shopees_nameless_icon(desk: Desk, eventually: Callable[..., None]) -> None:
    desk.shop.say("mariana", "Chega hoje?")
    page = desk.shopee("mariana")
    expect(bubbles(page).filter(has_text="Chega")).to_have_count(1)
    armed(page)
    field(page).fill(CHINESE)
    page.locator("[data-cy=webchat-conversation-detail-input] i").last.click()
    expect(page.locator("[data-seabridge=guard]")).to_have_count(1)
    page.wait_for_timeout(300)
    assert desk.shop.sent("mariana") == []


def test_other_languages_and_our_own_words_pass(desk: Desk, page: Page, eventually: Callable[..., None]) -> None:
    field(page).fill("Sí, hoy mismo")
    field(page).press("Enter")
    eventually(lambda: desk.shop.sent("lucia") == ["Sí, hoy mismo"])
    bar(page).fill("今天发货")
    bar(page).press("Enter")
    expect(field(page)).to_have_value("es text of 4 signs")
    expect(bar(page)).to_have_value("")  # by then the text stood the test of the page
    field(page).press("Enter")
    eventually(lambda: len(desk.shop.sent("lucia")) == 2)
    assert page.locator("[data-seabridge=guard]").count() == 0


def test_shift_enter_stays_a_line_break(desk: Desk, page: Page) -> None:
    field(page).click()
    page.keyboard.type("你好")
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("再见")
    expect(field(page)).to_have_value("你好\n再见")
    assert page.locator("[data-seabridge=guard]").count() == 0
    assert desk.shop.sent("lucia") == []


def test_a_companion_that_is_away_keeps_nothing_back(desk: Desk, page: Page, eventually: Callable[..., None]) -> None:
    port = desk.office.port
    desk.office.close()
    try:
        expect(bar(page, "note")).to_be_visible(timeout=20_000)
        expect(bar(page)).not_to_be_visible()
        field(page).fill(CHINESE)
        field(page).press("Enter")
        eventually(lambda: desk.shop.sent("lucia") == [CHINESE])
        expect(bar(page, "unchecked")).to_have_text("上一条没有检查就发出了：海桥程序当时没有回应。")
    finally:
        desk.office.open(port)
    # it is looked for every second: no long wait until messages are checked again
    expect(bar(page)).to_be_visible(timeout=10_000)
    # a press waits a second for its answer, so on a busy machine another message may go out unchecked
    for again in range(5):
        field(page).fill(f"Gracias {again}")
        field(page).press("Enter")
        eventually(lambda told=f"Gracias {again}": desk.shop.sent("lucia")[-1] == told)
        if not bar(page, "unchecked").is_visible():
            break
    expect(bar(page, "unchecked")).to_be_hidden()
    desk.shop.say("lucia", "¿Hola?")
    expect(bubbles(page).filter(has_text="译文（¿Hola?）")).to_have_count(1, timeout=30_000)


def test_a_dead_extension_keeps_nothing_back(desk: Desk, page: Page, eventually: Callable[..., None]) -> None:
    # what happens under an open page when the extension is updated: the page's script loses its background for good
    own = desk.browser.page(desk.browser.own_page("options.html"))
    own.evaluate("() => { setTimeout(() => chrome.runtime.reload(), 50); }")
    page.wait_for_timeout(1_000)
    field(page).fill(CHINESE)
    field(page).press("Enter")
    anyway = page.locator("[data-seabridge=guard] [part=send-anyway]")
    eventually(lambda: desk.shop.sent("lucia") or anyway.count())
    if anyway.count():  # the guard itself still stands and asks; it must let go
        anyway.click()
    eventually(lambda: desk.shop.sent("lucia") == [CHINESE])
