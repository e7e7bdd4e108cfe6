"""pages.get: how to read the marketplaces' pages."""

from __future__ import annotations

from ...protocol.methods.pages import PagesGetParams, PagesGetResult
from ..call import Call


def handle(call: Call, params: PagesGetParams) -> PagesGetResult:
    """Nothing but the version when the extension holds it already."""
    rules = call.room.rules()
    unchanged = params.version == rules.version
    return PagesGetResult(version=rules.version, marketplaces=[] if unchanged else list(rules.marketplaces))
