"""A conversation in a frame of the same origin: pointed at, read, translated and answered from the page around it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from . import mall
from .conftest import School

pytestmark = pytest.mark.e2e


def test_a_conversation_in_a_frame(school: School, eventually: Callable[..., None]) -> None:
    page = school.open(mall.FRAMED)
    frame = page.frame_locator("#im")
    frame.get_by_text("About five days.").wait_for()
    lesson = school.start(page)
    lesson.part("kind-chat").click()
    lesson.point("buyer", frame.get_by_text("¿Cuánto tarda el envío?").first)
    lesson.point("seller", frame.get_by_text("About five days."))
    lesson.point("field", frame.locator("hm-composer textarea"))
    lesson.skip("send")
    lesson.point("name", frame.locator(".css-h1e2a3"))
    for step in ("shop", "time"):
        lesson.skip(step)
    lesson.step("other")
    frame.locator("[data-open='840018']").click()
    lesson.part("next").click()
    lesson.step("try")
    assert "Pedro Ramos" in lesson.part("read").inner_text()
    assert lesson.part("doubt-thread_by_name").is_visible()
    lesson.part("save").click()
    lesson.part("saved").wait_for()
    lesson.part("done").click()
    bubbles = frame.locator("[data-seabridge=bubble]:not([hidden]) [part=translation]")
    eventually(lambda: bubbles.all_inner_texts() == ["译文（¿Hacen factura?）", "译文（Gracias）"])
    # what was made in the page around keeps its look in the frame
    look = "each => getComputedStyle(each).borderInlineStartStyle"
    assert frame.locator("[data-seabridge=bubble] .box").first.evaluate(look) == "solid"
    bar = frame.locator("[data-seabridge=bar] [part=input]").or_(page.locator("[data-seabridge=bar] [part=input]"))
    bar.first.fill("每个订单都有发票")
    page.keyboard.press("Enter")  # another one would send, once the first has put the words in
    field = frame.get_by_placeholder("Write a message")
    eventually(lambda: field.input_value().startswith("es text"))
