"""What tests of several folders share."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Playwright


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """The one Playwright of the run (a thread can hold no second); skips where no Chromium loads extensions."""
    from playwright.sync_api import sync_playwright

    from companion.practice.browser import BrowserMissing, chromium

    with sync_playwright() as running:
        try:
            chromium(running)
        except BrowserMissing:
            pytest.skip("no Chromium that loads extensions")
        yield running
