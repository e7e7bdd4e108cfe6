"""waivers.list: the findings the seller excused."""

from __future__ import annotations

from ...protocol.methods.checks import ChecksListParams, WaiversListResult
from ..call import Call


def handle(call: Call, params: ChecksListParams) -> WaiversListResult:
    """The one given last comes first."""
    checking = call.room.checking
    return WaiversListResult(waivers=checking.waivers.all(), outdated=checking.outdated())
