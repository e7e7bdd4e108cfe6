"""A conversation on a page no rule knows: taught by pointing, then translated and answered there."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from ..worker.rig import ContentWorld
from . import mall
from .conftest import Lesson, School

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.e2e


def teach_chat(school: School, page: Page) -> Lesson:
    """Point at everything the page has, up to the look at what is read."""
    lesson = school.start(page)
    lesson.part("kind-chat").click()
    lesson.point("buyer", page.get_by_text("¿Cuánto tarda el envío?").first)
    lesson.point("seller", page.get_by_text("About five days."))
    lesson.point("field", page.locator("hm-composer textarea"))
    lesson.point("send", page.locator("hm-composer button"))
    lesson.point("name", page.locator(".css-h1e2a3"))
    lesson.point("shop", page.locator(".css-s7h8o9"))
    lesson.skip("time")
    lesson.step("other")
    page.locator("[data-open='840018']").click()
    lesson.part("next").click()
    lesson.step("try")
    return lesson


def test_a_taught_conversation_is_translated_and_answered(school: School, eventually: Callable[..., None]) -> None:
    page = school.open(mall.CHAT)
    lesson = teach_chat(school, page)
    rows = page.locator("[data-seabridge=teach] li[data-author]")
    authors = [row.get_attribute("data-author") for row in rows.all()]
    assert authors == ["buyer", "seller", "buyer"]
    assert "11:02" in rows.first.inner_text()
    assert "¿Hacen factura?" in rows.first.inner_text()
    read = lesson.part("read").inner_text()
    for words in ("Pedro Ramos", "840018", "Harbour No. 7"):
        assert words in read
    assert page.evaluate("window.sent") == [], "pointing at the send button sends nothing"
    lesson.part("save").click()
    lesson.part("saved").wait_for()
    assert "harbour-mall" in lesson.part("folder").inner_text()
    lesson.part("done").click()

    bubbles = page.locator("[data-seabridge=bubble]:not([hidden]) [part=translation]")
    bubbles.first.wait_for()
    eventually(lambda: bubbles.all_inner_texts() == ["译文（¿Hacen factura?）", "译文（Gracias）"])
    page.locator("[data-seabridge=bar] [part=input]").fill("每个订单都有发票")
    page.keyboard.press("Enter")  # another one would send, once the first has put the words in
    field = page.get_by_placeholder("Write a message")
    eventually(lambda: field.input_value().startswith("es text"))
    assert page.evaluate("window.sent") == []
    eventually(lambda: "¿Hacen factura?" in school.office.archive.texts("840018"))

    again = school.open(mall.CHAT)
    more = again.locator("[data-seabridge=bubble]:not([hidden]) [part=translation]")
    eventually(lambda: len(more.all()) == 3)
    assert again.locator("[data-seabridge=teach]").count() == 0, "a second visit needs no teaching"


def test_pointing_shows_what_it_would_match_and_the_page_hears_nothing(school: School) -> None:
    page = school.open(mall.CHAT)
    lesson = school.start(page)
    lesson.part("kind-chat").click()
    page.evaluate("window.listening = true")
    html = page.evaluate("document.body.outerHTML")
    lesson.point("buyer", page.get_by_text("Lo necesito para el viernes"))
    lesson.step("seller")
    lesson.hover(page.get_by_text("Yes, blue is in stock."))
    expect_text(lesson, "5 条消息：买家 3 条，您 2 条", "6 条消息：买家 3 条，您 2 条")
    lesson.hover(page.get_by_text("¿Cuánto tarda el envío?"))
    expect_text(lesson, "分不出")
    # an answer that parts nothing cannot be given
    page.mouse.down()
    page.mouse.up()
    assert lesson.part("next").is_disabled()
    page.keyboard.press("Escape")
    lesson.hover(page.get_by_text("About five days."))
    expect_text(lesson, "6 条消息：买家 3 条，您 2 条", "5 条消息：买家 3 条，您 2 条")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    lesson.part("wider").click()
    expect_text(lesson, "6 条消息：买家 3 条，您 2 条", "5 条消息：买家 3 条，您 2 条")
    page.locator("[data-seabridge=teach] [part=back]").click()
    lesson.step("buyer")
    assert [heard for heard in page.evaluate("window.heard") if heard == "keydown"] == []
    assert page.evaluate("document.body.outerHTML") == html, "the page's own nodes are as they were"


def expect_text(lesson: Lesson, *wanted: str) -> None:
    """Wait until the live count says one of these."""
    lesson.page.wait_for_function(
        "wanted => wanted.some(each => document.querySelector('[data-seabridge=teach]').shadowRoot"
        ".querySelector('[part=count]').textContent.includes(each))",
        arg=list(wanted),
    )


def test_escape_leaves_nothing_behind(school: School) -> None:
    page = school.open(mall.CHAT)
    before = page.evaluate("document.documentElement.outerHTML")
    lesson = school.start(page)
    lesson.part("kind-chat").click()
    lesson.hover(page.get_by_text("About five days."))
    page.mouse.down()
    page.mouse.up()
    lesson.part("wider").wait_for()
    page.keyboard.press("Escape")  # the choice
    lesson.part("wider").wait_for(state="detached")
    page.keyboard.press("Escape")  # the lesson
    page.locator("[data-seabridge=teach]").wait_for(state="detached")
    assert page.evaluate("document.documentElement.outerHTML") == before
    page.locator("[data-open='840018']").click()
    page.get_by_text("¿Hacen factura?").wait_for()
    assert school.office.running
    assert not school.office.running.desk.room.paths.marketplaces.exists()


def test_forgetting_ends_it(school: School, eventually: Callable[..., None]) -> None:
    page = school.open(mall.CHAT)
    lesson = teach_chat(school, page)
    lesson.part("save").click()
    lesson.part("saved").wait_for()
    folder = lesson.part("folder").inner_text()
    lesson.part("done").click()
    bubbles = page.locator("[data-seabridge=bubble]:not([hidden]) [part=translation]")
    bubbles.first.wait_for()
    options = school.open(school.browser.own_page("options.html"))
    line = options.locator("#taught [data-page='seller-harbour-mall-example/taught-chat']")
    assert folder in line.inner_text()
    forget = line.locator("button:not(.export)")
    forget.click()
    forget.click()
    line.wait_for(state="detached")
    assert school.office.running
    assert not list(school.office.running.desk.room.paths.marketplaces.glob("*/pages/*.yml"))
    eventually(lambda: bubbles.count() == 0)
    again = school.open(mall.CHAT)
    again.get_by_text("About five days.").wait_for()
    again.wait_for_timeout(1_500)
    assert again.locator("[data-seabridge]").count() == 0


def test_only_a_lesson_the_popup_started_may_save(school: School) -> None:
    page = school.open(mall.CHAT)
    lesson = teach_chat(school, page)
    lesson.part("save").click()
    lesson.part("saved").wait_for()
    world = ContentWorld(school.browser.context.new_cdp_session(page), school.browser.extension_id)
    ask = {"type": "teach.save", "page": {"page": "chat", "id": "x", "paths": ["^/"]}}
    answer = world.ask(ask)
    assert answer["ok"]["error"]["code"] == "bad_params"
    assert world.ask({"type": "teach.save", "page": {"page": "kpi"}})["ok"]["error"]["code"] == "bad_params"
    assert world.ask({"type": "own.teach", "tab": 1}) == {"refused": "request"}
    # the same script after a reload, or in a tab nobody teaches, is a stranger
    page.reload()
    page.locator("[data-seabridge=bubble]").first.wait_for()
    fresh = ContentWorld(school.browser.context.new_cdp_session(page), school.browser.extension_id)
    assert fresh.ask({"type": "teach.hello"}) == {"refused": "document"}
    other = school.open(mall.CHAT)
    other.locator("[data-seabridge=bubble]").first.wait_for()
    stranger = ContentWorld(school.browser.context.new_cdp_session(other), school.browser.extension_id)
    assert stranger.ask(ask) == {"refused": "not taught"}
