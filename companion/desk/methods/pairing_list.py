"""pairing.list: the paired extensions."""

from __future__ import annotations

from ...protocol.methods.desk import Nothing, PairingListResult
from ..call import Call


def handle(call: Call, _: Nothing) -> PairingListResult:
    """Oldest first."""
    return call.desk.keys.everyone()
