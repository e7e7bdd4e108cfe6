"""Time zones by their IANA names."""

from __future__ import annotations

from datetime import UTC, datetime, tzinfo


class ZoneUnknown(ValueError):
    """No such zone."""


def zone_named(name: str) -> tzinfo:
    """A zone by its name, the computer's own for "". Raises ZoneUnknown."""
    from zoneinfo import ZoneInfo

    if not name:
        return local_zone()
    if name.upper() in {"UTC", "ETC/UTC", "GMT"}:
        return UTC
    try:
        return ZoneInfo(name)
    except (OSError, ValueError, KeyError) as exc:  # ZoneInfoNotFoundError is a KeyError
        raise ZoneUnknown(name) from exc


def local_zone() -> tzinfo:
    """The computer's zone with its rules; where the system does not name it, its present offset."""
    try:
        from tzlocal import get_localzone

        return get_localzone()
    except Exception:  # a broken system setting must not stop an export
        return datetime.now().astimezone().tzinfo or UTC


def zone_name(zone: tzinfo) -> str:
    """What people call it: "Asia/Shanghai"."""
    name = str(getattr(zone, "key", "") or zone.tzname(None) or datetime.now(zone).tzname() or "")
    return "UTC" if name in {"Etc/UTC", "Etc/UCT", "Zulu"} else name
