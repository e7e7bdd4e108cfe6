"""Rules that move, on the dashboard: asked for with its token only, watched while they come, rolled back."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
import pytest
from playwright.sync_api import expect

from companion.compliance.check import listing_texts
from companion.compliance.feed.choice import Source
from companion.compliance.feed.hits import ShopText
from companion.compliance.feed.lists import Shop
from companion.compliance.feed.service import RulesFeed
from companion.compliance.feed.signing import spaced
from companion.compliance.place import Place
from companion.desk import control, dashboard, guard
from companion.desk.client import DeskClient
from companion.desk.shop_texts import memory_shop_texts
from companion.protocol import METHODS
from companion.protocol.errors import ErrorCode, SeabridgeError
from companion.translation.memory.tmx import TmxPair
from tests.unit.feed.conftest import shipped
from tests.unit.feed.making import NOON, OTHER_KEY, OTHER_PRINT, PRINT, feed, rule

from .fakes import Office, open_office, until
from .test_desk_dashboard_page import browser, enter, leave, visit

if TYPE_CHECKING:
    from playwright.sync_api import Browser, FilePayload, Route

__all__ = ["browser", "shipped"]

FIRST = feed({"compliance/made/cure.yml": rule(since="2026-12-01")})
SECOND = feed({"compliance/made/cure.yml": rule(version=2, level="warning")}, version=2)


@pytest.fixture
def shop(shipped: Path, tmp_path: Path) -> Iterator[Office]:
    office = open_office(tmp_path)

    def texts() -> Iterator[ShopText]:
        texts = listing_texts({"title": "Tea zyxcure"})
        place = Place("listing", date.min, "amazon", "US")
        yield ShopText("listing", "SKU-1", "Tea zyxcure", texts, place, ("amazon", "A1", "SKU-1"))

    def make() -> RulesFeed:
        return RulesFeed(
            office.room.paths, office.room.documents, lambda _: (), Shop(texts), project=Source, clock=lambda: NOON
        )

    office.room.open_feed = make
    yield office
    office.running.stop()


def ask(office: Office, method: str, **params: Any) -> Any:
    body = msgspec.json.encode({"method": method, "params": params})
    return msgspec.to_builtins(dashboard.call(office.desk, office.desk.dashboard_tokens.issue(), body))


def upload(office: Office, data: bytes) -> str:
    return dashboard.upload(office.desk, office.desk.dashboard_tokens.issue(), data)


def finished(office: Office) -> Any:
    until(lambda: ask(office, "rules.update_state")["state"] != "running")
    return ask(office, "rules.update_state")


def test_a_file_is_taken_once_its_key_was_accepted(shop: Office) -> None:
    assert ask(shop, "rules.status")["feed"]["version"] == 0
    ask(shop, "rules.update_file", sha256=upload(shop, FIRST))
    state = finished(shop)
    assert state["state"] == "failed"
    assert (state["error"]["code"], state["error"]["data"]["key"]) == ("feed_key_unknown", PRINT)
    ask(shop, "rules.update_file", sha256=upload(shop, FIRST), accept=PRINT, locale="zh_CN")
    done = finished(shop)
    assert (done["state"], done["result"]["installed"]) == ("done", True)
    [change] = done["result"]["changes"]["changes"]
    assert change["line"].startswith("自 2026年12月1日起：新规则 made/cure")
    [hit] = done["result"]["changes"]["hits"]
    assert (hit["name"], hit["since"], hit["key"]) == ("SKU-1", "2026-12-01", ["amazon", "A1", "SKU-1"])
    told = ask(shop, "rules.status")
    assert (told["rules"], told["from_feed"], told["feed"]["kept"]) == (3, 1, [1])
    assert ask(shop, "rules.changes", locale="en")["changes"][0]["line"].startswith("from 1 December 2026")
    back = ask(shop, "rules.rollback", version=0)
    assert (back["installed"], back["status"]["version"], back["status"]["rolled_back"]) == (True, 0, 1)
    assert ask(shop, "rules.feed.set", use="off")["use"] == "off"


def test_what_was_not_uploaded_and_what_makes_no_sense_is_refused(shop: Office) -> None:
    gone = hashlib.sha256(b"nothing").hexdigest()
    for method, params, code in (
        ("rules.update_file", {"sha256": gone}, ErrorCode.NOT_FOUND),
        ("rules.rollback", {"version": -1}, ErrorCode.BAD_PARAMS),
        ("rules.rollback", {"version": 9}, ErrorCode.FEED_NOT_KEPT),
        ("rules.feed.set", {"use": "mine"}, ErrorCode.BAD_PARAMS),
        ("rules.feed.set", {"use": "own"}, ErrorCode.FEED_NONE),
        ("rules.update", {"address": "x" * 3_000}, ErrorCode.BAD_PARAMS),
        ("rules.diff", {"path": "/etc/passwd"}, ErrorCode.UNKNOWN_METHOD),
        ("rules.update_now", {"path": "/etc/passwd"}, ErrorCode.UNKNOWN_METHOD),
    ):
        with pytest.raises(SeabridgeError) as caught:
            ask(shop, method, **params)
        assert caught.value.code is code, method


def test_no_extension_has_power_over_the_rules(shop: Office) -> None:
    assert not [name for name in METHODS if name.startswith("rules.")]
    with DeskClient(shop.running.port) as client:
        client.hello()
        paired = client.pair(lambda pairing, _digits: shop.desk.pairings.confirm(pairing))
        client.prove(paired)
        for name in control.SHARED.keys() - METHODS.keys():
            if name.startswith("rules."):
                with pytest.raises(SeabridgeError) as caught:
                    client.answer(client.request(name))
                assert caught.value.code is ErrorCode.UNKNOWN_METHOD


def test_a_desk_without_a_feed_says_so(shop: Office) -> None:
    shop.room.open_feed = None
    for method in ("rules.status", "rules.changes", "rules.update"):
        with pytest.raises(SeabridgeError) as caught:
            ask(shop, method)
        assert caught.value.code is ErrorCode.UNKNOWN_METHOD


def test_what_was_sent_before_is_looked_at_the_newest_first(shop: Office) -> None:
    pairs = [TmxPair("zh", "en", said, told, at) for said, told, at in (("旧的", "old", 1.0), ("新的", "new", 2.0))]
    shop.translator.memory.add(pairs, "amazon/A1", 3.0)
    found = list(memory_shop_texts(shop.translator.memory))
    assert [(one.kind, one.name, one.title, one.texts[0].text) for one in found] == [
        ("memory", "en", "新的", "new"), ("memory", "en", "旧的", "old"),
    ]  # fmt: skip
    assert (found[0].place.marketplace, found[0].place.target, found[0].place.language) == ("amazon", "message", "en")


@pytest.mark.e2e
def test_a_seller_takes_a_feed_reads_what_it_changes_and_goes_back(browser: Browser, shop: Office) -> None:
    page = enter(browser, shop, width=360, locale="en-US")
    visit(page, "rules")
    expect(page.get_by_role("button", name="Update now")).to_be_disabled()
    expect(page.get_by_text("no address is asked")).to_be_visible()
    picker = page.locator("input[type=file]")
    second: FilePayload = {"name": "feed.zip", "mimeType": "application/zip", "buffer": SECOND}
    picker.set_input_files({"name": "feed.zip", "mimeType": "application/zip", "buffer": FIRST})
    expect(page.locator("code")).to_contain_text(PRINT[:4])
    page.get_by_role("button", name="accept", exact=False).first.click()
    expect(page.get_by_text("from 1 December 2026: new rule made/cure")).to_be_visible()
    hit = page.get_by_role("link", name="listing SKU-1")
    assert hit.get_attribute("href") == "#listing/amazon/A1/SKU-1"
    expect(page.get_by_text("The rules were updated")).to_be_visible()  # only then is another file taken
    held: list[Route] = []

    def look(route: Route) -> None:
        if "rules.update_state" in (route.request.post_data or ""):
            held.append(route)
        else:
            route.continue_()

    page.route("**" + guard.DASHBOARD_CALL, look)
    with page.expect_request(lambda request: "rules.update_state" in (request.post_data or "")):
        picker.set_input_files(second)
    picker.set_input_files(second)
    expect(page.get_by_text("The rules are being updated. Try again when that is done.")).to_be_visible()
    for route in held:
        route.continue_()
    page.unroute("**" + guard.DASHBOARD_CALL)
    expect(page.get_by_text("level: error → warning")).to_be_visible()
    page.locator("li", has_text="Version 1").get_by_role("button").click()
    page.get_by_role("button", name="Sure? Use it").click()
    expect(page.get_by_text("Version 2 was rolled back")).to_be_visible()
    other = feed({"compliance/made/cure.yml": rule()}, key=OTHER_KEY, version=9)
    picker.set_input_files({"name": "feed.zip", "mimeType": "application/zip", "buffer": other})
    asked = page.get_by_text("is signed with another key than before")
    expect(asked).to_contain_text(spaced(PRINT))
    expect(asked).to_contain_text(spaced(OTHER_PRINT))
    expect(page.get_by_role("button", name="Its maker says so: accept")).to_be_visible()
    page.get_by_role("button", name="Do not accept").click()
    expect(asked).to_have_count(0)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    leave(page)
