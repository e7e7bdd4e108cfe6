"""Reads the times that chat pages show ("14:23", "Yesterday 14:23", "9月1日 7:41") into instants.

Pure. Nothing is guessed silently: a label that is not understood to its last word, a day and month that could be
either, or a result in the future gives None.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from functools import lru_cache

from .time_labels import DAY_S, Parts, parts_of

#: A page's clock may run ahead of ours by this many seconds; beyond it a reading is taken to be wrong.
AHEAD_S = 600


@dataclass(frozen=True, slots=True)
class PageTime:
    """Sent within ``span`` seconds from ``at`` (seconds since 1970 UTC): 60 for a minute, 86,400 for a date."""

    at: float
    span: int


def read_time(label: str, observed_at: float, zone: str, language: str, *, bare_today: bool = True) -> PageTime | None:
    """The instant a label means, or None.

    ``zone``: IANA name of the zone the page shows its times in. ``language``: the page's own, with region where
    known ("en-US" settles the order of day and month, "en" does not). ``bare_today``: a clock without a day means
    today; pass False for pages that leave the day out of older times too.
    """
    parts = parts_of(label, language)
    if parts is None:
        return None
    if parts.ago is not None:
        amount, unit = parts.ago
        return PageTime(float(int(observed_at) - amount * unit), max(unit, 60))
    place = _zone(zone)
    if place is None:
        return None
    today = datetime.fromtimestamp(observed_at, place).date()
    day = _day(parts, today)
    if day is None and not (bare_today and parts.bare):
        return None
    return _instant(day or today, parts.clock, place, observed_at)


def read_day(label: str, observed_at: float, zone: str, language: str) -> date | None:
    """The calendar day a label names, as day separators do ("Yesterday", "9月1日 7:41"); None for a bare clock."""
    parts, place = parts_of(label, language), _zone(zone)
    if parts is None or place is None:
        return None
    return _day(parts, datetime.fromtimestamp(observed_at, place).date())


def clock_of(label: str, language: str) -> int | None:
    """Minute of the day a label shows, whatever its day; tells two labels of one message from those of two."""
    parts = parts_of(label, language)
    if parts is None or parts.clock is None:
        return None
    return _minute(parts) if parts.clock[2] == 60 else None


def bare_clock_between(clock: int, since: float, until: float, zone: str) -> PageTime | None:
    """The one minute between two instants at which the clock showed ``clock``; None when there is none or several."""
    place = _zone(zone)
    if place is None or until - since > 2 * DAY_S:
        return None
    first = datetime.fromtimestamp(since, place).date() - timedelta(days=1)
    found = set()
    for offset in range(5):
        reading = _instant(first + timedelta(days=offset), (clock // 60, clock % 60, 60), place, until)
        if reading and since - 60 - reading.span <= reading.at <= until + 60:
            found.add(reading)
    return found.pop() if len(found) == 1 else None


@dataclass(frozen=True, slots=True)
class Row:
    """A row as far as time goes; ``header`` is the text of a row that may be a day separator, else ""."""

    label: str
    header: str = ""


def read_rows(
    rows: Sequence[Row], observed_at: float, zone: str, language: str, *, dated: bool = False
) -> list[PageTime | None]:
    """The times of rows shown together, oldest first. A row without a label has the time of the row above.

    A bare clock is of the day the separator above names. Where the page dates its older times (``dated``) it is of
    today, unless a later row contradicts that; else its day is not known.
    """
    place = _zone(zone)
    separators = [read_day(row.header, observed_at, zone, language) if row.header else None for row in rows]
    of_today = _of_today(rows, separators, language) if dated else [False] * len(rows)
    readings: list[PageTime | None] = []
    day: date | None = None
    above: PageTime | None = None
    for row, separator, today in zip(rows, separators, of_today, strict=True):
        parts = parts_of(row.header if separator else row.label, language)
        if separator and place:
            day = separator
            above = _instant(day, parts.clock, place, observed_at) if parts and parts.clock else None
        elif parts and parts.bare and day and place:
            above = _instant(day, parts.clock, place, observed_at)
        elif row.label.strip():
            above = read_time(row.label, observed_at, zone, language, bare_today=today)
        readings.append(above)
    return readings


def _of_today(rows: Sequence[Row], separators: Sequence[date | None], language: str) -> list[bool]:
    """Which bare clocks can be of today: from the end upwards, until one is later than a clock below it (two
    minutes of disorder are forgiven) or stands above something that names a day."""
    found = [False] * len(rows)
    ceiling = DAY_S
    for i in range(len(rows) - 1, -1, -1):
        parts = parts_of(rows[i].label, language)
        if separators[i] or (parts and not parts.bare and parts.ago is None):
            break
        if parts and parts.bare:
            clock = _minute(parts)
            if clock > ceiling + 2:
                break
            ceiling = min(ceiling, clock)
            found[i] = True
    return found


def _minute(parts: Parts) -> int:
    return parts.clock[0] * 60 + parts.clock[1] if parts.clock else 0


def _day(parts: Parts, today: date) -> date | None:
    if parts.back is not None:
        return today - timedelta(days=parts.back)
    if parts.days:
        found = {d for y, m, n in parts.days if (d := _full_date(y, m, n, today)) is not None and d <= today}
        if len(found) != 1:
            return None
        day = found.pop()
        # "Tuesday, Sep 3" that was no Tuesday: one of the two was misread.
        return day if parts.weekday is None or day.weekday() == parts.weekday else None
    if parts.weekday is not None:
        back = (today.weekday() - parts.weekday) % 7
        # The name of today's weekday may mean today or a week ago.
        return today - timedelta(days=back) if back else None
    return None


def _full_date(year: int, month: int, day: int, today: date) -> date | None:
    """A date without a year is the latest one that is not in the future."""
    for candidate in (year,) if year else range(today.year, today.year - 5, -1):
        try:
            found = date(candidate, month, day)
        except ValueError:
            continue
        if year or found <= today:
            return found
    return None


def _instant(day: date, clock: tuple[int, int, int] | None, place: tzinfo, observed_at: float) -> PageTime | None:
    hour, minute, span = clock or (0, 0, DAY_S)
    local = datetime.combine(day, time(hour, minute))
    early, late = (local.replace(tzinfo=place, fold=fold).timestamp() for fold in (0, 1))
    if clock is not None and datetime.fromtimestamp(early, place).replace(tzinfo=None) != local:
        return None  # the clocks went forward over this time
    if clock is None:
        early = min(early, late)
        following = datetime.combine(day + timedelta(days=1), time(0), place).timestamp()
        span = int(following - early)
    elif late > early:
        span += int(late - early)  # the clocks went back: one of two instants
    return None if early > observed_at + AHEAD_S else PageTime(early, span)


@lru_cache(maxsize=32)
def _zone(name: str) -> tzinfo | None:
    from zoneinfo import ZoneInfo

    if name.upper() in {"UTC", "ETC/UTC", "GMT"}:
        return UTC
    try:
        return ZoneInfo(name) if name else None
    except (OSError, ValueError, KeyError):  # ZoneInfoNotFoundError is a KeyError
        return None
