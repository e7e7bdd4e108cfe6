"""The record of what listings and messages were checked for, in both kinds of archive."""

from __future__ import annotations

from pathlib import Path

import pytest

from companion.conversations import Archive, checked
from companion.conversations.checked import Found, digest_of
from companion.conversations.identity import clean

from .conftest import thread_ref

FOUND = [Found("made/contact", 2, "error", "text", "x" * 500), Found("made/mark", 1, "warning", "text", "y", True)]


def test_a_check_comes_back_as_it_was(archive: Archive) -> None:
    archive.checks.listing("amazon", "DE", "A1", "S1", "d" * 64, "pack 1", FOUND, 5.0)
    archive.checks.listing("amazon", "DE", "A1", "S1", "d" * 64, "pack 1", FOUND, 4.0)
    (one,) = archive.checks.of_listing("amazon", "A1", "S1")
    assert (one.digest, one.pack, one.anyway, one.at, one.last_at) == ("d" * 64, "pack 1", False, 5.0, 5.0)
    assert one.findings == [Found("made/contact", 2, "error", "text", "x" * 200), FOUND[1]]
    archive.checks.listing("amazon", "DE", "A1", "S1", "d" * 64, "pack 2", FOUND, 6.0)
    assert [each.pack for each in archive.checks.of_listing("amazon", "A1", "S1")] == ["pack 2", "pack 1"]


def test_of_one_listing_the_last_checks_are_kept(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checked, "MOST_OF_A_LISTING", 3)
    for at in range(5):
        archive.checks.listing("amazon", "DE", "A1", "S1", f"{at:064}", "p", [], float(at))
        archive.checks.listing("amazon", "DE", "A1", "S2", f"{at:064}", "p", [], float(at))
    for number in ("S1", "S2"):
        assert [one.at for one in archive.checks.of_listing("amazon", "A1", number)] == [4.0, 3.0, 2.0]


def test_a_message_goes_with_its_conversation(archive: Archive, tmp_path: Path) -> None:
    ref = thread_ref("t1", buyer="Ana")
    archive.checks.message(ref, digest_of(["x"]), "p", FOUND, True, 5.0, 6.0)
    archive.checks.message(ref, digest_of(["x"]), "p", FOUND, True, 5.0, 7.0)
    thread = archive.thread(ref).id
    assert [(one.anyway, one.at) for one in archive.checks.of_thread(thread)] == [(True, 5.0)]
    assert archive.check() == []
    archive.keeping.erase([thread], tmp_path / "ledger", list)
    assert archive.checks.of_thread(thread) == []
    assert archive.check() == []


def test_texts_that_are_parted_otherwise_are_others() -> None:
    assert digest_of(["a", "b"]) != digest_of(["ab"]) != digest_of(["b", "a"])
    assert digest_of(["a\x00\ud800"]) == digest_of([clean("a\x00\ud800")]), "as the archive keeps them"
