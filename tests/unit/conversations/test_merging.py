"""Files and the archive, whatever they share: each message once, in the order of time."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from companion.conversations.align import Row
from companion.conversations.identity import ident
from companion.conversations.imports.merging import Known, distinct, place
from companion.conversations.imports.parsed import message
from companion.conversations.imports.table import in_time
from companion.conversations.transcript import Line


def line(number: int, text: str, at: float | None, key: str = "") -> Line:
    return message(
        "buyer", text, arrival=number, observed_at=9e9, ident=ident("buyer", text), label=str(at), sent_at=at,
        sent_span=60, key=key,
    )  # fmt: skip


def known(one: Line) -> Known:
    row = Row(one.ident, one.key, at=one.sent_at, span=one.sent_span, clock=one.clock, label=one.label)
    return Known(row, bytes([one.arrival]) * 32)


FILES = st.lists(st.tuples(st.sampled_from(["ok", "yes", "where?"]), st.integers(0, 600)), max_size=9).map(
    lambda rows: in_time([line(number, text, float(at)) for number, (text, at) in enumerate(rows)])
)


@given(FILES)
def test_a_file_that_is_in_the_archive_is_all_known(lines: list[Line]) -> None:
    placed = place([known(one) for one in lines], lines)
    assert sorted(one.match for one in placed.rows if one.match is not None) == list(range(len(lines)))


@given(FILES, st.data())
def test_of_a_file_that_is_there_in_part_the_rest_is_new_and_in_order(lines: list[Line], data: st.DataObject) -> None:
    held = [one for one in lines if data.draw(st.booleans())]
    placed = place([known(one) for one in held], lines)
    assert len({one.match for one in placed.rows if one.match is not None}) == len(held)
    for one, row in zip(lines, placed.rows, strict=True):
        if row.match is None:
            assert one.sent_at is not None
            assert all((each.sent_at or 0) <= one.sent_at for each in held[: row.before])
            assert all((each.sent_at or 0) >= one.sent_at for each in held[row.before :])


def test_the_same_words_at_another_time_are_another_message() -> None:
    placed = place([known(line(1, "ok", 0.0))], [line(1, "ok", 0.0), line(2, "ok", 20.0), line(3, "ok", 86_400.0)])
    assert [one.match for one in placed.rows] == [0, None, None]


def test_an_id_settles_it_also_where_words_and_time_differ() -> None:
    placed = place([known(line(1, "helo", 0.0, "k"))], [line(1, "hello", 999.0, "k"), line(2, "helo", 0.0, "m")])
    assert [one.match for one in placed.rows] == [0, None]


def test_a_file_that_holds_a_message_twice_by_its_id_has_it_once() -> None:
    lines = [line(1, "a", 0.0, "k"), line(2, "a", 0.0, "k"), line(3, "a", 0.0), line(4, "a", 0.0)]
    assert [one.arrival for one in distinct(lines)] == [1, 3, 4]
