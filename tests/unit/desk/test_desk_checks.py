"""Checks over the wire, and who hears that they are others than before."""

from __future__ import annotations

import pytest

from companion.protocol.errors import SeabridgeError

from .fakes import REF, Office, until

WHERE = {"marketplace": "amazon", "region": "DE"}
THREAD = {name: getattr(REF, name) for name in ("marketplace", "shop", "region", "thread", "buyer")}


def test_a_listing_and_a_message_are_checked_over_the_wire(office: Office) -> None:
    client = office.proven()
    listing = client.call("listing.check", {**WHERE, "texts": [{"field": "title", "text": "Lamp, ask on WhatsApp"}]})
    assert [(one.part, one.rule, one.text) for one in listing.findings] == [(0, "made/contact", "WhatsApp")]
    message = client.call("message.check", {"thread": THREAD, "text": "加微信 please"})
    assert [one.text for one in message.findings] == ["微信"]
    assert message.pack == listing.pack


def test_what_leaves_is_written_down(office: Office) -> None:
    told = {"thread": THREAD, "text": "whatsapp", "language": "en", "anyway": True, "at": 5.0}
    assert office.proven().call("message.sending", told).recorded
    ((ref, _, _, findings, anyway, at, _),) = office.archive.checks.messages
    assert (ref.thread, [one.rule for one in findings], anyway, at) == (REF.thread, ["made/contact"], True, 5.0)


def test_own_words_marks_and_waivers_over_the_wire(office: Office) -> None:
    client = office.proven()
    word = client.call("words.put", {"word": {"words": ["best ever"]}}).word
    assert client.pushes.get(timeout=20)[0] == "checks"
    found = client.call("listing.check", {**WHERE, "texts": [{"field": "title", "text": "The best ever lamp"}]})
    assert [one.rule for one in found.findings] == [f"own/{word.id}"]
    waiver = {"rule": f"own/{word.id}", "reason": "a quote", "target": "listing", "text": "best ever"}
    kept = client.call("waivers.put", {"waiver": waiver}).waiver
    listed = client.call("waivers.list", {})
    assert (listed.waivers, listed.outdated) == ([kept], [])
    assert client.call("words.remove", {"ids": [word.id]}).removed == 1
    assert client.call("waivers.list", {}).outdated == [kept.id]
    assert client.call("waivers.remove", {"ids": [kept.id]}).removed == 1
    brand = client.call("brands.put", {"brand": {"name": "Velcro", "kind": "licensed", "until": "2020-01-01"}}).brand
    brands = client.call("brands.list", {})
    assert (brands.brands, brands.lapsed) == ([brand], [brand.id])
    assert client.call("brands.remove", {"ids": [brand.id]}).removed == 1


def test_the_rules_are_read_when_a_conversation_is_opened(office: Office) -> None:
    assert not office.room.checking.ready
    office.proven().call("thread.get", {"thread": THREAD})
    until(lambda: office.room.checking.ready)


def test_what_a_feed_brings_counts_at_the_next_check(office: Office) -> None:
    client = office.proven()
    client.call("message.check", {"thread": THREAD, "text": "hello"})
    assert office.room.checking.ready
    office.running.desk.rules_changed()
    assert not office.room.checking.ready
    client.call("words.list", {})
    assert [client.pushes.get(timeout=20)[0] for _ in range(2)] == ["pages", "checks"]


@pytest.mark.parametrize(
    ("method", "params"),
    [
        ("words.put", {"word": {"words": ["…"]}}),
        ("words.put", {"word": {"words": ["x"], "id": "nobody"}}),
        ("brands.put", {"brand": {"name": "\n", "kind": "own"}}),
        ("waivers.put", {"waiver": {"rule": "made/nobody", "reason": "x", "target": "listing"}}),
        ("waivers.put", {"waiver": {"rule": "", "reason": "x", "target": "listing"}}),
    ],
)
def test_what_makes_no_sense_is_refused(office: Office, method: str, params: dict[str, object]) -> None:
    with pytest.raises(SeabridgeError):
        office.proven().call(method, params)
