"""Star, tags and note of a conversation: kept, found, exported, taken back, erased."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from companion.conversations import Archive, erasing
from companion.conversations.exports import jsonl
from companion.conversations.schema import tags
from companion.conversations.transcript import masked
from companion.protocol.errors import ErrorCode, SeabridgeError
from companion.protocol.methods.archive import SearchParams, ThreadListParams, ThreadMarkParams
from companion.protocol.values import ThreadMarks

from .conftest import window_of


def mark(archive: Archive, thread_id: int = 1, **given: Any) -> ThreadMarks:
    return archive.mark(ThreadMarkParams(thread_id=thread_id, **given))


def listed(archive: Archive) -> dict[int, ThreadMarks]:
    return {each.id: each.marks for each in archive.threads(ThreadListParams()).threads}


def found(archive: Archive, query: str) -> set[str]:
    hits = archive.search(SearchParams(query=query)).hits
    return {"".join(span.text for span in hit.text) for hit in hits}


@pytest.fixture
def two(archive: Archive) -> Archive:
    """Conversations 1 ("hola", "<listo") and 2 ("bonjour")."""
    archive.see(window_of("hola", "<listo", thread="t1"))
    archive.see(window_of("bonjour", thread="t2"))
    return archive


def test_what_is_not_named_stays(two: Archive) -> None:
    mark(two, note="  asked twice  ")
    first = mark(two, star=True, tags=["催单"])
    assert (first.star, first.tags, first.note) == (True, ["催单"], "asked twice")
    assert first.noted_at is not None
    assert listed(two) == {1: first, 2: ThreadMarks(star=False, tags=[], note="", noted_at=None)}
    again = mark(two, star=False, note="asked twice")
    assert (again.star, again.tags, again.noted_at) == (False, ["催单"], first.noted_at)
    assert mark(two, note="").noted_at is None


def test_one_tag_has_one_spelling(two: Archive) -> None:
    assert mark(two, tags=["VIP", " vip ", "", "Late\u200b  parcel"]).tags == ["VIP", "Late parcel"]
    assert mark(two, 2, tags=["vip"]).tags == ["VIP"]


def test_marks_are_searched(two: Archive) -> None:
    mark(two, star=True, tags=["催单", "VIP"])
    mark(two, 2, tags=["vip later"])
    assert found(two, "is:starred") == found(two, "状态:星标") == {"hola", "listo"}
    assert found(two, "-is:starred") == {"bonjour"}
    assert found(two, "tag:催单 from:me") == found(two, "标签：催 来自:我") == {"listo"}
    # a whole name is that tag; otherwise what begins so
    assert found(two, "tag:VIP") == {"hola", "listo"}
    assert found(two, "tag:vi") == {"hola", "listo", "bonjour"}
    assert found(two, 'tag:"vip later"') == {"bonjour"}
    assert found(two, "tag:nobody") == set()
    mark(two, star=False, tags=[])
    assert found(two, "is:starred") == found(two, "tag:催单") == set()


def test_a_message_that_comes_later_has_the_marks_too(two: Archive) -> None:
    mark(two, star=True, tags=["VIP"])
    two.see(window_of("hola", "<listo", "gracias", thread="t1"))
    assert found(two, "is:starred tag:vip gracias") == {"gracias"}


def test_marks_cross_in_json_lines(two: Archive, tmp_path: Path, take: Callable[..., Any]) -> None:
    put = mark(two, star=True, tags=["VIP", "催单"], note="asked twice")
    lines = b"".join(jsonl.write([two.transcript(1)], lambda _: None, made_at=1.0, masked=False))
    other = Archive.open(tmp_path / "other.db", tmp_path / "others")
    try:
        take("own.jsonl", lines, into=other, marketplace="", shop="")
        assert listed(other) == {1: put}
        assert found(other, "tag:催单 is:starred hola") == {"hola"}
        # the seller's word in this archive stands against a file's
        kept = mark(other, star=False, tags=["done"], note="mine")
        take("own.jsonl", lines, into=other, marketplace="", shop="")
        assert listed(other) == {1: kept}
        assert other.check() == []
    finally:
        other.close()


def test_a_masked_export_hides_names_in_marks(two: Archive) -> None:
    mark(two, tags=["Ana VIP"], note="Ana called")

    def hide(text: str, names: tuple[str, ...], keep: tuple[str, ...]) -> str:
        return text.replace(names[0], "***")

    out = masked(two.transcript(1), hide)
    assert (out.tags, out.note) == (("*** VIP",), "*** called")


def test_erasing_takes_the_marks(two: Archive) -> None:
    mark(two, star=True, tags=["Ana", "VIP"], note="Ana called")
    mark(two, 2, tags=["VIP"])
    with two._database.write() as connection:
        erasing.erase(connection, 1, "asked", 2.0)
        left = list(connection.execute(tags.select()).all())
    assert [row.name for row in left] == ["VIP"]
    gone = two.transcript(1)
    assert (gone.star, gone.tags, gone.note, gone.noted_at) == (False, (), "", None)


def test_a_conversation_that_is_not_there(archive: Archive) -> None:
    with pytest.raises(SeabridgeError) as raised:
        mark(archive, 7, star=True)
    assert raised.value.code == ErrorCode.NOT_FOUND
