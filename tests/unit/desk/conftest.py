"""A desk for each test that wants one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from .fakes import Office, open_office


@pytest.fixture(autouse=True)
def _file_secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    """Never the developer's own keyring."""
    monkeypatch.setenv("SEABRIDGE_SECRETS", "file")


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """A listening desk, closed afterwards."""
    opened = open_office(tmp_path / "data")
    yield opened
    opened.running.stop()
