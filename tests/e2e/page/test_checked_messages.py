"""What is written to a buyer is checked as it is written; what breaks a rule pauses once, and goes out at most once."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from .conftest import Desk, bar, bubbles, field
from .stand_in import made

BAD = "Please add our WhatsApp"


def found(page: Page, part: str = "found") -> Locator:
    """A part of the findings at the bar."""
    return page.locator(f"[data-seabridge=found]:not([hidden]) [part={part}]")


def asked(page: Page, part: str) -> Locator:
    """A part of the guard's question."""
    return page.locator(f"[data-seabridge=guard] [part={part}]")


@pytest.fixture
def page(desk: Desk) -> Page:
    desk.office.checks.__init__()  # type: ignore[misc]
    desk.shop.say("lucia", "Hi?")
    page = desk.tiktok("lucia")
    expect(bubbles(page).filter(has_text="Hi")).to_have_count(1)
    return page


def told(desk: Desk) -> list[bool]:
    """Whether each message that left was sent over a finding."""
    return [anyway for _, _, _, _, anyway, _, _ in desk.office.checks.messages]


def test_a_blocking_finding_is_shown_pauses_once_and_is_sent_anyway_once(
    desk: Desk, page: Page, eventually: Callable[..., None]
) -> None:
    field(page).fill(BAD)
    expect(found(page, "found-error")).to_have_text("违规 1")
    expect(page.locator("[data-seabridge=check] [part=marks] .error")).to_have_count(1)
    field(page).press("Enter")
    expect(asked(page, "change")).to_be_focused()
    expect(asked(page, "source")).to_contain_text("example.org")
    page.wait_for_timeout(400)  # the dialog is deaf to an Enter that was on its way
    page.keyboard.press("Enter")
    chosen = "e => e.value.slice(e.selectionStart, e.selectionEnd)"
    eventually(lambda: field(page).evaluate(chosen) == "WhatsApp")
    assert desk.shop.sent("lucia") == []
    field(page).fill(f"{BAD} now")
    page.locator("#chat-input-send-button").click()
    asked(page, "send-anyway").click()
    eventually(lambda: told(desk) == [True])
    eventually(lambda: desk.shop.sent("lucia") == [f"{BAD} now"])
    expect(found(page)).to_have_count(0)


def test_pasted_and_sent_at_once_is_held_for_the_answer(
    desk: Desk, page: Page, eventually: Callable[..., None]
) -> None:
    field(page).focus()
    page.keyboard.insert_text("Thank you, it ships today")
    page.keyboard.press("Enter")
    eventually(lambda: told(desk) == [False])
    eventually(lambda: desk.shop.sent("lucia") == ["Thank you, it ships today"])
    page.keyboard.insert_text(BAD)
    page.keyboard.press("Enter")
    expect(asked(page, "change")).to_be_visible()
    assert len(desk.shop.sent("lucia")) == 1
    asked(page, "remove").click()
    expect(field(page)).to_have_value("Please add our")
    expect(asked(page, "remove")).to_have_count(0)
    field(page).press("Enter")
    eventually(lambda: told(desk) == [False, False])
    eventually(lambda: desk.shop.sent("lucia")[1:] == ["Please add our"])


def test_an_editor_is_held_repaired_and_sent_once(desk: Desk, eventually: Callable[..., None]) -> None:
    desk.shop.configure(composer="contenteditable")
    desk.shop.say("mariana", "Oi?")
    page = desk.shopee("mariana")
    expect(bubbles(page).filter(has_text="Oi")).to_have_count(1)
    field(page).focus()
    page.keyboard.insert_text(BAD)
    page.keyboard.press("Enter")
    asked(page, "remove").click()
    expect(field(page)).to_have_text("Please add our")
    expect(asked(page, "remove")).to_have_count(0)
    field(page).press("Enter")
    eventually(lambda: desk.shop.sent("mariana") == ["Please add our"])


def test_a_translation_is_checked_before_it_goes_in_and_repaired_there(desk: Desk, page: Page) -> None:
    desk.office.translator.say["加我们"] = made("", "Agréguenos en WhatsApp por favor", "zh", "es")
    bar(page).fill("加我们")
    expect(found(page, "found-error")).to_have_text("违规 1")
    found(page).click()
    found(page, "remove").click()
    expect(bar(page, "target")).to_have_text("Agréguenos en por favor")
    expect(found(page)).to_have_count(0)
    bar(page).press("Enter")
    expect(field(page)).to_have_value("Agréguenos en por favor")


def test_not_for_me_because_lets_it_pass(desk: Desk, page: Page, eventually: Callable[..., None]) -> None:
    field(page).fill(BAD)
    found(page).click()
    found(page, "waive").click()
    page.keyboard.type("是我们产品的名字")
    found(page, "keep").click()
    expect(found(page)).to_contain_text("您说过不适用的：1 处")
    expect(found(page, "reason")).to_contain_text("是我们产品的名字")
    field(page).press("Enter")
    eventually(lambda: told(desk) == [False])
    eventually(lambda: desk.shop.sent("lucia") == [BAD])
    assert page.locator("[data-seabridge=guard]").count() == 0
    ((_, _, _, findings, *_),) = desk.office.checks.messages
    assert [one.waived for one in findings] == [True]
