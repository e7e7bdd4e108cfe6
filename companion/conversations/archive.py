"""The archive as other rooms use it."""

from __future__ import annotations

import datetime
import time
from pathlib import Path

from ..protocol.methods.archive import (
    DraftInsertedParams,
    MessageSeenParams,
    SearchParams,
    SearchResult,
    ThreadListParams,
    ThreadListResult,
    ThreadMarkParams,
    ThreadMessagesParams,
    ThreadMessagesResult,
)
from ..protocol.values import Hold, LanguageSource, ThreadMarks, ThreadRef, ThreadState, ThreadSummary, ToneOrNone
from ..runtime.database_url import Address, of_team
from ..runtime.paths import Paths
from . import chapters, drafts, holding, log, marking, opening, reading, searching, seeing, threads
from .checked import Checks
from .closing import Closings, NoClosings
from .database import Database
from .exports import gather
from .facts import Facts
from .files import Files
from .identity import clean
from .imports.older import ImportedLanguages
from .imports.taking import Imports
from .inboxes import Inboxes
from .keeping import Keeping
from .linked import Linked
from .manuals import Manuals
from .pictures import Pictures
from .schema import links
from .seeing import Seen
from .statements import upsert
from .transcript import Transcript
from .translations import Translations

__all__ = ["Archive", "Seen"]


