"""What is read of the index: the same rows whichever way SQLite is asked for them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import Connection, create_engine

from companion.conversations import fts

LONG_AGO, LATER = -(1 << 62), 1 << 62


@pytest.fixture
def connection() -> Iterator[Connection]:
    engine = create_engine("sqlite://")
    with engine.connect() as opened:
        opened.exec_driver_sql(
            "CREATE VIRTUAL TABLE search_index USING fts5 (original, translation, refs, buyer, marks)"
        )
        yield opened
    engine.dispose()


def fill(connection: Connection, texts: dict[int, str]) -> None:
    for moment, text in texts.items():
        connection.exec_driver_sql("INSERT INTO search_index (rowid, original) VALUES (?, ?)", (moment, text))


#: Where in 3,200 messages the word stands: nowhere, always, now and then, only long ago, only lately, at both ends.
PLACES = {
    "nowhere": [],
    "always": range(3_200),
    "now and then": range(0, 3_200, 40),
    "long ago": range(100),
    "lately": range(3_150, 3_200),
    "at both ends": [0, 1, 2, 3_197, 3_198, 3_199],
}


@pytest.mark.parametrize("place", PLACES)
def test_the_latest_hits_whatever_their_number(connection: Connection, place: str) -> None:
    hit = set(PLACES[place])
    fill(connection, {at * 10: "refund" if at in hit else "hello" for at in range(3_200)})
    every = [at * 10 for at in sorted(hit, reverse=True)]
    for limit in (1, 20, 60, 5_000):
        for since, until in ((LONG_AGO, LATER), (500, 31_985), (0, 10), (31_990, LATER), (LATER, LATER), (900, 300)):
            wanted = [moment for moment in every if since <= moment < until][:limit]
            for match in ('"refund"', '"ref" *', '"ref" * AND "refu" *'):
                got = fts.lengths(connection, match, since, until, limit)
                assert [moment for moment, _ in got] == wanted
                assert {sizes for _, sizes in got} <= {b"\1\0\0\0\0"}
            assert fts.newest(connection, '"refund"', since, until, limit) == wanted


@pytest.mark.parametrize("every", [1, 2, 7])
def test_moments_that_follow_one_another_at_once(connection: Connection, every: int) -> None:
    fill(connection, {at: "hello" if at % every else "refund" for at in range(-40, 160)})
    hits = [at for at in range(159, -41, -1) if at % every == 0]
    for limit in (1, 2, 5, 30, 300):
        for until in (160, 100, -36, -39):
            got = fts.lengths(connection, '"refund"', LONG_AGO, until, limit)
            assert [moment for moment, _ in got] == [at for at in hits if at < until][:limit]


def test_an_empty_index_has_no_hits(connection: Connection) -> None:
    assert fts.lengths(connection, '"refund"', LONG_AGO, LATER, 10) == []
    assert fts.latest(connection, LATER, 10) == []


def test_texts_come_with_a_space_at_both_ends_and_nothing_spanning_two(connection: Connection) -> None:
    row = "INSERT INTO search_index (rowid, original, translation, refs, buyer) VALUES (?, 'a b', 'c', 'd', 'e')"
    for moment in (-5, 7, 9):
        connection.exec_driver_sql(row, (moment,))
    text = " a b \ue000 c \ue000 d "
    assert fts.texts(connection, [9, -5, 8]) == [(-5, text), (9, text)]
    assert fts.latest(connection, 9, 5) == [text, text]
    assert fts.latest(connection, LATER, 1) == [text]
