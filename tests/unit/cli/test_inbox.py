"""``seabridge inbox`` and the doctor's line: who waits, and whether that can be relied on."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

import pytest

from companion import cli, doctor
from companion.conversations import Archive
from companion.protocol.methods.archive import MessageSeenParams
from companion.protocol.methods.inbox import InboxRef, InboxRow, InboxSeenParams, InboxWatch
from companion.protocol.values import SeenMessage, ThreadRef
from companion.runtime.paths import Paths

REF = InboxRef(marketplace="tiktok-shop", shop="7490001", region="US")


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SEABRIDGE_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("SEABRIDGE_SECRETS", "file")
    monkeypatch.setenv("LANG", "en_GB.UTF-8")
    for name in ("LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)


def kept(*rows: InboxRow, reason: str = "", watched: bool = True, **more: Any) -> None:
    paths = Paths.default().ready()
    archive = Archive.open(paths.archive, paths.files)
    now = time.time()
    archive.inboxes.see(InboxSeenParams(inbox=REF, rows=list(rows), observed_at=now))
    if watched:
        state: Any = {"inbox": REF, "reason": reason, "since": now, "looked_at": now, **more}
        archive.inboxes.hear("chrome", [InboxWatch(**state)])
    archive.close()


def test_before_anything_was_seen_it_says_how_to_begin(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["inbox"]) == 0
    assert "Watch this inbox" in capsys.readouterr().out
    assert doctor.inbox(Paths.default()).state == "off"


def test_who_waits_and_that_somebody_looks(capsys: pytest.CaptureFixture[str]) -> None:
    kept(InboxRow(buyer="Ana", preview="Is it\nblue?", unread=1), InboxRow(buyer="Bo", preview="ok", last="seller"))
    assert cli.main(["inbox"]) == 0
    shown = capsys.readouterr().out
    assert "Ana · tiktok-shop US · waiting since" in shown
    assert "← Is it blue?" in shown
    assert "Bo" not in shown
    assert "tiktok-shop US: watched since" in shown
    assert cli.main(["inbox", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert [each["buyer"] for each in found["unanswered"]] == ["Ana"]
    assert found["inboxes"][0]["watched"] is True
    check = doctor.inbox(Paths.default())
    assert (check.state, check.data["count"]) == ("ok", "1")


def test_thanks_after_an_answer_stand_apart_and_amazon_counts_them(capsys: pytest.CaptureFixture[str]) -> None:
    amazon = InboxRef(marketplace="amazon", shop="A1", region="US")
    thread = ThreadRef(marketplace="amazon", shop="A1", region="US", thread="t1", buyer="Emily")
    paths = Paths.default().ready()
    archive = Archive.open(paths.archive, paths.files)
    now = time.time()
    said = [
        SeenMessage(key="1", direction="buyer", text="Where is it?"),
        SeenMessage(key="2", direction="seller", text="It arrives today."),
        SeenMessage(key="3", direction="buyer", text="Thank you 👍"),
    ]
    archive.see(MessageSeenParams(thread=thread, messages=said, observed_at=now))
    rows = [InboxRow(key="t1", buyer="Emily", preview="Thank you 👍", last="buyer", unread=1)]
    archive.inboxes.see(InboxSeenParams(inbox=amazon, rows=rows, observed_at=now))
    archive.close()
    assert cli.main(["inbox"]) == 0
    shown = capsys.readouterr().out
    assert "Closed with thanks" in shown
    assert "Emily · amazon US · thanked at" in shown
    assert "No response needed" in shown
    assert "waiting since" not in shown


def test_not_watching_says_why_and_what_to_do_and_exits_1(capsys: pytest.CaptureFixture[str]) -> None:
    gap: Any = {"gap_from": time.time() - 900, "gap_until": time.time() - 600, "gap_reason": "asleep"}
    kept(reason="captcha", **gap)
    assert cli.main(["inbox"]) == 1
    shown = capsys.readouterr().out
    assert "nobody watches it" in shown
    assert "human check" in shown
    assert "→ Open the inbox and complete the check yourself" in shown
    assert "The computer was asleep." in shown
    check = doctor.inbox(Paths.default())
    assert (check.state, check.data["shops"]) == ("warn", "tiktok-shop US")
    assert "tiktok-shop US" in doctor.sentences(check, "en")[0]


def test_an_inbox_that_was_only_passed_by_is_not_called_watched(capsys: pytest.CaptureFixture[str]) -> None:
    kept(InboxRow(buyer="Ana", preview="hi", unread=1), watched=False)
    assert cli.main(["inbox"]) == 0
    assert "not watched, read only while you have it open" in capsys.readouterr().out


def test_a_buyers_words_cannot_steer_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    kept(InboxRow(buyer="A\x1b[2Jna", preview="x\x1b]0;owned\x07\n! fake: nobody watches it", unread=1))
    assert cli.main(["inbox"]) == 0
    shown = capsys.readouterr().out
    assert not any(steering in shown for steering in "\x1b\x07")
    assert not any(line.startswith("! fake") for line in shown.splitlines())
