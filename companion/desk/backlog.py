"""Translations for the archive, made after the acknowledgement and beside the seller's work."""

from __future__ import annotations

import threading
from collections import deque
from dataclasses import dataclass

from ..protocol.errors import ErrorCode, SeabridgeError
from ..protocol.methods.translate import TranslateItem
from ..protocol.values import ThreadRef
from . import faults
from .room import Room
from .threads import note_language, place_of

#: The page asks for the same lines at once; after this pause the cache has them.
PAUSE_S = 1.5
#: Storage or engine trouble does not go away by hammering.
RETRY_S = 5.0
_BATCH = 20
_LAST_BATCH_S = 3.0
_MOST = 1000


@dataclass(frozen=True, slots=True)
class _Job:
    message_id: int
    text: str
    #: None for a line found at start-up, whose thread is not looked up again.
    thread: ThreadRef | None


class Backlog:
    """One worker, a bounded queue. What does not fit or fails is found again at the next start or installation."""

    def __init__(self, room: Room, *, pause_s: float = PAUSE_S) -> None:
        self._room = room
        self._pause_s = pause_s
        self._wake = threading.Condition()
        self._jobs: deque[_Job] = deque()
        self._look = self._look_theirs = False
        #: What was tried since the last look without a result: it is not tried again at each of a colleague's messages.
        self._vain: set[int] = set()
        self._closed = threading.Event()
        self._thread: threading.Thread | None = None
        self._busy = False

    def add(self, thread: ThreadRef, texts: list[tuple[int, str]]) -> None:
        """New buyer messages of a thread."""
        with self._wake:
            for message_id, text in texts:
                if len(self._jobs) < _MOST and text.strip():
                    self._jobs.append(_Job(message_id, text, thread))
            self._start()

    def look_again(self) -> None:
        """Take up what has no translation yet: at start, and when a language was installed."""
        with self._wake:
            self._look = True
            self._start()

    def look_at_theirs(self) -> None:
        """A colleague archived or translated something, who may read another language than this seat's seller."""
        with self._wake:
            self._look_theirs = True
            self._start()

    def idle(self) -> bool:
        """Whether nothing is queued or running."""
        with self._wake:
            return not (self._jobs or self._look or self._look_theirs or self._busy)

    def close(self) -> None:
        """Stop after the batch at hand and wait for it a little: its archive is about to be closed."""
        self._closed.set()
        with self._wake:
            self._wake.notify_all()
        if self._thread is not None and self._thread is not threading.current_thread():
            self._thread.join(_LAST_BATCH_S)

    def _start(self) -> None:
        if self._thread is None and not self._closed.is_set():
            self._thread = threading.Thread(target=self._work, name="desk-backlog", daemon=True)
            self._thread.start()
        self._wake.notify_all()

    def _work(self) -> None:
        while not self._closed.is_set():
            with self._wake:
                self._busy = False
                while not (self._jobs or self._look or self._look_theirs or self._closed.is_set()):
                    self._wake.wait()
                self._busy = True
                look, theirs = self._look, self._look_theirs
                self._look = self._look_theirs = False
            if self._closed.wait(self._pause_s):
                return
            try:
                if look or theirs:
                    self._refill(untried=look)
                self._some()
            except Exception as exc:
                faults.translate(exc, "backlog")
                self._closed.wait(RETRY_S)

    def _refill(self, *, untried: bool) -> None:
        archive = self._room.archive
        found = [*archive.translations.missing_into(self._room.seller_language, _MOST)]
        if untried:
            self._vain.clear()
            found = [*archive.translations.missing(_MOST), *found]
        with self._wake:
            left = self._vain | {job.message_id for job in self._jobs}
            for message_id, text, _ in found:
                if message_id not in left and len(self._jobs) < _MOST and text.strip():
                    self._jobs.append(_Job(message_id, text, None))
                    left.add(message_id)

    def _some(self) -> None:
        with self._wake:
            if not self._jobs:
                return
            thread = self._jobs[0].thread
            batch: list[_Job] = []
            while self._jobs and self._jobs[0].thread == thread and len(batch) < _BATCH:
                batch.append(self._jobs.popleft())
        target = self._room.seller_language
        claims = self._room.claims(target)
        mine = claims.take([job.message_id for job in batch])
        batch = [job for job in batch if job.message_id in mine]
        done: list[int] = []
        try:
            if batch:
                done = self._translate(batch, thread, target)
        finally:
            claims.done(done)
            claims.give_back(sorted(mine - set(done)))
            self._vain |= mine - set(done)

    def _translate(self, batch: list[_Job], thread: ThreadRef | None, target: str) -> list[int]:
        """Translate lines of one thread; the messages that have a translation now."""
        archive = self._room.archive
        state = archive.thread(thread) if thread is not None else None
        prior = state.language if state is not None else ""
        source = prior if state is not None and state.language_source == "seller" else ""
        items = [TranslateItem(ref=str(job.message_id), text=job.text) for job in batch]
        try:
            # Nobody waits for these: what a remote engine would be paid for is asked for by the page, not here.
            done = self._room.translator.translate(
                items,
                source=source,
                target=target,
                prior=prior,
                purpose="read",
                ask_remote=False,
                place=place_of(thread),
            )
        except SeabridgeError as exc:
            if exc.code is not ErrorCode.LANGUAGE_UNKNOWN:
                raise
            return []
        for job, found in zip(batch, done, strict=True):
            archive.translations.add(
                job.message_id,
                target,
                found.text,
                found.engine,
                found.match,
                found.doubt,
                found.source,
                found.sure,
                replace=False,  # the seller may have taken another engine's meanwhile
            )
        if thread is not None:
            note_language(archive, thread, done, target)
        return [job.message_id for job, found in zip(batch, done, strict=True) if found.match != "none"]
