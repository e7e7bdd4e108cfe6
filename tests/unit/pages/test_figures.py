"""Numbers as back-ends print them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.pages.figures import convert, find, is_empty, number, target_of, without_targets


@pytest.mark.parametrize(
    ("written", "whole", "value"),
    [
        ("12", False, 12), ("0,52", False, 0.52), ("98.5", False, 98.5), ("1.234,5", False, 1234.5),
        ("1,234.5", False, 1234.5), ("1.234.567", False, 1234567), ("1 234", True, 1234), ("1'234", True, 1234),
        ("1.234", True, 1234), ("1.234", False, 1.234), ("1,2,3", False, None), ("1.2,3.4", False, None),
        ("-3", False, -3),
    ],
)  # fmt: skip
def test_separators(written: str, whole: bool, value: float | None) -> None:
    assert number(written, whole=whole) == value


@pytest.mark.parametrize(
    ("unit", "lines", "value", "text"),
    [
        ("percent", ["0.52%"], 0.52, "0.52%"),
        ("percent", ["0,84 %", "3 von 357 Bestellungen"], 0.84, "0,84 %"),
        ("percent", ["%95"], 95, "%95"),
        ("percent", ["９８．５％"], 98.5, "98.5%"),
        ("percent", ["3 of 357 orders"], 0.8403, "3 of 357"),
        ("percent", ["Target: under 4%", "1.27%"], 1.27, "1.27%"),
        ("percent", ["1.27% (target < 4%)"], 1.27, "1.27%"),
        ("percent", ["Ziel: unter 1 % 0,84 %"], 0.84, "0,84 %"),
        ("percent", ["目标：低于 4%", "4.73%"], 4.73, "4.73%"),
        ("percent", ["5%以下", "2%"], 2, "2%"),
        ("percent", ["Must stay below 4%"], None, ""),
        ("percent", ["140%"], None, ""),
        ("percent", ["12 orders"], None, ""),
        ("days", ["1.5 days"], 1.5, "1.5 days"),
        ("days", ["36 小时"], 1.5, "36 小时"),
        ("hours", ["2 h 30 min"], 2.5, "2 h 30 min"),
        ("hours", ["1天2小时"], 26, "1天2小时"),
        ("hours", ["90 phút"], 1.5, "90 phút"),
        ("minutes", ["00:12:30"], 12.5, "00:12:30"),
        ("hours", ["0,8"], 0.8, "0,8"),
        ("hours", ["within 24 hours of 3 orders"], 24, "24 hours"),
        ("hours", ["last 30 messages"], None, ""),
        ("seconds", ["1.200"], 1.2, "1.200"),
        ("count", ["1,024"], 1024, "1,024"),
        ("count", ["3 cases"], 3, "3"),
        ("count", ["cases: 3"], None, ""),
        ("count", ["3.5%"], None, ""),
        ("points", ["284 / 1000"], 284, "284"),
        ("rating", ["4,8 / 5"], 4.8, "4,8"),
        ("level", ["Above Standard"], None, "Above Standard"),
        ("level", ["—", "Top Rated"], None, "Top Rated"),
        ("date", ["Next: Dec 20, 2026"], None, "Next: Dec 20, 2026"),
        ("date", ["soon"], None, ""),
    ],
)  # fmt: skip
def test_values(unit: str, lines: list[str], value: float | None, text: str) -> None:
    found = find(unit, lines)
    assert (found.value, found.text) == (value, text) if found else (value, text) == (None, "")


def test_targets_are_not_values() -> None:
    assert target_of("Late rate\nTarget: under 4%\n1.2%") == "under 4%"
    assert target_of("目标值（每周）：≥ 95%") == "≥ 95%"
    assert target_of("1.2%") == ""
    assert without_targets("Meta: menos de 4 % 1,2 %").split() == ["1,2", "%"]


def test_what_a_pattern_cut_out_is_a_number_at_once() -> None:
    assert convert("percent", "98,5").value == 98.5  # type: ignore[union-attr]
    assert convert("count", "1.024").value == 1024  # type: ignore[union-attr]
    assert convert("percent", "many") is None


@pytest.mark.parametrize("text", ["-", "--", "—", "N/A", "n. a.", "暂无数据", "暂无", "No data", "…"])
def test_no_value(text: str) -> None:
    assert is_empty(text)
    assert not is_empty("0%")


@given(
    st.text(max_size=200), st.sampled_from(["percent", "days", "hours", "count", "points", "rating", "level", "date"])
)
def test_any_text_gives_a_value_in_range_or_none(text: str, unit: str) -> None:
    found = find(unit, text.split("\n"))
    if found is not None and found.value is not None:
        assert found.text
        assert unit != "percent" or 0 <= found.value <= 100
        assert unit not in ("days", "hours") or found.value >= 0


@given(
    st.decimals(min_value=0, max_value=100, places=2),
    st.sampled_from([".", ","]),
    st.sampled_from(["%", " %", "\u00a0%", "％"]),
)
def test_every_percentage_is_read_as_it_is_written(value: object, mark: str, sign: str) -> None:
    written = str(value).replace(".", mark) + sign
    found = find("percent", [f"Target: ≤ 3 %  {written} of all"])
    assert found is not None
    assert found.value == float(str(value))
