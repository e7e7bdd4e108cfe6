"""What tests of several folders share."""

from __future__ import annotations

import gc
import json
import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Playwright

    from companion.conversations import Archive
    from companion.translation.phrasebook.book import Phrasebook
    from tests.postgres import Server


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Who asks for browser tests alone does not wait for five hundred other files to be read."""
    if config.getoption("markexpr") != "e2e" or not collection_path.name.startswith("test_"):
        return None
    here = "e2e" in collection_path.parts or b"mark.e2e" in collection_path.read_bytes()
    return None if here else True


def pytest_configure() -> None:
    """What a page shows late on a busy machine is no fault: as long for it as for everything else in a browser."""
    with suppress(ImportError):
        from playwright.sync_api import expect

        expect.set_options(timeout=15_000)


def pytest_collection_finish() -> None:
    """Twelve thousand tests stay to the end; looked at again, they cost each full collection of garbage 0.35 s."""
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True, scope="session")
def _no_team() -> None:
    """Whatever the developer's own shell says: no test may reach a team's database."""
    os.environ.pop("SEABRIDGE_DATABASE_URL", None)


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    """A PostgreSQL of this run's own; skips where none is installed."""
    from tests.postgres import NoPostgres, Server

    try:
        server = Server()
    except NoPostgres as exc:
        pytest.skip(str(exc))
    try:
        server.start()
        server.create("team")
        yield server
    finally:
        server.remove()


@pytest.fixture
def team_url(postgres: Server) -> str:
    """The address of a database in which nothing is kept; the tables of an earlier test may be there, empty."""
    from tests.postgres import empty

    with postgres.connect("team") as connection:
        empty(connection)
    return postgres.url("team")


@pytest.fixture(params=["file", "team"])
def open_archive(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[[], Archive]:
    """Opens the one archive of a test, which commands find too: in a file of its folder, and in a team's database."""
    from companion.conversations import Archive
    from companion.runtime.paths import Paths

    monkeypatch.setenv("SEABRIDGE_HOME", str(tmp_path))
    if request.param == "team":
        monkeypatch.setenv("SEABRIDGE_DATABASE_URL", request.getfixturevalue("team_url"))
    return lambda: Archive.at(Paths.default())


@pytest.fixture
def bare_url(postgres: Server) -> str:
    """The address of a database without any table; takes a tenth of a second."""
    postgres.create("bare")
    return postgres.url("bare")


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
def reader() -> str:
    """The extension's reading code as one script for a page, and the shipped descriptions beside it as ``wire``.

    Handed over value by value with each call, they would take longer than all the reading.
    """
    import msgspec

    from companion.marketplaces import load

    extension = Path(__file__).parents[1] / "extension"
    node = shutil.which("node")
    if node is None or not (extension / "node_modules").is_dir():
        pytest.skip("node or the extension's packages are missing")
    command = [node, "test/page/bundle.mjs", "test/page/reader.ts"]
    script = subprocess.run(command, cwd=extension, check=True, capture_output=True, encoding="utf-8").stdout
    wire = json.dumps(msgspec.json.encode(load().marketplaces).decode())
    return f"{script};globalThis.wire = JSON.parse({wire});"


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
