"""The search bench on PostgreSQL: the same messages, the same searches, on a private server with its own defaults."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from bulk import Bulk
from made_archive import Talk, talks, through_the_writer
from measuring import quantiles

from companion.conversations import Archive
from companion.runtime.database_url import parse

sys.path.append(str(Path(__file__).parents[1]))
from postgres import NoPostgres, Server

#: Times first pages of an archive, "newest" or "best" first, with the processor time spent elsewhere.
Search = Callable[[Archive, str, Callable[[], float]], dict[str, Any]]


def beside(messages: int, written: int, search: Search) -> dict[str, Any] | str:
    """The figures; a word where there is no server to start."""
    try:
        server = Server(durable=True)
    except NoPostgres as exc:
        return f"skipped: {exc}"
    try:
        server.start()
        server.create("bench")
        archive = Archive.of_team(parse(server.url("bench")))
        result = _made(server, archive, messages, written)
        result["messages"] = archive.counts()[1]
        with server.connect("bench") as connection:
            [(size,)] = connection.execute("SELECT pg_database_size('bench')").fetchall()
            [(result["server"],)] = connection.execute("SHOW server_version").fetchall()
        result["bytes_per_message"] = round(size / result["messages"])
        for sort in ("newest", "best"):
            result[sort] = search(archive, sort, server.cpu_s)
        archive.close()
        return result
    finally:
        server.remove()


def _made(server: Server, archive: Archive, messages: int, written: int) -> dict[str, Any]:
    some = talks(messages)
    first: list[Talk] = []
    while sum(len(each.said) for each in first) < written and (talk := next(some, None)):
        first.append(talk)
    at = time.perf_counter()
    inserted, took = through_the_writer(archive, first)
    rate = inserted / (time.perf_counter() - at)
    at = time.perf_counter()
    with _index_made_at_the_end(server):
        rest = Bulk(archive).fill(some)
    return {
        "through_the_writer": {"messages": inserted, "per_s": round(rate), "window": quantiles(took)},
        "in_bulk": {"messages": rest, "per_s": round(rest / (time.perf_counter() - at)) if rest else 0},
    }


@contextmanager
def _index_made_at_the_end(server: Server) -> Iterator[None]:
    """As whoever brings a whole archive does it; then what the server does by itself within a minute."""
    with server.connect("bench") as connection:
        [(made,)] = connection.execute("SELECT indexdef FROM pg_indexes WHERE indexname = 'search_words'").fetchall()
        connection.execute("DROP INDEX search_words")
        yield
        connection.execute("SET maintenance_work_mem = '256MB'")
        connection.execute(made)
        connection.execute("VACUUM ANALYZE")