class Archive:
    """Every message seen. Thread-safe; what a call returned is on disk. Errors are SeabridgeError with a storage code.

    Conversations themselves are asked for here; what belongs to them, each by a part of its own (``archive.facts``).
    Where a language is taken, it chooses among several translations; "" = the latest.
    """

    def __init__(self, database: Database, files: Files) -> None:
        self._database = database
        self._files = files
        #: What ends a conversation; whoever opens the archive hands it in.
        self.closings: Closings = NoClosings()
        #: Verifying, erasing, and what backups ask for.
        self.keeping = Keeping(database, files)
        #: What messages say in other languages.
        self.translations = Translations(database)
        #: The bytes of pictures that messages show.
        self.pictures = Pictures(database, files)
        #: The lists of conversations, and who waits in them.
        self.inboxes = Inboxes(database, lambda: self.closings)
        #: Conversations out of files.
        self.imports = Imports(database, files)
        #: What pages showed of orders and listings.
        self.facts = Facts(database)
        #: What conversations are about.
        self.linked = Linked(database)
        #: What the seller added to read up in.
        self.manuals = Manuals(database, files)
        #: What listings and messages were checked for.
        self.checks = Checks(database)
        #: Languages of what was imported before an import told them.
        self.imported_languages = ImportedLanguages(database)

    @classmethod
    def at(cls, paths: Paths, *, read_only: bool = False) -> Archive:
        """The archive of a data folder: the team's where ``SEABRIDGE_DATABASE_URL`` names one, else its own file.

        Raises what ``open`` and ``of_team`` raise.
        """
        team = of_team(practice=paths.practice)
        if team is not None:
            return cls.of_team(team, read_only=read_only)
        return cls.open(paths.archive, paths.files, read_only=read_only)

    @classmethod
    def of_team(cls, address: Address, *, read_only: bool = False) -> Archive:
        """Open the archive in a team's database, making or upgrading it unless ``read_only``.

        Raises the codes ``database_…``, ``storage_newer`` with nothing changed, and when only reading ``not_found``
        for a database without an archive and ``not_running`` for one that a companion has yet to upgrade.
        """
        return cls(*opening.in_database(address, read_only=read_only))

    @classmethod
    def open(cls, db_path: Path, files_dir: Path, *, read_only: bool = False, busy_timeout_s: float = 5.0) -> Archive:
        """Open the archive file, making or upgrading it unless ``read_only``.

        Raises ``storage_corrupt`` and ``storage_newer`` with the file untouched, and when only reading ``not_found``
        for a missing file and ``not_running`` for one that the companion has yet to upgrade.
        """
        return cls(*opening.in_file(db_path, files_dir, read_only=read_only, busy_timeout_s=busy_timeout_s))

    @property
    def database(self) -> Database:
        """For whoever handles the archive as a whole."""
        return self._database

    @property
    def files(self) -> Files:
        """The bytes of its pictures."""
        return self._files

    def close(self) -> None:
        """Close all connections."""
        self._database.close()

    def see(self, params: MessageSeenParams) -> Seen:
        """Archive what a page shows. Idempotent: the same rows again are the same messages."""
        with self._database.write() as connection:
            return seeing.see(connection, params, time.time())

    def set_language(self, ref: ThreadRef, language: str, source: LanguageSource) -> ThreadState:
        """Fix ("seller") or note ("detected") a thread's language; the seller's word stands until he clears it."""
        with self._database.write() as connection:
            return threads.set_language(connection, ref, language, source, time.time())

    def set_tone(self, ref: ThreadRef, tone: ToneOrNone) -> ThreadState:
        """Choose how replies in a thread sound; "" hands it back to the settings."""
        with self._database.write() as connection:
            return threads.set_tone(connection, ref, tone, time.time())

    def mark(self, params: ThreadMarkParams) -> ThreadMarks:
        """Put a star, tags and a note on a conversation; what is on it now. Raises ``not_found``."""
        with self._database.write() as connection:
            return marking.mark(connection, params, time.time())

    def add_draft(self, params: DraftInsertedParams) -> int:
        """Remember an inserted reply, so that its bubble is found by what the seller wrote."""
        with self._database.write() as connection:
            return drafts.add(connection, params)

    def link(self, thread_id: int, kind: str, ref: str) -> None:
        """Attach something of another room to a thread; attaching it twice is attaching it once."""
        with self._database.write() as connection:
            threads.require(connection, thread_id)
            made = {"thread_id": thread_id, "kind": kind, "ref": str(ref), "made_at": time.time()}
            connection.execute(upsert(connection, links).values(**made).on_conflict_do_nothing())

    def hold(self, thread_id: int, until: float | None) -> Hold:
        """Keep a thread until then, None = until further notice; the last word counts. Raises ``not_found``."""
        with self._database.write() as connection:
            return holding.hold(connection, thread_id, until, time.time())

    def release(self, thread_id: int) -> None:
        """Keep a thread no longer than the retention rule says. Raises ``not_found``."""
        with self._database.write() as connection:
            holding.release(connection, thread_id, time.time())

    def held(self) -> list[ThreadSummary]:
        """The threads that are held, the one heard from last in front."""
        with self._database.read() as connection:
            wanted = holding.all_held(connection, time.time())
            found = {each.id: each for each in reading.summaries(connection, wanted)}
            return [found[each] for each in wanted]

    def hand_over(self, thread_id: int, to: str) -> None:
        """Note that somebody else answers from now on ("seller", "autopilot", an agent's short name)."""
        with self._database.write() as connection:
            threads.require(connection, thread_id)
            log.append(connection, thread_id, [log.Entry("handover", detail={"to": clean(to)[:40]})], time.time())

    def thread(self, ref: ThreadRef) -> ThreadState:
        """A thread's language; id 0 when it is not archived."""
        with self._database.read() as connection:
            return threads.state(threads.find(connection, ref))

    def recent_texts(self, ref: ThreadRef, limit: int) -> list[tuple[str, str, str]]:
        """(direction, text, language) of the thread's last messages, oldest first."""
        with self._database.read() as connection:
            return reading.recent_texts(connection, ref, limit)

    def orders_of(self, ref: ThreadRef, limit: int) -> list[str]:
        """Order numbers that belong to a thread, the latest first."""
        with self._database.read() as connection:
            return reading.orders_of(connection, ref, limit)

    def threads(self, params: ThreadListParams, language: str = "") -> ThreadListResult:
        """Conversations, newest first."""
        with self._database.read() as connection:
            return reading.list_threads(connection, params, language)

    def messages(self, params: ThreadMessagesParams, language: str = "") -> ThreadMessagesResult:
        """A stretch of one conversation. Raises ``not_found``, and for its ``query`` what ``search`` raises."""
        with self._database.read() as connection:
            return reading.list_messages(connection, params, language, datetime.date.today())

    def search(self, params: SearchParams, language: str = "") -> SearchResult:
        """Messages that fit, in any script; dates are days of this machine's zone.

        Raises ``search_date`` and ``search_value`` for an operator that is not understood, ``search_signs`` for a query
        without a word, ``bad_params`` for a ``before`` that is of no page of ours.
        """
        with self._database.read() as connection:
            return searching.search(connection, params, language, datetime.date.today())

    def chapters(
        self, buyer: str, marketplace: str, limit: int, language: str = ""
    ) -> tuple[list[chapters.Chapter], bool]:
        """The newest conversations with everybody of a name, in order of time, and whether there are older ones."""
        with self._database.read() as connection:
            return chapters.chapters(connection, buyer, marketplace, limit, language, self.closings)

    def thread_ids(self) -> list[int]:
        """Every conversation, the oldest archived first."""
        with self._database.read() as connection:
            return gather.thread_ids(connection)

    def transcript(self, thread_id: int, only: frozenset[int] | None = None, language: str = "") -> Transcript:
        """A conversation with everything that is known of it, for an export; with ``only`` those of its messages.

        Raises ``not_found``.
        """
        with self._database.read() as connection:
            return gather.gather(connection, thread_id, only, language)

    def counts(self) -> tuple[int, int]:
        """Threads and messages."""
        with self._database.read() as connection:
            return reading.counts(connection)

    def shop_count(self) -> int:
        """Shop accounts that conversations were read in."""
        with self._database.read() as connection:
            return reading.shop_count(connection)

    def check(self) -> list[str]:
        """What is wrong, in lines for tests and logs; [] = nothing."""
        return [finding.line() for finding in self.keeping.verify()]
