"""A stand-in service for one test."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from .stand_in import StandIn, serving


@pytest.fixture
def service() -> Iterator[StandIn]:
    with serving(StandIn()) as stand:
        yield stand
