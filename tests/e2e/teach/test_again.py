"""A taught page that changed overnight is taught again by what is lost; what is taught is given to others."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from companion.marketplaces import load_own

from . import mall
from .conftest import School
from .test_chat import teach_chat

pytestmark = pytest.mark.e2e


def test_a_page_that_changed_is_mended_where_it_is_broken(school: School, eventually: Callable[..., None]) -> None:
    page = school.open(mall.CHAT)
    lesson = teach_chat(school, page)
    lesson.part("save").click()
    lesson.part("saved").wait_for()
    page.close()
    assert school.office.running
    folder = school.office.running.desk.room.paths.marketplaces
    [before] = load_own(folder)[0]

    school.browser.context.route(f"https://{mall.HOST}/**", mall.serve_next)
    page = school.open(mall.CHAT)
    page.get_by_text("About five days.").wait_for()

    def changed() -> bool:
        popup = school.popup(page)
        popup.locator("#teach:visible").wait_for()
        found = popup.locator("#teach.main").count() == 1
        popup.close()
        return found

    eventually(changed, 30)
    assert page.locator("[data-seabridge=bubble]:not([hidden])").count() == 0, "nothing is guessed meanwhile"
    lesson = school.start(page)
    known = page.locator("[data-seabridge=teach] [part=known] li")
    states = {each.get_attribute("data-step"): each.get_attribute("data-state") for each in known.all()}
    assert (states["field"], states["send"]) == ("found", "found")
    assert (states["buyer"], states["seller"]) == ("alike", "alike")
    lesson.part("mend").click()
    lesson.step("buyer")
    assert "¿Cuánto tarda el envío?" in lesson.part("panel").inner_text(), "a message of the buyer's is offered"
    lesson.part("next").click()
    lesson.step("seller")
    assert "About five days." in lesson.part("panel").inner_text()
    lesson.part("next").click()
    for step, css in (("name", ".css-3a2e1h"), ("shop", ".css-9o8h7s")):
        if states[step] == "lost":
            lesson.point(step, page.locator(css))
        elif states[step] == "alike":
            lesson.step(step)
            lesson.part("next").click()
    lesson.step("try")
    lesson.part("save").click()
    lesson.part("saved").wait_for()
    [after] = load_own(folder)[0]
    assert after.pages[0].identity.thread == before.pages[0].identity.thread  # type: ignore[union-attr]
    lesson.part("done").click()
    bubbles = page.locator("[data-seabridge=bubble]:not([hidden]) [part=translation]")
    eventually(lambda: len(bubbles.all()) == 3)


def test_what_is_taught_is_exported_and_imported(
    school: School, eventually: Callable[..., None], tmp_path: Path
) -> None:
    page = school.open(mall.CHAT)
    lesson = teach_chat(school, page)
    lesson.part("save").click()
    lesson.part("saved").wait_for()
    assert school.office.running
    folder = school.office.running.desk.room.paths.marketplaces
    taught = load_own(folder)
    options = school.open(school.browser.own_page("options.html"))
    line = options.locator("#taught [data-page='seller-harbour-mall-example/taught-chat']")
    with options.expect_download() as saving:
        line.locator(".export").click()
    assert saving.value.suggested_filename == "seabridge-seller-harbour-mall-example.zip"
    shared = tmp_path / saving.value.suggested_filename
    saving.value.save_as(shared)
    forget = line.locator("button:not(.export)")
    forget.click()
    forget.click()
    line.wait_for(state="detached")
    assert load_own(folder) == ([], [])

    options.locator("#import-file").set_input_files(shared)
    question = options.locator("#taught .import")
    question.wait_for()
    assert f"https://{mall.HOST}" in question.inner_text()
    assert load_own(folder) == ([], []), "shown first"
    options.locator("#import-yes").click()
    line.wait_for()
    assert load_own(folder) == taught
    options.locator("#import-file").set_input_files(shared)
    options.locator("#import-yes.danger").wait_for()
    options.locator("#import-no").click()
    broken = tmp_path / "broken.zip"
    broken.write_bytes(shared.read_bytes()[:-40])
    options.locator("#import-file").set_input_files(broken)
    eventually(lambda: "ZIP" in options.locator("#taught [role=status]").inner_text())
