"""The browser ends the service worker at the worst moments: the next message is translated, each is archived once."""

from __future__ import annotations

import pytest

from .world import World

pytestmark = pytest.mark.e2e


def test_killed_before_a_message(world: World) -> None:
    hands = world.chat()
    world.settled("emily")
    started = world.kill_worker()
    assert world.asks(hands, "emily", "How long does delivery take?")
    world.reborn(started)
    world.settled("emily")


def test_killed_between_seen_and_its_acknowledgement(world: World) -> None:
    hands = world.chat()
    world.settled("emily")
    with world.frozen():
        world.shop.say("emily", "How long does delivery take?")
        world.waiting(1)
        started = world.kill_worker()
        # the page's question breaks off with the worker; asking again wakes the next one
        world.reborn(started)
        before = world.archived("emily")
    assert before == world.said("emily")[:-1], "the companion stood still"
    assert world.reads(hands, "How long does delivery take?")
    world.settled("emily")


def test_killed_with_a_queue(world: World) -> None:
    hands = world.chat()
    world.settled("emily")
    world.companion.kill()
    world.linked("no_companion")
    for number, line in enumerate(("hello?", "are you there?", "Is this still available?"), 1):
        world.shop.say("emily", line)
        world.waiting(number)
    started = world.kill_worker()
    world.shop.say("emily", "How long does delivery take?")
    world.reborn(started)
    world.companion.start()
    assert world.reads(hands, "How long does delivery take?", 60)
    started = world.kill_worker()  # while the queue empties, or just after
    world.shop.say("emily", "Where is my package?")
    world.reborn(started)
    world.settled("emily", patience_s=60)
