"""listing.check: what in a listing breaks a rule."""

from __future__ import annotations

from ...locales import resolve
from ...protocol.methods.checks import CheckResult, ListingCheckParams
from ..call import Call


def handle(call: Call, params: ListingCheckParams) -> CheckResult:
    """Raises the storage codes for settled texts."""
    return call.room.checking.listing(params, resolve(call.room.settings.get().locale))
