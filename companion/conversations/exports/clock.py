"""Instants as an export shows them: with their offset, and no finer than they are known. Pure."""

from __future__ import annotations

from datetime import datetime, tzinfo

from ..transcript import DAY_SPAN_S, Line


def iso(at: float, zone: tzinfo) -> str:
    """An instant to the second with its offset: "2026-09-03T15:30:00+08:00"."""
    return datetime.fromtimestamp(at, zone).isoformat(timespec="seconds")


def readable(at: float, zone: tzinfo) -> str:
    """An instant to the minute for people: "2026-09-03 15:30 +08:00"."""
    local = datetime.fromtimestamp(at, zone)
    offset = local.isoformat(timespec="seconds")[19:] or "+00:00"
    return f"{local:%Y-%m-%d %H:%M} {offset}"


def sent(line: Line, zone: tzinfo) -> str:
    """When a message was sent, in ISO form: to the second, or the day alone, or "" where the page did not say."""
    if line.sent_at is None:
        return ""
    if line.sent_span > DAY_SPAN_S:
        return datetime.fromtimestamp(line.sent_at, zone).strftime("%Y-%m-%d")
    return iso(line.sent_at, zone)
