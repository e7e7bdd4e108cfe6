"""A buyer who only thanks after an answer does not wait; in every doubtful case the buyer waits."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from companion.conversations import Archive
from companion.conversations.closing import closes
from companion.conversations.waiting import Question, Shown, Tail
from companion.protocol.methods.inbox import InboxListParams, InboxListResult, InboxRef, InboxRow, InboxSeenParams

AT = 1_788_420_600.0
ROW = Shown(preview="thanks", last="buyer", unread=1, at=AT, span=60, changed_at=AT + 5)
WAITS = Question(AT, 60, True)
ANSWER = Tail("seller", "It ships today.", AT - 300, 60, AT - 290)
ASKED = Tail("buyer", "When does it ship?", AT - 600, 60, AT - 590)
THANKS = Tail("buyer", "Thanks", AT, 60, AT + 10)


def only_thanks(text: str) -> bool:
    return text.strip("!👍 ").casefold() in ("thanks", "ok", "")


def closed(*talk: Tail, row: Shown = ROW, waits: Question = WAITS) -> bool:
    return closes(row, waits, talk, only_thanks)


def test_thanks_after_an_answer_close_it() -> None:
    assert closed(ASKED, ANSWER), "seen in the list only"
    assert closed(ASKED, ANSWER, replace(THANKS, text="thanks"))
    assert closed(ASKED, ANSWER, replace(THANKS, text="ok"), replace(THANKS, text="thanks"), row=replace(ROW, unread=2))
    assert closed(ANSWER, row=replace(ROW, at=None, span=0), waits=Question(ROW.changed_at, 0, False))


@pytest.mark.parametrize(
    ("talk", "row", "waits"),
    [
        ((), ROW, WAITS),
        ((ASKED,), ROW, WAITS),
        # an answer to a question of the seller
        ((ASKED, replace(ANSWER, text="Shall I send the blue one?")), ROW, WAITS),
        ((replace(ANSWER, text="要蓝色的吗？"), replace(THANKS, text="thanks")), ROW, WAITS),
        # more came than the list shows
        ((ASKED, ANSWER), replace(ROW, unread=2), WAITS),
        ((ANSWER, replace(THANKS, text="thanks")), replace(ROW, unread=2), WAITS),
        # a question before it still waits
        ((ASKED, ANSWER), ROW, Question(AT - 120, 60, True)),
        ((ANSWER, ASKED, replace(THANKS, text="thanks")), ROW, WAITS),
        # what the list shows is something newer than what the archive holds
        ((ANSWER, replace(THANKS, text="thanks")), replace(ROW, preview="where is it"), WAITS),
        ((ANSWER, replace(THANKS, text="thanks", sent_at=AT - 200)), ROW, WAITS),
        # a picture says something
        ((ANSWER, replace(THANKS, text="😡"), replace(THANKS, text="thanks")), replace(ROW, unread=2), WAITS),
        ((ASKED, ANSWER), replace(ROW, preview="thanks, and where is it"), WAITS),
    ],
)
def test_in_every_doubtful_case_the_buyer_waits(talk: tuple[Tail, ...], row: Shown, waits: Question) -> None:
    assert not closed(*talk, row=row, waits=waits)


# -- through the archive ----------------------------------------------------------------------------------------------


class Words:
    def only_thanks(self, text: str) -> bool:
        return only_thanks(text)

    def counted(self, marketplace: str) -> bool:
        return marketplace == "amazon"


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch, now: float) -> None:
    monkeypatch.setattr("companion.conversations.inboxes.time.time", lambda: now)


def test_the_inbox_tells_them_apart(archive: Archive, window: Callable[..., Any], now: float) -> None:
    seen = window("When?", "<Today.", at=now - 100)
    ref = seen.thread
    archive.see(seen)
    inbox = InboxRef(marketplace=ref.marketplace, shop=ref.shop, region=ref.region)
    rows = [
        InboxRow(key=ref.thread, buyer=ref.buyer, preview="Thanks!", unread=1, last="buyer"),
        InboxRow(key="other", buyer="Bo", preview="thanks", unread=1, last="buyer"),
    ]
    look = InboxSeenParams(inbox=inbox, rows=rows, observed_at=now)
    assert archive.inboxes.see(look) == 2, "without rules everybody waits"
    archive.closings = Words()
    assert archive.inboxes.see(look) == 1
    found: InboxListResult = archive.inboxes.waiting(InboxListParams())
    assert ([each.buyer for each in found.unanswered], found.total) == (["Bo"], 1), "no answer to Bo is known of"
    assert [(each.preview, each.thread_id, each.counted) for each in found.closed] == [("Thanks!", 1, False)]
