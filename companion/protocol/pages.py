"""What a page description is: pure data that tells the extension and ``companion.pages`` how to read a page.

A description never carries code. Each field lists its ways of reading in order of trust; the first that finds
something wins. Source of shape: DESIGN §2-3; anchors and their trust: the researched facts cited in ``rules/``.
"""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec

from .base import Code, Name, Wire

#: A CSS selector. `` >>> `` steps into the open shadow root or the same-origin frame document of what stands before it;
#: nothing else reaches across such a boundary.
Css = Annotated[str, msgspec.Meta(min_length=1, max_length=400)]
Pattern = Annotated[str, msgspec.Meta(max_length=300)]
Trust = Literal["high", "medium", "low"]


class Select(Wire, kw_only=True):
    """One selector among fallbacks, best first."""

    css: Css
    trust: Trust = "high"


class Read(Wire, kw_only=True):
    """One way to read a value. Exactly one of ``css``, ``query``, ``hash``, ``host``, ``path`` says where.

    ``css``: the element's visible text, or ``attr`` of it; ``query``/``hash``: a parameter of the address;
    ``host``/``path``: that part of the address. ``pattern``: keep only its first group (the whole match without a
    group); nothing when it does not fit. ``top``: look in the top document, which must be of the same origin.
    """

    css: Annotated[str, msgspec.Meta(max_length=400)] = ""
    attr: Name = ""
    query: Name = ""
    hash: Name = ""
    host: bool = False
    path: bool = False
    top: bool = False
    pattern: Pattern = ""
    trust: Trust = "high"


class ThreadReads(Wire, kw_only=True):
    """Who is talking to whom. ``shop`` unreadable = insertion pauses (DESIGN §3)."""

    thread: list[Read]
    shop: list[Read]
    region: list[Read] = []
    buyer: list[Read] = []


class MessageReads(Wire, kw_only=True):
    """The rows of a conversation. Inside a row every selector is relative to it (or matches the row itself).

    A row that is neither ``buyer`` nor ``seller`` is a notice of the platform.
    """

    scroller: list[Select]
    row: list[Select]
    buyer: list[Select]
    seller: list[Select]
    system: list[Select] = []
    text: list[Read]
    time: list[Read] = []
    key: list[Read] = []
    order: list[Read] = []
    images: list[Select] = []
    #: Trailing pattern that is page furniture inside the text node, e.g. a clock time.
    strip: Pattern = ""
    #: Visual order: document order, or by the rows' own offset (absolutely positioned, recycled rows).
    sequence: Literal["document", "offset"] = "document"
    #: A row without a time has the time of the row above.
    inherit_time: bool = False
    #: The page dates its older rows, so a bare clock time means today.
    dated: bool = False


class ComposerReads(Wire, kw_only=True):
    """Where the seller writes. ``send`` empty = the page has no readable button, Enter sends."""

    field: list[Select]
    #: The page's send button; of several matches the last one is it.
    send: list[Select] = []
    #: The block before which Seabridge's bar stands; empty = the block that holds field and send button.
    bar: list[Select] = []
    #: Longest message in characters as the page states it, 0 = not stated.
    limit: int = 0


class Placement(Wire, kw_only=True):
    """Where a translation goes. ``below``: in the flow under ``anchor``; ``beside``: over the free side of the row."""

    #: Inside the row.
    anchor: list[Select]
    mode: Literal["below", "beside"]
    #: ``after`` the anchor as its sibling, or as the last thing ``inside`` it.
    where: Literal["after", "inside"] = "after"


class Demand(Wire, kw_only=True):
    """Page health: ``field`` (dotted, e.g. "messages.row") is found min to max times, max 0 = no limit."""

    field: Name
    min: int = 1
    max: int = 0


class ChatPage(Wire, kw_only=True, tag_field="page", tag="chat"):
    """A conversation with a buyer."""

    id: Code
    #: JavaScript-compatible patterns for the path of the address; one must fit.
    paths: list[Pattern]
    #: "top" = only the top document, "any" = frames too.
    frames: Literal["top", "any"] = "top"
    #: The page counts as this page only when one of these is there.
    root: list[Select]
    identity: ThreadReads
    messages: MessageReads
    composer: ComposerReads
    placement: Placement
    health: list[Demand] = []
    trust: Trust
    source: str
    checked: str


class Marketplace(Wire, kw_only=True):
    """A marketplace as the extension needs it."""

    name: Code
    title: Name
    #: Match patterns of the browser, e.g. "https://seller-us.tiktok.com/*".
    hosts: list[Annotated[str, msgspec.Meta(max_length=200, pattern=r"^https://[^/]+/\*$")]]
    #: Further hosts that serve buyers' images, granted together with ``hosts``.
    image_hosts: list[Annotated[str, msgspec.Meta(max_length=200, pattern=r"^https://[^/]+/\*$")]] = []
    pages: list[ChatPage]
