"""The internet is gone and this machine is not: translation needs none, and pictures are fetched when they can be."""

from __future__ import annotations

import hashlib
import sqlite3

import pytest
from playwright.sync_api import Route

from .world import World

pytestmark = pytest.mark.e2e

PICTURES = "https://p16-im-sign-sg.tiktokcdn.com/**"


def test_offline_page_is_translated_and_what_failed_to_send_is_archived_once(world: World) -> None:
    hands = world.chat()
    world.settled("emily")
    world.shop.say("emily", "How long does delivery take?")
    hands.sees("How long does delivery take?")
    context = world.browser.context
    session = context.new_cdp_session(hands.page)
    speed = {"latency": 0, "downloadThroughput": -1, "uploadThroughput": -1}
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", {"offline": True, **speed})
    context.route("https://**/*", no_internet)
    assert hands.page.evaluate("navigator.onLine") is False
    assert world.reads(hands, "How long does delivery take?")
    target, back = hands.write_in_bar("我们今天就给您发货。")
    assert "发货" in back
    hands.insert(target)
    hands.press_send()
    failed = hands.row(target).locator("button")
    failed.wait_for()
    assert world.shop.sent("emily") == []
    assert world.state["link"] == "ready"
    context.unroute("https://**/*", no_internet)
    session.send("Network.emulateNetworkConditions", {"offline": False, **speed})
    failed.click()
    world.until(lambda: world.shop.sent("emily") == [target], "sent at the second try")
    world.settled("emily")


def test_every_line_of_the_browser_stalls(world: World) -> None:
    """Offline emulation of the whole browser also stalls the worker's socket to this machine: harder than reality."""
    hands = world.chat()
    world.settled("emily")
    world.browser.context.set_offline(True)
    hands.bar("input").fill("我们今天就给您发货。")
    world.shop.say("emily", "How long does delivery take?")
    hands.until(lambda: hands.text_of(hands.bar("back")) == "", "no answer yet")
    world.browser.context.set_offline(False)
    world.until(lambda: "发货" in hands.text_of(hands.bar("back")), "the answer comes by itself")
    assert world.reads(hands, "How long does delivery take?")
    world.settled("emily")


def test_a_picture_that_cannot_be_fetched_is_noted_and_fetched_later(world: World) -> None:
    tried: list[str] = []

    def refuse(route: Route) -> None:
        tried.append(route.request.url)
        no_internet(route)

    world.browser.context.route(PICTURES, refuse)
    hands = world.chat("lucia")
    world.settled("lucia")
    ((sha256, url),) = pictures(world)
    assert sha256 is None
    assert url.startswith("https://p16-im-sign-sg.tiktokcdn.com/file/broken-lamp.png")
    assert world.reads(hands, "me llegó roto")
    world.until(lambda: tried.count(url) > 1, "page and worker both asked for the picture")
    world.browser.context.unroute(PICTURES, refuse)
    # the next look at the conversation names the picture again, and again it is wanted
    assert world.asks(hands, "lucia", "¿Cuándo lo envían?")
    world.settled("lucia")
    world.until(lambda: [one for one, _ in pictures(world)] != [None], "the picture fetched")
    ((sha256, _),) = pictures(world)
    kept = world.companion.paths.files / sha256[:2] / sha256
    assert hashlib.sha256(kept.read_bytes()).hexdigest() == sha256


def no_internet(route: Route) -> None:
    """No name resolves any more."""
    route.abort("namenotresolved")


def pictures(world: World) -> list[tuple[str | None, str]]:
    """SHA-256 (None = not here yet) and address of the newest conversation's pictures."""
    with sqlite3.connect(f"{world.companion.paths.archive.as_uri()}?mode=ro", uri=True) as database:
        found = database.execute(
            "SELECT images.sha256, images.url FROM images JOIN messages ON messages.id = images.message_id"
            " WHERE messages.thread_id = (SELECT max(id) FROM threads)"
        ).fetchall()
    database.close()
    return found
