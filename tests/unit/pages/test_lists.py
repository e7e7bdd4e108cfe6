"""Rows of notices, orders, reviews and returns: which are rows, what of them is read, and when it is not believed."""

from __future__ import annotations

import re

import pytest

from companion.marketplaces import rules_dir
from companion.pages import missing

from .made import css, page, read, told

NOTICES = page(
    "notices",
    account={"shop": [{"query": "shop"}], "region": css("#region")},
    rows={
        "row": css("[data-row]", ".old-row"),
        "key": css("[data-row]@data-row"),
        "reason": css(".reason", "h3"),
        "items": css(".item"),
        "date": css("time"),
        "status": css(".status"),
        "deadline": css({"css": ".status", "pattern": r"(\d+ days left)"}),
        "body": css("iframe >>> body"),
    },
    health=[{"field": "rows.row"}, {"field": "rows.reason"}],
)


def row(key: str, reason: str = "Counterfeit", more: str = "", attributes: str = "") -> str:
    return f'<li data-row="{key}" {attributes}><b class="reason">{reason}</b>{more}</li>'


def test_hidden_twins_are_no_rows() -> None:
    twin = row("1", attributes='style="display: none"')
    found = read(
        f"<ul>{twin}{row('1')}</ul><ul hidden>{row('1')}{row('2')}</ul><div data-seabridge-hidden>{row('3')}</div>",
        NOTICES,
    )
    assert told(found["notices"]) == [{"key": "1", "reason": "Counterfeit"}]
    assert found["health"]["ok"]


def test_a_row_in_a_row_is_part_of_it_and_rows_that_look_alike_are_several() -> None:
    nested = '<li data-row="1"><ul><li data-row="1"><b class="reason">Counterfeit</b></li></ul></li>'
    found = read(f"<ul>{nested}{nested}</ul>", NOTICES)
    assert [one["key"] for one in found["notices"]] == ["1", "1"]


def test_every_match_of_the_first_way_that_finds_something_is_an_item() -> None:
    items = '<i class="item">B0A1</i><i class="item" hidden>B0HID</i><i class="item">B0A2 <i class="item">in it</i></i>'
    found = read(f"<ul>{row('1', more=items)}{row('2')}</ul>", NOTICES)
    assert [one["items"] for one in found["notices"]] == [["B0A1", "B0A2 in it"], []]


def test_all_fields_of_a_notice() -> None:
    more = (
        '<time>Nov 20, 2026</time>\n\n   <span class="status">Appeal open,\n\n 12 days left</span>'
        '<iframe srcdoc="&lt;body&gt;&lt;p&gt;Dear seller,&lt;/p&gt;&lt;p&gt;bye&lt;/p&gt;&lt;/body&gt;"></iframe>'
    )
    found = read(f'<b id="region">us</b><ul>{row("n-1", "Fake", more)}</ul>', NOTICES)
    assert found["account"] == {"shop": "mine", "region": "US"}
    assert found["page"] == "notices"
    assert told(found["notices"]) == [
        {
            "key": "n-1",
            "reason": "Fake",
            "date": "Nov 20, 2026",
            "status": "Appeal open,\n12 days left",
            "deadline": "12 days left",
            "body": "Dear seller,\nbye",
        }
    ]
    assert found["notices"][0]["at"] == "2026-11-20T00:00:00Z"
    assert found["notices"][0]["span"] == 86_400
    for key in ("messages", "threads", "kpis", "orders", "reviews", "returns"):
        assert found[key] == []
    assert found["composer"] is None
    assert found["listing"] is None


def test_a_row_without_its_reason_is_not_guessed_at() -> None:
    found = read(f"<ul>{row('1')}<li data-row='2'><b>something</b></li></ul>", NOTICES)
    assert found["health"]["missing"] == ["rows.reason"]
    assert [one["reason"] for one in found["notices"]] == ["Counterfeit", ""]


