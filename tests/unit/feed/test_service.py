"""Whose rules are taken, how new they must be, and what nobody but the seller can undo."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from companion.compliance.feed.address import checked
from companion.compliance.feed.choice import Source
from companion.compliance.feed.fetching import Fetched
from companion.compliance.feed.service import RulesFeed
from companion.compliance.here import rules_here
from companion.protocol.errors import ErrorCode, SeabridgeError
from companion.runtime.documents import Documents
from companion.runtime.paths import Paths

from .making import NOON, OTHER_KEY, OTHER_PRINT, PRINT, feed, rule

DAY = 86_400.0
HERE, THERE = "https://feed.example/rules.zip", "https://other.example/rules.zip"


class Web:
    """Addresses and what lies there; a tag for each content, as servers have it."""

    def __init__(self) -> None:
        self.files: dict[str, bytes | SeabridgeError] = {}
        self.asked: list[tuple[str, str]] = []

    def __call__(self, address: str, tag: str = "", *, progress: Callable[[int, int], None] | None = None) -> Fetched:
        self.asked.append((address, tag))
        found = self.files[address]
        if isinstance(found, SeabridgeError):
            raise found
        own = str(hash(found))
        return Fetched(None if tag == own else found, own)


class Seat:
    """A companion's feed, with a clock to be turned."""

    def __init__(self, folder: Path, documents: Documents | None = None, web: Web | None = None) -> None:
        self.paths = Paths(folder)
        self.documents = documents or Documents(self.paths.ready().documents)
        self.web = web or Web()
        self.now = NOON
        self.project = Source()
        self.heard = 0
        self.feed = RulesFeed(
            self.paths, self.documents, lambda _: (), project=lambda: self.project, clock=lambda: self.now,
            chance=lambda: 0.5, fetcher=self.web,
        )  # fmt: skip
        self.feed.subscribe(self.hear)

    def hear(self) -> None:
        self.heard += 1

    def refused(self, *given: Any, **named: Any) -> SeabridgeError:
        with pytest.raises(SeabridgeError) as caught:
            self.feed.update(*given, **named)
        return caught.value

    @property
    def version(self) -> int:
        return self.feed.status().version


@pytest.fixture
def seat(shipped: Path, tmp_path: Path) -> Seat:
    return Seat(tmp_path / "seat")


def made(version: int, **given: Any) -> bytes:
    return feed({"compliance/made/cure.yml": rule(version=version)}, version=version, **given)


def test_no_address_is_asked_before_one_is_set(seat: Seat) -> None:
    seat.feed.check_if_due()
    assert seat.refused().code is ErrorCode.FEED_NONE
    assert seat.web.asked == []
    status = seat.feed.status()
    assert (status.use, status.published, status.version) == ("project", False, 0)


def test_a_feed_is_taken_once_its_fingerprint_was_accepted(seat: Seat) -> None:
    seat.web.files[HERE] = made(1)
    error = seat.refused(HERE)
    assert error.code is ErrorCode.FEED_KEY_UNKNOWN
    assert error.data["key"] == PRINT
    assert error.data["title"] == "Made 规则"
    assert seat.version == 0
    assert seat.refused(HERE, accept=OTHER_PRINT).code is ErrorCode.FEED_KEY_OTHER
    assert seat.feed.status().use == "project", "nothing was accepted yet"
    done = seat.feed.update(HERE, accept=error.data["fingerprint"].upper())
    assert done.installed
    assert (done.status.version, done.status.address, done.status.accepted) == (1, HERE, PRINT)
    assert seat.heard == 1
    assert [one.id for one in rules_here(seat.paths).rules] == ["made/cure", "shipped/one", "shipped/two"]


@pytest.fixture
def used(seat: Seat) -> Seat:
    """A seat that uses version 5 of a feed with an address."""
    seat.web.files[HERE] = made(5)
    seat.feed.update(HERE, accept=PRINT)
    return seat


def test_a_newer_version_comes_by_itself_once_a_day(used: Seat) -> None:
    used.web.files[HERE] = made(6)
    asked = len(used.web.asked)
    used.feed.check_if_due()
    used.now += 20 * 3600
    used.feed.check_if_due()
    assert len(used.web.asked) == asked, "not before its time"
    used.now += 5 * 3600
    used.feed.check_if_due()
    assert used.version == 6
    used.now += DAY
    used.feed.check_if_due()
    assert used.web.asked[-1] == (HERE, str(hash(made(6)))), "asked only whether it is another one"
    assert used.feed.status().checked_at == used.now
    assert used.heard == 2


