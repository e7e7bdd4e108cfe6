"""The bar at the composer: what is written, what goes in, and what never does."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import expect

from .conftest import Desk, bar, bubbles, field
from .stand_in import made


def wrote(text: str) -> str:
    """What the stand-in makes of a Chinese text for a Spanish buyer."""
    return f"es text of {len(text)} signs"


def test_enter_translates_and_inserts_and_the_page_sends_it(desk: Desk, eventually: Callable[..., None]) -> None:
    desk.shop.say("lucia", "¿Llega hoy?")
    page = desk.tiktok("lucia")
    expect(bubbles(page).filter(has_text="Llega")).to_have_count(1)
    bar(page).fill("今天发货")
    expect(bar(page, "target")).to_have_text(wrote("今天发货"))
    expect(bar(page, "back")).to_contain_text("译文")
    expect(bar(page, "count")).to_have_text(f"{len(wrote('今天发货'))}/2000")
    bar(page).press("Enter")
    expect(field(page)).to_have_value(wrote("今天发货"))
    expect(field(page)).to_be_focused()
    expect(bar(page)).to_have_value("")
    assert desk.shop.sent("lucia") == [], "nothing is sent by Seabridge"
    eventually(lambda: desk.office.archive.drafts)
    draft = desk.office.archive.drafts[0]
    assert (draft.written, draft.text, draft.language, draft.thread.buyer) == (
        "今天发货", wrote("今天发货"), "es", desk.shop.thread("lucia").name,
    )  # fmt: skip
    expect(bar(page, "target")).to_be_visible()
    page.keyboard.press("Enter")
    eventually(lambda: desk.shop.sent("lucia") == [wrote("今天发货")])
    expect(bar(page, "target")).to_have_count(0)  # what was sent is no longer talked about


def test_enter_at_once_without_waiting_for_the_preview(desk: Desk) -> None:
    desk.shop.say("lucia", "¿Llega hoy?")
    page = desk.tiktok("lucia")
    expect(bubbles(page).filter(has_text="Llega")).to_have_count(1)
    bar(page).fill("已经发货了")
    bar(page).press("Enter")
    expect(field(page)).to_have_value(wrote("已经发货了"))


def test_a_contenteditable_composer_takes_it_too(desk: Desk, eventually: Callable[..., None]) -> None:
    desk.shop.configure(composer="contenteditable")
    desk.shop.say("mariana", "Chega hoje?")
    page = desk.shopee("mariana")
    expect(bubbles(page).filter(has_text="Chega")).to_have_count(1)
    bar(page).fill("今天发货")
    bar(page).press("Enter")
    expect(field(page)).to_have_text(wrote("今天发货"))
    expect(bar(page)).to_have_value("")  # by then the text stood the test of the page
    field(page).press("Enter")
    eventually(lambda: desk.shop.sent("mariana") == [wrote("今天发货")])


def test_the_sellers_own_words_stay_and_ours_are_replaced(desk: Desk) -> None:
    desk.shop.say("lucia", "¿Llega hoy?")
    page = desk.tiktok("lucia")
    expect(bubbles(page).filter(has_text="Llega")).to_have_count(1)
    field(page).fill("Dear Lucía,")
    bar(page).fill("今天发货")
    bar(page).press("Enter")
    expect(field(page)).to_have_value(f"Dear Lucía,\n{wrote('今天发货')}")
    field(page).fill("")
    for text in ("今天发货", "今天不发货了"):
        bar(page).fill(text)
        bar(page).press("Enter")
        expect(field(page)).to_have_value(wrote(text))


def test_the_tone_is_chosen_for_a_conversation_and_kept_there(desk: Desk) -> None:
    desk.shop.say("lucia", "¿Llega hoy?")
    page = desk.tiktok("lucia")
    expect(bubbles(page).filter(has_text="Llega")).to_have_count(1)
    bar(page).fill("今天发货")
    expect(bar(page, "target")).to_have_text(wrote("今天发货"))
    bar(page, "tone").select_option("formal")
    expect(bar(page, "target")).to_have_text(f"formal: {wrote('今天发货')}")
    bar(page).press("Enter")
    expect(field(page)).to_have_value(f"formal: {wrote('今天发货')}")
    field(page).fill("")
    page.reload()
    expect(bar(page, "tone")).to_have_value("formal")
    bar(page, "tone").select_option("")
    bar(page).fill("今天发货")
    expect(bar(page, "target")).to_have_text(wrote("今天发货"))


def test_words_that_come_back_are_shown_with_their_own_translation(desk: Desk) -> None:
    desk.shop.say("lucia", "¿Llega hoy?")
    page = desk.tiktok("lucia")
    expect(bubbles(page).filter(has_text="Llega")).to_have_count(1)
    bar(page).fill("今天发货")
    expect(bar(page, "target")).to_have_text(wrote("今天发货"))
    # in one go: after a pause between them the words in the middle would rightly be asked for
    bar(page).evaluate(
        """input => { for (const words of ["今天不发货了，请等", "今天发货"]) {
            input.value = words; input.dispatchEvent(new InputEvent("input", {bubbles: true})); } }"""
    )
    page.wait_for_timeout(900)  # longer than the bar waits after the last key
    expect(bar(page, "target")).to_have_text(wrote("今天发货"))
    assert ("今天不发货了，请等", "es") not in desk.office.translator.asked


def test_a_conversation_that_changes_while_it_translates_gets_nothing(
    desk: Desk, eventually: Callable[..., None]
) -> None:
    desk.shop.say("lucia", "¿Llega hoy?")
    desk.shop.say("emily", "Hi there")
    page = desk.tiktok("lucia")
    expect(bubbles(page).filter(has_text="Llega")).to_have_count(1)
    desk.office.translator.gate.clear()
    bar(page).fill("今天发货")
    bar(page).press("Enter")
    page.locator("[data-testid='chat.chatroom.conversation_card']", has_text=desk.shop.thread("emily").name).click()
    expect(page.locator("pre", has_text="Hi there")).to_be_visible()
    expect(bar(page)).to_have_value("")
    desk.office.translator.gate.set()
    eventually(lambda: ("今天发货", "es") in desk.office.translator.asked)
    page.wait_for_timeout(900)
    expect(field(page)).to_have_value("")
    assert desk.office.archive.drafts == []
    expect(bar(page)).to_have_value("")
    page.locator("[data-testid='chat.chatroom.conversation_card']", has_text=desk.shop.thread("lucia").name).click()
    expect(bar(page)).to_have_value("今天发货")
    expect(field(page)).to_have_value("")


def test_an_address_that_changes_under_the_same_page_is_refused(desk: Desk) -> None:
    desk.shop.say("lucia", "¿Llega hoy?")
    page = desk.tiktok("lucia")
    expect(bubbles(page).filter(has_text="Llega")).to_have_count(1)
    bar(page).fill("今天发货")
    expect(bar(page, "target")).to_be_visible()
    # the address is the next conversation's already, the page still shows this one
    page.evaluate(
        """() => { const host = document.querySelector('[data-seabridge=bar]');
            const input = host.shadowRoot.querySelector('[part=input]');
            const to = new URL(location.href); to.searchParams.set('conversation', '999');
            history.pushState({}, '', to);
            input.dispatchEvent(new KeyboardEvent('keydown', {key: 'Enter', bubbles: true})); }"""
    )
    page.wait_for_timeout(700)
    expect(field(page)).to_have_value("")
    assert desk.office.archive.drafts == []


def test_a_preview_speaks_the_language_the_interface_is_switched_to(desk: Desk) -> None:
    desk.shop.say("lucia", "¿Llega hoy?")
    page = desk.tiktok("lucia")
    expect(bubbles(page).filter(has_text="Llega")).to_have_count(1)
    bar(page).fill("今天发货")
    expect(bar(page, "back")).to_contain_text("回译")
    try:
        desk.office.switch_locale("en")
        expect(bar(page, "back")).to_contain_text("Back: ")
        expect(bar(page, "engine")).to_contain_text("stays on this computer")
        expect(bar(page)).to_have_value("今天发货")
    finally:
        desk.office.switch_locale("zh_CN")


def test_an_unknown_shop_pauses_insertion_and_says_so(desk: Desk) -> None:
    desk.shop.say("lucia", "¿Llega hoy?")
    page = desk.tiktok("lucia")
    expect(bubbles(page).filter(has_text="Llega")).to_have_count(1)
    page.evaluate(
        """() => { const to = new URL(location.href); to.searchParams.delete('oec_seller_id');
            history.replaceState({}, '', to); }"""
    )
    page.wait_for_timeout(900)
    bar(page).fill("今天发货")
    # the rows of the conversation before are waited out for five seconds
    expect(bar(page, "target")).to_be_visible(timeout=30_000)
    bar(page).press("Enter")
    expect(bar(page, "note")).to_contain_text("店铺")
    expect(field(page)).to_have_value("")


def test_too_long_for_the_page_is_refused(desk: Desk) -> None:
    desk.shop.say("lucia", "¿Llega hoy?")
    desk.office.translator.say["很长的话"] = made("", "x" * 2001, "zh", "es")
    page = desk.tiktok("lucia")
    expect(bubbles(page).filter(has_text="Llega")).to_have_count(1)
    bar(page).fill("很长的话")
    expect(bar(page, "count")).to_have_text("2001/2000")
    bar(page).press("Enter")
    expect(bar(page, "note")).to_contain_text("2000")
    expect(field(page)).to_have_value("")


def test_a_field_that_takes_nothing_ends_on_the_clipboard(desk: Desk) -> None:
    desk.shop.say("lucia", "¿Llega hoy?")
    page = desk.tiktok("lucia")
    desk.browser.context.grant_permissions(["clipboard-read", "clipboard-write"], origin="https://seller-us.tiktok.com")
    expect(bubbles(page).filter(has_text="Llega")).to_have_count(1)
    field(page).evaluate(
        "node => node.addEventListener('input', () => setTimeout(() => { node.value = ''; }, 30), true)"
    )
    bar(page).fill("今天发货")
    bar(page).press("Enter")
    expect(bar(page, "note")).to_contain_text("Ctrl+V")
    assert page.evaluate("navigator.clipboard.readText()") == wrote("今天发货")
    expect(bar(page)).to_have_value("今天发货")


def test_the_language_is_set_once_for_the_conversation(desk: Desk, eventually: Callable[..., None]) -> None:
    desk.shop.say("lucia", "¿Llega hoy?")
    page = desk.tiktok("lucia")
    expect(bubbles(page).filter(has_text="Llega")).to_have_count(1)
    expect(bar(page, "language").locator("option").first).to_have_text("自动：西班牙语")
    bar(page, "language").select_option("pt")
    bar(page).fill("今天发货")
    expect(bar(page, "target")).to_have_text("pt text of 4 signs")
    page.reload()
    expect(bar(page, "language")).to_have_value("pt")


def test_without_a_package_the_bar_offers_to_install(desk: Desk) -> None:
    desk.shop.say("lucia", "¿Llega hoy?")
    page = desk.tiktok("lucia")
    expect(bubbles(page).filter(has_text="Llega")).to_have_count(1)
    desk.office.translator.none = {"es"}
    bar(page).fill("今天发货")
    bar(page).press("Enter")
    expect(bar(page, "install")).to_contain_text("西班牙语")
    expect(field(page)).to_have_value("")
    bar(page, "install").click()
    expect(bar(page, "target")).to_have_text(wrote("今天发货"))


def test_keys(desk: Desk) -> None:
    desk.shop.say("lucia", "¿Llega hoy?")
    page = desk.tiktok("lucia")
    expect(bar(page)).to_be_visible()
    field(page).click()
    page.keyboard.press("Alt+Shift+T")
    expect(bar(page)).to_be_focused()
    page.keyboard.type("今天")
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("发货")
    expect(bar(page)).to_have_value("今天\n发货")
    page.keyboard.press("Escape")
    expect(field(page)).to_be_focused()
    expect(field(page)).to_have_value("")


def test_what_is_being_written_survives_a_page_that_wipes_it(desk: Desk, eventually: Callable[..., None]) -> None:
    desk.shop.say("lucia", "¿Llega hoy?")
    page = desk.tiktok("lucia")
    expect(bar(page)).to_be_visible()
    bar(page).click()
    page.keyboard.type("今天")
    storm = desk.shop.start_storm(60, gap_ms=12, mode="wipe")
    page.keyboard.type("发货了，请等一等", delay=40)
    eventually(lambda: storm.done, 60)
    expect(bar(page)).to_have_value("今天发货了，请等一等")
    expect(page.locator("[data-seabridge=bar]")).to_have_count(1)
    expect(field(page)).to_have_value("")
