"""Times of repeated calls, as quantiles in milliseconds."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import Any


def quantiles(seconds: Sequence[float]) -> dict[str, float]:
    """The 50th and 95th percentile."""
    ordered = sorted(seconds)
    return {f"p{q}_ms": round(ordered[min(len(ordered) - 1, len(ordered) * q // 100)] * 1000, 2) for q in (50, 95)}


def timed(calls: Sequence[Callable[[], Any]], elsewhere: Callable[[], float] = lambda: 0.0) -> dict[str, float]:
    """Wall time of the calls; and the processor time of this thread, which busy neighbours do not lengthen as much.

    ``elsewhere``: the seconds of processor time that others have spent so far, a server say.
    """
    wall, cpu = [], []
    for call in calls:
        theirs = elsewhere()
        wall_at, cpu_at = time.perf_counter(), time.thread_time()
        call()
        wall.append(time.perf_counter() - wall_at)
        cpu.append(time.thread_time() - cpu_at + elsewhere() - theirs)
    return {**quantiles(wall), **{f"cpu_{name}": value for name, value in quantiles(cpu).items()}}


def once(call: Callable[[], Any]) -> float:
    """Milliseconds of one call."""
    at = time.perf_counter()
    call()
    return round((time.perf_counter() - at) * 1000, 2)
