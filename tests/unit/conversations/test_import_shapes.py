"""Tables as people keep them: titles above, day and clock apart, other calendars, marketplaces by any name."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import Any

import pytest

from companion.conversations import Archive
from companion.conversations.imports.cell_times import clock_alone, instant
from companion.conversations.imports.sheet import read_csv
from companion.protocol.errors import SeabridgeError
from companion.protocol.methods.archive import ThreadListParams

from .conftest import Take, lines_of
from .test_import_files import workbook

_NINE = datetime(2026, 5, 1, 9, tzinfo=UTC).timestamp()
_DAY = 86_400


@pytest.mark.parametrize(
    ("value", "at"),
    [
        ("2026-05-01 17:00 GMT+8", _NINE),
        ("2026-05-01 17:00:00 (UTC+08:00)", _NINE),
        ("2026-05-01T03:30:00-0530", _NINE),
        ("2026-05-01 14:30 GMT+530", _NINE),
        ("31/05/2026 17:00 GMT+8", _NINE + 30 * _DAY),
        ("20260501 09:00", _NINE),
        ("202605010900", _NINE),
        ("20260501090000", _NINE),
        ("20260501", _NINE - 9 * 3600),
        ("2026-04-30 24:00", _NINE - 9 * 3600),
        ("2026-04-30 24:00:00", _NINE - 9 * 3600),
        ("2026-05-01 05:00 24:00", None),
        ("2026-05-01 24:01", None),
        ("2026-05-01 09:00 GMT+15", None),
        ("20261301", None),
        ("2569-05-01 09:00", _NINE),
        ("31/05/2569 09:00", _NINE + 30 * _DAY),
        ("29/02/2567", datetime(2024, 2, 29, tzinfo=UTC).timestamp()),
        ("2569-02-29", None),
    ],
)
def test_times_of_other_programs_and_calendars(value: str, at: float | None) -> None:
    found = instant(value, UTC, "en-GB")
    assert (found and found[0]) == at


def test_a_day_that_ends_at_24_ends_where_the_clocks_change() -> None:
    from companion.runtime.zones import zone_named

    found = instant("2026-03-28 24:00", zone_named("Europe/Berlin"), "en")
    assert found is not None
    assert datetime.fromtimestamp(found[0], UTC) == datetime(2026, 3, 28, 23, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "alone"),
    [("09:00:00", True), ("下午 9:05", True), ("9:05 PM", True), ("2026-05-01 09:00", False), ("9", False)],
)
def test_a_clock_without_a_day(value: str, alone: bool) -> None:
    assert clock_alone(value) is alone


@pytest.mark.parametrize(
    "table",
    [
        "日期,时间,买家,方向,内容\n2026-05-01,17:00:00,Ana,买家,hola\n",
        "Time,Date,buyer,direction,text\n5:00 PM,2026/5/1,Ana,buyer,hola\n",
        "日期,时间,买家,方向,内容\n2026年5月1日,下午5:00,Ana,买家,hola\n",
        "日期,时间,买家,方向,内容\n2020-01-01,2026-05-01 17:00,Ana,买家,hola\n",
    ],
)
def test_day_and_clock_in_two_columns(archive: Archive, take: Take, table: str) -> None:
    report = take("a.csv", table)
    assert [line.sent_at for line in lines_of(archive)] == [_NINE]
    assert {column.field for column in report.columns} >= {"date", "time"}


def test_a_clock_without_a_day_anywhere_is_refused(take: Take) -> None:
    with pytest.raises(SeabridgeError) as refused:
        take("a.csv", "日期,时间,买家,方向,内容\n,17:00:00,Ana,买家,hola\n")
    assert refused.value.data == {"line": 2, "column": "时间", "value": "17:00:00"}


def test_a_workbook_with_a_title_and_day_and_clock_apart(archive: Archive, take: Take) -> None:
    rows: list[list[Any]] = [
        ["聊天记录 2026"], [], ["店铺", "A1"], ["日期", "时间", "买家", "方向", "内容"],
        [date(2026, 5, 1), time(17), "Ana", "买家", "hola"],
    ]  # fmt: skip
    take("a.xlsx", workbook(rows))
    assert [(line.text, line.sent_at) for line in lines_of(archive)] == [("hola", _NINE)]


@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_a_title_above_the_header_is_no_header(archive: Archive, take: Take, mark: str) -> None:
    table = "Chat export\n\ntime,buyer,direction,text\n2026-09-01,Ana,buyer,hola\n2026-09-02,Ana,nobody,x\n"
    with pytest.raises(SeabridgeError) as refused:
        take("a.csv", table.replace(",", mark))
    assert (refused.value.code, refused.value.data["line"]) == ("messages_side", 5)
    take("a.csv", table.replace("nobody", "seller").replace(",", mark))
    assert [line.text for line in lines_of(archive)] == ["hola", "x"]


def test_a_title_of_many_cells_and_no_message_is_taken_for_one() -> None:
    assert read_csv("shop,A1,May\ntime,direction,text\n1,2,3\n").header == ["time", "direction", "text"]
    # of two tables below each other, the first one's rows are not left out
    sheet = read_csv("when,who,said\n1,Ana,a\n2,Ana,b\ntime,direction,text\n3,4,5\n")
    assert (sheet.header, len(sheet.rows)) == (["when", "who", "said"], 4)


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("亚马逊", "amazon"),
        ("Amazon.de", "amazon"),
        ("TikTok", "tiktok-shop"),
        ("虾皮 新加坡", "shopee"),
        ("My Own", "my-own"),
    ],
)
def test_a_marketplace_in_a_column_goes_by_any_of_its_names(
    archive: Archive, take: Take, written: str, name: str
) -> None:
    take("a.csv", f"time,buyer,direction,text,平台\n2026-09-01,Ana,buyer,a,{written}\n", marketplace="ebay")
    assert archive.threads(ThreadListParams()).threads[0].marketplace == name