def test_an_older_version_never_comes_back(used: Seat) -> None:
    assert used.refused("", made(4)).code is ErrorCode.FEED_OLD
    used.web.files[HERE] = made(3)
    assert used.refused().data == {"version": 3, "highest": 5}
    assert used.version == 5
    assert not used.feed.update("", made(5)).installed


def test_another_key_under_the_same_address_is_refused_until_it_is_accepted(used: Seat) -> None:
    used.web.files[HERE] = made(6, key=OTHER_KEY)
    error = used.refused()
    assert error.code is ErrorCode.FEED_KEY_CHANGED
    assert error.data["before"].replace(" ", "") == PRINT
    assert used.version == 5
    used.now += DAY * 2
    used.feed.check_if_due()
    assert used.feed.status().trouble.code == ErrorCode.FEED_KEY_CHANGED  # type: ignore[union-attr]
    assert used.feed.update(accept=OTHER_PRINT, address=HERE).installed
    assert used.feed.status().accepted == OTHER_PRINT
    assert used.feed.status().trouble is None


def test_a_file_of_the_accepted_key_needs_no_question_and_one_of_another_does(used: Seat) -> None:
    assert used.feed.update("", made(6)).installed
    stranger = made(7, key=OTHER_KEY, name="other", title="Other rules")
    assert used.refused("", stranger).code is ErrorCode.FEED_KEY_UNKNOWN
    assert used.feed.status().address == HERE, "the address is asked on"


@pytest.mark.parametrize("named", [{}, {"name": "other"}, {"title": "Other rules"}])
def test_a_feed_of_the_accepted_ones_name_under_another_key_shows_both_fingerprints(
    used: Seat, named: dict[str, str]
) -> None:
    """As a file or at another address it must not read like a first acquaintance."""
    stranger = made(7, key=OTHER_KEY, **named)
    used.web.files[THERE] = stranger
    used.feed.rollback(0)
    for given in (("", stranger), (THERE,)):
        error = used.refused(*given)
        assert error.code is ErrorCode.FEED_KEY_CHANGED
        prints = [error.data[name].replace(" ", "") for name in ("before", "fingerprint")]
        assert prints == [PRINT, OTHER_PRINT]
    assert used.feed.update("", stranger, OTHER_PRINT).installed, "whoever asked its maker may accept it"


def test_the_same_key_may_move_to_another_address(used: Seat) -> None:
    used.web.files[THERE] = made(6)
    assert used.feed.update(THERE).installed
    assert used.feed.status().address == THERE


def test_somebody_elses_address_that_was_refused_is_not_asked_again(used: Seat) -> None:
    used.web.files[THERE] = made(9, key=OTHER_KEY, name="other", title="Other rules")
    assert used.refused(THERE).code is ErrorCode.FEED_KEY_UNKNOWN
    status = used.feed.status()
    assert (status.address, status.trouble) == (HERE, None)


def test_the_projects_key_is_pinned(seat: Seat) -> None:
    seat.project = Source(HERE, PRINT)
    seat.web.files[HERE] = made(1)
    seat.feed.check_if_due()
    assert (seat.version, seat.feed.status().published) == (1, True)
    seat.web.files[HERE] = made(2, key=OTHER_KEY)
    assert seat.refused().code is ErrorCode.FEED_KEY_CHANGED


def test_a_feed_that_is_off_is_not_asked_and_its_rules_count_on(used: Seat) -> None:
    used.feed.choose("off")
    used.now += 3 * DAY
    asked = len(used.web.asked)
    used.feed.check_if_due()
    assert used.refused().code is ErrorCode.FEED_NONE
    assert len(used.web.asked) == asked
    assert used.version == 5
    assert used.feed.choose("own").address == HERE


def test_a_feed_that_was_never_accepted_cannot_be_chosen(seat: Seat) -> None:
    with pytest.raises(SeabridgeError) as caught:
        seat.feed.choose("own")
    assert caught.value.code is ErrorCode.FEED_NONE


