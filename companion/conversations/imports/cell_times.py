"""Times as tables write them. Pure.

Nothing is guessed: a time needs a year, and of 03/09/2026 the table must tell somewhere which is the day.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime, timedelta, timezone, tzinfo

from companion.pages.time_labels import DAY_S, parts_of

#: Z, +08:00, GMT+8, (UTC+08:00).
_OFFSET = r"\(?(Z|(?:UTC|GMT)[+-]\d{1,2}(?::?\d{2})?|UTC|GMT|[+-]\d{2}:?\d{2})\)?"
_NAMED_OFFSET = re.compile(r"(?<=\d)\s*\(?((?:UTC|GMT)(?:[+-]\d{1,2}(?::?\d{2})?)?)\)?\Z")
_CLOCK = r"(\d{1,2})[:：](\d{2})(?:[:：](\d{2})(?:\.\d{1,9})?)?"
_YEAR_FIRST = re.compile(
    rf"(\d{{4}})\s?[-/.年]\s?(\d{{1,2}})\s?[-/.月]\s?(\d{{1,2}})\s?日?(?:[T\s]\s*{_CLOCK}\s*(?:{_OFFSET})?)?\Z"
)
#: 20260501, 20260501 09:00, 20260501090000.
_UNBROKEN = re.compile(
    r"((?:19|20|25)\d{2})(\d{2})(\d{2})(?:[T\s]?(\d{2})[:：]?(\d{2})(?:[:：]?(\d{2}))?\s*(?:" + _OFFSET + r")?)?\Z"
)
_CLOCK_ALONE = re.compile(
    rf"(?:(?:[上下]午|凌晨|早上|中午|晚上)\s?)?{_CLOCK}\s*(?:[ap]\.?m\.?)?\s*(?:{_OFFSET})?\Z", re.IGNORECASE
)
#: Thailand counts from 543 years earlier; no message is from such a year otherwise.
_BUDDHIST_FROM, _BUDDHIST = 2_500, 543
_LONGEST_OFFSET = timedelta(hours=14)
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
    if (match := _YEAR_FIRST.match(value) or _UNBROKEN.match(value)) is not None:
        return _year_first(match, zone)
    if (match := _NAMED_OFFSET.search(value)) is not None:
        named = _zone(match[1])
        if named is None:
            return None
        value, zone = value[: match.start()], named
    parts = parts_of(value, "zh" if _HALF_DAY.search(value) else order)
    if parts is None or len(parts.days) != 1 or not parts.days[0][0] or parts.ago or parts.back is not None:
        return None
    hour, minute, span = parts.clock or (0, 0, 0)
    return _instant(parts.days[0], (hour, minute, 0), zone, span or DAY_S)


def _year_first(match: re.Match[str], zone: tzinfo) -> tuple[float, int] | None:
    year, month, day, hour, minute, second, offset = match.groups()
    if offset:
        named = _zone(offset)
        if named is None:
            return None
        zone = named
    clock = (int(hour or 0), int(minute or 0), int(second or 0))
    return _instant((int(year), int(month), int(day)), clock, zone, _span(second) if hour else DAY_S)


def _zone(offset: str) -> tzinfo | None:
    """None for one that no country keeps."""
    signed = offset.removeprefix("UTC").removeprefix("GMT").removeprefix("Z").replace(":", "") or "+00"
    # +8, +08, +530, +0530
    hours, minutes = (signed[1:-2], signed[-2:]) if len(signed) > 3 else (signed[1:], "0")
    shift = timedelta(hours=int(hours), minutes=int(minutes))
    return timezone(-shift if signed[0] == "-" else shift) if shift <= _LONGEST_OFFSET else None


def clock_alone(value: str) -> bool:
    """Whether a time is a clock without a day."""
    return bool(_CLOCK_ALONE.match(value.strip()))


def _span(second: str | None) -> int:
    """A minute where the seconds are missing, or 00 as spreadsheets fill them in."""
    return 1 if second and int(second) else _MINUTE_S


def _instant(
    day: tuple[int, int, int], clock: tuple[int, int, int], zone: tzinfo, span: int
) -> tuple[float, int] | None:
    year, month, number = day
    ends = clock == (24, 0, 0)
    try:
        day = (year - _BUDDHIST if year >= _BUDDHIST_FROM else year, month, number)
        local = datetime(*day, *(clock if not ends else (0, 0, 0)), tzinfo=zone)
        if ends:  # the end of a day is the beginning of the next one on its calendar
            local = (local.replace(tzinfo=None) + timedelta(days=1)).replace(tzinfo=zone)
        at = local.timestamp()
        if span == DAY_S:
            after = date(*day) + timedelta(days=1)
            span = int(datetime(after.year, after.month, after.day, tzinfo=zone).timestamp() - at)
    except (ValueError, OverflowError, OSError):
        return None
    return (at, span) if 0 <= at < 32_503_680_000 else None
