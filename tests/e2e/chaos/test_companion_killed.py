"""The companion dies like in a power cut: the page goes on, sending passes, and what was said meanwhile is kept."""

from __future__ import annotations

import pytest

from .world import World

pytestmark = pytest.mark.e2e


def test_killed_while_idle(world: World) -> None:
    hands = world.chat()
    world.settled("emily")
    world.companion.kill()
    world.linked("no_companion")
    world.companion.start()
    world.linked("ready")
    assert world.asks(hands, "emily", "How long does delivery take?")
    world.settled("emily")


def test_killed_while_messages_arrive(world: World) -> None:
    hands = world.chat()
    world.settled("emily")
    loaded = hands.page.evaluate("performance.timeOrigin")
    lines = [f"When will order 5764618902133472{number} ship?" for number in range(10, 16)]
    for line in lines[:2]:
        world.shop.say("emily", line)
    hands.until(lambda: hands.row(lines[0]).is_visible(), lines[0])
    world.companion.kill()
    for line in lines[2:]:
        world.shop.say("emily", line)
        hands.until(lambda line=line: hands.row(line).is_visible(), line)
    # every bubble drawn anew, those with and those without a translation
    storm = world.shop.start_storm(12, mode="replace")
    world.until(lambda: storm.done, "the storm")
    world.linked("no_companion")
    world.until(lambda: world.state["queue"]["waiting"] > 0, "what was said meanwhile is queued")
    world.companion.start()
    for line in lines:
        assert line.split()[3] in world.reads(hands, line, 40), "its own translation, with its own number"
    world.settled("emily")
    target, back = hands.write_in_bar("我们今天就给您发货。")
    hands.insert(target)
    hands.press_send()
    world.until(lambda: world.shop.sent("emily") == [target], target)
    assert "发货" in back
    world.settled("emily")
    assert hands.page.evaluate("performance.timeOrigin") == loaded, "all this without reloading the page"


def test_the_seller_writes_on_without_a_companion(world: World) -> None:
    hands = world.chat()
    world.settled("emily")
    world.companion.kill()
    world.linked("no_companion")
    hands.write_in_page("Yes, it ships today.")
    hands.press_send()
    world.until(lambda: world.shop.sent("emily") == ["Yes, it ships today."], "English sent")
    hands.write_in_page("今天就发货")
    hands.composer().press("Enter")
    world.until(lambda: world.shop.sent("emily")[1:] == ["今天就发货"], "Chinese sent")
    world.companion.start()
    world.linked("ready", 40)
    world.settled("emily")


def test_killed_behind_the_open_guard(world: World) -> None:
    hands = world.chat()
    world.settled("emily")
    hands.write_in_page("今天就发货")
    hands.composer().press("Enter")
    hands.guard("translate").wait_for()
    assert world.shop.sent("emily") == []
    world.companion.kill()
    world.linked("no_companion")
    # the offer cannot be kept; the seller is told, and his words stand where he wrote them
    hands.guard("translate").click()
    said = hands.scope.locator('[data-seabridge="guard"] #say')
    world.until(lambda: "没有运行" in said.inner_text(), said.inner_text)
    assert hands.composer_text() == "今天就发货"
    hands.guard("send-anyway").click()
    world.until(lambda: world.shop.sent("emily") == ["今天就发货"], "sent anyway")
    world.companion.start()
    world.linked("ready", 40)
    world.settled("emily")


def test_frozen_and_thawed(world: World) -> None:
    """It hangs rather than dies (a laptop asleep, a disk that spins up)."""
    hands = world.chat()
    world.settled("emily")
    with world.frozen():
        world.shop.say("emily", "How long does delivery take?")
        hands.sees("How long does delivery take?")
        world.waiting(1)
        hands.write_in_page("Yes, it ships today.")
        hands.press_send()
        world.until(lambda: world.shop.sent("emily") == ["Yes, it ships today."], "sent")
    assert world.reads(hands, "How long does delivery take?")
    world.settled("emily")
