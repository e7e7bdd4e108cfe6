"""When imported conversations are past their time: by when they were said, and never soon after their import."""

from __future__ import annotations

import datetime
import time
from typing import Any

import pytest

from companion.conversations import Archive, retention
from companion.conversations.exports import jsonl

from .conftest import Take

DAY = 86_400.0
GRACE = retention.IMPORT_GRACE_S


def due(archive: Archive, now: float, months: int = 12) -> list[int]:
    with archive._database.read() as connection:
        return retention.due(connection, now, months)


def table(*times: str, buyer: str = "Ana") -> str:
    return "time,buyer,direction,text\n" + "".join(f"{at},{buyer},buyer,words {i}\n" for i, at in enumerate(times))


def said(now: float, days: float) -> str:
    return datetime.datetime.fromtimestamp(now - days * DAY, datetime.UTC).strftime("%Y-%m-%d %H:%M")


def test_mail_of_long_ago_goes_after_its_grace_and_not_months_later(archive: Archive, take: Take) -> None:
    take("old.csv", table("2019-03-01 10:00", "2019-03-02 10:00"))
    now = time.time()
    assert due(archive, now) == []
    assert archive.keeping.past_retention(12) == [], "the preview says the same"
    assert due(archive, now + GRACE - DAY) == []
    assert due(archive, now + GRACE + DAY) == [1]


def test_what_was_said_lately_counts_from_then(archive: Archive, take: Take) -> None:
    now = time.time()
    take("new.csv", table("2019-03-01 10:00", said(now, 200)), zone="UTC")
    assert due(archive, now + GRACE + DAY) == []
    assert due(archive, now + (365 - 200 - 2) * DAY) == []
    assert due(archive, now + (366 - 200 + 2) * DAY) == [1]


@pytest.mark.parametrize("sent", ["4000000000.0", "0.0", str(retention.EARLIEST - 1), "NULL"])
def test_a_date_that_cannot_be_counts_from_the_arrival(archive: Archive, take: Take, sent: str) -> None:
    take("odd.csv", table("2019-03-01 10:00"))
    with archive._database.write() as connection:
        connection.exec_driver_sql(f"UPDATE messages SET sent_at = {sent}")
    now = time.time()
    assert due(archive, now + GRACE + DAY) == []
    assert due(archive, now + 364 * DAY) == []
    assert due(archive, now + 368 * DAY) == [1]


def test_a_conversation_that_more_was_imported_to_has_its_grace_again(archive: Archive, take: Take) -> None:
    take("first.csv", table("2019-03-01 10:00"))
    with archive._database.write() as connection:
        connection.exec_driver_sql(f"UPDATE imports SET made_at = made_at - {100 * DAY}")
    now = time.time()
    assert due(archive, now) == [1]
    take("second.csv", table("2019-03-01 10:00"))
    assert due(archive, now) == [1], "nothing new came"
    take("third.csv", table("2019-03-01 10:00", "2019-04-01 10:00"))
    assert due(archive, now + DAY) == []
    assert due(archive, now + GRACE + DAY) == [1]


def test_a_message_seen_on_a_page_still_counts_from_when_it_was_seen(archive: Archive, window: Any) -> None:
    now = time.time()
    archive.see(window(("of long ago", "2019-03-01 10:00"), thread="scrolled up to", at=now - 10 * DAY))
    archive.see(window("the clock was behind", thread="clock", at=now - 4_000 * DAY))
    archive.see(window("of the future", thread="future", at=now - 400 * DAY))
    for thread, days in ((2, -10), (3, 9_000)):
        with archive._database.write() as connection:
            sent = now + days * DAY
            connection.exec_driver_sql(f"UPDATE messages SET sent_at = {sent} WHERE thread_id = {thread}")
    assert due(archive, now) == [3]
    assert due(archive, now + 368 * DAY) == [1, 2, 3]


def test_an_own_export_of_long_ago_has_its_grace(archive: Archive, window: Any, take: Take) -> None:
    now = time.time()
    archive.see(window("of long ago", at=now - 800 * DAY))
    own = b"".join(jsonl.write([archive.transcript(1)], lambda _: None, made_at=now, masked=False))
    archive.keeping.erase(due(archive, now), None, lambda _: None)
    take("own.jsonl", own, marketplace="", shop="")
    assert due(archive, now + DAY) == []
    assert len(due(archive, now + GRACE + DAY)) == 1
