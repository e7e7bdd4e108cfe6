"""Seats of one team on a server of the tests' own."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

pytest.importorskip("psycopg")

from companion.runtime.database_url import parse
from companion.runtime.documents import Documents
from companion.runtime.paths import Paths
from companion.team import notices
from companion.team.team import Ears, Team
from tests.postgres import Server

Seats = Callable[..., Team]


@pytest.fixture
def seats(team_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Seats]:
    """Makes a seat by name, with a data folder of its own; ``listens``: it hears of the others."""
    monkeypatch.setattr(notices, "_LOOK_S", 0.05)
    monkeypatch.setattr(notices, "_FIRST_PAUSE_S", 0.05)
    monkeypatch.setattr(notices, "_TOGETHER_S", 0.01)
    with ExitStack() as opened:

        def seat(name: str, *, listens: bool = False, ears: Ears | None = None, url: str = team_url) -> Team:
            paths = Paths(tmp_path / name).ready()
            Documents(paths.documents).put("seat", "self", {"name": name})
            team = Team(parse(url), paths, beat_s=0.5)
            if listens or ears is not None:
                team.start(ears or Ears())
                opened.callback(team.stop)
                assert team.link.wait(10)
            else:
                opened.callback(team.close)
            return team

        yield seat


@pytest.fixture(scope="session")
def _second_server(postgres: Server) -> Iterator[Server]:
    server = Server()
    yield server
    server.remove()


@pytest.fixture
def own_server(_second_server: Server) -> Iterator[Server]:
    """A server that a test may stop, which the run's own must not be; with an empty database "shop"."""
    _second_server.start()
    _second_server.create("shop")
    yield _second_server
    _second_server.stop()


def eventually(true: Callable[[], object], *, within_s: float = 30.0) -> None:
    """Wait until something is so; what others do arrives by threads of their own."""
    until = time.monotonic() + within_s
    tick = threading.Event()
    while not true():
        assert time.monotonic() < until, "it did not come to be"
        tick.wait(0.01)
