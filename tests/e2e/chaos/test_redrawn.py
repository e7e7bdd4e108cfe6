"""The same conversation drawn again and again, in two tabs, scrolled and reopened: every message is archived once."""

from __future__ import annotations

import pytest

from companion.practice.tour.hands import Hands

from .world import CHAT, World

pytestmark = pytest.mark.e2e

INBOXES = {"emily": CHAT, "haruka": "https://seller.shopee.sg/new-webchat/conversations"}
OTHERS = {"emily": "lucia", "haruka": "minjun"}
#: Drawn rows of either marketplace.
ROWS = '[data-testid="chat.chatroom.message_card"], [data-cy^="webchat-message-"]'
#: Seconds between two lines of the long thread.
APART_S = 780


@pytest.mark.parametrize("buyer", ["emily", "haruka"])
def test_two_tabs_scrolled_reopened_and_drawn_fifty_times(world: World, buyer: str) -> None:
    world.shop.settings.page = 100
    ask = world.shop.buyers[buyer].asks[0].say[-1]
    thread, now = world.shop.thread(buyer), world.shop.clock()
    for number in range(30):
        thread.add("buyer", f"line {number} of a long thread" if number % 7 else "ok", now - (30 - number) * APART_S)
    world.shop.arrive(OTHERS[buyer])
    world.shop.arrive(buyer)
    tabs = [world.open(buyer, INBOXES[buyer]), world.open(buyer, INBOXES[buyer])]
    for hands in tabs:
        hands.sees(ask)
    storm = world.shop.start_storm(50, gap_ms=8)
    read_upwards(world, tabs[1], buyer)
    for text in ("ok", "ok", "ok!", "ok"):
        world.shop.say(buyer, text)
    world.until(lambda: storm.done, "the storm")
    for _ in range(3):
        tabs[0].open(world.shop.buyers[OTHERS[buyer]].name)
        tabs[0].open(world.shop.buyers[buyer].name)
        tabs[0].sees("ok!")
    world.shop.say(buyer, "last line")
    tabs[0].sees("last line")
    scroll(tabs[1], 1_000_000)
    tabs[1].sees("last line")
    assert [text for _, text in world.said(buyer)].count("ok") == 5 + 3
    world.settled(buyer)


@pytest.mark.parametrize("buyer", ["emily", "haruka"])
def test_jumping_about_in_a_long_conversation(world: World, buyer: str) -> None:
    """By the scroll bar to the top, down in one leap, to the middle, then read through: once and in order."""
    world.shop.settings.page = 200
    ask = world.shop.buyers[buyer].asks[0].say[-1]
    thread, now = world.shop.thread(buyer), world.shop.clock()
    for number in range(90):
        thread.add(
            "buyer" if number % 3 else "seller", f"line {number} of a long thread", now - (90 - number) * APART_S
        )
    world.shop.arrive(buyer)
    hands = world.open(buyer, INBOXES[buyer])
    hands.sees(ask)
    for leap in (-1_000_000, 1_000_000, -2_500, -1_000_000):
        scroll(hands, leap)
        world.until(lambda: set(in_view(hands)) <= {text for _, text in world.archived(buyer)}, "the view archived")
    world.shop.say(buyer, "said while the seller reads old lines")
    read_downwards(world, hands, buyer)
    hands.sees("said while the seller reads old lines")
    world.settled(buyer)


def read_downwards(world: World, hands: Hands, buyer: str) -> None:
    """As ``read_upwards``, to the end of the conversation."""
    before = -1.0
    while (at := scrolled(hands, 300)) != before:
        before = at
        world.until(lambda: set(in_view(hands)) <= {text for _, text in world.archived(buyer)}, "the view archived")


def read_upwards(world: World, hands: Hands, buyer: str) -> None:
    """As a person reads: every row comes into view, each view shares rows with the one before."""
    while True:
        world.until(lambda: set(in_view(hands)) <= {text for _, text in world.archived(buyer)}, "the view archived")
        if scroll(hands, -300):
            return


def in_view(hands: Hands) -> list[str]:
    """The words of the rows that are drawn now."""
    found: list[str] = hands.scope.evaluate(
        """rows => [...document.querySelectorAll(rows)]
            .map(row => row.querySelector('pre')?.firstChild?.nodeValue?.trim()).filter(Boolean)""",
        ROWS,
    )
    return found


def scroll(hands: Hands, by: int) -> bool:
    """Move the list by so many px and let the page draw what is there; whether it was at the top before."""
    return scrolled(hands, by, "before") < 2


def scrolled(hands: Hands, by: int, when: str = "after") -> float:
    """Move the list by so many px and let the page draw what is there; where it was before, or is after."""
    at: float = hands.scope.evaluate(
        """async ([rows, by, when]) => {
            let list = document.querySelector(rows).parentElement;
            while (list.scrollHeight <= list.clientHeight + 1) list = list.parentElement;
            const before = list.scrollTop;
            list.scrollTop += by;
            for (let frame = 0; frame < 4; frame++) await new Promise(requestAnimationFrame);
            return when === "before" ? before : list.scrollTop;
        }""",
        [ROWS, by, when],
    )
    return at
