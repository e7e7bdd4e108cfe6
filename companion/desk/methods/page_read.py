"""page.read: what a captured page is and how much of it was read. Of its orders what was seen is kept, and when; whom
they were for also stays in memory for some hours, to hide those people from remote translation."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from ...protocol.errors import ErrorCode, SeabridgeError
from ...protocol.methods.pages import PageFound, PageReadParams, PageReadResult
from ..call import Call
from ..page_facts import keep

if TYPE_CHECKING:
    from ...pages.reading import Reading
    from ..order_names import OrderNames


def handle(call: Call, params: PageReadParams) -> PageReadResult:
    """Raises ``not_found`` for what was not uploaded, ``busy`` while another page is read, ``too_large``."""
    # here, off the start: few sellers open such a page in the first minute
    from ...pages.document import PageUnreadable
    from ...pages.documents import read_documents

    captures = call.desk.captures
    with captures.alone():
        data = captures.take(call.session.origin, params.sha256)
        try:
            found = read_documents(data, call.room.rules().marketplaces, params.url)
        except PageUnreadable as exc:
            if exc.reason == "empty":
                return PageReadResult(pages=[])
            raise SeabridgeError(ErrorCode.TOO_LARGE, exc.reason, **exc.data) from exc
    for read in found:
        _note_people(call.desk.order_names, read)
    keep(call.room.archive, found, time.time())
    return PageReadResult(pages=[_found(read) for read in found])


def _note_people(names: OrderNames, read: Reading) -> None:
    if read.kind not in ("orders", "returns"):
        return
    for row in read.content:
        lines = [row["buyer"], *row.get("consignee", [])]
        names.note(read.marketplace.name, read.account.shop, row["order"], lines)


def _found(read: Reading) -> PageFound:
    from ...pages.reading import KEYS

    # a figure is counted when it has a value, everything else when it is there
    amount = sum(1 for row in read.content if row.get("text", "-"))
    return PageFound(
        marketplace=read.marketplace.name,
        page=read.page.id,
        kind=read.kind,  # type: ignore[arg-type]
        lost=list(dict.fromkeys(fault.field for fault in read.missing)),
        counts={KEYS[read.kind]: amount},
        shop=read.account.shop,
        region=read.account.region,
    )
