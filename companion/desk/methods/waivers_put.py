"""waivers.put: a finding is none for this shop, because."""

from __future__ import annotations

from ...protocol.methods.checks import WaiversPutParams, WaiversPutResult
from ..call import Call


def handle(call: Call, params: WaiversPutParams) -> WaiversPutResult:
    """Raises ``bad_params``, ``not_found`` and ``import_full``."""
    kept = call.room.checking.waive(params.waiver)
    call.desk.checks_changed()
    return WaiversPutResult(waiver=kept)
