"""A saved page of a marketplace as what the page would have told while it was open."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from companion.pages.chat import Chat
from companion.pages.document import PageUnreadable, Saved
from companion.pages.recognise import recognise
from companion.protocol.errors import ErrorCode, SeabridgeError
from companion.protocol.methods.archive import MessageSeenParams
from companion.protocol.pages import Marketplace
from companion.protocol.values import SeenMessage, ThreadRef

from .parsed import Options

#: Rows of one window, and how many of them the next one repeats, so that it is known to follow.
_WINDOW, _SHARED = 100, 20


def read_page(
    data: bytes, options: Options, marketplaces: Sequence[Marketplace], saved_at: float, url: str = ""
) -> list[MessageSeenParams]:
    """The conversation in windows, the oldest first. ``saved_at``: when the page was saved, for "yesterday 14:23".

    A ``thread`` of "" is to be found by buyer. Raises ``messages_page`` for what is no conversation that a description
    reads in full, or names neither buyer nor conversation.
    """
    try:
        found = recognise(Saved(data), marketplaces, url)
    except PageUnreadable as exc:
        raise SeabridgeError(ErrorCode.MESSAGES_PAGE, exc.reason) from exc
    if found is None or not isinstance(found.read, Chat) or not found.read.rows:
        raise SeabridgeError(ErrorCode.MESSAGES_PAGE, "no conversation")
    chat = found.read
    # Without an address, who talks to whom cannot be read from it; that is no fault of the messages.
    doubtful = [fault.field for fault in chat.missing if not fault.field.startswith(("identity", "composer"))]
    if doubtful or any(row.unclear for row in chat.rows):
        raise SeabridgeError(ErrorCode.MESSAGES_PAGE, ", ".join(doubtful))
    who = chat.identity
    if not (who.thread or who.buyer):
        raise SeabridgeError(ErrorCode.MESSAGES_PAGE, "no buyer")
    ref = ThreadRef(
        marketplace=chat.marketplace.name,
        shop=who.shop or options.shop,
        region=who.region or options.region,
        thread=who.thread,
        buyer=who.buyer,
    )
    rows = [
        SeenMessage(
            key=row.key,
            direction=row.direction,
            text=row.text,
            time=row.time,
            order=row.order,
            images=list(row.images),
        )
        for row in chat.rows
    ]
    language = chat.place.tree.language or chat.place.tree.saved.top.language
    template = MessageSeenParams(
        thread=ref,
        messages=rows,
        observed_at=saved_at,
        timezone=options.zone,
        page_language=language,
        dated=chat.page.messages.dated,
    )
    return windows(template)


def windows(whole: MessageSeenParams) -> list[MessageSeenParams]:
    """Everything a page shows in pieces as long as a page sends them while it is open."""
    rows = whole.messages
    starts = range(0, max(1, len(rows) - _SHARED), _WINDOW - _SHARED)
    return [
        msgspec.structs.replace(whole, messages=rows[at : at + _WINDOW], more_below=at + _WINDOW < len(rows))
        for at in starts
    ]
