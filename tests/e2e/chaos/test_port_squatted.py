"""Another program takes the companion's port: it is told nothing, the seller is, and the queue waits."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

import pytest

from ..companion_process import CompanionProcess
from ..conftest import free_port
from .squatter import NOTHING, Heard, forger, plain_http, relay
from .world import World

pytestmark = pytest.mark.e2e

SECRET = "When will order 576461890213990099 ship?"
Squatter = Callable[[World, Heard], AbstractContextManager[None]]


def web_server(world: World, heard: Heard) -> AbstractContextManager[None]:
    return plain_http(world.companion.port, heard)


def stranger(world: World, heard: Heard) -> AbstractContextManager[None]:
    return forger(world.companion.port, heard, NOTHING[:22])


def impostor(world: World, heard: Heard) -> AbstractContextManager[None]:
    """It knows the real instance: hello tells that to anybody who asks."""
    kept = world.watcher.evaluate(
        "chrome.runtime.sendMessage({type: 'own.state'}).then(reply => reply.ok.companion.instance)"
    )
    return forger(world.companion.port, heard, kept)


@contextmanager
def middleman(world: World, heard: Heard) -> Iterator[None]:
    """The real companion runs, on another port, and the squatter passes every frame on."""
    moved = CompanionProcess(world.companion.home, free_port())
    moved.start()
    try:
        with relay(world.companion.port, heard, moved.port):
            yield
    finally:
        moved.stop()


@pytest.mark.parametrize(
    ("squat", "link", "most"),
    [
        (web_server, "no_companion:", []),
        (stranger, "unpaired:foreign", ["hello"]),
        (impostor, "unpaired:foreign", ["hello", "auth.begin"]),
        (middleman, "unpaired:foreign", ["hello", "auth.begin"]),
    ],
)
def test_a_squatter_hears_nothing(world: World, squat: Squatter, link: str, most: list[str]) -> None:
    hands = world.chat()
    world.settled("emily")
    stored = world.archived("emily")
    heard = Heard()
    squatting = squat(world, heard)
    world.companion.kill()
    world.forget()
    with squatting:
        world.until(lambda: heard.said, "the extension tries the port")
        world.until(lambda: world.links()[-1] == link, f"link {link}, told {world.links()}")
        world.until(lambda: hands.bar("input").is_hidden(), "nothing to type into that nobody would translate")
        # the page hears of it a moment after the background
        foreign = link.endswith("foreign")
        note = hands.bar("note")
        world.until(lambda: ("不是您配对过的" in note.inner_text()) == foreign, lambda: note.inner_text())
        # now there is something to give away
        before = len(heard.said)
        world.shop.say("emily", SECRET)
        hands.sees(SECRET)
        world.until(lambda: world.state["queue"]["waiting"] > 0, "the message is kept")
        world.until(lambda: len(heard.said) > before, "the extension tries again with the message waiting")
        assert "ready:" not in world.links()[1:]
        hands.write_in_page("今天就发货")
        hands.composer().press("Enter")
        world.until(lambda: world.shop.sent("emily") == ["今天就发货"], "sending passes")
        told = "\n".join(heard.said)
        for private in (SECRET, "576461890213990099", "发货", world.shop.buyers["emily"].name, "message.seen"):
            assert private not in told
        assert set(heard.methods) <= set(most)
        assert world.archived("emily") == stored
    world.companion.start()
    world.linked("ready")
    assert world.reads(hands, SECRET)
    world.settled("emily")
