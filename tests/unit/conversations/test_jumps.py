"""A reader who jumps about in a list without dates and without ids: every message once and in order."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from companion.conversations import Archive

from .conftest import NOW, window_of

SIZE = 20


def line(number: int, *, every: int = 0) -> tuple[str, str]:
    """Row ``number`` of a long thread; every so many rows one says only "ok"."""
    minute = number * 7
    label = f"{8 + minute // 60 % 12:02}:{minute % 60:02}"
    if every and number % every == 0:
        return ("<ok", label)
    return (("<" if number % 3 else "") + f"line {number} of a long thread", label)


def look(archive: Archive, rows: list[Any], top: int, *, hint: bool, at: float = NOW) -> None:
    shown = rows[top : top + SIZE]
    archive.see(window_of(*shown, at=at, more_below=hint and top + SIZE < len(rows)))


def archived(archive: Archive) -> list[tuple[str, str]]:
    from companion.protocol.methods.archive import ThreadMessagesParams

    found = archive.messages(ThreadMessagesParams(thread_id=1, limit=200)).messages
    return [(("<" if m.direction == "seller" else "") + m.text, m.time) for m in found]


@pytest.mark.parametrize("hint", [True, False])
@pytest.mark.parametrize("step", [1, 3, 7, 15])
def test_a_jump_far_up_and_a_walk_down_again(archive: Archive, step: int, hint: bool) -> None:
    rows = [line(number) for number in range(60)]
    look(archive, rows, 40, hint=hint)
    look(archive, rows, 0, hint=hint)
    for top in range(step, 41, step):
        look(archive, rows, top, hint=hint)
    look(archive, rows, 40, hint=hint)
    assert archived(archive) == rows
    assert archive.check() == []


def test_a_jump_leaves_the_end_of_the_conversation_where_it_is(archive: Archive) -> None:
    rows = [line(number) for number in range(60)]
    look(archive, rows, 40, hint=True)
    look(archive, rows, 0, hint=True)
    assert archived(archive) == rows[:20] + rows[40:]
    look(archive, rows, 20, hint=True)
    assert archived(archive) == rows


def test_three_stretches_out_of_order_are_joined(archive: Archive) -> None:
    rows = [line(number) for number in range(120)]
    for top in (100, 60, 10, 30, 50, 80, 0, 90):
        look(archive, rows, top, hint=False)
    for top in range(0, 101, 10):
        look(archive, rows, top, hint=False)
    assert archived(archive) == rows


def test_what_was_joined_is_found_in_the_order_of_the_thread(archive: Archive) -> None:
    from companion.protocol.methods.archive import SearchParams

    rows = [line(number) for number in range(60)]
    for top in (40, 0, 10, 20, 30):
        look(archive, rows, top, hint=False)
    hits = archive.search(SearchParams(query="long thread", limit=100)).hits
    assert ["".join(span.text for span in hit.text) for hit in hits] == [text.lstrip("<") for text, _ in reversed(rows)]


def test_one_short_word_does_not_turn_the_thread_round(archive: Archive) -> None:
    """The newest stretch ends with the word an older one begins with: a new message, not the old one."""
    archive.see(window_of("ok", "where is my parcel", "it is late"))
    archive.see(window_of("thank you very much", "it came today"))
    archive.see(window_of("it came today", "ok"))
    assert [text for text, _ in archived(archive)] == [
        "ok",
        "where is my parcel",
        "it is late",
        "thank you very much",
        "it came today",
        "ok",
    ]


@settings(max_examples=25)
@example([45, 67, 41, 0, 15, 56], 12, 5, True)
@given(
    st.lists(st.integers(0, 80), min_size=1, max_size=6),
    st.integers(1, 14),
    st.sampled_from([0, 5, 9]),
    st.booleans(),
)
def test_any_jumps_then_one_walk_down(jumps: list[int], step: int, every: int, hint: bool) -> None:
    import tempfile
    from pathlib import Path

    rows = [line(number, every=every) for number in range(100)]
    with tempfile.TemporaryDirectory() as folder:
        archive = Archive.open(Path(folder) / "archive.db", Path(folder) / "files")
        try:
            look(archive, rows, 80, hint=hint)
            for top in jumps:
                look(archive, rows, top, hint=hint)
            for top in [*range(0, 80, step), 80]:
                look(archive, rows, top, hint=hint)
            assert archived(archive) == rows
            assert archive.check() == []
        finally:
            archive.close()


def test_a_page_made_of_holes_is_weighed_in_bounds(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every stretch begins and ends with what the window shows: as many orders as pairs, of which few are weighed."""
    from companion.conversations import stretches
    from companion.conversations.align import Row

    archived = [Row(b"same", weight=4, gap=at > 0) for at in range(600)]
    weighed: list[int] = []
    turned: list[int] = []
    cost, turns = stretches.placement_cost, stretches._turns_back
    monkeypatch.setattr(stretches, "placement_cost", lambda a, w: weighed.append(1) or cost(a[-50:], w))
    monkeypatch.setattr(stretches, "_turns_back", lambda a, o: turned.append(1) or turns(a, o))
    stretches.order_shown(archived, archived[:3])
    assert 0 < len(weighed) <= stretches.MAX_ORDERS + 1
    assert len(turned) <= stretches.MAX_PAIRS + 1
