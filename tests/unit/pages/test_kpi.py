"""Service figures: by row, else near their labels, and never across the label of another figure."""

from __future__ import annotations

from typing import Any

import pytest

from .made import css, page, read

LABELS = {
    "late": ["Late shipment rate", "Rate verspäteter Lieferungen", "延迟发货率"],
    "cancel": ["Cancellation rate", "Stornorate", "取消率"],
    "tracking": ["Valid tracking rate"],
    "rate": ["Rate"],
}


def figures(*names: str, **more: Any) -> dict[str, Any]:
    kpis = [{"name": name, "unit": "percent", "labels": LABELS[name], **more} for name in names]
    return page("kpi", kpis=kpis, health=[{"field": f"kpis.{name}"} for name in names[:1]])


def values(body: str, *names: str, **more: Any) -> list[float | None]:
    return [kpi["value"] for kpi in read(body, figures(*names, **more))["kpis"]]


TWO = ("late", "cancel")


@pytest.mark.parametrize(
    "body",
    [
        # beside, below, above, in one text, in cells, in a list of terms, deep apart
        "<p><span>Late shipment rate</span><b>1.2%</b></p><p><span>Cancellation rate</span><b>0,5 %</b></p>",
        "<div><div>Late shipment rate</div><div>1.2%</div></div><div><div>Cancellation rate</div><div>0.5%</div></div>",
        "<div><b>1.2%</b><i>Late shipment rate</i></div><div><b>0.5%</b><i>Cancellation rate</i></div>",
        "<p>Late shipment rate: 1.2%</p><p>Cancellation rate: 0.5%</p>",
        "<p>Late shipment rate 1.2% Cancellation rate 0.5%</p><p>Cancellation rate 0.5%</p>",
        "<table><tr><td>Late shipment rate<td>Target: < 4%<td>1.2%<tr><td>Cancellation rate<td>0.5%<td>1 of 2</table>",
        "<dl><dt>Late shipment rate<dd>1.2%<dt>Cancellation rate<dd>0.5%</dl>",
        "<div>Late shipment rate <b>1.2%</b><br>Cancellation rate <b>0.5%</b></div>",
        "<div><h3>Late shipment rate</h3><section><div><div><p>1.2%</p></div></div></section></div>"
        "<div><h3>Cancellation rate</h3><section><p>0.5%</p></section></div>",
        "<div>LATE SHIPMENT <em>RATE</em></div><div>1.2%</div><div>Cancellation\n rate</div><div>0.5%</div>",
        # a mention elsewhere, a hidden twin, a tooltip with the demand
        "<nav><a>Late shipment rate</a><a>Cancellation rate</a></nav><p>Late shipment rate <b>1.2%</b></p>"
        "<p hidden>Late shipment rate <b>9%</b></p><p>Cancellation rate <b>0.5%</b></p>",
        "<p>Late shipment rate must stay under 4%.</p><p><i>Late shipment rate</i><b>1.2%</b></p>"
        "<p>Cancellation rate <b>0.5%</b></p>",
        # several languages on one page
        "<p>延迟发货率 <b>1.2%</b></p><p>Stornorate <b>0,5 %</b></p>",
        # a language whose words join
        "<p>店铺延迟发货率说明</p><p>延迟发货率：1.2%</p><p>取消率：0.5%</p>",
    ],
)
def test_a_figure_stands_near_its_label(body: str) -> None:
    assert values(body, *TWO) == [1.2, 0.5]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        # the value behind the next label is the next figure's
        ("<p><i>Late shipment rate</i><i>Cancellation rate</i><b>0.5%</b></p>", [None, 0.5]),
        ("<div><i>Late shipment rate</i></div><div><i>Cancellation rate</i><b>0.5%</b></div>", [None, 0.5]),
        ("<p>Late shipment rate Cancellation rate 0.5%</p>", [None, None]),
        # labels in one row, values in the next: which is whose is not guessed
        ("<table><tr><th>Late shipment rate<th>Cancellation rate<tr><td>1.2%<td>0.5%</table>", [None, None]),
        # another thing's heading, row or list item stands between
        ("<div><p>Late shipment rate</p><h3>Refunds</h3><p>7%</p></div>", [None, None]),
        ("<ul><li>Late shipment rate</li><li>Refunds <b>7%</b></li></ul>", [None, None]),
        ("<table><tr><td>Late shipment rate</td></tr><tr><td>Refunds</td><td>7%</td></tr></table>", [None, None]),
        ("<dl><dt>Late shipment rate</dt><dt>Refunds</dt><dd>7%</dd></dl>", [None, None]),
        # what stands above the label belongs to something else
        ("<div><i>Refunds</i><b>7%</b><i>Late shipment rate</i></div>", [None, None]),
        # two different figures under one label
        ("<p>Late shipment rate 1.2%</p><p>Late shipment rate 2%</p>", [None, None]),
        # part of a longer word
        ("<p>Late shipment rates 1.2%</p><p>Anticancellation rate 7%</p>", [None, None]),
        # only the demand
        ("<p><i>Late shipment rate</i><b>Target: under 4%</b></p>", [None, None]),
        ("<p hidden>Late shipment rate 1.2%</p>", [None, None]),
    ],
)
def test_what_cannot_be_told_is_no_figure(body: str, expected: list[float | None]) -> None:
    found = read(body, figures(*TWO))
    assert [kpi["value"] for kpi in found["kpis"]] == expected
    assert [kpi["text"] != "" for kpi in found["kpis"]] == [value is not None for value in expected]
    assert found["health"]["missing"] == ([] if expected[0] is not None else ["kpis.late"])


