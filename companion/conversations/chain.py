"""The chain that ties a thread's events together: whoever changes one must change all after it. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from .identity import digest

#: What a thread's first event follows.
NOTHING = bytes(32)

#: The short name of an archive in which nothing has happened.
NOBODY = "0" * 8

Kind = Literal[
    "begun",
    "message",
    "timed",
    "picture",
    "edited",
    "gone",
    "back",
    "held",
    "released",
    "handover",
    "overruled",
    "erased",
]


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened to a thread; nothing of it tells what anybody wrote.

    ``id``: the order of arrival in the archive, without gaps. ``digest``: the salted digest it commits to, b"" = none.
    ``detail``: JSON without personal data. ``at``: the companion's clock when it was written down.
    """

    id: int
    kind: str
    message_id: int | None
    digest: bytes
    detail: str
    at: float


def link(previous: bytes, event: Event) -> bytes:
    """The event's place in the chain: SHA-256 over the one before it and everything it says."""
    message = "" if event.message_id is None else str(event.message_id)
    facts = (str(event.id), event.kind, message, event.digest.hex(), event.detail, repr(event.at))
    return digest(previous, "seabridge-event-1", *facts)
