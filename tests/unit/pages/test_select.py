"""Selectors mean what they mean in a browser, or are refused."""

from __future__ import annotations

from typing import Any

import pytest

from companion.pages.document import Saved
from companion.pages.select import SelectorRefused, compiled, find_in, itself, match_shown, matches
from companion.protocol.pages import Select

PAGE = Saved(
    b'<ul class="list" id="l"><li class="row" id="r1"><b id="b1">x</b><i id="i1"></i></li><li class="row last" id="r2">'
    b'<div id="d"><b id="b2"></b></div></li></ul><input id="n" TYPE="Text" data-Kind="A">'
    b'<p id="#odd" title=\'a"b\'></p>'
)


def ids(css: str, scope: Any = None) -> list[str]:
    return [one.get("id") for one in matches(PAGE.top if scope is None else scope, css, PAGE)]


def one(css: str) -> Any:
    [found] = matches(PAGE.top, css, PAGE)
    return found


@pytest.mark.parametrize(
    ("css", "found"),
    [
        (".row", ["r1", "r2"]),
        ("b, .row", ["r1", "b1", "r2", "b2"]),
        (":has(> b)", ["r1", "d"]),
        (":has(> * > b) i", ["i1"]),
        ("li:has(> * > b):has(> *)", ["r2"]),
        ("li:has(> * > b)", ["r2"]),
        ("li:has(i, div) b", ["b1", "b2"]),
        (".row:last-child", ["r2"]),
        (".row > :first-child", ["b1", "d"]),
        ("li:nth-of-type(2)", ["r2"]),
        ("li:not(.last)", ["r1"]),
        (".row:not(.list > .last)", ["r1"]),
        ("b + i", ["i1"]),
        ("li ~ li", ["r2"]),
        ('[class~="last"]', ["r2"]),
        ('[id^="r"]', ["r1", "r2"]),
        ('[data-kind="a" i]', ["n"]),
        ('[data-kind="a"]', []),
        ('input[type="text"]', ["n"]),
        ('[id="#odd"]', ["#odd"]),
        ("#\\#odd", ["#odd"]),
        ("[title='a\"b']", ["#odd"]),
        (":is(b, i)", ["b1", "i1", "b2"]),
        ("UL LI.row > b", ["b1"]),
        ("i:empty", ["i1"]),
    ],
)
def test_what_is_found(css: str, found: list[str]) -> None:
    assert ids(css) == found


def test_a_row_is_asked_as_query_selector_asks() -> None:
    row = one("#r2")
    assert ids(".list b", row) == ["b2"], "what stands above the row counts for the left of a selector"
    assert ids(".row", row) == [], "the row itself is not below itself"
    assert itself(row, ".list > .row", PAGE)
    assert not itself(row, "b", PAGE)
    assert find_in(row, [Select(css="nav"), Select(css=".last")], PAGE) is row


@pytest.mark.parametrize(
    ("css", "reason"),
    [
        (":scope > b", ":scope"),
        ("a:hover", ":hover"),
        ("a:focus-within b", ":focus-within"),
        ("a:contains('x')", ":contains"),
        ("a::before", "pseudo-element"),
        ("[a!=b]", "!="),
        ("svg|a", "namespaces"),
        ("a:has(b:has(c))", ":has() in :has()"),
        ("*:nth-of-type(2)", "nth-of-type"),
        ("div[", "Expected"),
        ("", "Expected"),
        ("a >>> b:visited", ":visited"),
        (":not(" * 60 + "a" + ")" * 60, ""),
    ],
)
def test_what_is_not_supported_says_so(css: str, reason: str) -> None:
    with pytest.raises(SelectorRefused) as refused:
        compiled(css)
    assert reason in str(refused.value)


def test_a_refused_selector_finds_nothing_and_is_remembered() -> None:
    page = Saved(b"<p>x</p>")
    assert matches(page.top, "p:hover", page) == []
    assert list(page.refused) == ["p:hover"]


@pytest.mark.parametrize(
    "hiding",
    [
        "hidden",
        'style="display:none"',
        'style="color:red; DISPLAY : none !important"',
        'style="visibility:hidden"',
        "data-seabridge-hidden",
        'type="hidden"',
    ],
)
def test_hidden_twins_are_passed_over(hiding: str) -> None:
    page = Saved(
        f'<input id="a" {hiding}><div {hiding}><input id="b"></div><input id="c" style="displayx:none">'.encode()
    )
    found = match_shown(page.top, "input", page)
    assert found.get("id") == ("b" if hiding.startswith("type") else "c")
    assert [one.get("id") for one in matches(page.top, "input", page)] == ["a", "b", "c"]
    counted = Saved(f'<input id="a" {hiding}>'.encode(), heed_hidden=False)
    assert match_shown(counted.top, "input", counted) is not None


def test_many_siblings_do_not_take_for_ever() -> None:
    page = Saved(b"<pre>" + b"<b>x</b>" * 24_000 + b"</pre>")
    assert len(matches(page.top, "pre > :last-child", page)) == 1
    assert len(matches(page.top, "pre > b:first-child", page)) == 1