def test_a_choice_that_cannot_be_read_asks_no_address(used: Seat) -> None:
    used.documents.replace("rules_feed", "choice", {"use": "own", "own": {"address": 7}})
    used.now += 3 * DAY
    asked = len(used.web.asked)
    used.feed.check_if_due()
    assert (used.feed.status().use, len(used.web.asked)) == ("off", asked)


def test_what_was_rolled_back_comes_again_only_by_hand(used: Seat) -> None:
    used.web.files[HERE] = made(6)
    used.feed.update()
    done = used.feed.rollback()
    assert (done.status.version, done.status.rolled_back) == (5, 6)
    used.now += 2 * DAY
    used.feed.check_if_due()
    assert not used.feed.update("", made(6)).installed
    assert used.version == 5, "an update does not undo what the seller decided"
    assert used.feed.rollback(6).status.version == 6
    assert used.feed.rollback(0).status.version == 0
    assert [one.id for one in rules_here(used.paths).rules] == ["shipped/one", "shipped/two"]
    used.web.files[HERE] = made(7)
    used.now += 2 * DAY
    used.feed.check_if_due()
    assert (used.version, used.feed.status().rolled_back) == (7, 0)


def test_only_a_version_that_is_there_can_be_gone_back_to(used: Seat) -> None:
    for to in (4, 99):
        with pytest.raises(SeabridgeError) as caught:
            used.feed.rollback(to)
        assert caught.value.code is ErrorCode.FEED_NOT_KEPT
    assert not used.feed.rollback(5).installed
    used.feed.rollback()
    with pytest.raises(SeabridgeError, match="feed_shipped"):
        used.feed.rollback()


def test_clocks_that_are_wrong_are_said(seat: Seat) -> None:
    seat.now = NOON - 30 * DAY
    error = seat.refused("", made(1), PRINT)
    assert error.code is ErrorCode.FEED_CLOCK
    assert error.data == {"made": "2026-11-29", "today": "2026-10-31"}
    seat.now = NOON - 2 * DAY
    assert seat.feed.update("", made(1), PRINT).installed, "elsewhere it is already tomorrow"


def test_an_expired_feed_is_not_taken_and_one_that_expires_counts_on(used: Seat) -> None:
    used.now = NOON + 200 * DAY
    assert used.refused("", made(6)).code is ErrorCode.FEED_EXPIRED
    status = used.feed.status()
    assert (status.version, status.expired, status.expires) == (5, True, "2027-03-01")


def test_the_last_day_is_a_good_day(seat: Seat) -> None:
    from datetime import UTC, datetime

    seat.now = datetime(2027, 3, 1, 23, 59, tzinfo=UTC).timestamp()
    assert seat.feed.update("", made(1), PRINT).installed
    assert not seat.feed.status().expired
    seat.now += 120
    assert seat.feed.status().expired


def test_a_faulty_feed_changes_nothing_and_is_shown(used: Seat) -> None:
    used.web.files[HERE] = feed({"compliance/made/cure.yml": rule().replace("so zyxcure", "x")}, version=6)
    assert used.refused().code is ErrorCode.FEED_FAULTY
    status = used.feed.status()
    assert status.version == 5
    assert status.trouble is not None
    assert status.trouble.data["file"] == "compliance/made/cure.yml"
    used.web.files[HERE] = made(6)
    used.now += 7 * 3600
    used.feed.check_if_due()
    assert (used.version, used.feed.status().trouble) == (6, None), "it was tried again the same day"


def test_a_network_that_is_away_is_shown_and_tried_again(used: Seat) -> None:
    used.web.files[HERE] = SeabridgeError(ErrorCode.FEED_AWAY, host="feed.example", problem="DNS")
    used.now += 2 * DAY
    used.feed.check_if_due()
    status = used.feed.status()
    assert status.trouble is not None
    assert (status.trouble.code, status.reached_at) == (ErrorCode.FEED_AWAY, NOON)


def test_a_version_that_was_damaged_here_comes_again(used: Seat) -> None:
    (used.paths.feed / f"{PRINT[:16]}-5" / "feed.json").unlink()
    assert used.feed.status().damaged
    assert used.feed.update().installed
    assert not used.feed.status().damaged


