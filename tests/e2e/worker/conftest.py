"""The real extension in a real Chromium, a real companion process, the practice shop as the marketplace."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from companion.practice.browser import open_practice
from companion.practice.shop import PracticeShop

from ..companion_process import CompanionProcess
from ..conftest import speak
from .rig import Rig

if TYPE_CHECKING:
    from playwright.sync_api import Playwright


@pytest.fixture
def rig(extension: Path, playwright: Playwright, tmp_path: Path) -> Iterator[Rig]:
    """Companion up and browser open, not yet paired."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    home = tmp_path / "home"
    home.mkdir()
    companion = CompanionProcess(home, port)
    companion.start()
    try:
        with open_practice(
            PracticeShop(live=False),
            tmp_path / "profile",
            extension=extension,
            headless=True,
            locale="zh_CN",
            playwright=playwright,
        ) as browser:
            speak(browser, "zh_CN")
            yield Rig(browser, companion)
    finally:
        companion.stop()
