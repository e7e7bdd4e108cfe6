"""What tests of several folders share."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Playwright

    from companion.translation.phrasebook.book import Phrasebook


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


@pytest.fixture(scope="session")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for the compiled phrasebook, the same for all workers of a run: compiling takes seconds."""
    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base) / "compiled"
    folder.mkdir(exist_ok=True)
    return folder


@pytest.fixture(scope="module")
def book(compiled: Path) -> Phrasebook:
    """The shipped phrasebook."""
    from companion.translation.phrasebook.book import Phrasebook

    return Phrasebook(Path(__file__).parents[1] / "rules" / "phrases", compiled)
