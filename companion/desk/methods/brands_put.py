"""brands.put: enter or change a mark."""

from __future__ import annotations

import time

from ...protocol.methods.checks import BrandsPutParams, BrandsPutResult
from ..call import Call


def handle(call: Call, params: BrandsPutParams) -> BrandsPutResult:
    """Raises ``bad_params``, ``not_found`` and ``import_full``."""
    kept = call.room.checking.brands.put(params.brand, time.time())
    call.desk.checks_changed()
    return BrandsPutResult(brand=kept)
