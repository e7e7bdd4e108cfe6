"""The archive as other rooms use it."""

from __future__ import annotations

import datetime
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from sqlalchemy import select

from ..protocol.errors import ErrorCode, SeabridgeError
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
from ..protocol.methods.inbox import InboxListParams, InboxListResult, InboxSeenParams, InboxWatch
from ..protocol.pages import Marketplace
from ..protocol.values import (
    Hold,
    LanguageSource,
    Match,
    ThreadMarks,
    ThreadRef,
    ThreadState,
    ThreadSummary,
    ToneOrNone,
)
from ..runtime.database_url import Address, of_team
from ..runtime.paths import Paths
from . import (
    chapters,
    drafts,
    facts,
    holding,
    images,
    inbox_list,
    inbox_rows,
    inbox_watch,
    log,
    marking,
    opening,
    reading,
    searching,
    seeing,
    threads,
    translations,
)
from .checked import Checks
from .closing import Closings, NoClosings
from .database import Database
from .exports import gather
from .facts import Look, Said, Subject
from .files import Files
from .identity import clean
from .imports.asked import Given, ImportAsked, ImportReport, ImportSaid
from .imports.languages import Linguist, untold
from .imports.older import ImportedLanguages
from .keeping import Keeping
from .ledger import Erasure
from .linked import Linked
from .manuals import Manuals
from .schema import links, messages
from .seeing import Seen
from .statements import upsert
from .transcript import Transcript

__all__ = ["Archive", "Seen"]


