"""How a conversation is read and where one writes in it."""

from __future__ import annotations

from typing import Literal

from .base import Data
from .describing import Described, Pattern, Read, Select


class ThreadReads(Data, kw_only=True):
    """Who is talking to whom. ``shop`` unreadable = insertion pauses (DESIGN §3)."""

    thread: list[Read]
    shop: list[Read]
    region: list[Read] = []
    buyer: list[Read] = []
    #: The platform's number of the listing that the page shows beside the conversation.
    item: list[Read] = []


class MessageReads(Data, kw_only=True):
    """The rows of a conversation. Inside a row every selector is relative to it (or matches the row itself).

    A row that is neither ``buyer`` nor ``seller`` is a notice of the platform.
    """

    scroller: list[Select]
    row: list[Select]
    buyer: list[Select]
    seller: list[Select]
    system: list[Select] = []
    #: Patterns of the words by which a notice is told where its row has no mark of its own.
    system_texts: list[Pattern] = []
    text: list[Read]
    time: list[Read] = []
    key: list[Read] = []
    order: list[Read] = []
    images: list[Select] = []
    #: Trailing pattern that is page furniture inside the text node, e.g. a clock time.
    strip: Pattern = ""
    #: Order of the conversation: that of the document, the reverse of it (the newest row first), or by the rows' own
    #: offset (absolutely positioned, recycled rows).
    sequence: Literal["document", "reverse", "offset"] = "document"
    #: A row without a time has the time of the row above.
    inherit_time: bool = False
    #: The page dates its older rows, so a bare clock time means today.
    dated: bool = False


class ComposerReads(Data, kw_only=True):
    """Where the seller writes. ``send`` empty = the page has no readable button, Enter sends."""

    field: list[Select]
    #: The page's send button; of several matches the last one is it.
    send: list[Select] = []
    #: The block before which Seabridge's bar stands; empty = the block that holds field and send button.
    bar: list[Select] = []
    #: Longest message in characters as the page states it, 0 = not stated.
    limit: int = 0


class Placement(Data, kw_only=True):
    """Where a translation goes. ``below``: in the flow under ``anchor``; ``beside``: over the free side of the row."""

    #: Inside the row.
    anchor: list[Select]
    mode: Literal["below", "beside"]
    #: ``after`` the anchor as its sibling, or as the last thing ``inside`` it.
    where: Literal["after", "inside"] = "after"


class ChatPage(Described, kw_only=True, tag_field="page", tag="chat"):
    """A conversation with a buyer."""

    identity: ThreadReads
    messages: MessageReads
    composer: ComposerReads
    placement: Placement
