"""hello: who is there, and which protocol both speak. Nothing private."""

from __future__ import annotations

from ...protocol.errors import ErrorCode, SeabridgeError
from ...protocol.methods.session import HelloParams, HelloResult
from ...protocol.version import PROTOCOL_MAX, PROTOCOL_MIN
from ..call import Call


def negotiate(low: int, high: int, version: str) -> int:
    """The newest common version. Raises ``version_mismatch`` naming the side to update."""
    common = min(high, PROTOCOL_MAX)
    if low > high or common < max(low, PROTOCOL_MIN):
        update = "extension" if high < PROTOCOL_MIN else "companion"
        raise SeabridgeError(
            ErrorCode.VERSION_MISMATCH, update=update, protocol_min=PROTOCOL_MIN, protocol_max=PROTOCOL_MAX,
            version=version,
        )  # fmt: skip
    return common


def handle(call: Call, params: HelloParams) -> HelloResult:
    """Raises ``version_mismatch``."""
    session, desk = call.session, call.desk
    session.protocol = negotiate(params.protocol_min, params.protocol_max, call.room.version)
    session.hello = params
    return HelloResult(
        product=desk.product,
        version=call.room.version,
        protocol_min=PROTOCOL_MIN,
        protocol_max=PROTOCOL_MAX,
        protocol=session.protocol,
        instance=desk.instance,
        paired=desk.keys.known(params.key_id, session.origin),
        practice=call.room.paths.practice,
    )
