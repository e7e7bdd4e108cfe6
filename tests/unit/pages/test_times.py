"""Page times: read exactly, or not at all."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from companion.pages.time_words import DAY_WORDS, HALVES, LANGUAGES, MONTHS, WEEKDAYS
from companion.pages.times import PageTime, Row, bare_clock_between, clock_of, read_day, read_rows, read_time

SHANGHAI = "Asia/Shanghai"
#: Thursday, 3 September 2026, 15:30 in Shanghai.
NOW = datetime(2026, 9, 3, 15, 30, tzinfo=ZoneInfo(SHANGHAI)).timestamp()


def at(*parts: int, zone: str = SHANGHAI) -> float:
    return datetime(*parts, tzinfo=ZoneInfo(zone)).timestamp()


@pytest.mark.parametrize(
    ("label", "language", "expected"),
    [
        ("14:23", "en", (2026, 9, 3, 14, 23)),
        ("14:23:59", "en", (2026, 9, 3, 14, 23)),
        ("2:23 PM", "en-US", (2026, 9, 3, 14, 23)),
        ("12:05 AM", "en", (2026, 9, 3, 0, 5)),
        ("12:05 p.m.", "en", (2026, 9, 3, 12, 5)),
        ("Yesterday 14:23", "en", (2026, 9, 2, 14, 23)),
        ("yesterday at 4:55\u202fPM", "en", (2026, 9, 2, 16, 55)),
        ("Tuesday, 4:55 AM", "en", (2026, 9, 1, 4, 55)),
        ("Fri 23:10", "en", (2026, 8, 28, 23, 10)),
        ("Sep 3 5:55 AM", "en", (2026, 9, 3, 5, 55)),
        ("Sep 4 5:55 PM", "en", (2025, 9, 4, 17, 55)),
        ("3rd September 2025, 17:55", "en", (2025, 9, 3, 17, 55)),
        ("上午1:43", "zh-CN", (2026, 9, 3, 1, 43)),
        ("昨天 上午5:46", "zh", (2026, 9, 2, 5, 46)),
        ("昨天下午5:46", "zh", (2026, 9, 2, 17, 46)),
        ("9月1日 7:41", "zh", (2026, 9, 1, 7, 41)),
        ("2025年12月31日 23:59", "zh", (2025, 12, 31, 23, 59)),
        ("2026-08-31 07:41", "zh", (2026, 8, 31, 7, 41)),
        ("08/31 07:41", "zh", (2026, 8, 31, 7, 41)),
        ("星期一 凌晨2:05", "zh", (2026, 8, 31, 2, 5)),
        ("中午12:30", "zh", (2026, 9, 3, 12, 30)),
        ("昨天 晚上9:30", "zh", (2026, 9, 2, 21, 30)),
        ("昨日 午後2:05", "ja", (2026, 9, 2, 14, 5)),
        ("9月1日 14時05分", "ja", (2026, 9, 1, 14, 5)),
        ("어제 오후 2:05", "ko", (2026, 9, 2, 14, 5)),
        ("8월 31일 오전 9:00", "ko", (2026, 8, 31, 9, 0)),
        ("ayer a las 14:05", "es", (2026, 9, 2, 14, 5)),
        ("mar 14:05", "es", (2026, 9, 1, 14, 5)),
        ("3 mar 14:05", "es", (2026, 3, 3, 14, 5)),
        ("3 de agosto de 2026 14:05", "es", (2026, 8, 3, 14, 5)),
        ("Ontem às 14:05", "pt-BR", (2026, 9, 2, 14, 5)),
        ("terça-feira 14:05", "pt", (2026, 9, 1, 14, 5)),
        ("Gestern um 14:05 Uhr", "de", (2026, 9, 2, 14, 5)),
        ("31. August 14:05", "de", (2026, 8, 31, 14, 5)),
        ("hier à 14h05", "fr", (2026, 9, 2, 14, 5)),
        ("31 août 14:05", "fr", (2026, 8, 31, 14, 5)),
        ("เมื่อวาน 14:05 น.", "th", (2026, 9, 2, 14, 5)),
        ("31 ส.ค. 2569 14:05", "th", (2026, 8, 31, 14, 5)),
        ("Hôm qua 14:05", "vi", (2026, 9, 2, 14, 5)),
        ("31 thg 8 14:05", "vi", (2026, 8, 31, 14, 5)),
        ("Kemarin pukul 14.05", "id", (2026, 9, 2, 14, 5)),
        ("27.08.2026 в 15:05", "ru", (2026, 8, 27, 15, 5)),
        ("19 февр. 2026 г. в 20:11", "ru", (2026, 2, 19, 20, 11)),
        ("أمس ٢:٠٥ م", "ar", (2026, 9, 2, 14, 5)),
        # Furniture left in English on a page of another language.
        ("Yesterday 14:23", "th", (2026, 9, 2, 14, 23)),
    ],
)
def test_a_minute(label: str, language: str, expected: tuple[int, ...]) -> None:
    assert read_time(label, NOW, SHANGHAI, language) == PageTime(at(*expected), 60)


@pytest.mark.parametrize(
    ("label", "language", "expected"),
    [
        ("31/08/2026", "en", (2026, 8, 31)),
        ("31/08/2026", "en-US", (2026, 8, 31)),
        ("05/06/2026", "en-US", (2026, 5, 6)),
        ("05/06/2026", "en-SG", (2026, 6, 5)),
        ("05/06/2026", "pt-BR", (2026, 6, 5)),
        ("28/02/25", "pt", (2025, 2, 28)),
        ("Agu 25", "id", (2026, 8, 25)),
        ("25 Agu", "id", (2026, 8, 25)),
        ("Monday", "en", (2026, 8, 31)),
        ("昨天", "zh", (2026, 9, 2)),
        ("2026/8/31", "ja", (2026, 8, 31)),
        ("31 สิงหาคม", "th", (2026, 8, 31)),
    ],
)
def test_a_day(label: str, language: str, expected: tuple[int, ...]) -> None:
    assert read_time(label, NOW, SHANGHAI, language) == PageTime(at(*expected), 86_400)
    assert read_day(label, NOW, SHANGHAI, language) == datetime(*expected).date()


@pytest.mark.parametrize(
    ("label", "language"),
    [
        ("", "en"),
        ("soon", "en"),
        ("14:23 maybe", "en"),
        ("25:10", "en"),
        ("14:75", "en"),
        ("14:23 AM", "en"),
        ("PM", "en"),
        ("05/06/2026", "en"),  # 5 June or May 6
        ("05/06/2026", "zh"),
        ("05/06 12:00", "en"),
        ("30/02/2026", "pt"),
        ("Thursday 14:00", "en"),  # today or a week ago
        ("Tuesday, Sep 2 14:00", "en"),  # it was a Wednesday
        ("Yesterday Sep 1", "en"),
        ("晚上12:10", "zh"),  # either end of the night
        ("16:00", "en"),  # later than now
        ("04/09/2026", "pt"),  # tomorrow
        ("mar 3 14:00", "es"),  # Tuesday the 3rd or March 3
        ("1:2:3:4", "en"),
        ("9" * 50, "en"),
        ("14:23" * 100, "en"),
    ],
)
def test_nothing_is_guessed(label: str, language: str) -> None:
    assert read_time(label, NOW, SHANGHAI, language) is None


def test_without_a_language_only_what_all_languages_agree_on_is_read() -> None:
    assert read_time("14:23", NOW, SHANGHAI, "") == PageTime(at(2026, 9, 3, 14, 23), 60)
    assert read_time("昨天 14:23", NOW, SHANGHAI, "") is not None
    assert read_time("mar 3", NOW, SHANGHAI, "") is not None  # every language with "mar" and a number means March 3
    assert read_time("mar 14:23", NOW, SHANGHAI, "") is not None  # Tuesday in Spanish and in French
    assert read_time("05/06/2026", NOW, SHANGHAI, "") is None


def test_the_zone_decides_the_day() -> None:
    assert read_time("00:20", NOW, "America/Sao_Paulo", "pt") == PageTime(
        at(2026, 9, 3, 0, 20, zone="America/Sao_Paulo"), 60
    )
    assert read_time("14:23", NOW, "", "en") is None
    assert read_time("14:23", NOW, "Mars/Olympus", "en") is None
    assert read_time("14:23", NOW, "../../etc/passwd", "en") is None


def test_when_the_clocks_change() -> None:
    zone = "America/New_York"
    observed = at(2026, 11, 1, 12, 0, zone=zone)
    twice = read_time("1:30", observed, zone, "en")
    assert twice == PageTime(at(2026, 11, 1, 1, 30, zone=zone), 3660)
    spring = at(2026, 3, 8, 12, 0, zone=zone)
    assert read_time("2:30", spring, zone, "en") is None
    assert read_time("Nov 1", observed, zone, "en") == PageTime(at(2026, 11, 1, zone=zone), 90_000)


@pytest.mark.parametrize(
    ("label", "back", "span"),
    [("5m", 300, 60), ("2 hours ago", 7200, 3600), ("3天前", 259_200, 86_400), ("刚刚", 0, 60)],
)
def test_ages(label: str, back: int, span: int) -> None:
    assert read_time(label, NOW, "", "zh") == PageTime(NOW - back, span)


def test_clock_of_tells_messages_apart_whatever_the_day() -> None:
    assert clock_of("14:23", "en") == clock_of("Yesterday 2:23 PM", "en") == clock_of("昨天 下午2:23", "zh") == 863
    assert clock_of("31/08/2026", "en") is None
    assert clock_of("5 PM", "en") is None
    assert clock_of("hello", "en") is None


def test_rows_inherit_and_separators_name_the_day() -> None:
    rows = [Row("21:47"), Row("", "Yesterday"), Row("09:15"), Row(""), Row("10:02"), Row("", "Today"), Row("08:00")]
    readings = read_rows(rows, NOW, SHANGHAI, "en")
    nine = PageTime(at(2026, 9, 2, 9, 15), 60)
    assert readings == [
        None,
        None,
        nine,
        nine,
        PageTime(at(2026, 9, 2, 10, 2), 60),
        None,
        PageTime(at(2026, 9, 3, 8, 0), 60),
    ]


def test_a_header_with_a_clock_times_the_rows_below() -> None:
    rows = [Row("", "昨天 14:20"), Row(""), Row("")]
    assert read_rows(rows, NOW, SHANGHAI, "zh") == [PageTime(at(2026, 9, 2, 14, 20), 60)] * 3


def test_a_system_row_that_is_no_time_changes_nothing() -> None:
    rows = [Row("10:00"), Row("", "Order 123 was paid"), Row("")]
    ten = PageTime(at(2026, 9, 3, 10, 0), 60)
    assert read_rows(rows, NOW, SHANGHAI, "en", dated=True) == [ten, ten, ten]


def test_a_bare_clock_is_of_today_only_where_the_page_dates_older_ones() -> None:
    assert read_rows([Row("10:00")], NOW, SHANGHAI, "en") == [None]
    assert read_rows([Row("10:00")], NOW, SHANGHAI, "en", dated=True) == [PageTime(at(2026, 9, 3, 10, 0), 60)]


def test_a_bare_clock_contradicted_from_below_is_not_read() -> None:
    readings = read_rows([Row("14:00"), Row("09:00"), Row("11:00")], NOW, SHANGHAI, "en", dated=True)
    assert [r is None for r in readings] == [True, False, False]
    above_a_day = read_rows([Row("09:00"), Row("Yesterday 10:00"), Row("11:00")], NOW, SHANGHAI, "en", dated=True)
    assert [r is None for r in above_a_day] == [True, False, False]


def test_bare_clock_between_two_looks_at_the_page() -> None:
    since, until = at(2026, 9, 2, 22, 0), at(2026, 9, 3, 9, 0)
    assert bare_clock_between(23 * 60 + 10, since, until, SHANGHAI) == PageTime(at(2026, 9, 2, 23, 10), 60)
    assert bare_clock_between(8 * 60, since, until, SHANGHAI) == PageTime(at(2026, 9, 3, 8, 0), 60)
    assert bare_clock_between(12 * 60, since, until, SHANGHAI) is None  # at neither
    assert bare_clock_between(8 * 60, since - 86_400, until, SHANGHAI) is None  # twice
    assert bare_clock_between(8 * 60, since - 10 * 86_400, until, SHANGHAI) is None
    assert bare_clock_between(8 * 60, since, until, "") is None


@settings(deadline=None)
@given(st.text(max_size=60), st.sampled_from([*LANGUAGES, "", "zh-TW", "en-US", "xx"]), st.floats(0, 3.2e10))
def test_any_text_is_survived_and_no_reading_lies_in_the_future(label: str, language: str, observed: float) -> None:
    reading = read_time(label, observed, "Europe/Berlin", language)
    assert reading is None or reading.at <= observed + 600


@settings(deadline=None)
@given(
    st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1)),
    st.integers(0, 6 * 24 * 60),
    st.sampled_from(["Asia/Shanghai", "America/Sao_Paulo", "Asia/Kolkata", "UTC"]),
)
def test_what_a_page_would_write_is_read_back(sent: datetime, minutes: int, zone: str) -> None:
    place = ZoneInfo(zone) if zone != "UTC" else UTC
    moment = sent.replace(second=0, microsecond=0, tzinfo=place)
    observed = datetime.fromtimestamp(moment.timestamp() + minutes * 60, place)
    days = (observed.date() - moment.date()).days
    clock = moment.strftime("%H:%M")
    names = {0: clock, 1: f"Yesterday {clock}"}
    label = names.get(days) or (f"{moment:%A} {clock}" if days < 7 else f"{moment:%b} {moment.day} {clock}")
    assert read_time(label, observed.timestamp(), zone, "en") == PageTime(moment.timestamp(), 60)
    earlier = observed - timedelta(days=1)
    reading = read_time(label, earlier.timestamp(), zone, "en")
    assert reading is None or reading.at <= earlier.timestamp() + 600


def test_word_tables_are_complete_and_lower_case() -> None:
    for language, table in WEEKDAYS.items():
        assert set(table.values()) == set(range(7)), language
    for language, months in MONTHS.items():
        assert set(months.values()) == set(range(1, 13)), language
    for tables in (DAY_WORDS, HALVES, WEEKDAYS, MONTHS):
        assert all(word == word.lower() and word for table in tables.values() for word in table)
