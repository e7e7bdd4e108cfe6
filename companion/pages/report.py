"""What was read of a saved page as plain data, the same keys for every kind of page."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from .chat import Chat
from .reading import KEYS, Reading, kind_of
from .recognise import Recognised
from .times import PageTime, read_rows, read_time
from .times import Row as TimeRow

#: Longest notice that may be a day separator.
_SEPARATOR = 60
#: Which field of a row is its time. Deadlines lie ahead, which labels are not read for.
_TIMES = {"threads": "time", "notices": "date", "orders": "time", "reviews": "time", "returns": "time"}


def report(found: Recognised, *, observed_at: float, zone: str) -> dict[str, Any]:
    """``zone``: IANA name of the zone the page shows its times in, "" = not known, and then a clock has no instant.

    ``observed_at``: when the page was saved, in seconds since 1970 UTC.
    """
    read = found.read
    language = read.place.tree.language or read.place.tree.saved.top.language
    missing = list(dict.fromkeys(fault.field for fault in read.missing))
    if not found.drawn and "root" not in missing:
        missing.insert(0, "root")
    chat = read if isinstance(read, Chat) else None
    who = read.identity if isinstance(read, Chat) else read.account
    contents: dict[str, Any] = {key: None if kind == "listing" else [] for kind, key in KEYS.items()}
    for one in (*([] if isinstance(read, Chat) else [read]), *found.beside):
        contents[KEYS[one.kind]] = _content(one, observed_at, zone, language)
    return {
        "marketplace": read.marketplace.name,
        "page": kind_of(read.page),
        "description": f"{read.marketplace.name}/{read.page.id}",
        "state": read.page.state,
        "trust": read.page.trust,
        "address": {"url": "" if found.known == "assumed" else read.place.address.href, "known": found.known},
        "health": {
            "ok": not missing,
            "missing": missing,
            "demands": [
                {"field": fault.field, "found": fault.found, "min": fault.min, "max": fault.max}
                for fault in read.missing
            ],
            "refused": [{"entry": entry, "reason": reason} for entry, reason in read.refused.items()],
        },
        "account": {"shop": who.shop, "region": who.region},
        "thread": {
            "shop": who.shop,
            "region": who.region,
            "thread": chat.identity.thread if chat else "",
            "buyer": chat.identity.buyer if chat else "",
        },
        "times": {"zone": zone, "zone_known": bool(zone), "observed_at": _utc(observed_at), "language": language},
        "messages": _messages(chat, observed_at, zone, language) if chat else [],
        "threads": contents["threads"],
        "composer": (
            {"kind": chat.composer.kind, "send": chat.composer.send, "limit": chat.composer.limit}
            if chat and chat.composer
            else None
        ),
        "listing": contents["listing"],
        "notices": contents["notices"],
        "kpis": contents["kpis"],
        "orders": contents["orders"],
        "reviews": contents["reviews"],
        "returns": contents["returns"],
    }


def _messages(chat: Chat, observed_at: float, zone: str, language: str) -> list[dict[str, Any]]:
    readings = page_times(chat, observed_at, zone, language)
    return [
        {
            "author": row.direction,
            "text": row.text,
            "time": row.time,
            "at": _utc(reading.at) if reading else None,
            "span": reading.span if reading else None,
            "key": row.key,
            "order": row.order,
            "images": list(row.images),
            "pictures": row.pictures,
            "unread": row.unread,
        }
        for row, reading in zip(chat.rows, readings, strict=True)
    ]


def _content(read: Reading, observed_at: float, zone: str, language: str) -> Any:
    """What a page lists, with the instant of each row where its label tells it: one without a clock is a day."""
    name = _TIMES.get(read.kind)
    if name is None:
        return read.content
    built = []
    for row in read.content:
        # a bare clock in a list is of today: older rows carry their day
        at = read_time(row[name], observed_at, zone, language) if row[name] else None
        built.append({**row, "at": _utc(at.at) if at else None, "span": at.span if at else None})
    return built


def page_times(chat: Chat, observed_at: float, zone: str, language: str) -> list[PageTime | None]:
    """The instant of each row; None where the label, the zone or the day does not say."""
    rows = [
        TimeRow(row.label, row.text if row.direction == "system" and len(row.text) <= _SEPARATOR else "")
        for row in chat.rows
    ]
    return read_rows(rows, observed_at, zone, language, dated=chat.page.messages.dated)


def _utc(at: float) -> str:
    return datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
