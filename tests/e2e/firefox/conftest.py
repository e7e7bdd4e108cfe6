"""The built extension in a real Firefox, a companion process, the practice shop as the marketplace; paired once."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, TypeVar

import pytest

from companion.practice.shop import PracticeShop
from companion.practice.world import Settings

from ..builds import built
from ..companion_process import CompanionProcess
from ..teach import mall
from .launch import Answering, Firefox, find_firefox, firefox, free_port
from .seller import Seller

T = TypeVar("T")


class Loop:
    """An event loop in a thread of its own: the tests' own thread may belong to Playwright's loop."""

    def __init__(self) -> None:
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="firefox")
        self._runner = self._thread.submit(asyncio.Runner).result()

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        """Do it there, and wait for it here."""
        return self._thread.submit(self._runner.run, work).result()

    def close(self) -> None:
        """End the loop and its thread."""
        self._thread.submit(self._runner.close).result()
        self._thread.shutdown()


class World:
    """Everything together. ``run`` drives the browser from a plain test function."""

    def __init__(self, loop: Loop, browser: Firefox, companion: CompanionProcess, shop: PracticeShop) -> None:
        self._loop = loop
        self.browser = browser
        self.companion = companion
        self.shop = shop
        self.seller = Seller(browser, companion, shop)
        #: What extension and companion both showed when they were paired.
        self.digits = ""

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        """Do it, and serve the pages meanwhile; what a page's request broke in the shop fails the test."""
        result = self._loop.run(work)
        assert not self.browser.bidi.faults, self.browser.bidi.faults
        return result


def build(factory: pytest.TempPathFactory, *variant: str) -> Path:
    """The extension for Firefox; skips without Firefox or Node.js."""
    if find_firefox() is None:
        pytest.skip("no Firefox is installed (on Debian: firefox-esr)")
    return built(factory, "--target", "firefox", *variant)


def answers(shop: PracticeShop) -> Answering:
    """The shop and the mall as the internet."""

    def answer(method: str, url: str, headers: dict[str, str], body: bytes) -> tuple[int, dict[str, str], bytes]:
        if url.startswith(f"https://{mall.HOST}/"):
            return 200, {"Content-Type": "text/html; charset=utf-8"}, mall.page_at(url).encode()
        given = shop.handle(method, url, headers, body)
        return given.status, given.headers, given.body

    return answer


@pytest.fixture(scope="session")
def firefox_build(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The Firefox variant with the marketplaces granted, and a mall that no rule knows."""
    return build(tmp_path_factory, "--granted", "--grant", f"https://{mall.HOST}/*")


@pytest.fixture(scope="session")
def firefox_world(firefox_build: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """One browser and one companion, paired, for all tests of this folder."""
    shop = PracticeShop(settings=Settings(mount_ms=80, poll_ms=150, every_ms=0, pace=0.02), live=False)
    companion = CompanionProcess(tmp_path_factory.mktemp("home"), free_port())

    companion.start()
    loop = Loop()
    try:
        opened = firefox(tmp_path_factory.mktemp("firefox"))
        browser = loop.run(opened.__aenter__())
        try:
            loop.run(browser.answer_https(answers(shop)))
            loop.run(browser.install(firefox_build))
            world = World(loop, browser, companion, shop)
            world.digits = world.run(world.seller.pair())
            yield world
        finally:
            loop.run(opened.__aexit__(None, None, None))
    finally:
        loop.close()
        companion.stop()


@pytest.fixture
def world(firefox_world: World) -> Iterator[World]:
    """New people in the shop, the companion running; tabs the test opened are closed afterwards."""
    if firefox_world.companion.process is None:
        firefox_world.companion.start()
    firefox_world.shop.reset(new_people=True)
    yield firefox_world
    firefox_world.run(firefox_world.browser.close_tabs())
