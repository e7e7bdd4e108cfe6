"""Takes the label of a page time apart: which clock, day, weekday or age it names, in the words of one language.

Pure. A label counts as understood only when nothing of it is left over.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeVar

from .time_words import DAY_WORDS, FILLERS, HALVES, LANGUAGES, MONTHS, WEEKDAYS

T = TypeVar("T")
DAY_S = 86_400


@dataclass(frozen=True, slots=True)
class Parts:
    """What a label says, before it is set against a calendar.

    ``clock``: hour, minute and seconds of doubt; ``back``: days before today; ``weekday``: Monday is 0;
    ``days``: possible (year or 0, month, day); ``ago``: amount and unit in seconds.
    """

    clock: tuple[int, int, int] | None = None
    back: int | None = None
    weekday: int | None = None
    days: tuple[tuple[int, int, int], ...] = ()
    ago: tuple[int, int] | None = None

    @property
    def bare(self) -> bool:
        """A clock without a day."""
        return self.clock is not None and self.back is None and self.weekday is None and not self.days


_CLOCK = re.compile(
    r"(?<![\d/.-])(\d{1,2})(?:[:：](\d{2})(?:[:：]\d{2})?|\s?h\s?(\d{2})|[时時点點시]\s?(\d{1,2})[分분]?)(?![\d:])"
)
_DOT_CLOCK = re.compile(r"(?<![\d/.-])(\d{1,2})\.(\d{2})(?![\d.])")
_HOUR = re.compile(r"(?<![\d:/.-])(\d{1,2})(?=\s?(?:am|pm|a\.m\.|p\.m\.)(?!\w))")
_YMD = re.compile(r"(?<!\d)(\d{4})\s?[-/.年년]\s?(\d{1,2})\s?[-/.月월]\s?(\d{1,2})(?!\d)\s?[日일]?\.?")
_MD_CJK = re.compile(r"(?<!\d)(\d{1,2})\s?[月월]\s?(\d{1,2})\s?[日号號일]")
_THREE = re.compile(r"(?<!\d)(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d{2})(?!\d)")
_TWO = re.compile(r"(?<![\d:])(\d{1,2})[-/](\d{1,2})(?![\d:])")
_AGO = re.compile(
    r"(?:(\d{1,3}) ?(?:(m|min|mins|minute|minutes|分钟|分鐘)|(h|hr|hrs|hour|hours|小时|小時)|(d|day|days|天))"
    r" ?(?:ago|前)?"
    r"|(just now|now|刚刚|剛剛))"
)


@lru_cache(maxsize=2048)
def parts_of(label: str, language: str) -> Parts | None:
    text = _plain(label)
    if not text or len(text) > 80:
        return None
    if ago := _AGO.fullmatch(text):
        unit = 60 if ago[2] else 3600 if ago[3] else DAY_S
        return Parts(ago=(0, 60)) if ago[5] else Parts(ago=(int(ago[1]), unit))
    base, _, region = language.lower().partition("-")
    if base in LANGUAGES:
        found = _in_language(text, base, region)
        if found is None and not any(_take_word(text, t.get(base, {}))[0] is not None for t in _TABLES):
            # Site furniture is often left in English on a page of another language.
            found = _in_language(text, "en", "")
        return found
    readings = {found for code in LANGUAGES if (found := _in_language(text, code, "")) is not None}
    return readings.pop() if len(readings) == 1 else None


#: A label with a word of the page's own language is not English ("mar 3" on a Spanish page is no March).
_TABLES = (DAY_WORDS, WEEKDAYS, MONTHS)


def _plain(label: str) -> str:
    """Lower case, ASCII digits, plain spaces, no direction marks, Latin letters without accents."""
    out = []
    for char in unicodedata.normalize("NFC", label).lower():
        if unicodedata.category(char) == "Cf":
            continue
        if char.isspace():
            out.append(" ")
        elif char.isdigit() and not char.isascii():
            out.append(str(unicodedata.digit(char)))
        elif "\u00c0" <= char <= "\u024f" or "\u1e00" <= char <= "\u1eff":
            out.append(unicodedata.normalize("NFD", char)[0])
        else:
            out.append(char)
    return re.sub(" +", " ", "".join(out)).strip()


def _in_language(text: str, code: str, region: str) -> Parts | None:
    """All of the text understood with the words of one language, or None."""
    rest = text
    half, rest = _take_word(rest, HALVES.get(code, {}))
    clock: tuple[int, int, int] | None = None
    match = _CLOCK.search(rest) or (_DOT_CLOCK.search(rest) if code == "id" else None)
    if match is not None:
        minute = next(group for group in match.groups()[1:] if group is not None)
        clock = _clock(int(match[1]), int(minute), half, 60)
        rest = rest[: match.start()] + " " + rest[match.end() :]
    elif half is not None and (match := _HOUR.search(text)):
        clock = _clock(int(match[1]), 0, half, 3600)
        rest = re.sub(rf"(?<!\d){match[1]}(?!\d)(?!.*(?<!\d){match[1]}(?!\d))", " ", rest, count=1)
    if clock is None and (match is not None or half is not None):
        return None
    days, rest = _take_date(rest, code, region)
    back, rest = _take_word(rest, DAY_WORDS.get(code, {}))
    weekday, rest = _take_word(rest, WEEKDAYS.get(code, {}))
    for filler in FILLERS.get(code, ()):
        rest = re.sub(rf"(?<!\w){re.escape(filler)}(?!\w)", " ", rest)
    if re.sub(r"[\s,，、·•.|()-]+", "", rest):
        return None
    if back is not None and (days or weekday is not None):
        return None
    if clock is None and back is None and weekday is None and not days:
        return None
    return Parts(clock, back, weekday, days)


def _take_word(text: str, words: Mapping[str, T]) -> tuple[T | None, str]:
    """The longest known word in the text, and the text without it."""
    for word in sorted(words, key=len, reverse=True):
        letters = r"[^\W\d_]"
        # Scripts without spaces stand next to digits and to each other.
        edge = "" if ord(word[0]) >= 0x0E00 else letters
        before, after = (f"(?<!{edge})", f"(?!{edge})") if edge else ("", "")
        if found := re.search(before + re.escape(word) + after, text):
            return words[word], text[: found.start()] + " " + text[found.end() :]
    return None, text


def _clock(hour: int, minute: int, half: str | None, span: int) -> tuple[int, int, int] | None:
    if minute > 59 or hour > 23:
        return None
    if half is None:
        return (hour, minute, span)
    if hour > 12 or hour == 0:
        # "14:23 PM" is written by some pages; "14:23 AM" is a contradiction.
        fits = hour == 0 if half in {"am", "night"} else hour > 12
        return (hour, minute, span) if fits else None
    if half == "night" and hour not in {12, 1, 2, 3, 4, 5}:
        return None
    if half in {"am", "night"}:
        return (hour % 12, minute, span)
    if half == "noon":
        hours = {11: 11, 12: 12, 1: 13, 2: 14}
        return (hours[hour], minute, span) if hour in hours else None
    if half == "evening" and not 5 <= hour <= 11:
        return None  # 晚上12:10 may belong to either day
    return (hour % 12 + 12, minute, span)


def _take_date(text: str, code: str, region: str) -> tuple[tuple[tuple[int, int, int], ...], str]:
    """Possible (year or 0, month, day) of a date in the text, and the text without it."""
    for pattern in (_YMD, _MD_CJK, _THREE, _TWO):
        found = pattern.search(text)
        if found is None:
            continue
        rest = text[: found.start()] + " " + text[found.end() :]
        if pattern is _YMD:
            return ((_year(int(found[1]), code), int(found[2]), int(found[3])),), rest
        if pattern is _MD_CJK:
            return ((0, int(found[1]), int(found[2])),), rest
        if pattern is _TWO:
            return _orders(int(found[1]), int(found[2]), 0, code, region), rest
        return _three(int(found[1]), int(found[3]), found[4], code, region), rest
    month, rest = _take_word(text, MONTHS.get(code, {}))
    if month is None:
        if code != "vi" or not (thg := re.search(r"(\d{1,2}) (?:thg|thang) (\d{1,2})", text)):
            return (), text
        month, rest = int(thg[2]), text[: thg.start()] + f" {thg[1]} " + text[thg.end() :]
    # "mar" is a day and a month in Spanish and French: after a number it is March, before one nobody knows.
    two_faced = [word for word in MONTHS.get(code, {}) if word in WEEKDAYS.get(code, {})]
    if any(re.search(rf"(?<![^\W\d_]){word}\.? \d{{1,2}}(?![\d:])", text) for word in two_faced):
        return (), text
    numbers = re.findall(r"(?<!\d)\d{1,4}(?!\d)", rest)
    years = [n for n in numbers if len(n) == 4]
    days = [n for n in numbers if len(n) <= 2]
    if len(days) != 1 or len(years) > 1 or len(numbers) != len(days) + len(years):
        return (), text
    rest = re.sub(r"(?<!\d)\d{1,4}(?!\d)(?:st|nd|rd|th|er|º|\.)?(?![^\W\d_])", " ", rest)
    return ((_year(int(years[0]), code) if years else 0, month, int(days[0])),), rest


def _year(year: int, code: str) -> int:
    return year - 543 if code == "th" and year > 2400 else year


def _three(first: int, second: int, third: str, code: str, region: str) -> tuple[tuple[int, int, int], ...]:
    if len(third) == 4:
        return _orders(first, second, _year(int(third), code), code, region)
    year = 2000 + int(third)
    if code in {"zh", "ja", "ko"}:
        # 25/02/28 may count from the year or from the day.
        found = {(2000 + first, second, int(third)), (year, second, first)}
        return tuple(sorted(d for d in found if 1 <= d[1] <= 12 and 1 <= d[2] <= 31))
    return _orders(first, second, year, code, region)


#: English-speaking regions that write the month first, and languages whose order is settled.
_MONTH_FIRST = {"us", "ph"}
_DAY_FIRST_LANGUAGES = {"es", "pt", "de", "fr", "th", "vi", "id", "ru", "ar"}


def _orders(first: int, second: int, year: int, code: str, region: str) -> tuple[tuple[int, int, int], ...]:
    """Day and month of ``first``/``second`` in the order the language settles, in both where it settles none."""
    day_first, month_first = (year, second, first), (year, first, second)
    valid = [d for d in dict.fromkeys((day_first, month_first)) if 1 <= d[1] <= 12 and 1 <= d[2] <= 31]
    if len(valid) < 2:
        return tuple(valid)
    if code in _DAY_FIRST_LANGUAGES or (code == "en" and region and region not in _MONTH_FIRST):
        return (day_first,)
    if (code == "en" and region) or (code in {"zh", "ja", "ko"} and not year):
        return (month_first,)
    return tuple(valid)
