"""The small parts: lanes, tickets, repeated requests, answers that fit."""

from __future__ import annotations

import threading
from typing import Any

import msgspec
import pytest

from companion.desk.blobs import sniff
from companion.desk.idem import IdemCache
from companion.desk.lanes import Lane
from companion.desk.outbox import Outbox
from companion.desk.tickets import Tickets, Tokens
from companion.protocol.errors import ErrorCode, SeabridgeError

from .fakes import until


def test_a_lane_runs_jobs_and_survives_a_broken_one(caplog: pytest.LogCaptureFixture) -> None:
    lane, done = Lane("t", 2, 10), threading.Event()
    assert lane.submit(lambda: 1 / 0)  # type: ignore[arg-type, return-value]
    assert lane.submit(done.set)
    assert done.wait(20)
    lane.close()
    assert not lane.submit(done.set)


def test_a_lane_is_bounded_in_threads_and_waiting() -> None:
    lane, gate, running = Lane("t", 2, 3), threading.Event(), threading.Semaphore(0)

    def job() -> None:
        running.release()
        gate.wait(20)

    for _ in range(2):
        assert lane.submit(job)
        assert running.acquire(timeout=20)
    accepted = sum(lane.submit(job) for _ in range(10))
    assert accepted == 3
    assert not running.acquire(timeout=0.1), "no third thread"
    gate.set()
    lane.close()


def test_a_lanes_threads_do_not_keep_the_program_alive() -> None:
    lane, seen = Lane("t", 1, 1), []
    lane.submit(lambda: seen.append(threading.current_thread().daemon))
    until(lambda: seen)
    assert seen == [True]
    lane.close()


def test_tickets_are_few() -> None:
    tickets: Tickets[int] = Tickets(60, limit=3)
    issued = [tickets.issue(n) for n in range(5)]
    for gone in issued[:2]:
        with pytest.raises(SeabridgeError):
            tickets.take(gone)
    assert [tickets.take(ticket) for ticket in issued[2:]] == [2, 3, 4]


def test_tokens_are_few() -> None:
    now = [0.0]
    tokens = Tokens(100, limit=2, clock=lambda: now[0])
    first = tokens.issue()
    now[0] = 1
    second, third = tokens.issue(), tokens.issue()
    with pytest.raises(SeabridgeError):
        tokens.check(first)
    tokens.check(second)
    tokens.check(third)


def raw(value: Any) -> msgspec.Raw:
    return msgspec.Raw(msgspec.json.encode(value))


def test_the_idem_cache_is_bounded_in_number_and_bytes() -> None:
    outcomes: list[Any] = []
    cache = IdemCache(entries=3, size=100)
    for n in range(5):
        assert cache.begin(("k", "m", str(n)), b"{}", lambda *_: None)
        cache.end(("k", "m", str(n)), raw(n), None)
    assert cache.begin(("k", "m", "0"), b"{}", lambda *_: None), "forgotten"
    assert not cache.begin(("k", "m", "4"), b"{}", lambda result, _: outcomes.append(bytes(result or b"")))
    assert outcomes == [b"4"]
    cache.begin(("k", "m", "big"), b"{}", lambda *_: None)
    cache.end(("k", "m", "big"), raw("x" * 200), None)
    assert cache._used <= 100


def test_keys_do_not_share_their_idem() -> None:
    cache = IdemCache()
    assert cache.begin(("one", "m", "x"), b"{}", lambda *_: None)
    assert cache.begin(("two", "m", "x"), b"{}", lambda *_: None)
    assert cache.begin(("one", "n", "x"), b"{}", lambda *_: None)


def test_those_who_waited_hear_of_the_failure_and_the_next_may_try() -> None:
    cache, heard = IdemCache(), []
    cache.begin(("k", "m", "x"), b"{}", lambda *_: None)
    cache.begin(("k", "m", "x"), b"{}", lambda _, error: heard.append(error))
    error = SeabridgeError(ErrorCode.STORAGE_FULL)
    cache.end(("k", "m", "x"), None, error)
    assert heard == [error]
    assert cache.begin(("k", "m", "x"), b"{}", lambda *_: None)


def test_an_outbox_cuts_off_who_does_not_read() -> None:
    gate, broken = threading.Event(), threading.Event()
    box = Outbox(lambda _: gate.wait(20) and None, broken.set, limit=3)
    for n in range(6):
        box.put(str(n))
    assert broken.is_set()
    gate.set()


def test_an_outbox_sends_in_order_and_ends_after_the_last() -> None:
    sent: list[str] = []
    box = Outbox(sent.append, lambda: None)
    for n in range(50):
        box.put(str(n))
    box.close()
    assert sent == [str(n) for n in range(50)]


@pytest.mark.parametrize("head", [b"", b"\x89PNG", b"BM", b"<html>", b"RIFF0000WEB", b"II*\0", b"\0\0\0 ftypavif"])
def test_anything_else_is_no_image(head: bytes) -> None:
    assert sniff(head) == ""
