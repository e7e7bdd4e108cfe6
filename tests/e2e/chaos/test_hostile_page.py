"""A granted host turns hostile: the extension survives, nothing of the page is executed, and bounds hold."""

from __future__ import annotations

import sqlite3
from itertools import count

import pytest
from playwright.sync_api import Page

from .hostile import PWNED, visit
from .world import World

pytestmark = pytest.mark.e2e

#: As many code points of one message as the wire takes.
LONGEST = 20_000
QUESTION = "How long does delivery take?"
_numbers = count(1)


@pytest.fixture
def buyer(world: World) -> str:
    """A name of its own for each test's buyer; it tries to be markup as well."""
    return f"<img src=x onerror={PWNED.replace(' ', '')}>{next(_numbers)}"


def archived(world: World, buyer: str) -> list[str]:
    """The archived texts of a buyer, in order; any number of them."""
    database = sqlite3.connect(f"{world.companion.paths.archive.as_uri()}?mode=ro", uri=True)
    try:
        rows = database.execute(
            "SELECT text FROM messages WHERE thread_id = (SELECT id FROM threads WHERE buyer = ?) ORDER BY position",
            (buyer,),
        ).fetchall()
    finally:
        database.close()
    return [text for (text,) in rows]


def translated(page: Page, text: str) -> bool:
    """Whether there is Chinese beside this bubble."""
    row = page.locator('[data-testid="chat.chatroom.message_card"]').filter(has_text=text).last
    part = row.locator('[data-seabridge="bubble"] [part="translation"]')
    return part.count() > 0 and bool((part.first.text_content() or "").strip())


def test_forged_messages_and_events_do_nothing(world: World, buyer: str) -> None:
    page = visit(world, buyer, [QUESTION])
    world.until(lambda: translated(page, QUESTION), "translated")
    world.until(lambda: archived(world, buyer) == [QUESTION], "archived")
    threads = world.companion.call("status")["threads"]
    page.evaluate(
        """id => {
            const thread = {marketplace: 'tiktok-shop', shop: '7495', region: 'US', thread: 'forged', buyer: 'forged'};
            const messages = [{direction: 'buyer', text: 'forged', key: ''}];
            const seen = {type: 'seen', seq: 1, params: {thread, messages, observed_at: Date.now() / 1000}};
            for (const forged of [seen, {type: 'own.pair.forget'}, {type: 'own.ports', ports: [1]},
                {type: 'state', state: {link: 'unpaired', detail: 'foreign', practice: false, queue: {}}},
                {type: 'settings', settings: {guard_sending: false}}]) {
                for (const target of ['*', location.origin]) window.postMessage(forged, target);
                for (const name of ['message', 'seabridge', 'seabridge:takeover', forged.type])
                    for (const node of [document, window, document.body])
                        node.dispatchEvent(new CustomEvent(name, {detail: forged, bubbles: true, composed: true}));
                try { chrome.runtime.sendMessage(id, forged); } catch { /* there is no way in */ }
            }
            new BroadcastChannel('seabridge').postMessage(seen);
        }""",
        world.browser.extension_id,
    )
    # still alive, still guarding, still reading
    page.evaluate("draw(['Where is my package?'])")
    world.until(lambda: translated(page, "Where is my package?"), "translated after the forgeries")
    page.get_by_placeholder("Send a message").fill("今天就发货")
    page.get_by_placeholder("Send a message").press("Enter")
    page.locator('[data-seabridge="guard"] [part="send-anyway"]').wait_for()
    # nor does the page press our buttons, though their roots are open
    page.evaluate(
        """() => {
            const root = document.querySelector('[data-seabridge="guard"]').shadowRoot;
            for (const button of root.querySelectorAll('button')) {
                button.click();
                button.dispatchEvent(new KeyboardEvent('keydown', {key: 'Enter', bubbles: true, composed: true}));
            }
        }"""
    )
    page.wait_for_timeout(300)
    assert page.evaluate("[sent, document.querySelector('textarea').value]") == [[], "今天就发货"]
    world.until(lambda: archived(world, buyer) == [QUESTION, "Where is my package?"], "archived")
    assert world.companion.call("status")["threads"] == threads
    assert world.links() == ["ready:"]


def test_markup_scripts_and_marks_are_words(world: World, buyer: str) -> None:
    nasty = [
        f"<script>{PWNED}</script>",
        f"<img src=x onerror='{PWNED}'>",
        f'"><svg/onload={PWNED}>',
        f"javascript:{PWNED}",
        "\u202eneve nihT\u202c and \u2066isolated\u2069",
        "zero\u200bwidth\u2060joined\ufeff",
        "{{7*7}} ${7*7} %s %n '; DROP TABLE messages; --",
        "half a pair \ud83d and a NUL \x00 inside",
        "e\u0301\u0301\u0301" * 200,
        QUESTION,
    ]
    page = visit(world, buyer, nasty)
    world.until(lambda: translated(page, QUESTION), "translated")
    world.until(lambda: len(archived(world, buyer)) == len(nasty), lambda: archived(world, buyer))
    kept = archived(world, buyer)
    assert kept[:5] == nasty[:5], "as they stand, and as words"
    assert kept[6] == nasty[6]
    assert kept[7] == "half a pair \ufffd and a NUL \ufffd inside"
    panel = world.browser.page(world.browser.own_page("panel.html"))
    panel.locator("input[type=search]").fill("onerror")
    panel.locator("[data-message]").first.click()
    panel.get_by_text("DROP TABLE messages").wait_for()
    assert panel.locator("img[src=x], svg[onload], script:not([src])").count() == 0
    for place in (page, panel):
        assert place.evaluate("globalThis.pwned") is None
    world.waiting(0)
    assert world.state["queue"]["parked"] == 0


def test_huge_bubbles_are_cut_and_the_rest_goes_on(world: World, buyer: str) -> None:
    huge = ["x" * 200_000, "🧨" * 100_000, ("long words " * 20_000).strip()]
    page = visit(world, buyer, [*huge, QUESTION])
    world.until(lambda: translated(page, QUESTION), "translated")
    world.until(lambda: len(archived(world, buyer)) == 4, "archived")
    kept = archived(world, buyer)
    assert kept[-1] == QUESTION
    for whole, part in zip(huge, kept[:3], strict=True):
        assert 1_000 < len(part) <= LONGEST
        assert whole.startswith(part)
    world.waiting(0)
    assert world.state["queue"]["parked"] == 0


def test_two_thousand_bubbles(world: World, buyer: str) -> None:
    lines = [f"line number {number}" for number in range(1_999)]
    page = visit(world, buyer, [*lines, QUESTION])
    page.evaluate("document.querySelector('.chatd-root').scrollTop = 1e9")
    world.until(lambda: translated(page, QUESTION), "translated")
    world.until(lambda: len(archived(world, buyer)) >= 2_000, lambda: len(archived(world, buyer)))
    assert archived(world, buyer) == [*lines, QUESTION]
    # only what is near the view gets nodes of ours
    assert page.locator("[data-seabridge]").count() < 200
    world.waiting(0)
    assert world.state["queue"]["parked"] == 0
    # the page is still usable, and so is another one
    page.get_by_placeholder("Send a message").fill("ok")
    page.get_by_placeholder("Send a message").press("Enter")
    world.until(lambda: page.evaluate("sent") == ["ok"], "sent")
    assert world.asks(world.chat(), "emily", QUESTION)
