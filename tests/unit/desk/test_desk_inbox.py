"""Looks at inboxes and the state of watching come in by the wire; the dashboard asks who waits."""

from __future__ import annotations

import pytest

from companion.protocol.errors import ErrorCode, SeabridgeError
from companion.protocol.methods import inbox as box

from .fakes import Office

INBOX = box.InboxRef(marketplace="tiktok", shop="7490001", region="US")
LOOK = box.InboxSeenParams(
    inbox=INBOX, rows=[box.InboxRow(buyer="Maria", preview="¿Hay?", last="buyer")], observed_at=1_790_000_000.0
)
WATCH = box.InboxWatch(inbox=INBOX, reason="captcha", since=1.0, looked_at=2.0)


def test_a_look_is_kept_and_told(office: Office) -> None:
    with office.proven() as client:
        assert client.call("inbox.seen", LOOK).unanswered == 1
        found = client.call("inbox.list", box.InboxListParams())
    assert office.archive.inboxes.looks == [LOOK]
    assert [each.buyer for each in found.unanswered] == ["Maria"]


def test_what_is_watched_is_kept_by_the_browser_that_says_so(office: Office) -> None:
    paired = office.paired()
    with office.proven(paired) as client:
        client.call("inbox.watch", box.InboxWatchParams(watches=[WATCH]))
    assert office.archive.inboxes.watches == {paired.key_id: [WATCH]}


def test_nobody_unproven_tells_or_asks(office: Office) -> None:
    with office.client() as client:
        for method, params in (("inbox.seen", LOOK), ("inbox.list", box.InboxListParams())):
            with pytest.raises(SeabridgeError) as caught:
                client.call(method, params)
            assert caught.value.code is ErrorCode.NOT_PROVEN


def test_an_answer_fits_a_frame(office: Office) -> None:
    rows = [box.InboxRow(buyer=f"{n}" + "名" * 150, preview="字" * 500, last="buyer") for n in range(200)]
    office.archive.inboxes.looks.append(box.InboxSeenParams(inbox=INBOX, rows=rows, observed_at=1.0))
    with office.proven() as client:
        found = client.call("inbox.list", box.InboxListParams(limit=200))
    assert 0 < len(found.unanswered) < 200
    assert found.total == 200
