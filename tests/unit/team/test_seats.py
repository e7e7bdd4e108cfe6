"""A seat has a name, others see that it is there, and it finds a server that was away."""

from __future__ import annotations

import getpass
from pathlib import Path

import pytest

from companion.protocol.errors import ErrorCode, SeabridgeError
from companion.runtime.documents import Documents
from companion.team import seats as seat_rows
from companion.team.notice import Notice, read
from companion.team.seat import own_name, rename, seat_of, tidy
from companion.team.team import Ears
from tests.postgres import Server

from .conftest import Seats, eventually


def test_a_seat_keeps_its_id_and_can_be_called_otherwise(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    documents = Documents(tmp_path / "d.json")
    seat = seat_of(documents)
    assert seat_of(documents) == seat
    assert seat.name == own_name()
    called = rename(documents, " 前台\n Lin\x1b[31m ")
    assert (called.name, called.id) == ("前台 Lin [31m", seat.id)
    assert rename(documents, "").name == seat.name
    assert len(tidy("x" * 500)) == 60

    def nobody() -> str:
        raise KeyError("uid")

    monkeypatch.setattr(getpass, "getuser", nobody)
    monkeypatch.setattr("platform.node", lambda: "")
    assert own_name() == "seabridge"


def test_seats_see_each_other_by_name(seats: Seats) -> None:
    lin, mei = seats("lin", listens=True), seats("mei", listens=True)

    def known() -> dict[str, bool]:
        with lin.link.begin() as connection:
            return {seat.name: seat.here for seat in seat_rows.seen(connection)}

    eventually(lambda: known() == {"lin": True, "mei": True})
    mei.rename("仓库")
    assert known() == {"lin": True, "仓库": True}
    mei.stop()
    assert known() == {"lin": True, "仓库": False}


@pytest.mark.parametrize("payload", ["", "{", "[]", "7", '{"topic": "other"}', '{"what": "x"}', "null"])
def test_a_notice_of_another_version_is_passed_over(payload: str) -> None:
    assert read(payload) is None


def test_a_notice_is_read_as_it_was_told() -> None:
    assert read('{"topic": "documents", "what": "glossary", "seat": "s"}') == Notice("documents", "glossary", "s")
    assert read('{"topic": "archive"}') == Notice("archive")


def test_a_server_that_stops_and_starts_again_is_found_and_nothing_is_missed(seats: Seats, own_server: Server) -> None:
    url = own_server.url("shop")
    heard: list[str] = []
    lin = seats("lin", url=url)
    mei = seats("mei", url=url, ears=Ears(documents=heard.append, archive=lambda: heard.append("archive")))
    eventually(lambda: heard == ["", "archive"])
    lin.documents.put("glossary", "*", {"n": 1})
    eventually(lambda: mei.documents.get("glossary", "*") == {"n": 1})
    lin.close()
    own_server.stop()
    eventually(lambda: mei.link.problem is not None)
    problem, since = mei.link.problem or (None, 0.0)
    assert problem is not None
    assert problem.code is ErrorCode.DATABASE_AWAY
    assert since > 0
    assert mei.documents.get("glossary", "*") == {"n": 1}, "what was seen last"
    with pytest.raises(SeabridgeError) as refused:
        mei.documents.put("glossary", "*", {"n": 2})
    assert refused.value.code is ErrorCode.DATABASE_AWAY
    with pytest.raises(SeabridgeError):
        mei.leases.take("sweep")
    heard.clear()
    own_server.start()
    with own_server.connect("shop") as connection:  # before mei is back: nobody tells her
        connection.execute("UPDATE team_documents SET value = '{\"n\": 3}'")
    eventually(lambda: mei.link.problem is None and heard)
    eventually(lambda: mei.documents.get("glossary", "*") == {"n": 3})
    assert heard[0] == ""
    assert mei.leases.take("sweep")


def test_one_broken_connection_is_not_a_server_that_is_away(seats: Seats, postgres: Server) -> None:
    mei = seats("mei", listens=True)
    mei.documents.put("glossary", "*", {"n": 1})
    with postgres.connect("team") as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE application_name = 'seabridge' AND query NOT LIKE 'LISTEN%' AND pid <> pg_backend_pid()"
        )

    def takes() -> bool:
        try:
            return mei.leases.take("sweep")
        except SeabridgeError:  # whoever uses the broken connection first, a sign of life or this, is told
            return False

    eventually(takes)
    eventually(lambda: mei.link.problem is None)
