"""brands.list: marks the shop owns or may use."""

from __future__ import annotations

from datetime import date

from ...compliance.own_rules import lapsed
from ...protocol.methods.checks import BrandsListResult, ChecksListParams
from ..call import Call


def handle(call: Call, params: ChecksListParams) -> BrandsListResult:
    """In the order of their names."""
    brands = sorted(call.room.checking.brands.all(), key=lambda one: one.name.casefold())
    today = date.today()
    return BrandsListResult(brands=brands, lapsed=[one.id for one in brands if lapsed(one, today)])
