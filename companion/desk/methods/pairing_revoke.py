"""pairing.revoke: end a pairing and close what stands on it."""

from __future__ import annotations

from ...protocol.methods.desk import PairingListResult, PairingRevokeParams
from ..call import Call


def handle(call: Call, params: PairingRevokeParams) -> PairingListResult:
    """What is left. Raises ``not_found``."""
    call.desk.revoke(params.key_id)
    return call.desk.keys.everyone()
