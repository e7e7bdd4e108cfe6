"""Translations beside buyers' messages, on pages that do their worst."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from .conftest import Desk, bubbles, choose, field
from .stand_in import made, offline

#: Every row's words beside what our bubble in it says; a row with another number of bubbles than one says how many.
PAIRS = """rows => rows.map(row => {
    const hosts = [...row.querySelectorAll('[data-seabridge=bubble]')].filter(host => !host.hidden);
    const words = row.querySelector('pre').firstChild.nodeValue;
    const said = hosts.map(host => host.shadowRoot?.querySelector('[part=translation]')?.textContent ?? 'empty');
    return [words, said.length === 1 ? said[0] : `${said.length} bubbles`];
})"""
TIKTOK_BUYER = "[data-testid='chat.chatroom.message_card']:has(.chatd-message--left pre)"
SHOPEE_BUYER = "[data-cy=webchat-message-receive]:has(pre)"


def pairs(page: Page, rows: str) -> list[list[str]]:
    found: list[list[str]] = page.locator(rows).evaluate_all(PAIRS)
    return found


def settled(page: Page, rows: str, at_least: int = 1) -> bool:
    """Every buyer row has exactly one bubble, and it is its own."""
    found = pairs(page, rows)
    return len(found) >= at_least and all(said == f"译文（{words.strip()}）" for words, said in found)


def test_each_buyer_message_has_its_translation(desk: Desk, eventually: Callable[..., None]) -> None:
    desk.shop.say("lucia", "¿Tienen este modelo en azul?")
    page = desk.tiktok("lucia")
    expect(bubbles(page).filter(has_text="译文（¿Tienen este modelo en azul?）")).to_have_count(1)
    desk.shop.say("lucia", "¿Y en verde?")
    expect(bubbles(page).filter(has_text="译文（¿Y en verde?）")).to_have_count(1)
    assert settled(page, TIKTOK_BUYER, 2)


def test_the_original_is_untouched_and_the_engine_is_named_on_focus(desk: Desk) -> None:
    desk.shop.say("lucia", "¿Tienen este modelo en azul?")
    page = desk.tiktok("lucia")
    expect(page.locator("pre", has_text="¿Tienen este modelo en azul?")).to_be_visible()
    translation = bubbles(page).last
    engine = page.locator("[data-seabridge=bubble] [part=engine]").last
    expect(engine).not_to_be_visible()
    translation.focus()
    expect(engine).to_be_visible()
    expect(engine).to_contain_text("Argos")
    assert translation.get_attribute("lang") == "zh"


def test_only_words_of_buyers_are_translated(desk: Desk, eventually: Callable[..., None]) -> None:
    thread = desk.shop.thread("lucia")
    thread.add("system", "Buyer asked for a refund", desk.shop.clock())
    desk.shop.say("lucia", "👍👍 123")
    desk.shop.say("lucia", "Gracias")
    page = desk.tiktok("lucia")
    expect(bubbles(page).filter(has_text="Gracias")).to_have_count(1)
    asked = {text for text, target in desk.office.translator.asked if target == "zh"}
    assert "Gracias" in asked
    assert not asked & {"Buyer asked for a refund", "👍👍 123", "¡Gracias por su compra!"}
    assert page.locator(".chatd-message--right [data-seabridge], .chatd-message--center [data-seabridge]").count() == 0


@pytest.mark.parametrize("mode", ["reuse", "wipe", "replace", "cycle"])
def test_two_hundred_renderings_leave_each_translation_exactly_once(
    desk: Desk, mode: str, eventually: Callable[..., None]
) -> None:
    for number in range(8):
        desk.shop.say("lucia", f"Pregunta número {number}")
    page = desk.tiktok("lucia")
    eventually(lambda: settled(page, TIKTOK_BUYER, 8))
    page.evaluate(
        """() => { window.most = 0; const look = () => {
            for (const row of document.querySelectorAll('.chatd-message--left'))
                window.most = Math.max(window.most, row.querySelectorAll('[data-seabridge=bubble]').length);
            requestAnimationFrame(look); }; look(); }"""
    )
    storm = desk.shop.start_storm(200, gap_ms=12, mode=mode)  # type: ignore[arg-type]
    eventually(lambda: storm.done, 60)
    eventually(lambda: settled(page, TIKTOK_BUYER, 8))
    assert page.evaluate("window.most") == 1
    assert len(desk.office.translator.asked) == len(set(desk.office.translator.asked)), "a text was asked for twice"


def test_a_storm_on_the_virtual_list(desk: Desk, eventually: Callable[..., None]) -> None:
    for number in range(12):
        desk.shop.say("mariana", f"Pergunta número {number}")
    page = desk.shopee("mariana")
    eventually(lambda: settled(page, SHOPEE_BUYER, 5))
    storm = desk.shop.start_storm(200, gap_ms=12, mode="cycle")
    eventually(lambda: storm.done, 60)
    eventually(lambda: settled(page, SHOPEE_BUYER, 5))


def test_recycled_rows_never_wear_another_messages_words(desk: Desk, eventually: Callable[..., None]) -> None:
    for number in range(60):
        desk.shop.say("mariana", f"Pergunta número {number}")
    page = desk.shopee("mariana")
    eventually(lambda: settled(page, SHOPEE_BUYER, 5))
    # watched in every frame while scrolling: a bubble may be missing for a moment, it may never be another row's
    page.evaluate(
        """() => { window.wrong = []; const look = () => {
            for (const row of document.querySelectorAll('[data-cy=webchat-message-receive]')) {
                const words = row.querySelector('pre')?.firstChild?.nodeValue ?? '';
                for (const host of row.querySelectorAll('[data-seabridge=bubble]')) {
                    const part = host.shadowRoot.querySelector('[part=translation]');
                    const said = host.hidden ? '' : part?.textContent ?? '';
                    if (said && said !== `译文（${words}）`) window.wrong.push([words, said]);
                }
            }
            requestAnimationFrame(look); }; requestAnimationFrame(look); }"""
    )
    grid = page.locator(".ReactVirtualized__Grid")
    for _ in range(12):
        grid.evaluate("node => node.scrollBy(0, -260)")
        page.wait_for_timeout(60)
    for _ in range(6):
        grid.evaluate("node => node.scrollBy(0, 500)")
        page.wait_for_timeout(40)
    eventually(lambda: settled(page, SHOPEE_BUYER, 5))
    assert page.evaluate("window.wrong") == []


def test_near_unsure_and_doubtful_are_said(desk: Desk) -> None:
    say = desk.office.translator.say
    say["uno"] = made("", "近似", "es", "zh", match="near", engine="phrasebook")
    say["dos"] = made("", "不确定", "pt", "zh", sure=False)
    say["tres"] = made("", "数字变了", "es", "zh", doubt=["number_changed"])
    page = desk.tiktok("lucia")
    for text in say:
        desk.shop.say("lucia", text)
    notes = page.locator("[data-seabridge=bubble] [part=notes]")
    expect(notes).to_have_count(3)
    assert "葡萄牙语" in notes.nth(1).inner_text()
    assert notes.nth(2).inner_text() == "存疑 · 译文里的数字和原文不一致"
    bubbles(page).nth(2).hover()
    engine = page.locator("[data-seabridge=bubble] [part=engine]").filter(visible=True)
    assert "逐个核对" in engine.inner_text(), "what to do about it"


def test_right_to_left_answers_run_right_to_left(desk: Desk) -> None:
    desk.office.translator.say["hola"] = made("", "مرحبا بك", "es", "ar")
    page = desk.tiktok("lucia")
    desk.shop.say("lucia", "hola")
    expect(bubbles(page).filter(has_text="مرحبا")).to_have_attribute("dir", "rtl")


def test_without_a_package_the_original_stands_and_one_click_installs(desk: Desk) -> None:
    desk.office.translator.none = {"zh"}
    for text in ("¿Llega hoy?", "¿O mañana?"):
        desk.shop.say("lucia", text)
    page = desk.tiktok("lucia")
    install = page.locator("[data-seabridge=bubble] [part=install]")
    expect(install).to_have_count(1)
    expect(install).to_contain_text("西班牙语")
    expect(bubbles(page)).to_have_count(0)
    desk.office.translator.gate.clear()
    install.click()
    expect(page.locator("[data-seabridge=bubble] progress")).to_have_count(1)
    desk.office.translator.gate.set()
    expect(bubbles(page).filter(has_text="译文（¿O mañana?）")).to_have_count(1)
    expect(bubbles(page).filter(has_text="译文（¿Llega hoy?）")).to_have_count(1)
    expect(install).to_have_count(0)


def test_a_failing_engine_is_quiet_and_tried_again(desk: Desk) -> None:
    desk.office.translator.fail = offline()
    desk.shop.say("lucia", "¿Llega hoy?")
    page = desk.tiktok("lucia")
    expect(page.locator("pre", has_text="¿Llega hoy?")).to_be_visible()
    page.wait_for_timeout(700)
    assert bubbles(page).count() == 0
    desk.office.translator.fail = None
    expect(bubbles(page).filter(has_text="译文（¿Llega hoy?）")).to_have_count(1)


def test_the_newest_message_stays_in_sight(desk: Desk, eventually: Callable[..., None]) -> None:
    for number in range(30):
        desk.shop.say("lucia", f"Pregunta número {number}, con algunas palabras más para que ocupe sitio")
    page = desk.tiktok("lucia")
    eventually(lambda: settled(page, TIKTOK_BUYER, 30))
    rest = "node => node.scrollHeight - node.scrollTop - node.clientHeight"
    page.wait_for_timeout(500)
    eventually(lambda: page.locator(".chatd-root").evaluate(rest) < 3)


def test_another_conversation_gets_its_own_translations(desk: Desk, eventually: Callable[..., None]) -> None:
    desk.shop.say("lucia", "Soy Lucía")
    desk.shop.say("emily", "This is Emily")
    page = desk.tiktok("lucia")
    expect(bubbles(page).filter(has_text="译文（Soy Lucía）")).to_have_count(1)
    page.locator("[data-testid='chat.chatroom.conversation_card']", has_text=desk.shop.thread("emily").name).click()
    expect(bubbles(page).filter(has_text="译文（This is Emily）")).to_have_count(1)
    expect(bubbles(page).filter(has_text="Lucía")).to_have_count(0)
    eventually(lambda: settled(page, TIKTOK_BUYER))


def test_the_mini_chat_in_its_frame(desk: Desk) -> None:
    desk.shop.say("haruka", "在庫はありますか？")
    page = desk.open("https://seller.shopee.sg/portal/product/list/live/all")
    page.locator("#shopee-mini-chat-embedded button").click()
    frame = page.frame_locator("#shopee-mini-chat-embedded iframe")
    choose(frame, desk.shop.thread("haruka").name)
    expect(frame.locator("[data-seabridge=bubble] [part=translation]", has_text="在庫はありますか？")).to_have_count(1)
    expect(frame.locator("[data-seabridge=bar] [part=input]")).to_be_visible()
    assert page.locator("[data-seabridge]").count() == 0, "nothing of ours in the page around the frame"


def test_translating_can_be_switched_off(desk: Desk, eventually: Callable[..., None]) -> None:
    desk.shop.say("lucia", "¿Llega hoy?")
    page = desk.tiktok("lucia")
    expect(bubbles(page).filter(has_text="Llega")).to_have_count(1)
    switch(desk, translate_incoming=False)
    try:
        expect(bubbles(page)).to_have_count(0)
        expect(field(page)).to_be_visible()
    finally:
        switch(desk, translate_incoming=True)
    expect(bubbles(page).filter(has_text="Llega")).to_have_count(1)


def switch(desk: Desk, **settings: bool) -> None:
    own = desk.browser.page(desk.browser.own_page("options.html"))
    own.evaluate("patch => chrome.runtime.sendMessage({type: 'own.settings', patch})", settings)
    own.close()
