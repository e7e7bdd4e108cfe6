"""Dates as people type them."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.conversations.dates import begins, first_day

TODAY = datetime.date(2026, 3, 31)


@pytest.mark.parametrize(
    ("value", "day"),
    [
        ("today", "2026-03-31"),
        ("昨天", "2026-03-30"),
        ("7d", "2026-03-24"),
        ("2周", "2026-03-17"),
        ("5天前", "2026-03-26"),
        ("1m", "2026-02-28"),
        ("3个月", "2025-12-31"),
        ("1Y", "2025-03-31"),
        ("2026", "2026-01-01"),
        ("2025年", "2025-01-01"),
        ("2026-11", "2026-11-01"),
        ("2025年3月", "2025-03-01"),
        ("2026/2/9", "2026-02-09"),
        ("2026.11.30", "2026-11-30"),
        ("2026年11月30日", "2026-11-30"),
    ],
)
def test_what_is_understood(value: str, day: str) -> None:
    assert first_day(value, TODAY) == datetime.date.fromisoformat(day)


@pytest.mark.parametrize("value", ["", "2026-13", "2026-02-30", "2026-", "0000", "9999y", "3 weeks", "11-30", "٢٠٢٦x"])
def test_what_is_not(value: str) -> None:
    assert first_day(value, TODAY) is None


@given(st.text(alphabet="0123456789dwmy年月日天周个-/. ", max_size=12), st.dates())
def test_nothing_typed_fails_and_every_day_begins(value: str, today: datetime.date) -> None:
    try:
        day = first_day(value, today)
    except OverflowError:
        assert today.year < 200, "spans reach back two centuries at most"
        return
    if day is not None:
        assert 0 < begins(day, datetime.UTC) < 32_503_680_000_000