@pytest.mark.parametrize(
    ("body", "ok"),
    [
        ("<p>You have no violations</p>", True),
        ("<p>No data</p>", True),
        ("<div><span>暂无数据</span></div>", True),
        ("<p>Nenhum resultado</p>", True),
        ("<p>通知はありません。</p>", True),
        ("<p>Node status: fine</p>", False),
        ("<p hidden>No data</p>", False),
        ("<p>Loading…</p>", False),
        ("", False),
        (f"<p>No returns without a label are accepted {'here and there ' * 12}</p>", False),
    ],
)
def test_an_empty_list_says_that_it_is_empty(body: str, ok: bool) -> None:
    found = read(f"<h1>Violations</h1>{body}", NOTICES)
    assert found["notices"] == []
    assert found["health"]["ok"] is ok
    assert ok or found["health"]["missing"][0] == "rows.row"


def test_a_row_that_lost_its_mark_beside_others_is_noticed() -> None:
    found = read(f"<ul>{row('1')}<li><b class='reason'>Fake</b></li></ul>", NOTICES)
    assert found["health"]["missing"] == ["rows.row"]


def test_a_list_longer_than_is_read_is_not_called_complete() -> None:
    found = read(f"<ul>{''.join(row(str(n)) for n in range(501))}</ul>", NOTICES)
    assert len(found["notices"]) == 500
    assert found["health"]["missing"] == ["rows.row"]


def test_rows_in_an_open_shadow_root() -> None:
    shadow = page(
        "orders",
        rows={"row": css("x-table >>> .r"), "order": css("x-cell >>> b"), "items": css("i")},
        health=[{"field": "rows.order"}],
    )
    cell = '<x-cell><template shadowrootmode="open"><b>{0}</b></template></x-cell><i>cup</i>'
    rows = "".join(f'<div class="r">{cell.format(n)}</div>' for n in ("A-1", "A-2"))
    inner = f'<template shadowrootmode="open"><div class="r" hidden>{cell.format("A-0")}</div>{rows}</template>'
    found = read(f"<x-table>{inner}</x-table>", shadow)
    assert told(found["orders"]) == [{"order": "A-1", "items": ["cup"]}, {"order": "A-2", "items": ["cup"]}]
    hidden = read(f"<x-table hidden>{inner}</x-table>", shadow)
    assert hidden["orders"] == [], "what stands in a hidden host is hidden"


REVIEWS = page(
    "reviews",
    rows={"row": css(".rev"), "text": css("p"), "rating": css({"css": "[aria-label]", "attr": "aria-label"})},
    health=[{"field": "rows.row"}],
)


def test_stars_without_a_word_are_a_review() -> None:
    star = '<i aria-label="4 of 5"></i>'
    found = read(f'<div class="rev">{star}<p>Fine</p></div><div class="rev">{star}</div>', REVIEWS)
    assert told(found["reviews"]) == [{"text": "Fine", "rating": "4 of 5"}, {"rating": "4 of 5"}]
    assert found["health"]["ok"]
    silent = read(f'<div class="rev">{star}<p>Fine</p></div><div class="rev"></div>', REVIEWS)
    assert silent["health"]["missing"] == ["rows.text"]
    most = read(f'<div class="rev"><p>Fine</p></div>{f"<div class=rev>{star}</div>" * 3}', REVIEWS)
    assert most["health"]["missing"] == ["rows.text"]


def test_several_rows_taken_for_one_are_no_row() -> None:
    described = page(
        "reviews", rows={"row": css("li"), "text": css("p"), "time": css("time"), "item": css("h4"), "order": css("h4")}
    )
    one = "<h4>Cup</h4><p>Good</p><time>3 Sep</time>"
    other = "<h4>Bowl</h4><p>Bad</p><time>4 Sep</time>"
    assert read(f"<ul><li>{one}</li><li>{other}</li></ul>", described)["health"]["ok"]
    assert read(f"<ul><li>{one}{other}</li></ul>", described)["health"]["missing"] == ["rows.row"]
    # one thing that stands twice, and two things of one row
    assert read(f"<ul><li>{one}{one}</li></ul>", described)["health"]["ok"]
    assert read("<ul><li><h4>Cup</h4><h4>Saucer</h4><p>Good</p><time>3 Sep</time></li></ul>", described)["health"]["ok"]


def test_both_readers_know_an_empty_list_by_the_same_words() -> None:
    """The live reader's pattern is written out again in TypeScript; what one learns the other must learn."""
    source = (rules_dir().parent / "extension" / "src" / "sites" / "listhealth.ts").read_text("utf-8")
    [live] = re.findall(r"const EMPTY =\n  /(.*)/i;", source)
    assert live == missing._EMPTY.pattern
