"""Which message it was that left over a finding."""

from __future__ import annotations

from typing import Any

from companion.conversations import Archive
from companion.conversations.checked import Found, digest_of
from companion.conversations.overruled import overruled
from companion.protocol.methods.archive import ThreadMessagesParams
from companion.protocol.values import ThreadRef

from .conftest import Window

BROKEN = [Found("messages/other-apps", 1, "error", "text", "whatsapp")]


def leave(archive: Archive, ref: ThreadRef, text: str, at: float, *, anyway: bool = True) -> None:
    archive.checks.message(ref, digest_of([text]), "pack", BROKEN, anyway, at, at)


def known(archive: Archive, thread: int) -> dict[int, Any]:
    messages = archive.messages(ThreadMessagesParams(thread_id=thread)).messages
    return overruled(archive.checks.of_thread(thread), messages)


def test_a_message_that_was_sent_anyway_is_known_by_its_text(
    archive: Archive, window: Window, ref: ThreadRef, now: float
) -> None:
    thread = archive.see(window("hola", "<add my whatsapp", at=now - 500)).thread_id
    assert known(archive, thread) == {}
    leave(archive, ref, " add my whatsapp ", now - 5, anyway=False)
    leave(archive, ref, "add my whatsapp", now)
    leave(archive, ref, "never arrived", now)
    assert known(archive, thread) == {}, "what was said before was not sent over this finding"
    rows = ["hola", "<add my whatsapp", "why?", "<add my whatsapp", "<add my whatsapp"]
    archive.see(window(*rows, at=now + 3))
    ids = [one.id for one in archive.messages(ThreadMessagesParams(thread_id=thread)).messages]
    found = known(archive, thread)
    assert list(found) == [ids[3]], "the first of two: the other one was not checked"
    assert [one.rule for one in found[ids[3]].findings] == ["messages/other-apps"]
    leave(archive, ref, "add my whatsapp", now + 1)
    assert set(known(archive, thread)) == {ids[3], ids[4]}
