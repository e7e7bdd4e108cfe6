"""What an update changes, in words a seller reads, and which of the shop's texts it newly hits."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from companion.compliance.check import Checker, Text, listing_texts
from companion.compliance.feed.hits import MOST_HITS, MOST_TEXTS, Hits, ShopText, days_of, new_hits
from companion.compliance.feed.page_changes import page_changes
from companion.compliance.feed.rule_changes import rule_changes
from companion.compliance.feed.telling import day, details_of, hit_line, line_of
from companion.compliance.loader import RuleSet
from companion.compliance.pack import Pack
from companion.compliance.place import Place, Places
from companion.compliance.rule import Rule
from companion.locales import LOCALES
from companion.marketplaces import load
from tests.unit.compliance.making import DAY, rule, shared

ONE: dict[str, Any] = {"id": "made/one", "terms": {"en": ["zyxone", "zyxold"]}}


def rules(*made: Rule, places: Places | None = None) -> RuleSet:
    return RuleSet(made, shared().cues, places or shared().places)


def told(was: list[Rule], now: list[Rule], locale: str = "en") -> list[str]:
    return [
        text
        for one in rule_changes(rules(*was), rules(*now))
        for text in (line_of(one, locale), *details_of(one, locale))
    ]


def test_a_new_rule_begins_on_its_first_day() -> None:
    new = rule(**ONE, marketplaces=["amazon"], validity=[{"from": "2026-12-01"}])
    assert told([], [new]) == [
        "from 1 December 2026: new rule made/one (error): This must not be said.",
        "marketplaces: added amazon",
        "terms: added zyxone, zyxold",
    ]
    assert told([], [new], "zh_CN")[0] == "自 2026年12月1日起：新规则 made/one（违规）：这里不能这样写。"
    assert told([], [rule(**ONE)])[0].startswith("now: new rule made/one (error)")
    assert told([], [rule(**ONE)], "zh_CN")[0].startswith("即日起：新规则 made/one")


def test_a_rule_that_begins_in_several_places_begins_with_the_first() -> None:
    spans = [{"from": "2027-02-01", "regions": ["DE"]}, {"from": "2026-12-15", "until": "2027-06-30"}]
    lines = told([], [rule(**ONE, validity=spans)])
    assert lines[0].startswith("from 15 December 2026: ")
    assert lines[-1] == "in force: added 1 February 2027… DE, 15 December 2026…30 June 2027"
    no_bound = told([], [rule(**ONE, validity=[{"from": "2026-12-15"}, {"until": "2027-06-30"}])])
    assert no_bound[0].startswith("now: "), "where one span has no beginning it is in force at once"


def test_a_rule_that_goes_is_told_as_it_was() -> None:
    assert told([rule(**ONE)], []) == ["now: rule made/one no longer counts (error): This must not be said."]


@pytest.mark.parametrize(
    ("change", "line"),
    [
        ({"level": "warning"}, "level: error → warning"),
        ({"status": "deprecated"}, "status: stable → deprecated"),
        ({"terms": {"en": ["zyxone", "zyxnew"]}}, "terms: added zyxnew; removed zyxold"),
        ({"exceptions": {"en": ["fine zyxone"]}}, "exceptions: added fine zyxone"),
        ({"marketplaces": ["amazon", "ebay"]}, "marketplaces: added amazon, ebay; removed all"),
        ({"regions": ["DE"]}, "regions: added DE"),
        ({"applies_to": ["listing"]}, "applies to: removed message"),
        ({"validity": [{"until": "2027-01-31"}]}, "in force: added …31 January 2027"),
        ({"brands": ["own"]}, "excused marks: added own"),
        ({"context": {"only_near": [{"words": {"en": ["near"]}}]}}, "when it counts"),
        ({"message": {"zh_CN": "换了说法。", "en": "Said otherwise."}}, "what it says"),
        ({"limit": {"max": 3}, "kind": "occurrence"}, "limit (max): none → 3"),
        ({"terms": {"en": [f"zyx{at}" for at in range(40)]}}, "and 28 more"),
    ],
)
def test_what_is_otherwise_is_named(change: dict[str, Any], line: str) -> None:
    lines = told([rule(**ONE)], [rule(**{**ONE, **change})])
    assert lines[0].startswith("now: changed rule made/one")
    assert any(line in each for each in lines[1:]), lines


@pytest.mark.parametrize(
    "change",
    [{"version": 9}, {"facts": ["T1"]}, {"references": [{"source": "x", "basis": "R", "seen": "2026-11-01"}]}],
)
def test_what_nobody_notices_is_not_told(change: dict[str, Any]) -> None:
    assert told([rule(**ONE)], [rule(**{**ONE, **change})]) == []


def test_a_change_begins_with_what_is_newly_said_of_days() -> None:
    was = rule(**ONE, validity=[{"from": "2026-01-01", "until": "2026-12-31"}])
    now = rule(**ONE, validity=[{"from": "2026-01-01", "until": "2026-12-31"}, {"from": "2027-03-01"}])
    assert told([was], [now])[0].startswith("from 1 March 2027: changed rule")


def test_words_that_all_rules_share_are_told() -> None:
    [one] = rule_changes(rules(), rules(places=Places(regions={"EU": ["DE"]})))
    assert line_of(one, "en") == "now: the words all rules share (places) changed"


def test_pages_are_told_field_by_field() -> None:
    import msgspec

    shipped = load().marketplaces
    amazon = next(one for one in shipped if one.name == "amazon")
    orders = next(one for one in amazon.pages if one.id == "order")
    other = msgspec.structs.replace(
        orders, root=[*orders.root[1:], type(orders.root[0])(css=".new-root")], source="somewhere else in the world"
    )
    pages = [other if one is orders else one for one in amazon.pages if one.id != "returns"]
    new = msgspec.structs.replace(amazon, pages=[*pages, msgspec.structs.replace(orders, id="more")], title="AMZ")
    changes = list(page_changes(shipped, [new if one is amazon else one for one in shipped]))
    lines = [line_of(one, "en") for one in changes]
    assert lines == [
        "now: the description of marketplace amazon changed",
        "now: new page description amazon/more",
        "now: changed page description amazon/order",
        "now: page description amazon/returns is no longer used",
    ]
    assert details_of(changes[0], "en") == ["name: Amazon → AMZ"]
    details = details_of(changes[2], "en")
    assert any(one.startswith("root: added .new-root; removed ") for one in details)
    assert any(one.startswith("source: added somewhere else") for one in details)
    assert list(page_changes(shipped, shipped)) == []


def test_another_order_of_the_same_selectors_is_told() -> None:
    import msgspec

    amazon = next(one for one in load().marketplaces if one.name == "amazon")
    chat = next(one for one in amazon.pages if len(one.paths) > 1)
    turned = msgspec.structs.replace(chat, paths=chat.paths[::-1])
    new = msgspec.structs.replace(amazon, pages=[turned if one is chat else one for one in amazon.pages])
    [one] = page_changes([amazon], [new])
    assert details_of(one, "en") == ["paths: the order"]


@pytest.mark.parametrize("month", range(1, 13))
def test_days_are_written_as_people_write_them(month: int) -> None:
    written = f"2026-{month:02}-09"
    assert day(written, "zh_CN") == f"2026年{month}月9日"
    assert day(written, "en").startswith("9 ")
    assert day("", "en") == ""


def listing(name: str, title: str, **known: Any) -> ShopText:
    texts = listing_texts({"title": title})
    return ShopText("listing", name, title, texts, Place("listing", date.min, **known), ("amazon", "A1", name))


def reply(name: str, text: str) -> ShopText:
    return ShopText("reply", name, text[:20], [Text("text", None, text)], Place("message", date.min))


def checker(*made: Rule) -> Checker:
    return Checker(Pack(made, shared().cues, shared().places))


def hits(
    before: list[Rule], after: list[Rule], texts: Any, days: list[date] | None = None,
    too_late: Callable[[], bool] = lambda: False,
) -> Hits:  # fmt: skip
    return new_hits(checker(*before), checker(*after), texts, days or [DAY], "en", too_late)


def test_only_what_is_newly_found_is_told() -> None:
    old, new = rule(**ONE), rule(id="made/two", terms={"en": ["zyxtwo"]})
    texts = [listing("SKU-1", "zyxone here"), listing("SKU-2", "zyxtwo and zyxone"), reply("hello", "so zyxtwo it is")]
    found = hits([old], [old, new], texts)
    assert [(one.kind, one.name, one.finding.rule) for one in found.found] == [
        ("listing", "SKU-2", "made/two"), ("reply", "hello", "made/two"),
    ]  # fmt: skip
    assert (found.looked, found.cut) == (3, False)
    assert hit_line(found.found[0], "en") == (
        "listing SKU-2 “zyxtwo and zyxone”: error “zyxtwo” This must not be said."
    )
    for locale in LOCALES:
        assert "{" not in hit_line(found.found[1], locale)


def test_a_finding_that_becomes_worse_is_new() -> None:
    mild, bad = rule(**ONE, level="warning"), rule(**ONE)
    assert [one.finding.level for one in hits([mild], [bad], [listing("1", "zyxone")]).found] == ["error"]
    assert hits([bad], [bad], [listing("1", "zyxone")]).found == []


def test_a_rule_that_begins_later_hits_from_its_day_on() -> None:
    later = rule(**ONE, validity=[{"from": "2026-12-01"}])
    days = days_of(["2026-12-01", "", "2026-01-01"], DAY)
    assert days == [DAY, date(2026, 12, 1)]
    [one] = hits([], [later], [listing("1", "zyxone")], days).found
    assert one.since == "2026-12-01"
    assert hit_line(one, "zh_CN").startswith("自 2026年12月1日起：商品 1")


def test_it_counts_only_where_the_rule_does() -> None:
    german = rule(**ONE, marketplaces=["amazon"], regions=["DE"])
    texts = [
        listing("1", "zyxone", marketplace="amazon", region="DE"),
        listing("2", "zyxone", marketplace="amazon", region="US"),
        listing("3", "zyxone", marketplace="ebay", region="DE"),
    ]
    assert [one.name for one in hits([], [german], texts).found] == ["1"]


def test_it_ends_after_so_many_texts_findings_and_seconds() -> None:
    assert hits([], [rule(**ONE)], (listing(str(at), "fine") for at in range(MOST_TEXTS + 5))).looked == MOST_TEXTS
    many = hits([], [rule(**ONE)], (listing(str(at), "zyxone zyxold zyxone") for at in range(MOST_HITS)))
    assert (len(many.found), many.cut) == (MOST_HITS, True)
    clock = iter([False, False, True])
    late = hits([], [rule(**ONE)], (listing(str(at), "zyxone") for at in range(9)), None, lambda: next(clock))
    assert (late.looked, late.cut) == (2, True)
