"""pair.wait: until the seller decided at the companion."""

from __future__ import annotations

from ...protocol.methods.session import PairWaitParams, PairWaitResult
from ..call import Call


def handle(call: Call, params: PairWaitParams) -> PairWaitResult:
    """Raises ``pairing_refused`` or ``pairing_expired``."""
    gone = call.session.gone.is_set
    key_id = call.desk.pairings.wait(call.session, params.pairing, lambda: gone() or call.cancelled())
    return PairWaitResult(key_id=key_id)