@pytest.mark.parametrize(
    ("body", "missing"),
    [
        # a shop without orders is no changed page
        ("<p><i>Late shipment rate</i><b>N/A</b><b>7%</b></p><p>Cancellation rate 0.5%</p>", []),
        ("<p>Late shipment rate: --</p><p>Cancellation rate 0.5%</p>", []),
        # nothing but dashes may be a page that still loads
        ("<p><i>Late shipment rate</i><b>--</b></p><p>Something else <b>7%</b></p>", ["kpis"]),
        ("<p>Late shipment rate: --</p><p>Cancellation rate: --</p>", ["kpis"]),
    ],
)
def test_a_figure_the_page_has_no_value_for_is_not_missing(body: str, missing: list[str]) -> None:
    found = read(body, figures(*TWO))
    assert (found["kpis"][0]["value"], found["kpis"][0]["text"]) == (None, "")
    assert found["health"]["missing"] == missing


def test_a_printed_percentage_is_believed_before_one_that_must_be_computed() -> None:
    card = "<div><b>0.31%</b><div><h3>Late shipment rate</h3></div><i>2 of 645 orders</i></div>"
    other = "<div><h3>Cancellation rate</h3><i>2 of 100 orders</i></div>"
    assert values(f"<main>{card}{other}</main>", *TWO) == [0.31, 2.0]


def test_the_same_figure_twice_is_one() -> None:
    assert values("<p>Late shipment rate 1.2%</p><p>Late shipment rate <b>1,2 %</b></p>", "late") == [1.2]


def test_the_longest_label_is_meant() -> None:
    assert values("<p>Rate <b>5%</b></p><p>Rate verspäteter Lieferungen <b>1,2 %</b></p>", "rate", "late") == [5, 1.2]
    assert values("<p>Rate verspäteter Lieferungen <b>1,2 %</b></p>", "rate", "late") == [None, 1.2]


def test_a_row_counts_before_a_label() -> None:
    body = '<div id="late"><p>Late shipment rate</p><p>Target: under 4%</p><p>1.27%</p><p>3 of 236</p></div>'
    row = {"row": css("#gone", "#late")}
    found = read(body + "<p>Late shipment rate 9%</p>", figures("late", window=30, **row))
    assert found["kpis"] == [
        {"name": "late", "value": 1.27, "text": "1.27%", "unit": "percent", "target": "under 4%", "window": 30}
    ]
    # the row is there but says nothing: another place is not asked
    assert values('<div id="late">Late shipment rate</div><p>Late shipment rate 9%</p>', "late", **row) == [None]
    hidden = '<div id="late" hidden>Late shipment rate 9%</div><p>Late shipment rate 1.2%</p>'
    assert values(hidden, "late", **row) == [1.2]


def test_patterns_of_value_and_target() -> None:
    more = {"value": r"now (\d+)", "target": r"aim (\S+)"}
    found = read("<p>Late shipment rate <b>was 9% now 3</b> <i>aim 4%</i></p>", figures("late", **more))
    assert (found["kpis"][0]["value"], found["kpis"][0]["target"]) == (3, "4%")
    refused = read("<p>Late shipment rate <b>3</b></p>", figures("late", value=r"\p{N}"))
    assert refused["kpis"][0]["value"] is None
    assert refused["health"]["refused"][0]["entry"] == r"\p{N}"


def test_a_target_stands_apart_from_its_value() -> None:
    body = "<div><div><span>Late shipment rate</span></div><div><b>--</b></div><p>Target: ≥ 95%</p></div>"
    [kpi] = read(body, figures("late"))["kpis"]
    assert (kpi["value"], kpi["text"], kpi["target"]) == (None, "", "≥ 95%")


def test_labels_in_an_open_shadow_root() -> None:
    inner = "<template shadowrootmode='open'><div><i>Late shipment rate</i><b>1.2%</b></div></template>"
    assert values(f"<x-card>{inner}</x-card><p>7%</p>", "late") == [1.2]
    assert values(f"<x-card hidden>{inner}</x-card>", "late") == [None]


def test_levels_and_dates_are_texts() -> None:
    kpis = [
        {"name": "level", "unit": "level", "labels": ["Current seller level"]},
        {"name": "next", "unit": "date", "labels": ["Next evaluation"]},
    ]
    body = "<div><h2>Current seller level</h2><p>Above Standard</p></div><div><i>Next evaluation</i><b>Dec 20</b></div>"
    found = read(body, page("kpi", kpis=kpis))["kpis"]
    assert [(kpi["value"], kpi["text"]) for kpi in found] == [(None, "Above Standard"), (None, "Dec 20")]


def test_a_page_without_any_figure_is_not_understood() -> None:
    found = read("<p>Welcome</p>", page("kpi", kpis=[{"name": "late", "unit": "percent", "labels": ["Late"]}]))
    assert found["health"]["missing"] == ["kpis"]
    assert found["kpis"][0]["value"] is None


def test_a_huge_page_is_read_in_bounded_time() -> None:
    body = "".join(f"<div><p>Refund {n}</p><p>{n % 100}%</p></div>" for n in range(9_000))
    assert values(body + "<p>Late shipment rate <b>1.2%</b></p>", *TWO) == [1.2, None]
