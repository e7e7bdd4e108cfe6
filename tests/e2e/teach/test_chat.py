"""A conversation on a page no rule knows: taught by pointing, then translated and answered there."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

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
    assert "11:02" in rows.first.inner_text() and "¿Hacen factura?" in rows.first.inner_text()
    read = lesson.part("read").inner_text()
    assert "Pedro Ramos" in read and "840018" in read and "Harbour No. 7" in read
    assert page.evaluate("window.sent") == [], "pointing at the send button sends nothing"
    lesson.part("save").click()
    lesson.part("saved").wait_for()
    assert "harbour-mall" in lesson.part("folder").inner_text()
    lesson.part("done").click()

    bubbles = page.locator("[data-seabridge=bubble]:not([hidden]) [part=translation]")
    bubbles.first.wait_for()
    eventually(lambda: bubbles.all_inner_texts() == ["译文（¿Hacen factura?）", "译文（Gracias）"])
    page.locator("[data-seabridge=bar] [part=input]").fill("每个订单都有发票")
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    field = page.get_by_placeholder("Write a message")
    eventually(lambda: field.input_value().startswith("es text"))
    assert page.evaluate("window.sent") == []
    eventually(lambda: "¿Hacen factura?" in school.office.archive.texts("840018"))

    again = school.open(mall.CHAT)
    more = again.locator("[data-seabridge=bubble]:not([hidden]) [part=translation]")
    eventually(lambda: len(more.all()) == 3)
    assert again.locator("[data-seabridge=teach]").count() == 0, "a second visit needs no teaching"
