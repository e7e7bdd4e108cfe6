"""What went wrong in work that nobody waits for: it stands in the state of a job."""

from __future__ import annotations

from typing import Any

import msgspec

from . import faults


class Problem(msgspec.Struct):
    """A key of the catalogue of texts, with its data."""

    key: str
    data: dict[str, Any]


def problem_of(exc: BaseException, where: str) -> Problem:
    """An exception as what to tell."""
    error = faults.translate(exc, where)
    return Problem(f"error_{error.code}", error.data)
