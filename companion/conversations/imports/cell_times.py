"""Times as tables write them. Pure.

Nothing is guessed: a time needs a year, and of 03/09/2026 the table must tell somewhere which is the day.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta, tzinfo

from companion.pages.time_labels import DAY_S, parts_of

_YEAR_FIRST = re.compile(
    r"(\d{4})\s?[-/.年]\s?(\d{1,2})\s?[-/.月]\s?(\d{1,2})\s?日?(?:[T\s]\s*(\d{1,2})[:：](\d{2})(?:[:：](\d{2})(?:\.\d{1,9})?)?"
    r"\s*(Z|UTC|GMT|[+-]\d{2}:?\d{2})?)?\Z"
)
_NUMBER = re.compile(r"\d{10}(?:\.\d+)?\Z|\d{13}\Z")
_TWO_FIRST = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](?:\d{4}|\d{2})(?!\d)")
#: Days since 1900 or 1904 with a time of day; what these are about the years 2000 and 2100.
_DAYS = re.compile(r"\d{5}(?:[.,]\d{1,17})?\Z")
_FIRST_DAY, _LAST_DAY = 35_000, 73_500
#: 下午 9:05, as Chinese spreadsheets write it.
_HALF_DAY = re.compile("[上下]午|凌晨|早上|中午|晚上")
#: The parts of a label that make it depend on the day it was read.
_MINUTE_S = 60


def day_order(values: Iterable[str]) -> str:
    """How a column writes its days: "en-GB" day first, "en-US" month first, "en" when nothing tells."""
    found = set()
    for value in values:
        if (match := _TWO_FIRST.match(value.strip())) is not None:
            first, second = int(match[1]), int(match[2])
            found |= {"en-GB"} if first > 12 else {"en-US"} if second > 12 else set()
    return found.pop() if len(found) == 1 else "en"


def bare(value: str) -> bool:
    """Whether a time is a number such as spreadsheets count days in: 2000 to 2100."""
    return bool(_DAYS.match(value.strip())) and _FIRST_DAY <= _number(value) < _LAST_DAY


def _number(value: str) -> float:
    return float(value.replace(",", "."))


def counted(value: str, day_zero: date, zone: tzinfo) -> tuple[float, int] | None:
    """The same as ``instant`` for a number of days since ``day_zero``, with its fraction the time of day."""
    if not bare(value):
        return None
    # to the second: the fraction is a binary one
    at = datetime(day_zero.year, day_zero.month, day_zero.day) + timedelta(seconds=round(_number(value) * DAY_S))
    clock = (at.hour, at.minute, at.second)
    return _instant((at.year, at.month, at.day), clock, zone, _span(str(at.second)) if any(clock) else DAY_S)


def instant(value: str, zone: tzinfo, order: str) -> tuple[float, int] | None:
    """(seconds since 1970 UTC, seconds of doubt); None for what tells no day of its own."""
    value = value.strip()
    if _NUMBER.match(value):
        return (float(value) / 1000, 1) if len(value) == 13 else (float(value), 1)
    if (match := _YEAR_FIRST.match(value)) is not None:
        return _year_first(match, zone)
    parts = parts_of(value, "zh" if _HALF_DAY.search(value) else order)
    if parts is None or len(parts.days) != 1 or not parts.days[0][0] or parts.ago or parts.back is not None:
        return None
    hour, minute, span = parts.clock or (0, 0, 0)
    return _instant(parts.days[0], (hour, minute, 0), zone, span or DAY_S)


def _year_first(match: re.Match[str], zone: tzinfo) -> tuple[float, int] | None:
    year, month, day, hour, minute, second, offset = match.groups()
    if offset:
        signed = "+0000" if offset in ("Z", "UTC", "GMT") else offset.replace(":", "")
        minutes = int(signed[1:3]) * 60 + int(signed[3:])
        shift = timedelta(minutes=-minutes if signed[0] == "-" else minutes)
        try:
            local = datetime(int(year), int(month), int(day), int(hour), int(minute), int(second or 0), tzinfo=UTC)
            return (local - shift).timestamp(), _span(second)
        except (ValueError, OverflowError):
            return None
    clock = (int(hour or 0), int(minute or 0), int(second or 0))
    return _instant((int(year), int(month), int(day)), clock, zone, _span(second) if hour else DAY_S)


def _span(second: str | None) -> int:
    """A minute where the seconds are missing, or 00 as spreadsheets fill them in."""
    return 1 if second and int(second) else _MINUTE_S


def _instant(
    day: tuple[int, int, int], clock: tuple[int, int, int], zone: tzinfo, span: int
) -> tuple[float, int] | None:
    try:
        local = datetime(*day, *clock, tzinfo=zone)
        at = local.timestamp()
        if span == DAY_S:
            after = date(*day) + timedelta(days=1)
            span = int(datetime(after.year, after.month, after.day, tzinfo=zone).timestamp() - at)
    except (ValueError, OverflowError, OSError):
        return None
    return (at, span) if 0 <= at < 32_503_680_000 else None