def test_a_document_that_is_damaged_and_a_note_that_is_damaged_hurt_nothing(used: Seat) -> None:
    (used.paths.feed / "asked.json").write_bytes(b"\xff{")
    used.feed.check_if_due()
    assert used.version == 5


def test_one_update_at_a_time(seat: Seat) -> None:
    going, go = threading.Event(), threading.Event()

    def slow(*_: object, **__: object) -> Fetched:
        going.set()
        go.wait(20)
        return Fetched(made(1), "")

    seat.feed._fetch = slow
    first = threading.Thread(target=lambda: seat.feed.update(HERE, accept=PRINT))
    first.start()
    assert going.wait(20)
    assert seat.refused(HERE).code is ErrorCode.BUSY
    go.set()
    first.join(20)
    assert seat.version == 1


def test_one_who_cannot_hear_does_not_undo_an_update(seat: Seat) -> None:
    def deaf() -> None:
        raise ValueError

    seat.feed._hears.insert(0, deaf)
    assert seat.feed.update("", made(1), PRINT).installed
    assert seat.heard == 1


def test_seats_of_a_team_share_the_choice_and_each_takes_the_rules_for_itself(shipped: Path, tmp_path: Path) -> None:
    """The choice is a document, and those are the team's; versions lie on each seat's own disk."""
    web = Web()
    first = Seat(tmp_path / "a", web=web)
    second = Seat(tmp_path / "b", first.documents, web)
    web.files[HERE] = made(1)
    first.feed.update(HERE, accept=PRINT)
    assert (second.version, second.feed.status().accepted) == (0, PRINT)
    second.feed.check_if_due()
    assert second.version == 1
    first.feed.rollback(0)
    assert (first.version, second.version) == (0, 1), "going back is one seat's own"
    first.feed.choose("off")
    web.files[HERE] = made(2)
    second.now += 2 * DAY
    second.feed.check_if_due()
    assert second.version == 1


def test_looking_at_a_feed_takes_nothing_and_asks_for_no_key(seat: Seat) -> None:
    fingerprint, found = seat.feed.look("", made(3))
    assert fingerprint == PRINT
    assert [(one.what, one.id) for one in found.changes] == [("added", "made/cure")]
    assert (found.before.version, found.after.version) == (0, 3)
    assert seat.feed.status().version == 0
    assert not seat.paths.feed.exists()


def test_what_the_last_update_changed_is_told_later_too(used: Seat) -> None:
    first = used.feed.changes()
    assert [(one.what, one.id) for one in first.changes] == [("added", "made/cure")]
    used.feed.update("", feed({"compliance/made/other.yml": rule("made/other", "zyxother")}, version=6))
    assert [(one.what, one.id) for one in used.feed.changes().changes] == [
        ("removed", "made/cure"), ("added", "made/other"),
    ]  # fmt: skip
    used.feed.rollback()
    assert {one.what for one in used.feed.changes().changes} == {"added", "removed"}


def test_the_shops_texts_are_looked_at_anew_only_after_some_minutes(used: Seat) -> None:
    first = used.feed.changes()
    assert used.feed.changes() is first
    assert used.feed.changes("zh_CN") is not first
    used.now += 3600
    assert used.feed.changes() is not first
    used.feed.rollback(0)
    assert [(one.what, one.id) for one in used.feed.changes().changes] == [("removed", "made/cure")]


@pytest.mark.parametrize(
    "address",
    [
        "http://feed.example/rules.zip", "ftp://feed.example/x", "file:///etc/passwd", "https://", "https:///x", "x",
        "https://me:secret@feed.example/x", "https://feed.example/x#y", "https://feed.example/ x", "https://[::1/x",
        "https://feed.example:99999/x", "https://feed.example/" + "x" * 2_000, "http://127.0.0.1.example/x",
    ],
)  # fmt: skip
def test_addresses_that_are_not_asked(address: str) -> None:
    with pytest.raises(SeabridgeError) as caught:
        checked(address)
    assert caught.value.code is ErrorCode.FEED_ADDRESS


@pytest.mark.parametrize(
    "address", [HERE, "https://feed.example:8443/a?b=c", "http://127.0.0.1:1/x", "http://[::1]:1/"]
)
def test_addresses_that_are_asked(address: str) -> None:
    assert checked(address) == address
