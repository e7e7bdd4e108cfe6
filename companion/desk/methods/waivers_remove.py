"""waivers.remove: findings count again."""

from __future__ import annotations

from ...protocol.methods.checks import IdsParams, RemovedResult
from ..call import Call


def handle(call: Call, params: IdsParams) -> RemovedResult:
    """How many there were."""
    removed = call.room.checking.waivers.remove(params.ids)
    call.desk.checks_changed()
    return RemovedResult(removed=removed)
