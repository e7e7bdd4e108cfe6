"""What was read of a saved page as plain data, the same keys for every kind of page."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from .chat import Chat
from .recognise import Recognised
from .times import PageTime, read_rows
from .times import Row as TimeRow

#: Longest notice that may be a day separator.
_SEPARATOR = 60


def report(found: Recognised, *, observed_at: float, zone: str) -> dict[str, Any]:
    """``zone``: IANA name of the zone the page shows its times in, "" = not known, and then a clock has no instant.

    ``observed_at``: when the page was saved, in seconds since 1970 UTC.
    """
    chat = found.chat
    language = chat.place.tree.language or chat.place.tree.saved.top.language
    readings = page_times(chat, observed_at, zone, language)
    missing = list(dict.fromkeys(fault.field for fault in chat.missing))
    if not found.drawn and "root" not in missing:
        missing.insert(0, "root")
    return {
        "marketplace": chat.marketplace.name,
        "page": "chat",
        "description": f"{chat.marketplace.name}/{chat.page.id}",
        "trust": chat.page.trust,
        "address": {"url": "" if found.known == "assumed" else chat.place.address.href, "known": found.known},
        "health": {
            "ok": not missing,
            "missing": missing,
            "demands": [
                {"field": fault.field, "found": fault.found, "min": fault.min, "max": fault.max}
                for fault in chat.missing
            ],
            "refused": [{"entry": entry, "reason": reason} for entry, reason in chat.refused.items()],
        },
        "thread": {
            "shop": chat.identity.shop,
            "region": chat.identity.region,
            "thread": chat.identity.thread,
            "buyer": chat.identity.buyer,
        },
        "times": {"zone": zone, "zone_known": bool(zone), "observed_at": _utc(observed_at), "language": language},
        "messages": [
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
        ],
        "threads": [],
        "composer": (
            {"kind": chat.composer.kind, "send": chat.composer.send, "limit": chat.composer.limit}
            if chat.composer
            else None
        ),
        "listing": None,
        "notices": [],
        "kpis": [],
        "orders": [],
    }


def page_times(chat: Chat, observed_at: float, zone: str, language: str) -> list[PageTime | None]:
    """The instant of each row; None where the label, the zone or the day does not say."""
    rows = [
        TimeRow(row.label, row.text if row.direction == "system" and len(row.text) <= _SEPARATOR else "")
        for row in chat.rows
    ]
    return read_rows(rows, observed_at, zone, language, dated=chat.page.messages.dated)


def _utc(at: float) -> str:
    return datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
