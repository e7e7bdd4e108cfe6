"""The built extension in a real Firefox, a companion process, the practice shop as the marketplace; paired once."""

from __future__ import annotations

import asyncio
import shutil
import subprocess
import sys
from collections.abc import Coroutine, Iterator
from pathlib import Path
from typing import Any, TypeVar

import pytest

from companion.practice.shop import PracticeShop
from companion.practice.world import Settings

from ..companion_process import CompanionProcess
from .launch import Answering, Firefox, find_firefox, firefox, free_port
from .seller import Seller

T = TypeVar("T")
ROOT = Path(__file__).resolve().parents[3]


class World:
    """Everything together. ``run`` drives the browser from a plain test function."""

    def __init__(
        self, runner: asyncio.Runner, browser: Firefox, companion: CompanionProcess, shop: PracticeShop
    ) -> None:
        self._runner = runner
        self.browser = browser
        self.companion = companion
        self.shop = shop
        self.seller = Seller(browser, companion, shop)
        #: What extension and companion both showed when they were paired.
        self.digits = ""

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        """Do it, and serve the pages meanwhile; what a page's request broke in the shop fails the test."""
        result = self._runner.run(work)
        assert not self.browser.bidi.faults, self.browser.bidi.faults
        return result


def build(out: Path, *variant: str) -> Path:
    """Build the extension for Firefox from the sources as they are now; skips without Firefox or Node.js."""
    if find_firefox() is None:
        pytest.skip("no Firefox is installed (on Debian: firefox-esr)")
    node = shutil.which("node") or shutil.which("node", path=str(Path(sys.executable).parent))
    if node is None or not (ROOT / "extension" / "node_modules").is_dir():
        pytest.skip("the extension cannot be built here: run scripts/test.py, which sets up Node.js")
    command = [node, "build.mjs", "--target", "firefox", *variant, "--outdir", str(out)]
    built = subprocess.run(command, cwd=ROOT / "extension", capture_output=True, text=True, timeout=120)
    assert built.returncode == 0, built.stdout + built.stderr
    return out


def answers(shop: PracticeShop) -> Answering:
    """The shop as the internet."""

    def answer(method: str, url: str, headers: dict[str, str], body: bytes) -> tuple[int, dict[str, str], bytes]:
        given = shop.handle(method, url, headers, body)
        return given.status, given.headers, given.body

    return answer


@pytest.fixture(scope="session")
def firefox_build(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The Firefox variant with the marketplaces granted."""
    return build(tmp_path_factory.mktemp("extension") / "firefox-granted", "--granted")


@pytest.fixture(scope="session")
def firefox_world(firefox_build: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """One browser and one companion, paired, for all tests of this folder."""
    shop = PracticeShop(settings=Settings(mount_ms=80, poll_ms=150, every_ms=0, pace=0.02), live=False)
    companion = CompanionProcess(tmp_path_factory.mktemp("home"), free_port())

    companion.start()
    try:
        with asyncio.Runner() as runner:
            opened = firefox(tmp_path_factory.mktemp("firefox"))
            browser = runner.run(opened.__aenter__())
            try:
                runner.run(browser.answer_https(answers(shop)))
                runner.run(browser.install(firefox_build))
                world = World(runner, browser, companion, shop)
                world.digits = world.run(world.seller.pair())
                yield world
            finally:
                runner.run(opened.__aexit__(None, None, None))
    finally:
        companion.stop()


@pytest.fixture
def world(firefox_world: World) -> Iterator[World]:
    """New people in the shop, the companion running; tabs the test opened are closed afterwards."""
    if firefox_world.companion.process is None:
        firefox_world.companion.start()
    firefox_world.shop.reset(new_people=True)
    yield firefox_world
    firefox_world.run(firefox_world.browser.close_tabs())
