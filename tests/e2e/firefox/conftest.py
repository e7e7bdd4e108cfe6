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
from ..companion_process import CompanionProcess

from companion.practice.shop import PracticeShop
from companion.practice.world import Settings

from .launch import Firefox, find_firefox, firefox, free_port
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

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        """Do it, and serve the pages meanwhile; what a page's request broke in the shop fails the test."""
        result = self._runner.run(work)
        assert not self.browser.bidi.faults, self.browser.bidi.faults
        return result


@pytest.fixture(scope="session")
def firefox_build(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The Firefox variant with the marketplaces granted, made from the sources as they are now."""
    if find_firefox() is None:
        pytest.skip("no Firefox is installed (on Debian: firefox-esr)")
    node = shutil.which("node") or shutil.which("node", path=str(Path(sys.executable).parent))
    if node is None or not (ROOT / "extension" / "node_modules").is_dir():
        pytest.skip("the extension cannot be built here: run scripts/test.py, which sets up Node.js")
    out = tmp_path_factory.mktemp("extension") / "firefox-granted"
    command = [node, "build.mjs", "--target", "firefox", "--granted", "--outdir", str(out)]
    built = subprocess.run(command, cwd=ROOT / "extension", capture_output=True, text=True, timeout=120)
    assert built.returncode == 0, built.stdout + built.stderr
    return out


@pytest.fixture(scope="module")
def world(firefox_build: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """One browser and one companion for the module."""
    shop = PracticeShop(settings=Settings(mount_ms=80, poll_ms=150, every_ms=0, pace=0.02), live=False)
    companion = CompanionProcess(tmp_path_factory.mktemp("home"), free_port())

    def answer(method: str, url: str, headers: dict[str, str], body: bytes) -> tuple[int, dict[str, str], bytes]:
        given = shop.handle(method, url, headers, body)
        return given.status, given.headers, given.body

    companion.start()
    try:
        with asyncio.Runner() as runner:
            opened = firefox(tmp_path_factory.mktemp("firefox"))
            browser = runner.run(opened.__aenter__())
            try:
                runner.run(browser.answer_https(answer))
                runner.run(browser.install(firefox_build))
                yield World(runner, browser, companion, shop)
            finally:
                runner.run(opened.__aexit__(None, None, None))
    finally:
        companion.stop()
