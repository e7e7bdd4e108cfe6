"""status.get: how the companion is, with the doctor's findings."""

from __future__ import annotations

from ...protocol.methods.desk import Nothing, StatusResult
from ..call import Call


def handle(call: Call, _: Nothing) -> StatusResult:
    """As ``app.py`` sees it."""
    return call.room.status()
