"""The watched inbox: what a list of conversations shows, whether anybody looks at it, and who waits for an answer."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec

from ..base import Code, Instant, Language, Name, Wire
from ..registry import Method, method
from .desk import Nothing

#: Most rows of one look at an inbox, and longest preview kept of one.
MOST_ROWS = 200
LONGEST_PREVIEW = 500

#: Why nobody looks, "" = somebody does. ``stopped``: the seller ended it; ``no_browser``: nothing was heard of the
#: browser for some minutes; ``elsewhere``: the tab shows something else.
WatchReason = Literal[
    "", "stopped", "logged_out", "captcha", "tab_gone", "asleep", "changed", "frozen", "elsewhere", "no_browser"
]


class InboxRef(Wire, kw_only=True):
    """Whose inbox: that of one shop account on one marketplace."""

    marketplace: Code
    #: "" = the page did not tell.
    shop: Name
    region: Code


class InboxRow(Wire, kw_only=True):
    """One conversation as the list shows it."""

    #: What the page itself calls the conversation; "" when it does not say.
    key: Name = ""
    buyer: Name = ""
    preview: Annotated[str, msgspec.Meta(max_length=LONGEST_PREVIEW)] = ""
    #: As the page shows it.
    time: Annotated[str, msgspec.Meta(max_length=100)] = ""
    unread: Annotated[int, msgspec.Meta(ge=0, le=1_000_000)] = 0
    order: Name = ""
    #: Who wrote last, as far as the row tells.
    last: Literal["buyer", "seller", "unknown"] = "unknown"
    #: The platform's own mail.
    system: bool = False


class InboxSeenParams(Wire, kw_only=True):
    """The list as it stands at one moment. Rows that are not in it may only have been scrolled away."""

    inbox: InboxRef
    rows: Annotated[list[InboxRow], msgspec.Meta(max_length=MOST_ROWS)]
    observed_at: Instant
    #: IANA zone of the browser; "" = not known.
    timezone: Name = ""
    #: The page's own language, which decides how its times read.
    page_language: Language = ""


class InboxSeenResult(Wire, kw_only=True):
    """How many conversations of this inbox wait for an answer now."""

    unanswered: int


class InboxWatch(Wire, kw_only=True):
    """Whether one inbox is looked at."""

    inbox: InboxRef
    reason: WatchReason
    #: Since when this is so.
    since: Instant
    #: When the list was last looked at and understood.
    looked_at: Instant
    #: The last stretch during which nobody looked, None = none since the watch began.
    gap_from: Instant | None = None
    gap_until: Instant | None = None
    gap_reason: WatchReason = ""


class InboxWatchParams(Wire, kw_only=True):
    """All inboxes this browser was asked to watch."""

    watches: Annotated[list[InboxWatch], msgspec.Meta(max_length=50)]


class Unanswered(Wire, kw_only=True):
    """A buyer who wrote last."""

    marketplace: str
    shop: str
    region: str
    buyer: str
    preview: str
    #: Since when the buyer waits, within ``span`` seconds; ``seen``: the page does not say, it is when we first saw it.
    since: Instant
    span: int
    since_is: Literal["sent", "seen"]
    unread: int
    #: When the list last showed it.
    seen_at: Instant
    #: The archived conversation, 0 = none that is surely this one.
    thread_id: int
    #: The marketplace counts it as unanswered even where only thanks followed an answer.
    counted: bool = False


class InboxCoverage(Wire, kw_only=True):
    """What is known of one inbox, and since when."""

    inbox: InboxRef
    #: The seller asked that it be watched.
    watched: bool
    reason: WatchReason
    since: Instant
    looked_at: Instant
    gap_from: Instant | None
    gap_until: Instant | None
    gap_reason: WatchReason
    #: Conversations the list showed so far.
    conversations: int


class InboxListParams(Wire, kw_only=True):
    """Longest waiting first."""

    limit: Annotated[int, msgspec.Meta(ge=1, le=200)] = 50


class InboxListResult(Wire, kw_only=True):
    """``total``: how many wait, also those beyond the limit. ``closed``: who wrote last but only thanks, or that it is
    understood, after an answer; they do not wait."""

    unanswered: list[Unanswered]
    total: int
    closed: list[Unanswered] = []
    inboxes: list[InboxCoverage]


method(Method("inbox.seen", InboxSeenParams, InboxSeenResult, doc="Keep what an inbox shows."))
method(Method("inbox.watch", InboxWatchParams, Nothing, doc="Which inboxes are looked at."))
method(Method("inbox.list", InboxListParams, InboxListResult, doc="Who waits for an answer."))
