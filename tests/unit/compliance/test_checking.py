"""A shop's own words, marks and waivers, and what is written down of a check."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from companion.compliance.checking import Checking
from companion.compliance.loader import RuleSet
from companion.compliance.own_rules import lapsed
from companion.conversations import Archive
from companion.conversations.checked import digest_of
from companion.protocol.errors import ErrorCode, SeabridgeError
from companion.protocol.methods import checks as c
from companion.protocol.methods.catalogue import ListingSeenParams, SeenListing
from companion.protocol.values import ThreadRef
from companion.runtime.documents import Documents
from tests.unit.desk.fake_checks import CONTACT, MARK, FakeChecks, fake_checking

from .making import rule, shared

REF = ThreadRef(marketplace="amazon", shop="A1", region="DE", thread="t-1", buyer="María")


@pytest.fixture
def documents(tmp_path: Path) -> Documents:
    return Documents(tmp_path / "documents.json")


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    opened = Archive.open(tmp_path / "archive.db", tmp_path / "files")
    yield opened
    opened.close()


def asked(*texts: str, **more: Any) -> c.ListingCheckParams:
    parts = [c.CheckText(field="bullets", index=at, text=text) for at, text in enumerate(texts)]
    return c.ListingCheckParams(marketplace="amazon", texts=parts, region="DE", **more)


def say(text: str) -> c.MessageCheckParams:
    return c.MessageCheckParams(thread=REF, text=text)


def test_a_finding_says_which_of_the_texts_it_is_in(documents: Documents) -> None:
    found = fake_checking(documents).listing(asked("plain", "", "plain", "add our WhatsApp", "plain"), "en")
    (one,) = found.findings
    assert (one.part, one.text, one.rule, one.level) == (3, "WhatsApp", "made/contact", "error")
    assert "add our WhatsApp"[one.start : one.end] == one.text
    assert found.pack


def test_what_a_model_wrote_is_checked_as_what_a_person_wrote(documents: Documents) -> None:
    remote = "Sure! Just reach us on ｗｈａｔｓａｐｐ for a quicker answer."
    assert [one.text for one in fake_checking(documents).message(say(remote), "en").findings] == ["ｗｈａｔｓａｐｐ"]


def test_own_words_are_rules_at_once_and_no_longer_when_taken_away(documents: Documents) -> None:
    checking = fake_checking(documents)
    assert checking.listing(asked("全网最便宜"), "zh_CN").findings == []
    before = checking.checker().pack.version
    word = checking.words.put(c.OwnWord(words=["最便宜"], level="error", why="老板不让写 {这个}"), 5.0)
    (one,) = checking.listing(asked("全网最便宜"), "zh_CN").findings
    assert (one.rule, one.level, one.text, one.source) == (f"own/{word.id}", "error", "最便宜", "seller")
    assert one.message == "老板不让写 ｛这个｝"
    assert checking.checker().pack.version != before
    again = checking.words.put(c.OwnWord(words=["cheapest"], instead="great value", id=word.id), 6.0)
    assert again.version == word.version + 1
    (one,) = checking.message(say("the cheapest one"), "en").findings
    assert (one.text, one.level) == ("cheapest", "warning")
    assert "great value" in one.fix
    assert checking.words.remove([word.id, "nobody"]) == 1
    assert checking.message(say("the cheapest one"), "en").findings == []


@pytest.mark.parametrize("words", [["★"], ["a\nb"], ["fine", "…"]])
def test_words_nobody_can_look_for_are_refused(documents: Documents, words: list[str]) -> None:
    with pytest.raises(SeabridgeError) as caught:
        fake_checking(documents).words.put(c.OwnWord(words=words), 1.0)
    assert caught.value.code is ErrorCode.BAD_PARAMS


def test_a_mark_may_be_used_by_its_owner_and_until_the_last_day_of_an_authorisation(documents: Documents) -> None:
    checking = fake_checking(documents)

    def rules() -> list[str]:
        return [one.rule for one in checking.listing(asked("Shoes with velcro straps"), "en").findings]

    assert rules() == ["made/mark"]
    mark = checking.brands.put(c.Brand(name="Velcro", kind="own"), 1.0)
    assert rules() == []
    checking.brands.put(c.Brand(name="Velcro", kind="licensed", until="2026-11-29", id=mark.id), 2.0)
    assert rules() == ["made/mark"], "lapsed yesterday"
    checking.brands.put(c.Brand(name="Velcro", kind="licensed", until="2026-11-30", id=mark.id), 3.0)
    assert rules() == [], "its last day"
    checking.brands.put(c.Brand(name="Velcro", kind="licensed", marketplaces=["ebay"], id=mark.id), 4.0)
    assert rules() == ["made/mark"], "for another marketplace"
    assert lapsed(c.Brand(name="x", kind="own", until="2026-11-29"), date(2026, 11, 30))


def test_a_waived_finding_is_still_told_and_only_where_it_was_waived(documents: Documents) -> None:
    checking = fake_checking(documents)
    waiver = c.Waiver(
        rule="made/contact",
        reason=" 是我们的产品名 ",
        target="listing",
        text="WhatsApp",
        marketplace="amazon",
        item="S1",
    )
    kept = checking.waive(waiver)
    assert (kept.version, kept.reason, kept.at) == (1, "是我们的产品名", 1_796_000_000.0)
    assert kept.pack == checking.checker().pack.version

    def waived(text: str, item: str) -> list[str]:
        return [one.waiver for one in checking.listing(asked(text, item=item), "en").findings]

    assert waived("ask on whatsapp", "S1") == [kept.id]
    assert waived("ask on whatsapp", "S2") == [""], "another listing"
    assert waived("加微信", "S1") == [""], "other words"
    assert [one.waiver for one in checking.message(say("whatsapp"), "en").findings] == [""], "a message"
    assert checking.waivers.remove([kept.id]) == 1
    assert waived("ask on whatsapp", "S1") == [""]


def test_a_waiver_whose_rule_changed_is_told(documents: Documents) -> None:
    known = [CONTACT, MARK]
    checking = Checking(documents, lambda: RuleSet(tuple(known), shared().cues, shared().places), FakeChecks)
    kept = checking.waive(c.Waiver(rule="made/contact", reason="ours", target="message"))
    assert checking.outdated() == []
    known[0] = rule(id="made/contact", version=2, terms={"any": ["whatsapp"]})
    assert checking.outdated() == [], "nobody said that the rules changed"
    checking.rules_changed()
    assert checking.outdated() == [kept.id]


def test_documents_of_a_wrong_shape_are_passed_over(documents: Documents) -> None:
    documents.replace("own_words", "a", {"words": "x"})
    documents.replace("brands", "b", {"kind": "stolen"})
    documents.replace("waivers", "c", {"rule": 7})
    checking = fake_checking(documents)
    assert checking.words.all() == checking.brands.all() == checking.waivers.all() == []
    assert checking.listing(asked("whatsapp"), "en").findings


def test_a_settled_listing_is_written_down_once_for_the_same_texts_and_rules(
    documents: Documents, archive: Archive
) -> None:
    clock = [100.0]
    known = RuleSet((CONTACT, MARK), shared().cues, shared().places)
    checking = Checking(documents, lambda: known, lambda: archive.checks, now=lambda: clock[0])
    checking.listing(asked("ask on whatsapp", item="S1", shop="A1"), "en")
    assert archive.checks.of_listing("amazon", "A1", "S1") == [], "still being typed"
    for clock[0] in (100.0, 200.0):
        checking.listing(asked("ask on whatsapp", item="S1", shop="A1", settled=True), "en")
    (one,) = archive.checks.of_listing("amazon", "A1", "S1")
    assert (one.at, one.last_at, one.digest) == (100.0, 200.0, digest_of(["ask on whatsapp"]))
    assert one.pack == checking.checker().pack.version
    (found,) = one.findings
    assert (found.rule, found.version, found.level, found.field, found.text) == (
        "made/contact", 1, "error", "bullets", "whatsapp",
    )  # fmt: skip
    checking.listing(asked("ask us here", item="S1", shop="A1", settled=True), "en")
    assert [len(each.findings) for each in archive.checks.of_listing("amazon", "A1", "S1")] == [0, 1]
    assert archive.checks.of_listing("amazon", "B2", "S1") == []


def test_a_listing_on_sale_is_written_down_by_its_number(documents: Documents, archive: Archive) -> None:
    known = RuleSet((CONTACT, MARK), shared().cues, shared().places)
    checking = Checking(documents, lambda: known, lambda: archive.checks)
    seen = ListingSeenParams(
        marketplace="amazon", region="DE", shop="A1", page="listing", observed_at=5.0,
        listing=SeenListing(title="Lamp", bullets=["fine", "velcro strap"], description="加微信", brand="", sku="S1"),
    )  # fmt: skip
    assert {(one.part, one.rule) for one in checking.seen(seen, "en").findings} == {
        (1, "made/contact"), (3, "made/mark"),
    }  # fmt: skip
    (one,) = archive.checks.of_listing("amazon", "A1", "S1")
    assert sorted(found.field for found in one.findings) == ["bullets", "description"]


def test_a_message_sent_anyway_stands_in_the_log_and_goes_with_its_buyer(
    documents: Documents, archive: Archive, tmp_path: Path
) -> None:
    known = RuleSet((CONTACT, MARK), shared().cues, shared().places)
    checking = Checking(documents, lambda: known, lambda: archive.checks, now=lambda: 500.0)
    leaving = c.MessageSendingParams(thread=REF, text="add my whatsapp", anyway=True, at=400.0)
    assert checking.sending(leaving, "en")
    assert checking.sending(leaving, "en"), "told twice"
    assert checking.sending(c.MessageSendingParams(thread=REF, text="thank you", at=450.0), "en")
    assert not checking.sending(c.MessageSendingParams(thread=REF, text="  ", at=460.0), "en")
    thread = archive.thread(REF).id
    polite, over = archive.checks.of_thread(thread)
    assert (polite.anyway, polite.findings) == (False, [])
    assert (over.anyway, over.at, [one.rule for one in over.findings]) == (True, 400.0, ["made/contact"])
    with archive.database.read() as connection:
        rows = connection.exec_driver_sql("SELECT kind, detail FROM events ORDER BY id").all()
    assert [row[0] for row in rows] == ["begun", "overruled"]
    assert "made/contact 1" in rows[1][1]
    assert "whatsapp" not in rows[1][1]
    assert archive.check() == []
    archive.keeping.erase([thread], tmp_path / "ledger", list)
    assert archive.checks.of_thread(thread) == []
    assert archive.check() == []
