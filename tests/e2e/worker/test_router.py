"""The content script is an untrusted caller: what it may not do, it cannot."""

from __future__ import annotations

import pytest

from companion.practice.shops import cdn

from .rig import INBOX, Rig, seen

pytestmark = pytest.mark.e2e


def test_content_script_reaches_only_what_pages_may(rig: Rig) -> None:
    rig.pair()
    panel = rig.own_page()
    rig.wait_state(panel, lambda state: state["link"] == "ready")
    page = rig.browser.page(INBOX)
    world = rig.content(page)
    hello = world.ask({"type": "page.hello", "url": page.url})["ok"]
    assert hello["state"]["link"] == "ready"
    assert [each["name"] for each in hello["marketplaces"]] == ["tiktok-shop"]
    assert not [key for key in hello["texts"] if key.startswith(("panel_", "options_", "popup_"))]

    for own in (
        "own.state",
        "own.pair.start",
        "own.pair.same",
        "own.pair.forget",
        "own.ports",
        "own.settings",
        "own.parked",
        # the offscreen page hears these as well, and leaves them to the background
        "own.translator.states",
        "own.translator.translate",
        "own.translator",
    ):
        assert world.ask({"type": own, "ports": [1234], "patch": {}}) == {"refused": "request"}, own
    own_calls = (
        "search",
        "thread.list",
        "thread.mark",
        "pairing.list",
        "pairing.revoke",
        "dashboard.ticket",
        "engines.list",
    )
    for method in (*own_calls, "engines.save", "settings.set"):
        assert world.ask({"type": "own.call", "method": method, "params": {}}) == {"refused": "request"}
        assert world.ask({"type": "call", "method": method, "params": {}}) == {"refused": "method"}, method
    # which picture belongs to which message the companion says, never a page
    forged_picture = {"type": "image", "message": 1, "url": "https://seller-us.tiktok.com/a.png"}
    assert world.ask(forged_picture) == {"refused": "request"}
    for part in ("background", "../insert", "", 7):
        assert world.ask({"type": "part", "name": part}) == {"refused": "part"}, part
    for nonsense in ({}, {"type": "constructor"}, {"type": "page.hello", "url": "https://seller.shopee.sg/"}):
        assert "refused" in world.ask(nonsense), nonsense
    wrong = world.ask({"type": "call", "method": "thread.get", "params": {"thread": {"thread": "x"}}})["ok"]
    assert wrong["error"]["code"] == "bad_params"
    big = world.evaluate("chrome.runtime.sendMessage({type: 'seen', seq: 1, params: {pad: 'x'.repeat(400000)}})")
    assert big == {"refused": "size"}

    # a page that was taken over cannot write the conversations of another marketplace
    foreign = seen("f", "forged")
    foreign["thread"]["marketplace"] = "shopee"
    assert world.ask({"type": "seen", "params": foreign, "seq": 2}) == {"refused": "marketplace"}
    chosen = (("thread.set_language", {"language": "es"}), ("thread.set_tone", {"tone": "warm"}))
    for method, more in (("thread.get", {}), *chosen):
        asked = {"type": "call", "method": method, "params": {"thread": foreign["thread"], **more}}
        assert world.ask(asked) == {"refused": "marketplace"}, method
    draft = {"thread": foreign["thread"], "written": "x", "written_language": "zh", "text": "y", "language": "es"}
    draft |= {"engine": "phrasebook", "match": "exact", "inserted_at": 1.0}
    assert world.ask({"type": "draft", "params": draft}) == {"refused": "marketplace"}
    items = [{"ref": "1", "text": "hola"}]
    asked = {
        "type": "call",
        "method": "translate",
        "params": {"items": items, "purpose": "read", "thread": foreign["thread"]},
    }
    assert world.ask(asked) == {"refused": "marketplace"}

    # the key, the queue and the settings lie where only our own origin looks
    assert world.evaluate("indexedDB.databases().then(all => all.map(each => each.name))") == []
    assert world.evaluate("typeof chrome.tabs + typeof chrome.permissions + typeof chrome.alarms") == "undefined" * 3
    reading = "chrome.storage.local.get().then(all => Object.keys(all), error => 'denied')"
    assert world.evaluate(reading) == "denied"


def test_a_sandboxed_marketplace_frame_is_refused(rig: Rig) -> None:
    rig.pair()
    page = rig.browser.page("https://seller-us.tiktok.com/chat/inbox/nothing-here")
    page.evaluate(
        """url => { const frame = document.createElement('iframe');
        frame.sandbox = 'allow-scripts'; frame.src = url; document.body.append(frame); }""",
        INBOX,
    )
    frame = rig.wait(page, lambda: next((each for each in page.frames if each.url.startswith(INBOX)), None))
    frame.wait_for_load_state()
    world = rig.content(frame)
    assert world.evaluate("origin") == "null"
    assert world.ask({"type": "page.hello", "url": INBOX}) == {"refused": "origin"}


def test_own_pages_speak_to_the_companion_and_the_page_itself_has_no_way_in(rig: Rig) -> None:
    rig.pair()
    page = rig.browser.page(INBOX)
    assert page.evaluate("typeof globalThis.chrome?.runtime?.sendMessage") == "undefined"
    world = rig.content(page)
    panel = rig.own_page()
    rig.wait_state(panel, lambda state: state["link"] == "ready")
    world.ask({"type": "seen", "params": seen("d", "Can I get a refund?"), "seq": 1})
    panel.locator("input[type=search]").fill("refund")
    hit = panel.locator("[data-message]").first
    hit.wait_for()
    assert hit.locator("mark").first.inner_text().lower() == "refund"
    hit.click()
    panel.locator(".bubble.found").wait_for()
    assert "Can I get a refund?" in panel.locator(".bubble.found").inner_text()


def test_a_buyers_picture_is_in_the_archive_before_its_address_expires(rig: Rig) -> None:
    rig.pair()
    shop = rig.browser.shop
    shop.arrive("lucia")
    world = rig.content(rig.browser.page(INBOX))
    panel = rig.own_page()
    rig.wait_state(panel, lambda state: state["link"] == "ready")
    url = cdn.address(shop, shop.thread("lucia"), "broken-lamp")
    message = seen("e", "It arrived broken")
    message["messages"][0]["images"] = [url]
    assert world.ask({"type": "seen", "params": message, "seq": 1})["ok"]["queued"] is False
    kept = rig.wait(panel, lambda: next(iter(rig.companion.messages("buyer e")[0]["images"]), None))
    path = rig.companion.paths.files / kept[:2] / kept
    assert path.read_bytes() == shop.handle("GET", url, {}, b"").body