class Archive:
    """Every message seen. Thread-safe; what a call returned is on disk. Errors are SeabridgeError with a storage code.

    Where a language is taken, it chooses among several translations; "" = the latest.
    """

    def __init__(self, database: Database, files: Files) -> None:
        self._database = database
        self._files = files
        #: What ends a conversation; whoever opens the archive hands it in.
        self.closings: Closings = NoClosings()
        #: Verifying, erasing, and what backups ask for.
        self.keeping = Keeping(database, files)
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

    def add_translation(
        self,
        message_id: int,
        target: str,
        text: str,
        engine: str,
        match: Match,
        doubt: Sequence[str],
        language: str,
        sure: bool,
        *,
        replace: bool = True,
    ) -> None:
        """Keep a translation and the language the message was read as; match "none" notes a try without result.
        Without ``replace`` a translation into the same language stays."""
        known = language, sure
        with self._database.write() as connection:
            translations.add(
                connection, message_id, target, text, engine, match, doubt, *known, time.time(), replace=replace
            )

    def retake_translation(
        self, ref: ThreadRef, original: str, target: str, text: str, engine: str, match: Match, doubt: Sequence[str]
    ) -> int:
        """Another engine's translation of what a buyer said, taken by the seller; how many messages have it now."""
        with self._database.write() as connection:
            return translations.retake(connection, ref, original, target, text, engine, match, doubt, time.time())

    def add_draft(self, params: DraftInsertedParams) -> int:
        """Remember an inserted reply, so that its bubble is found by what the seller wrote."""
        with self._database.write() as connection:
            return drafts.add(connection, params)

    def store_image(self, message_id: int, url: str, data: bytes, type: str = "") -> str:
        """Keep a picture's bytes, once per content; answers their SHA-256.

        The type is read from the bytes; ``type`` is what somebody said it was. Raises ``too_large``, ``blob_type``,
        ``not_found``.
        """
        kind = images.check(data)
        with self._database.read() as connection:
            if connection.execute(select(messages.c.id).where(messages.c.id == message_id)).first() is None:
                raise SeabridgeError(ErrorCode.NOT_FOUND, f"message {message_id}")
        # The file first: a row without its file would be a lie, a file without a row is only a leftover.
        sha256 = self._files.keep(data)
        with self._database.write() as connection:
            images.attach(connection, message_id, url, sha256, kind, len(data), time.time())
        return sha256

    def see_inbox(self, params: InboxSeenParams) -> int:
        """Keep a look at an inbox; answers how many wait in it. Idempotent, and looks may come in any order."""
        with self._database.write() as connection:
            inbox_id = inbox_rows.keep(connection, params)
            return inbox_list.count(connection, inbox_id, params.observed_at, self.closings)

    def hear_watches(self, watcher: str, watches: list[InboxWatch]) -> None:
        """Note which inboxes a browser (``watcher``: its pairing) looks at now."""
        with self._database.write() as connection:
            inbox_watch.hear(connection, watcher, watches, time.time())

    def import_file(
        self,
        asked: ImportAsked,
        marketplaces: Callable[[], Sequence[Marketplace]],
        erasures: Sequence[Erasure] = (),
        tell: Linguist = untold,
        watch: Callable[[int, int], bool] | None = None,
    ) -> ImportReport:
        """Take the messages of a file in, or only look at it; what ``erasures`` tell of is left out unless asked for.

        ``tell``: knows languages; ``watch`` hears how many of its messages are done, of how many, and says whether to
        go on. Idempotent.
        Raises the codes ``messages_…``.
        """
        from .imports.importing import import_file, unwatched

        return import_file(self._database, self._files, asked, marketplaces, erasures, tell, watch or unwatched)

    def import_given(
        self,
        given: Given,
        said: ImportSaid,
        marketplaces: Callable[[], Sequence[Marketplace]],
        erasures: Sequence[Erasure],
        tell: Linguist,
        watch: Callable[[int, int], bool],
    ) -> ImportReport:
        """The same of a file that was handed over."""
        from .imports.importing import import_given

        return import_given(self._database, self._files, given, said, marketplaces, erasures, tell, watch)

    def note_facts(self, kind: str, looks: Sequence[Look], at: float) -> None:
        """Keep what a page showed of orders ("order") or listings ("listing"). Idempotent; looks come in any order."""
        with self._database.write() as connection:
            for look in looks:
                facts.note(connection, kind, look, at)

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

    def untranslated(self, limit: int) -> list[tuple[int, str, int]]:
        """(id, text, thread id) of buyer messages without a translation, untried and newest first."""
        with self._database.read() as connection:
            return translations.untranslated(connection, limit)

    def untranslated_into(self, target: str, limit: int) -> list[tuple[int, str, int]]:
        """The same of the latest messages that are translated into other languages only."""
        with self._database.read() as connection:
            return translations.untranslated_into(connection, target, limit)

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

    def facts(self, kind: str, ref: str = "", limit: int = 100) -> list[Subject]:
        """Orders or listings of a number; without one those seen last."""
        with self._database.read() as connection:
            return facts.named(connection, kind, ref) if ref else facts.newest(connection, kind, limit)

    def said(self, kind: str, fields: Sequence[str], marketplace: str = "") -> list[Said]:
        """Some fields of all orders or listings as seen last, those seen last in front."""
        with self._database.read() as connection:
            return facts.said(connection, kind, fields, marketplace)

    def facts_of(self, ids: Sequence[int]) -> list[Subject]:
        """Orders or listings by the ids that ``said`` tells, in their order."""
        with self._database.read() as connection:
            return facts.some(connection, ids)

    def chapters(
        self, buyer: str, marketplace: str, limit: int, language: str = ""
    ) -> tuple[list[chapters.Chapter], bool]:
        """The newest conversations with everybody of a name, in order of time, and whether there are older ones."""
        with self._database.read() as connection:
            return chapters.chapters(connection, buyer, marketplace, limit, language, self.closings)

    def bought(self, buyer: str) -> list[Subject]:
        """Orders whose pages name this buyer."""
        with self._database.read() as connection:
            return facts.bought(connection, buyer)

    def conversations_about(self, marketplace: str, order: str) -> list[int]:
        """Conversations whose messages name an order, or that were linked to it."""
        with self._database.read() as connection:
            return facts.conversations(connection, marketplace, order)

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

    def inbox(self, params: InboxListParams) -> InboxListResult:
        """Who waits for an answer, longest first, and which inboxes are looked at."""
        with self._database.read() as connection:
            return inbox_list.list_inbox(connection, params, time.time(), self.closings)

    def counts(self) -> tuple[int, int]:
        """Threads and messages."""
        with self._database.read() as connection:
            return reading.counts(connection)

    def shop_count(self) -> int:
        """Shop accounts that conversations were read in."""
        with self._database.read() as connection:
            return reading.shop_count(connection)

    def image(self, sha256: str) -> bytes:
        """The bytes of a stored picture. Raises ``not_found``."""
        if len(sha256) != 64 or set(sha256) - set("0123456789abcdef"):
            raise SeabridgeError(ErrorCode.NOT_FOUND, "no hash")
        data = self._files.read(sha256)
        if data is None:
            raise SeabridgeError(ErrorCode.NOT_FOUND, f"picture {sha256}")
        return data

    def check(self) -> list[str]:
        """What is wrong, in lines for tests and logs; [] = nothing."""
        return [finding.line() for finding in self.keeping.verify()]
