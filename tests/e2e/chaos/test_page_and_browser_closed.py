"""Page gone, browser closed or killed while messages still wait to be stored: each is stored once, later."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from companion.practice.browser import PracticeBrowser
from companion.practice.pairing import pair
from companion.practice.tour.hands import Hands

from .world import World

pytestmark = pytest.mark.e2e


def close(hands: Hands) -> None:
    hands.page.close()


def leave(hands: Hands) -> None:
    hands.page.goto("https://practice.seabridge.invalid/")


@pytest.mark.parametrize("go", [close, leave])
def test_the_page_is_gone_before_its_messages_are_stored(world: World, go: Callable[[Hands], None]) -> None:
    hands = world.chat()
    world.settled("emily")
    world.companion.kill()
    world.linked("no_companion")
    for number, line in enumerate(("hello?", "Is this still available?"), 1):
        world.shop.say("emily", line)
        world.waiting(number)
    go(hands)
    world.companion.start()
    world.settled("emily")


def test_the_page_is_gone_in_the_middle_of_storing(world: World) -> None:
    hands = world.chat()
    world.settled("emily")
    with world.frozen():
        world.shop.say("emily", "Is this still available?")
        world.waiting(1)
        hands.page.close()
    world.settled("emily")
    again = world.open("emily")
    assert world.reads(again, "Is this still available?")
    world.settled("emily")


@pytest.mark.skipif(os.name == "nt", reason="ends the browser with SIGKILL")
def test_the_browser_is_closed_then_killed_with_messages_waiting(
    world: World, second_browser: Callable[[Path], AbstractContextManager[PracticeBrowser]], tmp_path: Path
) -> None:
    companion, errors = world.companion, world.errors
    with second_browser(tmp_path) as browser:
        pair(browser, companion)
        first = World(browser, companion, errors)
        first.chat()
        first.settled("emily")
        companion.kill()
        first.linked("no_companion")
        first.shop.say("emily", "hello?")
        first.waiting(1)
    with second_browser(tmp_path) as browser:
        second = World(browser, companion, errors)
        second.waiting(1)
        second.linked("no_companion")
        hands = second.open("emily")
        hands.sees("hello?")
        second.shop.say("emily", "Is this still available?")
        second.until(lambda: second.state["queue"]["waiting"] > 1, "the second page's look at it waits, too")
        waiting = second.state["queue"]["waiting"]
        kill(browser)
    companion.start()
    with second_browser(tmp_path) as browser:
        third = World(browser, companion, errors)
        third.until(lambda: third.links()[-1] == "ready:", "paired as before")
        third.settled("emily")
        assert waiting > 1
        # and nothing is archived anew when the conversation is looked at once more
        hands = third.open("emily")
        assert third.reads(hands, "Is this still available?")
        third.settled("emily")


def kill(browser: PracticeBrowser) -> None:
    """As a power cut would: no process of the browser gets to write anything."""
    owner = browser.context.browser
    assert owner is not None
    found = owner.new_browser_cdp_session().send("SystemInfo.getProcessInfo")["processInfo"]
    (main,) = [process["id"] for process in found if process["type"] == "browser"]
    with browser.context.expect_event("close"):
        os.kill(main, signal.SIGKILL)
