"""pair.reveal: the commitment is opened; from here both sides show the digits."""

from __future__ import annotations

from ...protocol.methods.session import PairRevealParams, PairRevealResult
from ..call import Call


def handle(call: Call, params: PairRevealParams) -> PairRevealResult:
    """Raises ``pairing_broken`` or ``pairing_expired``."""
    return call.desk.pairings.reveal(call.session, params.pairing, params.public_key, params.nonce)
