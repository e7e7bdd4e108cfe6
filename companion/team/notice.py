"""One short word to all seats, told with the transaction it speaks of."""

from __future__ import annotations

import json
from typing import Literal, NamedTuple

from sqlalchemy import Connection, text

from .schema import CHANNEL

#: ``documents``: a collection changed (``what``: its name). ``archive``: conversations, their translations or inboxes.
#: ``memory``: pairs of the translation memory.
Topic = Literal["documents", "archive", "memory"]
TOPICS = ("documents", "archive", "memory")
_TELL = text("SELECT pg_notify(:channel, :payload)")


class Notice(NamedTuple):
    """What happened; ``seat``: who did it, "" = not told."""

    topic: Topic
    what: str = ""
    seat: str = ""


def tell(connection: Connection, notice: Notice) -> None:
    """All seats hear it when the transaction commits, and not before."""
    connection.execute(_TELL, {"channel": CHANNEL, "payload": json.dumps(notice._asdict())})


def read(payload: str) -> Notice | None:
    """What was told, None for what this version does not understand."""
    try:
        told = json.loads(payload)
        topic = told["topic"]
        if topic not in TOPICS:
            return None
        return Notice(topic, str(told.get("what", "")), str(told.get("seat", "")))
    except (ValueError, TypeError, KeyError, AttributeError):
        return None
