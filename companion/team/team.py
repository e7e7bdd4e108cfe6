"""One seat of a team, put together: its documents, leases and claims, and what it hears of the others."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from ..protocol.errors import SeabridgeError
from ..runtime.database_url import Address
from ..runtime.documents import Documents
from ..runtime.paths import Paths
from . import erased, notice, seats, watching
from .answers import Answers
from .bringing import bring
from .claims import Claims
from .documents import TeamDocuments
from .last_seen import LastSeen
from .leases import Leases
from .link import Link, is_away
from .notices import BEAT_S, Notices
from .phrases import Phrases
from .placement import PLACES
from .seat import Seat, rename, seat_of
from .table import DocumentTable

_log = logging.getLogger(__name__)

#: A backlog's batch is translated in seconds, on a slow machine in a minute or two.
_TRANSLATING_S = 300.0
#: Between putting a reply into the composer and the buyer's next word.
_ANSWERING_S = 600.0


@dataclass(slots=True)
class Ears:
    """What the companion does when it hears of others; each gets no more than what it needs to ask anew."""

    #: A collection of the documents changed, "" = any may have.
    documents: Callable[[str], None] = lambda _: None
    #: Conversations, their translations or inboxes changed.
    archive: Callable[[], None] = lambda: None
    #: Pairs of the translation memory changed.
    memory: Callable[[], None] = lambda: None


class Team:
    """``start`` listens to the others until ``stop``; a command that only asks and ends needs neither."""

    def __init__(self, address: Address, paths: Paths, *, for_reading: bool = False, beat_s: float = BEAT_S) -> None:
        self._paths = paths
        self._ears = Ears()
        self.link = Link(address, self._bring, for_reading=for_reading)
        self._table = DocumentTable(self.link, self._seat, LastSeen(paths.team_seen, address.shown))
        self.documents = TeamDocuments(paths.documents, self._table)
        self._called: Seat | None = None
        self.leases = Leases(self.link, self._seat)
        self._answering = Claims(self.link, self._seat, "answer", _ANSWERING_S)
        self.paid_answers = Answers(self.link, self._seat)
        self._notices = Notices(self.link, self, lambda: self.seat.id, beat_s=beat_s)

    def translating(self, language: str) -> Claims:
        """The claims of messages to be translated into a language: colleagues may read different ones."""
        return Claims(self.link, self._seat, f"translate {language}", _TRANSLATING_S)

    @property
    def seat(self) -> Seat:
        """This seat. Its id is made when it is first needed, which no command that only reads does."""
        if self._called is None:
            self._called = seat_of(self.documents)
        return self._called

    def start(self, ears: Ears) -> None:
        """Listen, and give signs of life."""
        self._ears = ears
        self._notices.start()

    def stop(self) -> None:
        """Say goodbye and close all connections."""
        self._notices.stop()
        try:
            with self.link.begin() as connection:
                seats.leave(connection, self.seat)
        except SeabridgeError as exc:
            _log.info("left without a word: %s", exc)
        self.close()

    def close(self) -> None:
        """Close the connections of a team that was not started."""
        self.link.close()

    def check(self) -> None:
        """Raises ``database_…`` at once where the database is known to be away."""
        self.link.check()

    def rename(self, name: str) -> str:
        """Call this seat otherwise, "" = by user and machine; the name as it is shown. Where the database is away, the
        others hear of it with the next sign of life: raises ``database_…``."""
        self._called = called = rename(self.documents, name)
        with self.link.begin() as connection:
            seats.tell(connection, called)
        return called.name

    def alone(self, job: str, work: Callable[[], object]) -> None:
        """Do a scheduled job unless another seat does it now, or the database is away: then it waits for its next
        time."""
        try:
            with self.leases.held(job) as mine:
                if mine:
                    work()
        except SeabridgeError as exc:
            if not is_away(exc):
                raise
            _log.info("%s waits for the team's database: %s", job, exc)

    def erased(self) -> None:
        """Something was erased here: the others' caches forget it too, at once or when they are back. Raises
        ``database_…``."""
        erased.note(self.documents)

    def forget_erased(self, forget: Callable[[], object]) -> None:
        """Empty our caches by ``forget`` where somebody erased since."""
        count = erased.unseen(self.documents)
        if count:
            forget()
            erased.see(self.documents, count)

    @property
    def archive_address(self) -> Address:
        """Where the archive is opened, under this seat's name."""
        return watching.called(self.link.address, self.seat)

    def watch_archive(self) -> None:
        """The archive is open: its tables tell the other seats from now on."""
        with self.link.begin() as connection:
            watching.watch(connection)

    def answers(self, thread_id: int) -> None:
        """This seat put a reply into a conversation; colleagues see it for some minutes. Trouble is only logged."""
        try:
            if self._answering.take([thread_id]):
                with self.link.begin() as connection:
                    notice.tell(connection, notice.Notice("archive", "", self.seat.id))
        except SeabridgeError as exc:
            _log.info("colleagues are not told who answers: %s", exc)

    def who_answers(self, thread_ids: Sequence[int]) -> dict[int, str]:
        """Conversations a colleague is answering, with the name of the seat; none where that is not known."""
        try:
            return self._answering.others(thread_ids)
        except SeabridgeError as exc:
            _log.info("who answers is not known: %s", exc)
            return {}

    @property
    def phrases(self) -> Phrases:
        """The team's translation memory."""
        return Phrases(self.link, self.seat)

    # -- what the notices tell -----------------------------------------------------------------------------------

    def reached(self) -> None:
        """Anything may have changed while nobody told us. Everything is read now, for the time without the server."""
        self._table.heard()
        for collection, placed in PLACES.items():
            if placed.owner != "seat":
                self._table.all(collection)
        self._ears.documents("")
        self._ears.memory()
        self._ears.archive()

    def heard(self, told: notice.Notice) -> None:
        """Another seat changed something."""
        if told.topic == "documents":
            self._table.heard(told.what)
            self._ears.documents(told.what)
        elif told.topic == "archive":
            self._ears.archive()
        else:
            self._ears.memory()

    def beat(self) -> None:
        """We are here. Raises ``database_…``."""
        with self.link.trying() as connection:
            begun_at = time.perf_counter()
            seats.tell(connection, self.seat)
            self.link.milliseconds = 1000 * (time.perf_counter() - begun_at)

    def _bring(self, connection: Connection) -> None:
        bring(connection, Documents(self._paths.documents), self.seat)

    def _seat(self) -> Seat:
        return self.seat
