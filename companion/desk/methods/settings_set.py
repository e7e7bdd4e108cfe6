"""settings.set: change settings; every proven socket hears of it."""

from __future__ import annotations

from ...protocol.methods.desk import Settings, SettingsSetParams
from ..call import Call


def handle(call: Call, params: SettingsSetParams) -> Settings:
    """Only the named ones change."""
    return call.room.settings.set(params)
