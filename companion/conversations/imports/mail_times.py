"""When a mail was sent: by its header Date, else by the line a mailbox puts before it. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from email.message import Message
from typing import Any

from companion.pages.time_labels import DAY_S

_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
#: From x@y Tue Sep  1 10:00:00 2026, and with +0000 before the year.
_POSTED = re.compile(
    r"[A-Za-z]{3} (?P<month>[A-Za-z]{3}) {1,2}(?P<day>\d{1,2}) (?P<clock>\d{2}:\d{2}:\d{2})"
    r"(?: (?P<offset>[+-]\d{4}))? (?P<year>\d{4})\s*\Z"
)


@dataclass(frozen=True, slots=True)
class Sent:
    """``at``: seconds since 1970 UTC; ``span``: seconds of doubt; ``label``: as written."""

    at: float
    span: int
    label: str


def sent_at(mail: Message) -> Sent | None:
    """By the header Date; None without one that can be read."""
    try:
        header: Any = mail["date"]
        sent = header.datetime
        at = (sent if sent.tzinfo else sent.replace(tzinfo=UTC)).timestamp()
    except Exception:  # the standard library's parser fails in many ways on what no mail program wrote
        return None
    return Sent(at, 1, " ".join(str(header).split())) if at >= 0 else None


def posted_at(line: bytes) -> Sent | None:
    """By the line "From …". RFC 4155 has it in UTC, but programs write their own clock: without an offset only the
    day is taken for certain."""
    found = _POSTED.search(line.decode("ascii", "replace"))
    if found is None or found["month"].lower() not in _MONTHS:
        return None
    offset = found["offset"] or "+0000"
    minutes = int(offset[1:3]) * 60 + int(offset[3:])
    month, (hour, minute, second) = _MONTHS.index(found["month"].lower()) + 1, map(int, found["clock"].split(":"))
    try:
        zone = timezone(timedelta(minutes=-minutes if offset[0] == "-" else minutes))
        at = datetime(int(found["year"]), month, int(found["day"]), hour, minute, second, tzinfo=zone).timestamp()
    except (ValueError, OverflowError):
        return None
    return Sent(at, 1 if found["offset"] else DAY_S, found[0].strip()) if at >= 0 else None
