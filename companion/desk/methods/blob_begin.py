"""blob.begin: a single-use ticket for one upload, bound to its size and SHA-256."""

from __future__ import annotations

from ...protocol.errors import ErrorCode, SeabridgeError
from ...protocol.methods.archive import BlobBeginParams, BlobBeginResult
from ...protocol.version import MAX_BLOB, MAX_IMPORT, MAX_PAGE
from ..blobs import Upload, already_held
from ..call import Call
from ..guard import BLOB

LIMITS = {"image": MAX_BLOB, "page": MAX_PAGE, "import": MAX_IMPORT}


def handle(call: Call, params: BlobBeginParams) -> BlobBeginResult:
    """Raises ``too_large``; the ticket is "" when the archive holds the file already."""
    limit = LIMITS[params.purpose]
    if params.size > limit:
        raise SeabridgeError(ErrorCode.TOO_LARGE, size=params.size, limit=limit)
    tickets = call.desk.uploads
    if already_held(call.room, params):
        return BlobBeginResult(ticket="", path=BLOB, expires_s=0)
    ticket = tickets.issue(Upload(params, call.session.origin))
    return BlobBeginResult(ticket=ticket, path=BLOB, expires_s=int(tickets.seconds))
