"""pages.forget: a page the seller taught is no longer wanted."""

from __future__ import annotations

from ...marketplaces import forget
from ...protocol.methods.pages import PagesForgetParams, PagesForgetResult
from ..call import Call


def handle(call: Call, params: PagesForgetParams) -> PagesForgetResult:
    """Shipped descriptions cannot be forgotten."""
    forgotten = forget(call.room.paths.marketplaces, params.marketplace, params.page)
    version = call.desk.rules_changed() if forgotten else call.room.rules().version
    return PagesForgetResult(forgotten=forgotten, version=version)
