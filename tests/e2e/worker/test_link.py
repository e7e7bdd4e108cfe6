"""Pairing and staying connected: equal digits, a squatter, kill -9 of the companion, a killed worker."""

from __future__ import annotations

import time

import pytest

from .rig import INBOX, Rig, seen

pytestmark = pytest.mark.e2e


def test_pairing_shows_the_same_digits_on_both_sides_and_connects(rig: Rig) -> None:
    digits = rig.pair()  # raises when they differ
    assert len(digits) == 6
    assert digits.isdigit()
    page = rig.own_page()
    state = rig.wait_state(page, lambda state: state["link"] == "ready")
    assert state["practice"] is True
    stored = page.evaluate(
        """async () => {
          const db = await new Promise(resolve => {
            const open = indexedDB.open('seabridge'); open.onsuccess = () => resolve(open.result); });
          const all = db.transaction('keys').objectStore('keys').getAll();
          const [row] = await new Promise(resolve => { all.onsuccess = () => resolve(all.result); });
          const leak = await crypto.subtle.exportKey('raw', row.key).then(() => 'read', error => error.name);
          return [row.key.extractable, leak]; }"""
    )
    assert stored == [False, "InvalidAccessError"], "the key cannot be read, not even by our own pages"


def test_refused_at_the_companion_nothing_is_kept(rig: Rig) -> None:
    rig.browser.set_ports([rig.companion.port])
    page = rig.own_page("options.html")
    page.locator("#pair:enabled").click()
    page.locator("[data-digits]").wait_for()
    rig.companion.call("pairing.refuse", {"pairing": rig.companion.call("pairing.pending")["pairing"]})
    alert = page.locator(".notice[role=alert]")
    alert.wait_for()
    assert "配对被拒绝" in alert.inner_text()
    rig.wait_state(page, lambda state: state["link"] == "unpaired")


def test_ended_in_the_options_the_pairing_is_gone_on_both_sides(rig: Rig) -> None:
    rig.pair()
    page = rig.own_page("options.html")
    end = page.get_by_role("button", name="解除配对")
    end.click()
    page.get_by_role("button", name="确定解除？").click()
    page.locator("#pair:enabled").wait_for()
    rig.wait(page, lambda: rig.companion.call("pairing.list")["keys"] == [])
    state = rig.wait_state(page, lambda state: state["link"] == "unpaired")
    assert state["detail"] == "", "nothing is left that could look like a stranger"


def test_companion_killed_and_restarted_the_next_message_is_archived_once(rig: Rig) -> None:
    rig.pair()
    panel = rig.own_page()
    world = rig.content(rig.browser.page(INBOX))
    rig.wait_state(panel, lambda state: state["link"] == "ready")
    first = world.ask({"type": "seen", "params": seen("a", "before the crash"), "seq": 1})["ok"]
    assert first["queued"] is False
    assert [row["status"] for row in first["result"]["rows"]] == ["new"]
    rig.companion.kill()
    rig.wait_state(panel, lambda state: state["link"] == "no_companion")
    kept = world.ask({"type": "seen", "params": seen("a", "before the crash", "while away"), "seq": 2})["ok"]
    assert kept == {"queued": True}
    assert rig.state(panel)["queue"]["waiting"] == 1
    rig.companion.start()
    rig.wait_state(panel, lambda state: state["link"] == "ready" and state["queue"]["waiting"] == 0, 40)
    assert rig.archived("a") == ["before the crash", "while away"]


def test_worker_killed_with_a_full_queue_loses_and_doubles_nothing(rig: Rig) -> None:
    rig.pair()
    panel = rig.own_page()
    world = rig.content(rig.browser.page(INBOX))
    rig.wait_state(panel, lambda state: state["link"] == "ready")
    rig.companion.kill()
    rig.wait_state(panel, lambda state: state["link"] == "no_companion")
    for number in range(6):
        answer = world.ask(
            {"type": "seen", "params": seen("b", *(f"line {n}" for n in range(number + 1))), "seq": number}
        )
        assert answer["ok"] == {"queued": True}
    killed = rig.kill_worker()
    # asked again under the same number by a page that never heard the answer
    asked = time.monotonic()
    again = world.ask({"type": "seen", "params": seen("b", *(f"line {n}" for n in range(6))), "seq": 5})
    assert again["ok"] == {"queued": True}
    assert time.monotonic() - asked < 8, "said as soon as it is known that no companion answers"
    rig.reborn(killed)
    assert rig.state(panel)["queue"]["waiting"] == 6
    rig.companion.start()
    rig.wait_state(panel, lambda state: state["link"] == "ready")
    killed = rig.kill_worker()  # in the middle of emptying, or just after
    rig.wait_state(panel, lambda state: state["link"] == "ready" and state["queue"]["waiting"] == 0, 40)
    rig.reborn(killed)
    assert rig.archived("b") == [f"line {n}" for n in range(6)]


def test_another_data_folder_on_our_port_is_named_and_gets_nothing(rig: Rig) -> None:
    rig.pair()
    panel = rig.own_page()
    world = rig.content(rig.browser.page(INBOX))
    rig.wait_state(panel, lambda state: state["link"] == "ready")
    rig.companion.stop()
    stranger = type(rig.companion)(rig.companion.home / "stranger", rig.companion.port)
    stranger.home.mkdir()
    stranger.start()
    try:
        state = rig.wait_state(panel, lambda state: state["link"] == "unpaired", 40)
        assert state["detail"] == "foreign"
        assert world.ask({"type": "seen", "params": seen("c", "secret"), "seq": 1})["ok"] == {"queued": True}
        asked = {"items": [{"ref": "1", "text": "hi"}], "purpose": "read"}
        refused = world.ask({"type": "call", "method": "translate", "params": asked})["ok"]
        assert refused["error"]["code"] == "proof_failed"
        assert stranger.call("thread.list", {})["threads"] == []
    finally:
        stranger.stop()
