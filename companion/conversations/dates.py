"""Dates as people type them into a search. Pure: the day that is today comes from the caller."""

from __future__ import annotations

import datetime
import re

_DAY = datetime.timedelta(days=1)
_FIRST, _LAST = datetime.date(1970, 1, 2), datetime.date(2999, 12, 31)
_WORDS = {"today": 0, "今天": 0, "yesterday": 1, "昨天": 1, "前天": 2}
_AGO = re.compile(r"(\d{1,4})(d|w|m|y|天|日|周|星期|个月|月|年)前?")
_DAYS = {"d": 1, "天": 1, "日": 1, "w": 7, "周": 7, "星期": 7}
#: 2026, 2026-11, 2026-11-30, also with / or . or as 2026年11月30日.
_DATE = re.compile(r"(\d{4})(?:[-/.年](\d{1,2})(?:[-/.月](\d{1,2})日?|月)?|年)?")


def first_day(value: str, today: datetime.date) -> datetime.date | None:
    """The day a typed date begins with ("2026-11" is the 1st of November); None when it is no date.

    A span counts back from today: "7d", "2w", "3m", "1y", "7天", "2周", "3个月", "1年".
    """
    value = value.strip().lower()
    if value in _WORDS:
        return today - _WORDS[value] * _DAY
    ago = _AGO.fullmatch(value)
    if ago and not _DATE.fullmatch(value):
        return _before(today, int(ago[1]), ago[2])
    date = _DATE.fullmatch(value)
    if not date:
        return None
    try:
        return datetime.date(int(date[1]), int(date[2] or 1), int(date[3] or 1))
    except ValueError:
        return None


def _before(today: datetime.date, count: int, unit: str) -> datetime.date | None:
    if unit in _DAYS:
        return today - count * _DAYS[unit] * _DAY
    months = today.year * 12 + today.month - 1 - count * (12 if unit in ("y", "年") else 1)
    if months < 12:
        return None
    # the 31st of a shorter month is its last day
    last = datetime.date(months // 12 + (months % 12 == 11), (months + 1) % 12 + 1, 1) - _DAY
    return min(last, last.replace(day=min(today.day, last.day)))


def begins(day: datetime.date, zone: datetime.tzinfo | None = None) -> int:
    """The instant a day begins, in milliseconds since 1970; None = in this machine's zone."""
    # no clock of every system goes further
    day = max(_FIRST, min(day, _LAST))
    return int(datetime.datetime.combine(day, datetime.time.min, tzinfo=zone).timestamp() * 1000)
