"""The event page: what keeps it alive, what it costs when Firefox ended it, and that nothing is lost then."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from .conftest import World
from .launch import EXTENSION_ID
from .lifetime import VARIANTS, echoing, lives, write_extension

pytestmark = pytest.mark.e2e

ASK = "request => chrome.runtime.sendMessage(request)"
#: Well past the 30 s after which Firefox ends an event page that seems idle.
WATCH_S = 38.0


def test_nothing_is_lost_when_the_companion_is_gone_and_the_event_page_ends(world: World) -> None:
    world.run(lose_everything(world))


async def lose_everything(world: World) -> None:
    seller, shop = world.seller, world.shop
    shop.arrive("emily")
    page = await seller.open("emily")
    await seller.beside(page, "When will order")
    own = await world.browser.tab(world.browser.own("popup.html"))
    world.companion.kill()
    shop.say("emily", "Is this in stock?")
    await own.until(f"async () => (await ({ASK})({{type: 'own.state'}})).ok.state.queue.waiting > 0", what="queued")
    # the extension's own alarm comes every 30 s; the test does not wait that long
    await own.eval("() => chrome.alarms.create('wake', {periodInMinutes: 0.1})")
    await own.close()

    await world.browser.suspend_background()
    world.companion.start()
    stock = ("buyer", "Is this in stock?")
    await seller.until(lambda: stock in seller.archived("emily"), "archived after the alarm woke the event page", 40)
    shop.say("emily", "I want a refund.")
    await seller.beside(page, "refund")
    await seller.until(lambda: ("buyer", "I want a refund.") in seller.archived("emily"), "the next one archived")
    archived = seller.archived("emily")
    assert len(archived) == len(set(archived)), "nothing twice"


def test_a_suspended_event_page_answers_the_next_bubble(world: World) -> None:
    world.run(wake(world))


async def wake(world: World) -> None:
    seller, shop = world.seller, world.shop
    shop.arrive("emily")
    page = await seller.open("emily")
    await seller.beside(page, "When will order")
    took = {}
    for how, words in (("awake", "Is this in stock?"), ("suspended", "I want a refund.")):
        if how == "suspended":
            # so that nothing but the message can wake it
            own = await world.browser.tab(world.browser.own("popup.html"))
            await own.eval("() => chrome.alarms.clear('wake')")
            await own.close()
            await world.browser.suspend_background()
        began = time.monotonic()
        shop.say("emily", words)
        await seller.beside(page, words)
        took[how] = round(time.monotonic() - began, 2)
    print(f"\nseconds from message to translation, polling of the page included: {took}")
    assert await world.browser.background_state() == "running"


def test_the_connection_keeps_the_event_page_where_socket_and_heartbeat_alone_do_not(
    world: World, tmp_path: Path
) -> None:
    world.run(outlive(world, tmp_path))


async def outlive(world: World, folder: Path) -> None:
    own = await world.browser.tab(world.browser.own("popup.html"))
    await own.until(f"async () => (await ({ASK})({{type: 'own.state'}})).ok.state.link === 'ready'", what="connected")
    await own.eval("() => chrome.alarms.clear('wake')")  # it would call the event page back
    await own.close()
    script = VARIANTS["socket, text every 20 s"]
    async with echoing() as port:
        control = write_extension(folder / "control", 0, script, port)
        await world.browser.install(folder / "control")
        seen = await lives(world.browser, [EXTENSION_ID, control], WATCH_S)
        await world.browser.bidi.call("webExtension.uninstall", extension=control)
    print(f"\nlives in seconds (ended?): {seen}")
    [(without, ended)] = seen[control]
    assert ended, "Firefox counts sockets now: the call with every heartbeat is no longer needed"
    assert 25 < without < 36
    [(_, ended)] = seen[EXTENSION_ID]
    assert not ended
