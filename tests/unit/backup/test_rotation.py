"""Seven days, four weeks, twelve months; the newest always stays."""

from __future__ import annotations

import datetime

from hypothesis import given
from hypothesis import strategies as st

from companion.backup.rotation import USUAL, Kept, kept

UTC = datetime.UTC
DAILY, WEEKLY, MONTHLY = USUAL.days, USUAL.weeks, USUAL.months


def day(number: int, hour: int = 3) -> datetime.datetime:
    return datetime.datetime(2026, 1, 1, hour, tzinfo=UTC) + datetime.timedelta(days=number)


def test_a_year_of_daily_backups() -> None:
    stay = kept([day(n) for n in range(400)])
    newest = sorted(stay, reverse=True)
    assert newest[:DAILY] == [day(399 - n) for n in range(DAILY)]
    assert len(stay) <= DAILY + WEEKLY + MONTHLY
    months = {(at.year, at.month) for at in stay}
    assert len(months) == MONTHLY
    last_of_may = datetime.datetime(2026, 5, 31, 3, tzinfo=UTC)
    assert last_of_may in stay


def test_run_day_by_day_it_keeps_what_it_promises() -> None:
    there: set[datetime.datetime] = set()
    for number in range(500):
        there = kept([*there, day(number)])
    weeks = {at.isocalendar()[:2] for at in there}
    months = {(at.year, at.month) for at in there}
    assert len(months) == MONTHLY
    assert len(weeks) >= WEEKLY
    assert {day(499 - n) for n in range(DAILY)} <= there


def test_of_one_day_the_last_stays_and_a_closed_month_costs_nothing() -> None:
    assert kept([day(1, 3), day(1, 9), day(1, 8)]) == {day(1, 3), day(1, 8), day(1, 9)}, "the latest all stay"
    assert kept([day(1, 3), day(1, 9), day(1, 8), day(2, 9)]) == {day(1, 9), day(2, 9)}
    before = [day(n) for n in range(7)]
    assert kept([*before, day(90)]) >= {*before[1:], day(90)}


def test_the_seller_may_keep_fewer() -> None:
    made = [day(n) for n in range(100)]
    assert sorted(kept(made, Kept(days=2, weeks=0, months=0))) == [day(98), day(99)]
    assert len(kept(made, Kept(days=1, weeks=0, months=3))) == 3


@given(st.lists(st.integers(0, 3000), max_size=60))
def test_the_newest_stays_and_a_second_look_removes_nothing(hours: list[int]) -> None:
    made = [day(0) + datetime.timedelta(hours=h) for h in hours]
    stay = kept(made)
    assert stay <= set(made)
    assert not made or max(made) in stay
    assert kept(list(stay)) == stay
