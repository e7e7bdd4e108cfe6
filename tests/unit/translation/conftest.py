"""What the translation tests share: the small server, and the genuine test models."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from http.server import ThreadingHTTPServer
from pathlib import Path

import pytest

from .remote.stand_in import StandIn, serving
from .stands import REPO, Stand, handler_for


@pytest.fixture
def stand() -> Iterator[Stand]:
    """A server that lives for one test."""
    state = Stand()
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler_for(state))
    server.daemon_threads = True
    state.url = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    yield state
    server.shutdown()
    server.server_close()
    thread.join(5)


@pytest.fixture(scope="session")
def model() -> Callable[[str], Path]:
    """The genuine small Argos packages used for development; they are no part of the product."""
    folders = [Path(os.environ["SEABRIDGE_TEST_MODELS"])] if "SEABRIDGE_TEST_MODELS" in os.environ else []
    folders += sorted(path.parent for path in REPO.parent.glob("*/models/translate-zh_en-*.argosmodel"))

    def find(pair: str) -> Path:
        for folder in folders:
            for path in sorted(folder.glob(f"translate-{pair}-*.argosmodel")):
                return path
        pytest.skip(f"the small test model {pair} is not here (set SEABRIDGE_TEST_MODELS to its folder)")

    return find


@pytest.fixture
def service() -> Iterator[StandIn]:
    """A translation service that lives for one test."""
    with serving(StandIn()) as stand:
        yield stand
