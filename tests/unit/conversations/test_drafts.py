"""What the seller wrote is found behind what was sent."""

from __future__ import annotations

from typing import Any

import pytest

from companion.protocol.methods.archive import DraftInsertedParams, SearchParams, ThreadMessagesParams
from companion.protocol.values import ThreadRef

WRITTEN = "您的包裹明天发货"
SENT = "Your parcel ships tomorrow"


def draft(ref: ThreadRef, at: float, **more: Any) -> DraftInsertedParams:
    fields = {
        "written": WRITTEN,
        "written_language": "zh",
        "text": SENT,
        "language": "en",
        "engine": "argos",
        "match": "machine",
        **more,
    }
    return DraftInsertedParams(thread=ref, inserted_at=at, **fields)


def last(archive: Any) -> Any:
    return archive.messages(ThreadMessagesParams(thread_id=1)).messages[-1]


def test_the_outgoing_bubble_carries_the_draft(archive: Any, window: Any, ref: ThreadRef, now: float) -> None:
    archive.see(window("when does it ship?"))
    archive.add_draft(draft(ref, now + 5))
    archive.see(window("when does it ship?", f"<{SENT} \n", at=now + 9))
    message = last(archive)
    assert (message.translation, message.engine, message.match) == (WRITTEN, "seller", "machine")
    assert message.language == "en"
    [hit] = archive.search(SearchParams(query="包裹")).hits
    assert hit.message_id == message.id
    assert [s.text for s in hit.translation if s.hit] == ["包裹"]


def test_a_bubble_seen_before_its_draft_arrives(archive: Any, window: Any, ref: ThreadRef, now: float) -> None:
    """Drafts and windows travel in different queues."""
    archive.see(window("hi", f"<{SENT}", at=now + 2))
    archive.add_draft(draft(ref, now + 1))
    assert last(archive).translation == WRITTEN
    assert len(archive.search(SearchParams(query="明天发货")).hits) == 1


def test_one_draft_serves_one_bubble(archive: Any, window: Any, ref: ThreadRef, now: float) -> None:
    archive.add_draft(draft(ref, now))
    archive.add_draft(draft(ref, now + 60, written="明天就发"))
    archive.see(window(f"<{SENT}", at=now + 61))
    assert last(archive).translation == "明天就发"
    archive.see(window(f"<{SENT}", f"<{SENT}", at=now + 90))
    assert last(archive).translation == WRITTEN
    archive.see(window(f"<{SENT}", f"<{SENT}", f"<{SENT}", at=now + 95))
    assert last(archive).translation == ""


@pytest.mark.parametrize(
    ("row", "seconds"), [(f"<{SENT}!", 5), (SENT, 5), (f"<{SENT}", 3 * 86_400), (f"<{SENT}", -3600)]
)
def test_other_words_another_hand_or_another_time_are_not_the_draft(
    archive: Any, window: Any, ref: ThreadRef, now: float, row: str, seconds: float
) -> None:
    archive.add_draft(draft(ref, now))
    archive.see(window(row, at=now + seconds))
    assert last(archive).translation == ""


def test_a_draft_of_another_thread_is_not_taken(archive: Any, window: Any, ref: ThreadRef, now: float) -> None:
    archive.see(window(f"<{SENT}"))
    other = window("x", thread="t2").thread
    archive.add_draft(draft(other, now))
    assert last(archive).translation == ""


def test_the_same_draft_told_twice_is_one(archive: Any, window: Any, ref: ThreadRef, now: float) -> None:
    assert archive.add_draft(draft(ref, now)) == archive.add_draft(draft(ref, now))
    archive.see(window(f"<{SENT}", f"<{SENT}", at=now + 5))
    shown = [m.translation for m in archive.messages(ThreadMessagesParams(thread_id=1)).messages]
    assert shown.count(WRITTEN) == 1


def test_a_draft_alone_makes_no_conversation(archive: Any, ref: ThreadRef, now: float) -> None:
    from companion.protocol.methods.archive import ThreadListParams

    archive.add_draft(draft(ref, now))
    assert archive.counts() == (0, 0)
    assert archive.threads(ThreadListParams()).threads == []


def test_a_machine_never_replaces_the_sellers_own_words(archive: Any, window: Any, ref: ThreadRef, now: float) -> None:
    archive.add_draft(draft(ref, now))
    seen = archive.see(window(f"<{SENT}"))
    archive.translations.add(seen.rows[0].id, "zh", "你的包裹明天运输", "argos", "machine", [], "en", True)
    assert last(archive).translation == WRITTEN
    assert archive.search(SearchParams(query="运输")).hits == []
