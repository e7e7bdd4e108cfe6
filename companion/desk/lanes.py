"""Where requests run, so that an acknowledgement never queues behind a translation."""

from __future__ import annotations

import logging
import queue
import threading
from collections.abc import Callable

log = logging.getLogger("seabridge.desk")

Job = Callable[[], object]


class Lane:
    """A bounded queue worked off by a few daemon threads, which start when there is work.

    Not a ThreadPoolExecutor: the interpreter waits for its threads at exit, and a stuck engine must not keep
    the companion from quitting.
    """

    def __init__(self, name: str, threads: int, waiting: int) -> None:
        self._name = name
        self._most = threads
        self._jobs: queue.Queue[Job | None] = queue.Queue(waiting)
        self._lock = threading.Lock()
        self._threads = 0
        self._idle = 0
        self._closed = False

    def submit(self, job: Job) -> bool:
        """Queue a job; False when the lane is full or closed. A job deals with its own exceptions."""
        with self._lock:
            if self._closed:
                return False
            try:
                self._jobs.put_nowait(job)
            except queue.Full:
                return False
            if self._idle < self._jobs.qsize() and self._threads < self._most:
                self._threads += 1
                threading.Thread(target=self._work, name=f"{self._name}-{self._threads}", daemon=True).start()
        return True

    def close(self) -> None:
        """Take no more jobs; those queued are dropped, those running end by themselves."""
        with self._lock:
            self._closed = True
            while not self._jobs.empty():
                try:
                    self._jobs.get_nowait()
                except queue.Empty:
                    break
            for _ in range(min(self._threads, self._jobs.maxsize)):
                self._jobs.put_nowait(None)

    def _work(self) -> None:
        while True:
            with self._lock:
                self._idle += 1
            job = self._jobs.get()
            with self._lock:
                self._idle -= 1
            if job is None:
                return
            try:
                job()
            except Exception:
                log.exception("a job of lane %s failed", self._name)


class Lanes:
    """The desk's lanes: "quick" for the archive, "slow" for engines and disks, "own" a thread for each long wait."""

    def __init__(self) -> None:
        self.quick = Lane("desk-quick", 4, 512)
        self.slow = Lane("desk-slow", 4, 128)
        self.own = Lane("desk-own", 12, 12)

    def submit(self, lane: str, job: Job) -> bool:
        """Queue a job on a lane by name."""
        chosen: Lane = getattr(self, lane)
        return chosen.submit(job)

    def close(self) -> None:
        """Close them all."""
        for lane in (self.quick, self.slow, self.own):
            lane.close()
