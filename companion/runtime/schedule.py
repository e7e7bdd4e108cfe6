"""Everything that happens by the clock, on APScheduler.

Jobs live in memory and are made anew at every start; nothing is scheduled on import (DESIGN §4.11).
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

_log = logging.getLogger(__name__)

#: Laptops sleep: a job missed by less than this many seconds still runs once on waking.
GRACE_S = 3600


class Schedule:
    """A background scheduler; ``start`` loads APScheduler (about 270 ms), so call it after the port is open."""

    def __init__(self) -> None:
        self._scheduler: Any = None
        self._ended = False
        self._jobs: list[tuple[str, float, Callable[[], object]]] = []

    def every(self, name: str, seconds: float, work: Callable[[], object]) -> None:
        """Run ``work`` every so many seconds, never twice at once; a failure is logged and the next run still comes."""
        self._jobs.append((name, seconds, work))
        if self._scheduler is not None:
            self._add(name, seconds, work)

    def start(self) -> None:
        """Start the clock; not after ``stop``, which may come before a slow start."""
        if self._ended:
            return
        from apscheduler.executors.pool import ThreadPoolExecutor
        from apscheduler.schedulers.background import BackgroundScheduler

        defaults = {"coalesce": True, "max_instances": 1, "misfire_grace_time": GRACE_S}
        self._scheduler = BackgroundScheduler(
            executors={"default": ThreadPoolExecutor(2)}, job_defaults=defaults, timezone="UTC", daemon=True
        )
        for job in self._jobs:
            self._add(*job)
        self._scheduler.start()

    def stop(self) -> None:
        """Stop the clock; a job that is running finishes by itself."""
        scheduler, self._scheduler, self._ended = self._scheduler, None, True
        if scheduler is not None:
            scheduler.shutdown(wait=False)

    def _add(self, name: str, seconds: float, work: Callable[[], object]) -> None:
        def guarded() -> None:
            try:
                work()
            except Exception:
                _log.exception("scheduled job %s failed", name)

        self._scheduler.add_job(guarded, "interval", seconds=seconds, id=name, replace_existing=True)
