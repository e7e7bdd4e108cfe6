"""pages.import: somebody else's page descriptions."""

from __future__ import annotations

from ...protocol.methods.pages import PagesImportParams, PagesImportResult
from ..call import Call
from ..sharing import receive


def handle(call: Call, params: PagesImportParams) -> PagesImportResult:
    """What comes; every extension hears of it once it is kept."""
    room = call.room
    result = receive(room.paths.marketplaces, room.rules().marketplaces, room.check_rules, params)
    result.version = call.desk.rules_changed() if result.taken else room.rules().version
    return result
