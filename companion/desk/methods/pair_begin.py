"""pair.begin: the extension commits, the companion answers with its half."""

from __future__ import annotations

from ...protocol.methods.session import PairBeginParams, PairBeginResult
from ..call import Call


def handle(call: Call, params: PairBeginParams) -> PairBeginResult:
    """Raises ``pairing_busy``."""
    return call.desk.pairings.begin(call.session, call.session.origin, params.name, params.commitment)
