"""Each kind of rule finds what it is for, at the right place."""

from __future__ import annotations

from typing import Any

import pytest

from .making import findings, found, rule


@pytest.mark.parametrize(
    ("given", "text", "expected"),
    [
        ({"kind": "length", "limit": {"max": 10}}, "Ten letters and more", ["s and more"]),
        ({"kind": "length", "limit": {"max": 20}}, "Ten letters and more", []),
        ({"kind": "length", "limit": {"min": 30}}, "Too short", ["Too short"]),
        ({"kind": "length", "limit": {"max": 6, "unit": "bytes"}}, "抗菌袜子", ["袜子"]),
        ({"kind": "length", "limit": {"max": 2, "unit": "words"}}, "one two three", ["three"]),
        ({"kind": "occurrence", "limit": {"max": 1}, "terms": {"en": ["new"]}}, "New, new and NEW", ["new", "NEW"]),
        ({"kind": "capitalisation", "limit": {"min": 4}}, "BIG SALE USB-C FREE XR500 ÉTUI", ["SALE", "FREE", "ÉTUI"]),
        ({"kind": "capitalisation", "limit": {"min": 4}}, "有線LAN付き STAINLESS鍋", ["STAINLESS"]),
        ({"kind": "capitalisation", "limit": {"min": 3}, "exceptions": {"any": ["LED"]}}, "LED LAMP", ["LAMP"]),
        ({"kind": "repetition"}, "Bag bags BAG bag-like", ["BAG", "bag"]),
        ({"kind": "repetition", "exceptions": {"en": ["for"]}}, "for a for b for c", []),
        ({"kind": "repetition", "limit": {"max": 1}}, "10 in 10 batteries and a battery", ["battery"]),
        ({"kind": "repetition", "limit": {"max": 3, "unit": "characters"}}, "Wow!!!!! nooo 1111", ["!!!!!"]),
        ({"kind": "numeric", "detect": ["link"], "allow": ["amazon.*"]}, "amazon.de or ebay.com", ["ebay.com"]),
        ({"kind": "numeric", "detect": ["html"], "allow": ["br"]}, "a<br/>b<p>", ["<p>"]),
        ({"kind": "numeric", "detect": ["email", "link"]}, "a@shop.com", ["a@shop.com"]),
        ({"signs": "™½²"}, "Best™ 1½ m²", ["™", "½", "²"]),
        ({"signs": "!"}, "Ｗｏｗ！", []),
        ({"kind": "requires", "terms": {"en": ["battery"]}, "needs": {"any": ["UN38.3"]}}, "A battery", ["battery"]),
        ({"kind": "requires", "terms": {"en": ["battery"]}, "needs": {"any": ["UN38.3"]}}, "A battery, UN38.3", []),
        ({"kind": "requires", "needs_patterns": {"any": ["size \\d"]}}, "Shirt", [""]),
        ({"kind": "requires", "needs_patterns": {"any": ["size \\d"]}}, "Shirt size 5", []),
    ],
)  # fmt: skip
def test_a_title(given: dict[str, Any], text: str, expected: list[str]) -> None:
    assert found(rule(**given), text) == expected


def test_what_is_needed_may_stand_in_another_field() -> None:
    made = rule(kind="requires", fields=["title"], terms={"en": ["battery"]}, needs={"any": ["tested"]})
    listing = {"title": "Battery", "bullets": ["Tested"]}
    assert found(made, listing) == []
    strict = rule(
        kind="requires", fields=["title"], terms={"en": ["battery"]}, needs={"any": ["tested"]}, needs_in="field"
    )
    assert found(strict, listing) == ["Battery"]


def test_a_substitution_says_what_to_write() -> None:
    made = rule(
        kind="substitution",
        substitutions={"en": {"velcro": "hook and loop"}},
        message={"zh_CN": "“{text}”是商标。", "en": "“{text}” is a mark."},
        fix={"zh_CN": "改写为 {instead}。", "en": "Write {instead}."},
    )
    (one,) = findings(made, "VELCRO strap")
    assert (one.text, one.message, one.fix, one.alternatives) == (
        "VELCRO", "“VELCRO” is a mark.", "Write hook and loop.", ["hook and loop"],
    )  # fmt: skip


def test_a_length_says_how_long_it_is() -> None:
    made = rule(kind="length", limit={"max": 5}, message={"zh_CN": "共{count}个字", "en": "{count} of {limit}"})
    assert findings(made, "seven!!")[0].message == "7 of 5"


def test_each_bullet_is_counted_by_itself() -> None:
    made = rule(kind="length", limit={"max": 5}, fields=["bullets"])
    assert [
        (one.field, one.index) for one in findings(made, {"title": "Too long", "bullets": ["short", "too long"]})
    ] == [("bullets", 1)]


def test_text_in_pictures_is_read_by_its_own_kind() -> None:
    made = rule(kind="image-text", terms={"en": ["sale"]})
    assert found(made, {"title": "Sale", "image_text": ["Big sale"]}) == ["sale"]
    assert found(rule(terms={"en": ["sale"]}), {"title": "Sale", "image_text": ["sale"], "brand": "Sale"}) == ["Sale"]


def test_attributes_are_named() -> None:
    (one,) = findings(rule(terms={"en": ["bad"]}), {"attributes": {"Colour": "bad", "Size": "5"}})
    assert (one.field, one.index, one.start, one.end) == ("attributes", "Colour", 0, 3)
