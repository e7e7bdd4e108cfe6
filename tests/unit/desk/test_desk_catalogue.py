"""The catalogue at the desk: what an editor shows comes in, the dashboard shows it, manuals are handed over."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from companion.conversations import Archive
from companion.conversations.looks import Look
from companion.conversations.manuals import NewManual
from companion.desk import control
from companion.desk.guard import MAX_FILE
from companion.marketplaces import load
from companion.protocol.errors import ErrorCode, SeabridgeError
from companion.protocol.methods.archive import MessageSeenParams
from companion.protocol.values import SeenMessage, ThreadRef

from .fake_checks import fake_checking
from .fakes import Office, open_office


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """A desk over a real archive."""
    made = open_office(tmp_path)
    made.rules.marketplaces = [one for one in load().marketplaces if one.name in ("ebay", "shopee")]
    archive = Archive.open(tmp_path / "archive.db", tmp_path / "files")
    made.room._archive = archive  # type: ignore[assignment]
    made.room.open_checking = lambda: fake_checking(made.room.documents, archive.checks)
    yield replace(made, archive=archive)  # type: ignore[arg-type]
    made.running.stop()
    archive.close()


def ask(office: Office, method: str, **params: Any) -> Any:
    body = control.parse(json.dumps({"method": method, "params": params}).encode())
    return control.perform(office.desk, body, control.CONTROL, control.WIRE, "control")


def listing(**fields: Any) -> dict[str, Any]:
    given = {"title": "折疊洗衣籃", "sku": "LB-72", "item": "24800011223", **fields}
    return {
        "marketplace": "shopee", "region": "TW", "shop": "xiaohai.tw", "page": "product", "listing": given,
        "observed_at": 1_000.0,
    }  # fmt: skip


def test_a_listing_on_sale_is_checked_with_its_attributes_and_that_is_written_down(office: Office) -> None:
    seen = listing(title="Basket", bullets=["fine"], attributes={"Closure": "velcro", "Support": "ask on WhatsApp"})
    with office.proven() as client:
        assert client.call("listing.seen", seen).kept
    (check,) = office.archive.checks.of_listing("shopee", "xiaohai.tw", "LB-72")
    assert [(one.rule, one.field, one.text) for one in check.findings] == [
        ("made/mark", "attributes", "velcro"), ("made/contact", "attributes", "WhatsApp"),
    ]  # fmt: skip


def test_a_listing_is_kept_though_its_check_fails(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: Any) -> None:
        raise SeabridgeError(ErrorCode.STORAGE_FULL, path="x")

    monkeypatch.setattr(office.room.checking, "seen", broken)
    with office.proven() as client:
        assert client.call("listing.seen", listing()).kept
    assert len(office.archive.facts.named("listing", "LB-72")) == 1


def test_a_listing_of_an_open_editor_is_kept_once(office: Office) -> None:
    with office.proven() as client:
        assert client.call("listing.seen", listing()).kept
        assert client.call("listing.seen", listing()).kept
        assert not client.call("listing.seen", listing(sku="", item="")).kept
        # a description that was forgotten since
        assert client.call("listing.seen", listing(title="New") | {"page": "gone", "observed_at": 2_000.0}).kept
        with pytest.raises(SeabridgeError) as caught:
            client.call("listing.seen", listing(title=""))
    assert caught.value.code is ErrorCode.BAD_PARAMS
    assert ask(office, "catalogue.list", words="洗衣") == [], "it is called otherwise by now"
    [line] = ask(office, "catalogue.list", words="lb-72")
    assert (line.key, line.sku, line.versions) == ("TW/24800011223", "LB-72", 2)


def test_a_clock_that_is_ahead_keeps_no_later_look_out(office: Office) -> None:
    with office.proven() as client:
        client.call("listing.seen", listing() | {"observed_at": 32_503_680_000.0})
        client.call("listing.seen", listing(title="New") | {"observed_at": 32_503_680_000.0})
    [line] = ask(office, "catalogue.list")
    assert line.title == "New"


def test_one_listing_with_what_changed_and_what_is_about_it(office: Office) -> None:
    archive: Any = office.archive
    ref = ThreadRef(marketplace="ebay", shop="s1", region="", thread="t1", buyer="Rosalind")
    said = SeenMessage(key="1", direction="buyer", text="110 V?", time="", order="", images=[])
    with office.proven() as client:
        seen = MessageSeenParams(thread=ref, messages=[said], observed_at=10.0, item="186512340987")
        client.call("message.seen", json.loads(_encoded(seen)))
    for at, title in ((20.0, "Brass lamp"), (30.0, "Brass desk lamp")):
        values = {"title": title, "sku": "HL-1", "item": "186512340987"}
        archive.facts.note("listing", [Look("ebay", "", "s1", "186512340987", values, "ebay/listing")], at)
    archive.manuals.put(NewManual("lamp.md", "text/markdown", "", b"x", [], ["HL-1"]), 5.0)
    archive.manuals.put(NewManual("rug.md", "text/markdown", "", b"y", [], ["RUG"]), 5.0)
    shown = ask(office, "catalogue.show", marketplace="ebay", shop="s1", key="186512340987")
    assert [each.changes[0].field for each in shown["changes"]] == ["title"]
    assert [each.buyer for each in shown["conversations"]] == ["Rosalind"]
    assert [each.name for each in shown["manuals"]] == ["lamp.md"]
    [about] = ask(office, "catalogue.of_thread", thread_id=shown["conversations"][0].id)
    assert about.title == "Brass desk lamp"
    assert ask(office, "catalogue.of_thread", thread_id=99) == []
    with pytest.raises(SeabridgeError) as caught:
        ask(office, "catalogue.show", marketplace="ebay", shop="s2", key="186512340987")
    assert caught.value.code is ErrorCode.NOT_FOUND


def _encoded(params: MessageSeenParams) -> bytes:
    import msgspec

    return msgspec.json.encode(params)


def hand_over(office: Office, data: bytes, token: str) -> str:
    """POST a file as the dashboard does."""
    headers = {
        "Origin": f"http://127.0.0.1:{office.port}", "Sec-Fetch-Site": "same-origin", "X-Seabridge-Token": token,
        "Content-Type": "application/octet-stream",
    }  # fmt: skip
    request = urllib.request.Request(f"http://127.0.0.1:{office.port}/v1/dashboard/file", data, headers)
    with urllib.request.urlopen(request, timeout=10) as answer:
        return str(json.load(answer)["result"]["sha256"])


def test_a_manual_is_handed_over_and_asked(office: Office) -> None:
    token = office.desk.dashboard_tokens.issue()
    sha256 = hand_over(office, b"# Care\nWipe with a damp cloth.", token)
    added = ask(office, "manuals.add", sha256=sha256, name="care.md", skus=["LB-72"], language="en")
    assert (added.manual.name, added.replaced) == ("care.md", None)
    assert [one.text for one in ask(office, "manuals.passages", question="cloth?")] == ["Wipe with a damp cloth."]
    assert ask(office, "manuals.about", id=added.manual.id, skus=[]).skus == []
    assert [one.id for one in ask(office, "manuals.list")] == [added.manual.id]
    assert ask(office, "manuals.remove", id=added.manual.id) == {"removed": True}
    with pytest.raises(SeabridgeError) as caught:
        ask(office, "manuals.add", sha256=sha256, name="care.md")
    assert caught.value.code is ErrorCode.NOT_FOUND, "an upload is read once"


def test_nobody_without_a_token_hands_anything_over(office: Office) -> None:
    with pytest.raises(urllib.error.HTTPError) as caught:
        hand_over(office, b"x", "guessed")
    assert caught.value.code == 403
    caught.value.close()


def test_the_desk_takes_what_a_manual_may_have() -> None:
    from companion.catalogue.manuals.reading import MOST_BYTES

    assert MAX_FILE == MOST_BYTES


def test_a_buyer_s_story_names_the_listings_of_the_orders(office: Office) -> None:
    archive: Any = office.archive
    ref = ThreadRef(marketplace="ebay", shop="s1", region="", thread="t1", buyer="Rosalind")
    said = SeenMessage(key="1", direction="buyer", text="Hello", time="", order="113-1", images=[])
    archive.see(MessageSeenParams(thread=ref, messages=[said], observed_at=10.0))
    items = json.dumps(["HL-LAMP-045 × 1", "Something else"])
    archive.facts.note("order", [Look("ebay", "", "s1", "113-1", {"items": items}, "ebay/orders")], 20.0)
    for shop in ("s1", "s2"):
        values = {"title": "Brass lamp", "sku": "HL-LAMP-045"}
        archive.facts.note("listing", [Look("ebay", "", shop, "HL-LAMP-045", values, "ebay/listing")], 30.0)
    [story] = ask(office, "buyer.story", buyer="Rosalind").stories
    [order] = story.orders
    assert [(one.shop, one.sku, one.title) for one in order.listings] == [("s1", "HL-LAMP-045", "Brass lamp")]
