"""Captures of pages that are documents: notices, figures, orders, reviews, returns."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from companion.protocol.pages import Marketplace

from .document import Saved
from .reading import Reading, kind_of
from .recognise import recognise

#: Kinds of page that are read from captures; conversations, inboxes and listing editors are read where they live.
KINDS = frozenset({"notices", "kpi", "orders", "reviews", "returns"})


def read_documents(data: bytes, marketplaces: Sequence[Marketplace], url: str) -> list[Reading]:
    """The document a capture shows at ``url``, then others beside it; [] when none is drawn. Raises PageUnreadable.

    A conversation that stands in the same page is not looked at, however healthy it is.
    """
    documents = [
        msgspec.structs.replace(each, pages=[page for page in each.pages if kind_of(page) in KINDS])
        for each in marketplaces
    ]
    found = recognise(Saved(data), documents, url)
    if found is None or not found.drawn or not isinstance(found.read, Reading):
        return []
    return [found.read, *found.beside]
