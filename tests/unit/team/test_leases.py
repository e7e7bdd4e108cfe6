"""One seat does a job, one seat has a message, and a seat that dies holds neither for ever."""

from __future__ import annotations

import threading

from companion.team.claims import Claims
from companion.team.leases import Leases
from tests.postgres import Server

from .conftest import Seats, eventually


def _expire(postgres: Server, table: str) -> None:
    """The time of a seat that died runs out, without the test waiting for it."""
    with postgres.connect("team") as connection:
        connection.execute(f"UPDATE {table} SET until = now() - interval '1 second'")


def test_a_job_is_held_by_one_seat_until_it_gives_it_back(seats: Seats) -> None:
    lin, mei = seats("lin"), seats("mei")
    with lin.leases.held("sweep") as mine:
        assert mine
        with mei.leases.held("sweep") as hers:
            assert not hers
        assert mei.leases.take("backup"), "another job is free"
        assert lin.leases.take("sweep"), "taking what one has renews it"
    with mei.leases.held("sweep") as hers:
        assert hers


def test_many_seats_that_want_a_job_at_once(seats: Seats) -> None:
    teams = [seats(f"seat {number}") for number in range(4)]
    took = []
    together = threading.Barrier(4)

    def want(number: int) -> None:
        together.wait(10)
        if teams[number].leases.take("sweep"):
            took.append(number)

    threads = [threading.Thread(target=want, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(took) == 1


def test_a_seat_that_dies_loses_its_job_by_the_databases_time(seats: Seats, postgres: Server) -> None:
    lin, mei = seats("lin", listens=True), seats("mei")
    assert lin.leases.take("sweep")
    held = mei.leases.current()
    assert [(lease.job, lease.holder) for lease in held] == [("sweep", "lin")]
    assert held[0].taken_at < held[0].until
    assert not mei.leases.take("sweep")
    _expire(postgres, "team_leases")
    assert mei.leases.current() == []
    assert not lin.leases.renew("sweep")
    assert mei.leases.take("sweep")
    lin.leases.give_back("sweep")
    assert not lin.leases.take("sweep"), "who lost a job cannot give it away"


def test_a_job_that_takes_longer_is_renewed_behind_the_work(seats: Seats) -> None:
    lin = seats("lin")
    leases = Leases(lin.link, lambda: lin.seat, lasts_s=0.6)
    with leases.held("backup"):
        until = leases.current()[0].until
        eventually(lambda: leases.current()[0].until > until)
    assert leases.current() == []


def test_a_message_is_claimed_once_and_free_again_when_it_is_given_back_or_time_is_up(
    seats: Seats, postgres: Server
) -> None:
    lin, mei = seats("lin"), seats("mei")
    assert lin.translating("zh").take([3, 1, 2]) == {1, 2, 3}
    assert mei.translating("zh").take([2, 3, 4]) == {4}
    assert lin.translating("zh").take([1]) == {1}, "ours stay ours"
    assert mei.translating("en").take([1]) == {1}, "she reads another language"
    answering = Claims(mei.link, lambda: mei.seat, "answer", 60)
    assert answering.take([1]) == {1}, "another job"
    mei.translating("zh").give_back([1, 4])
    assert mei.translating("zh").take([1]) == frozenset(), "nobody gives back what another has"
    lin.translating("zh").give_back([1])
    assert mei.translating("zh").take([1]) == {1}
    _expire(postgres, "team_claims")
    assert mei.translating("zh").take([1, 2, 3]) == {1, 2, 3}
    assert mei.translating("zh").take([]) == frozenset()
