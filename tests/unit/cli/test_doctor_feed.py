"""The rules feed: out of date, out of reach, damaged here, or with a file that an update made unreadable."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from companion import doctor_rules
from companion.compliance.feed import looked
from companion.compliance.feed.choice import Choice, Source, choose
from companion.compliance.feed.service import RulesFeed
from companion.protocol.errors import ErrorCode, SeabridgeError
from companion.runtime.documents import Documents
from companion.runtime.paths import Paths
from tests.unit.cli.test_doctor_rules import told
from tests.unit.feed.conftest import shipped
from tests.unit.feed.making import PRINT
from tests.unit.feed.making import feed as a_feed

__all__ = ["shipped"]


@pytest.fixture
def paths(shipped: Path, tmp_path: Path) -> Paths:
    return Paths(tmp_path / "home").ready()


@pytest.fixture
def feed(paths: Paths) -> RulesFeed:
    """One with an address, and a version that was taken today."""
    documents = Documents(paths.documents)
    made = RulesFeed(paths, documents, lambda _: ())
    today = datetime.now(UTC).date()
    days = {"made": today.isoformat(), "expires": (today + timedelta(days=30)).isoformat()}
    made.update("", a_feed(**days), PRINT)
    choose(documents, Choice("own", Source("https://feed.example/x", PRINT)))
    return made


def test_without_a_feed_there_is_nothing_to_mend(paths: Paths) -> None:
    check = doctor_rules.feed(paths)
    assert (check.id, check.state) == ("feed", "off")


def test_one_that_works_is_told_with_its_version(paths: Paths, feed: RulesFeed) -> None:
    check = doctor_rules.feed(paths)
    assert (check.id, check.state) == ("feed", "ok")
    assert "“Made 规则” version 1" in told(check)


def test_one_that_is_set_and_not_taken_yet_waits(paths: Paths) -> None:
    choose(Documents(paths.documents), Choice("own", Source("https://feed.example/x", PRINT)))
    check = doctor_rules.feed(paths)
    assert (check.id, check.state) == ("feed_waits", "off")


def test_an_expired_one_says_what_to_do(paths: Paths, feed: RulesFeed, monkeypatch: pytest.MonkeyPatch) -> None:
    later = time.time() + 40 * 86_400
    monkeypatch.setattr(RulesFeed, "_today", lambda _: datetime.fromtimestamp(later, UTC).date())
    check = doctor_rules.feed(paths)
    assert (check.id, check.state) == ("feed_expired", "warn")
    assert "rules update" in told(check)


def test_a_network_that_is_away_is_worth_a_word_only_after_days(paths: Paths, feed: RulesFeed) -> None:
    away = SeabridgeError(ErrorCode.FEED_AWAY, host="feed.example", problem="DNS")
    before = looked.Looked("https://feed.example/x", reached=time.time() - 86_400)
    looked.note(paths.feed / "asked.json", before, time.time(), 0.5, error=away)
    assert doctor_rules.feed(paths).state == "ok"
    before = looked.Looked("https://feed.example/x", reached=time.time() - 9 * 86_400)
    looked.note(paths.feed / "asked.json", before, time.time(), 0.5, error=away)
    check = doctor_rules.feed(paths)
    assert (check.id, check.state) == ("feed_trouble", "warn")
    assert "feed.example could not be fetched (DNS)" in told(check)


def test_a_feed_that_was_refused_is_worth_a_word_at_once(paths: Paths, feed: RulesFeed) -> None:
    error = SeabridgeError(ErrorCode.FEED_SIGNATURE)
    before = looked.Looked("https://feed.example/x", reached=time.time())
    looked.note(paths.feed / "asked.json", before, time.time(), 0.5, error=error)
    assert doctor_rules.feed(paths).id == "feed_trouble"


def test_a_version_that_is_damaged_says_what_to_do(paths: Paths, feed: RulesFeed) -> None:
    next(paths.feed.glob("*-1/feed.json")).write_bytes(b"{")
    check = doctor_rules.feed(paths)
    assert (check.id, check.state) == ("feed_damaged", "warn")
    assert "Update again" in told(check)


def test_a_file_of_it_that_cannot_be_read_any_more_is_named(paths: Paths, feed: RulesFeed) -> None:
    next(paths.feed.glob("*-1/compliance/made/cure.yml")).write_text("id: made/cure\nkind: newer\n", "utf-8")
    check = doctor_rules.feed(paths)
    assert (check.id, check.state) == ("feed", "warn")
    assert "made/cure.yml:" in told(check)
