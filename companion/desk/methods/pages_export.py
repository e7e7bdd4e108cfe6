"""pages.export: the seller's own pages of a marketplace as a file to share."""

from __future__ import annotations

import base64

from ...marketplaces import load_own, pack
from ...protocol.errors import ErrorCode, SeabridgeError
from ...protocol.methods.pages import PagesExportParams, PagesExportResult
from ..call import Call


def handle(call: Call, params: PagesExportParams) -> PagesExportResult:
    """Raises ``not_found`` for a marketplace without pages of the seller's own."""
    folder = call.room.paths.marketplaces
    if all(own.name != params.marketplace for own in load_own(folder)[0]):
        raise SeabridgeError(ErrorCode.NOT_FOUND)
    data = pack(folder / params.marketplace)
    return PagesExportResult(file=f"seabridge-{params.marketplace}.zip", zip=base64.b64encode(data).decode())
