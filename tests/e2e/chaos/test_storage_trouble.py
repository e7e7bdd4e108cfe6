"""The companion cannot write: nothing is acknowledged that is not stored, the seller is told, all is stored later."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from .disk import full, no_more_writing, read_only
from .world import World

pytestmark = pytest.mark.e2e


def test_disk_full(world: World) -> None:
    hands = world.chat()
    world.settled("emily")
    # a fresh log file: what it takes needs new room on the disk
    world.companion.stop()
    world.companion.start()
    world.linked("ready")
    stored = world.archived("emily")
    with full(world.companion.home):
        for number, line in enumerate(("How long does delivery take?", "Is this still available?"), 1):
            world.shop.say("emily", line)
            world.waiting(number)
            assert world.reads(hands, line), "translation does not need the disk"
        trouble = world.until(lambda: world.state["queue"]["trouble"], "the seller is told")
        assert trouble == "storage_full"
        assert world.state["link"] == "ready"
        popup = world.browser.page(world.browser.own_page("popup.html"))
        popup.get_by_text("磁盘已满").wait_for()
        assert world.archived("emily") == stored
    # the queue tries again by itself, later and later; the next message does not wait for that
    world.shop.say("emily", "Where is my package?")
    world.settled("emily")
    world.until(lambda: world.state["queue"]["trouble"] == "", "all well again")


def test_a_disk_that_answers_with_errors(world: World) -> None:
    hands = world.chat()
    world.settled("emily")
    stored = world.archived("emily")
    with no_more_writing(world.companion):
        world.shop.say("emily", "How long does delivery take?")
        world.waiting(1)
        assert world.reads(hands, "How long does delivery take?")
        assert world.until(lambda: world.state["queue"]["trouble"], "the seller is told") == "internal"
        assert world.archived("emily") == stored
    world.settled("emily")


def test_killed_on_a_full_disk(world: World) -> None:
    """What was acknowledged before is still there, and what was not comes once."""
    world.chat()
    world.settled("emily")
    stored = world.archived("emily")
    with full(world.companion.home):
        world.shop.say("emily", "Is this still available?")
        world.until(lambda: world.state["queue"]["waiting"] or world.archived("emily") == world.said("emily"), "told")
        world.companion.kill()
        assert world.archived("emily")[: len(stored)] == stored
    world.companion.start()
    world.settled("emily")


def test_a_folder_that_became_read_only(world: World) -> None:
    world.chat()
    world.settled("emily")
    world.companion.stop()
    world.linked("no_companion")
    stored = world.archived("emily")
    with read_only(world.companion.home):
        world.shop.say("emily", "Is this still available?")
        world.waiting(1)
        command = [sys.executable, "-m", "companion", "start", "--practice", "--no-tray"]
        environment = {**os.environ, "SEABRIDGE_HOME": str(world.companion.home), "SEABRIDGE_SECRETS": "file"}
        refused = subprocess.run(command, env=environment, capture_output=True, timeout=60, text=True, encoding="utf-8")
        assert refused.returncode == 1
        assert str(world.companion.home) in refused.stdout + refused.stderr, "which folder, and what to do"
        assert "Traceback" not in refused.stderr
        assert world.archived("emily") == stored
        assert world.state["queue"]["waiting"] == 1
    world.companion.start()
    world.settled("emily")
