"""What the search bench found, in lines: each kind with its times and whether the aim is met."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

#: Aims: milliseconds of a first page, and how many times faster than LIKE.
PAGE_MS, TIMES = 20.0, 50.0
SORTS = ("newest", "best")


def met(times: dict[str, Any]) -> bool:
    """Whether first pages of a kind come in time."""
    return bool(times["p95_ms"] < PAGE_MS)


def missed(result: dict[str, Any]) -> list[str]:
    """The aims that were not met, each in a line."""
    slow = [
        f"{where}{kind}, {sort} first: p95 {times['p95_ms']} ms, {times['cpu_p95_ms']} of them computing"
        for where, times_of in _both(result)
        for sort in SORTS
        for kind, times in times_of[sort].items()
        if not met(times)
    ]
    like = [
        f"{query}: count only {row['times']} times faster than LIKE"
        for query, row in result["like"].items()
        if row["times"] < TIMES
    ]
    return slow + like


def lines(result: dict[str, Any]) -> Iterator[str]:
    """The figures to read; ``--json`` has all of them."""
    for name in ("through_the_writer", "in_bulk"):
        yield f"{name.replace('_', ' ')}: {result[name]['messages']} messages, {result[name]['per_s']}/s"
    yield f"{result['bytes_per_message']} bytes a message"
    for where, times_of in _both(result):
        for sort in SORTS:
            yield f"\n{f'{where}{sort} first':42} {'p50 ms':>8} {'p95 ms':>8} {'cpu p50':>8} {'cpu p95':>8}"
            for kind, times in times_of[sort].items():
                figures = [f"{times[name]:8.2f}" for name in ("p50_ms", "p95_ms", "cpu_p50_ms", "cpu_p95_ms")]
                yield " ".join([f"{kind:42}", *figures, "" if met(times) else "  missed"])
    yield f"\n{'count, beside LIKE':42} {'ms':>8} {'LIKE ms':>8} {'times':>8}"
    for query, row in result["like"].items():
        figures = f"{row['count_ms']:8.2f} {row['like_count_ms']:8.0f} {row['times']:8}"
        yield f"{query:42} {figures}{'' if row['times'] >= TIMES else '   missed'}"
    tiny = result["tinydb"]
    yield f"\nTinyDB: {tiny['search_ms']} ms in {tiny['messages']} messages, so {tiny['extrapolated_search_ms']} ms"
    if isinstance(result["postgresql"], str):
        yield f"\nPostgreSQL: {result['postgresql']}"
    yield f"\naims missed: {len(result['missed'])}"


def _both(result: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """The times on either kind of archive, where there were two."""
    yield "", result
    if isinstance(result["postgresql"], dict):
        yield "PostgreSQL, ", result["postgresql"]
