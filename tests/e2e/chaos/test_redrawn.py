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
    was_at_top: bool = hands.scope.evaluate(
        """async ([rows, by]) => {
            let list = document.querySelector(rows).parentElement;
            while (list.scrollHeight <= list.clientHeight + 1) list = list.parentElement;
            const top = list.scrollTop < 2;
            list.scrollTop += by;
            for (let frame = 0; frame < 4; frame++) await new Promise(requestAnimationFrame);
            return top;
        }""",
        [ROWS, by],
    )
    return was_at_top
