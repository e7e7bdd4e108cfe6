"""Messages seen on pages, and finding them again."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec

from ..base import Code, Hex32, Instant, Language, Name, Text, Url, Wire
from ..registry import Method, method
from ..values import (
    ArchivedMessage,
    Direction,
    Hold,
    Match,
    Note,
    SeenMessage,
    Span,
    Tags,
    ThreadMarks,
    ThreadRef,
    ThreadState,
    ThreadSummary,
    ToneOrNone,
)

#: A search as typed.
Query = Annotated[str, msgspec.Meta(max_length=500)]


class MessageSeenParams(Wire, kw_only=True):
    """The rows a page shows at one moment, contiguous and in visual order, oldest first."""

    thread: ThreadRef
    messages: Annotated[list[SeenMessage], msgspec.Meta(min_length=1, max_length=100)]
    observed_at: Instant
    #: IANA zone of the browser, for times without a zone; "" = not known.
    timezone: Name = ""
    #: The page's own language (``<html lang>``), which decides how its times read.
    page_language: Language = ""
    #: The page puts a day to every time that is not of today, so that a bare clock ("14:23") means today.
    dated: bool = False
    #: The page's list goes on below these rows, so that they are not the end of the conversation.
    more_below: bool = False
    #: The platform's number of the listing the page shows the conversation to be about, "" = it shows none.
    item: Name = ""


class SeenRow(Wire, kw_only=True):
    """What became of one row. Acknowledged means durable."""

    id: int
    status: Literal["new", "known", "ambiguous"]


class WantedImage(Wire, kw_only=True):
    """An image to fetch and hand over as a blob before its address expires."""

    message: int
    url: Url


class MessageSeenResult(Wire, kw_only=True):
    """One row per message, in the order sent."""

    rows: list[SeenRow]
    thread: ThreadState
    #: Image addresses the archive does not hold yet, with the message each belongs to.
    images: list[WantedImage]


class DraftInsertedParams(Wire, kw_only=True):
    """A reply was put into the composer: remembered, so that the outgoing bubble keeps what the seller wrote."""

    thread: ThreadRef
    #: What the seller wrote, and its language.
    written: Text
    written_language: Language
    #: What was inserted, and its language.
    text: Text
    language: Language
    engine: Code
    match: Match
    inserted_at: Instant


class DraftInsertedResult(Wire, kw_only=True):
    """Archive id of the draft."""

    id: int


class ThreadGetParams(Wire, kw_only=True):
    """A thread by its address on the marketplace."""

    thread: ThreadRef


class ThreadSetLanguageParams(Wire, kw_only=True):
    """``language`` "" returns the thread to detection."""

    thread: ThreadRef
    language: Language


class ThreadSetToneParams(Wire, kw_only=True):
    """``tone`` "" returns the thread to the tone of the settings."""

    thread: ThreadRef
    tone: ToneOrNone


class ThreadMarkParams(Wire, kw_only=True):
    """What is None stays as it is. ``tags``: all it shall have; ``note`` "" takes the note away."""

    thread_id: int
    star: bool | None = None
    tags: Tags | None = None
    note: Note | None = None


class ThreadHoldParams(Wire, kw_only=True):
    """``held``: keep it ``until`` then, None = until further notice; else as long as any other."""

    thread_id: int
    held: bool
    until: Instant | None = None


class ThreadHoldResult(Wire, kw_only=True):
    """How it is kept now."""

    hold: Hold | None


class ThreadListParams(Wire, kw_only=True):
    """Newest first; ``before`` is ``more`` of the previous page."""

    limit: Annotated[int, msgspec.Meta(ge=1, le=100)] = 30
    before: Name = ""


class Answering(Wire, kw_only=True):
    """A colleague put a reply into a conversation some minutes ago; ``seat``: what their computer is called."""

    thread: int
    seat: str


class ThreadListResult(Wire, kw_only=True):
    """``more`` is "" on the last page."""

    threads: list[ThreadSummary]
    more: str
    answering: list[Answering] = []


class ThreadMessagesParams(Wire, kw_only=True):
    """Messages of a thread in time order; around one message, or the page before a message id, or the newest.

    ``query``: a search whose words are to be shown in them.
    """

    thread_id: int
    around: int = 0
    before: int = 0
    limit: Annotated[int, msgspec.Meta(ge=1, le=200)] = 60
    query: Query = ""


class ThreadMessagesResult(Wire, kw_only=True):
    """``earlier`` tells whether there are older ones."""

    thread: ThreadSummary
    messages: list[ArchivedMessage]
    earlier: bool


#: What a search can be narrowed by.
SearchKind = Literal[
    "from", "buyer", "shop", "order", "lang", "before", "after", "has", "is", "tag", "note", "thread", "in"
]


class SearchParams(Wire, kw_only=True):
    """Words or fragments in any script, all of which must occur, phrases in quotes, and operators (``shop:``).

    ``before`` is ``more`` of the previous page, for the same query and sort.
    """

    query: Query
    limit: Annotated[int, msgspec.Meta(ge=1, le=100)] = 20
    before: Name = ""
    sort: Literal["newest", "best"] = "newest"


class SearchFilter(Wire, kw_only=True):
    """An operator of the query as it was understood."""

    kind: SearchKind
    #: One of the operator's own values, a language code, the first day of a date (ISO), or what was typed.
    value: str
    #: It must not be so.
    without: bool
    #: The piece of the query it stands for.
    text: str


class SearchHit(Wire, kw_only=True):
    """One message that fits, with the fitting passage."""

    message_id: int
    thread_id: int
    marketplace: str
    shop: str
    buyer: str
    direction: Direction
    language: Language
    at: Instant
    #: Passage of the original, and of the translation ([] when there is none).
    text: list[Span]
    translation: list[Span]
    #: The buyer's name and the message's order number, each only where the search hit it, else [].
    name: list[Span]
    order: list[Span]
    #: Passage of a text that the page showed for it later, where only that one was hit, else [].
    later: list[Span]


class NoteHit(Wire, kw_only=True):
    """A conversation whose note has the words; ``at``: when it was written last."""

    thread_id: int
    marketplace: str
    shop: str
    buyer: str
    at: Instant
    note: list[Span]


class SearchResult(Wire, kw_only=True):
    """In the order asked for. ``notes``: with the first page, those written last in front."""

    hits: list[SearchHit]
    notes: list[NoteHit]
    more: str
    filters: list[SearchFilter]


class BlobBeginParams(Wire, kw_only=True):
    """Announces a file: its size in bytes, SHA-256 and type, and what it belongs to.

    ``purpose`` "image": a picture of archived ``message``, loaded from ``url``; "page": a captured page for
    ``page.read``, "import": a file for ``glossary.import`` or ``memory.import``; both kept for a minute in memory.
    """

    purpose: Literal["image", "page", "import"] = "image"
    sha256: Hex32
    size: Annotated[int, msgspec.Meta(ge=1)]
    type: Annotated[str, msgspec.Meta(max_length=100)]
    message: int = 0
    url: Url = ""


class BlobBeginResult(Wire, kw_only=True):
    """POST the bytes to ``path`` with header ``X-Seabridge-Ticket``; "" when the archive holds them already."""

    ticket: str
    path: str
    expires_s: int


method(Method("message.seen", MessageSeenParams, MessageSeenResult, doc="Archive what a page shows."))
method(Method("draft.inserted", DraftInsertedParams, DraftInsertedResult, doc="Remember an inserted reply."))
method(Method("thread.get", ThreadGetParams, ThreadState, doc="Language of a thread."))
method(Method("thread.set_language", ThreadSetLanguageParams, ThreadState, doc="Fix a thread's language."))
method(Method("thread.set_tone", ThreadSetToneParams, ThreadState, doc="Choose how replies in a thread sound."))
method(Method("thread.mark", ThreadMarkParams, ThreadMarks, doc="Put a star, tags and a note on a conversation."))
method(Method("thread.hold", ThreadHoldParams, ThreadHoldResult, doc="Keep a conversation past its time, or not."))
method(Method("thread.list", ThreadListParams, ThreadListResult, doc="Conversations, newest first."))
method(Method("thread.messages", ThreadMessagesParams, ThreadMessagesResult, doc="A conversation."))
method(Method("search", SearchParams, SearchResult, doc="Find messages."))
method(Method("blob.begin", BlobBeginParams, BlobBeginResult, doc="A ticket for one upload."))
