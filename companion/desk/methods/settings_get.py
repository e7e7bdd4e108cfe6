"""settings.get: what the seller chose."""

from __future__ import annotations

from ...protocol.methods.desk import Nothing, Settings
from ..call import Call


def handle(call: Call, _: Nothing) -> Settings:
    """The settings in force."""
    return call.room.settings.get()
