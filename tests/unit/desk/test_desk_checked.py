"""Whether a listing of the catalogue was checked, over a real archive."""

from __future__ import annotations

import time
from typing import Any

import pytest

from companion.catalogue.versions import Listing, ListingFact
from companion.compliance.checking import Checking
from companion.compliance.loader import RuleSet
from companion.conversations.looks import Look
from companion.desk.checked import texts_of
from companion.protocol.errors import ErrorCode, SeabridgeError
from companion.protocol.methods.checks import Waiver
from tests.unit.compliance.making import shared

from .fake_checks import CONTACT, MARK
from .fakes import Office
from .test_desk_bulk_check import ask
from .test_desk_catalogue import office

__all__ = ["office"]
SHOWN = {"marketplace": "shopee", "shop": "xiaohai.tw", "key": "TW/24800011223"}


def looked(office: Office, at: float, **fields: str) -> None:
    archive: Any = office.archive
    values = {"title": "Basket, velcro strap", "bullets": '["fine", "加微信"]', "sku": "LB-72", "price": "9", **fields}
    archive.facts.note("listing", [Look("shopee", "TW", "xiaohai.tw", SHOWN["key"], values, "shopee/product")], at)


@pytest.fixture
def rules(office: Office) -> list[Any]:
    """The rules, to be changed by a test."""
    known: list[Any] = [CONTACT, MARK]
    checking = Checking(
        office.room.documents,
        lambda: RuleSet(tuple(known), shared().cues, shared().places),
        lambda: office.archive.checks,
    )
    office.room._checking = checking
    return known


def test_a_listing_is_checked_now_and_the_check_is_remembered(office: Office, rules: list[Any]) -> None:
    looked(office, 1_000.0)
    assert ask(office, "check.last", **SHOWN) is None
    office.room.checking.waive(Waiver(rule="made/mark", text="velcro", item="LB-72", target="listing", reason="ours"))
    now = ask(office, "check.now", **SHOWN, locale="en")
    assert [
        (row["finding"]["field"], row["finding"]["index"], row["before"], row["reason"]) for row in now["rows"]
    ] == [("title", None, "Basket, ", "ours"), ("bullets", 1, "加", "")]
    last = ask(office, "check.last", **SHOWN)
    assert (last["findings"], last["excused"], last["old"], last["pack"]) == (2, 1, False, now["last"]["pack"])
    assert abs(last["at"] - time.time()) < 60


def test_a_check_is_old_once_the_listing_or_the_rules_changed(office: Office, rules: list[Any]) -> None:
    looked(office, 1_000.0)
    ask(office, "check.now", **SHOWN, locale="en")
    looked(office, time.time() + 5, title="New title")
    assert ask(office, "check.last", **SHOWN)["old"]
    looked(office, time.time() + 6, title="New title")
    rules.pop()
    office.room.checking.rules_changed()
    assert ask(office, "check.last", **SHOWN)["old"]


def test_a_listing_there_is_none_of(office: Office, rules: list[Any]) -> None:
    for method, more in (("check.last", {}), ("check.now", {"locale": "en"})):
        with pytest.raises(SeabridgeError) as caught:
            ask(office, method, **SHOWN, **more)
        assert caught.value.code is ErrorCode.NOT_FOUND


def test_an_attribute_is_known_by_its_name() -> None:
    facts = {
        "title": ListingFact("Mat", 1.0, 2.0, False),
        "bullets": ListingFact(["one", "two"], 1.0, 2.0, False),
        "price": ListingFact("9.99", 1.0, 2.0, False),
        "attributes.Material": ListingFact("velcro", 1.0, 2.0, False),
    }
    one = Listing("ebay", "", "s", "1", "S-1", "1", "Mat", 1.0, 2.0, False, facts, [])
    assert [(text.field, text.name, text.index, text.text) for text in texts_of(one)] == [
        ("title", "", -1, "Mat"),
        ("bullets", "", 0, "one"),
        ("bullets", "", 1, "two"),
        ("attributes", "Material", -1, "velcro"),
    ]
