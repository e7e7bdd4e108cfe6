"""The archive as something that is kept: verified, told from its copies, erased from."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from pathlib import Path

from sqlalchemy import select

from ..protocol.errors import ErrorCode, SeabridgeError
from . import checking, erasing, ledger, log, retention, verifying
from .chain import NOBODY
from .database import Database
from .erasing import Holding
from .files import Files
from .findings import Finding
from .schema import events
from .schema import images as pictures

#: Drops sentences from the translation memory.
Forget = Callable[[Sequence[str]], object]


class Keeping:
    """Part of ``Archive`` (``archive.keeping``); thread-safe, with its errors."""

    def __init__(self, database: Database, files: Files) -> None:
        self._database = database
        self._files = files

    def verify(self, *, files: bool = True) -> list[Finding]:
        """What is wrong and where, [] = nothing: the file's structure, the search index, the log's chains against the
        messages, and the pictures' ``files``. Reads everything."""

        found: list[Finding] = []
        try:
            with self._database.read() as connection:
                found += checking.problems(connection)
                found += verifying.problems(connection)
                found += verifying.missing_files(connection, self._files) if files else []
        except SeabridgeError as exc:
            if exc.code is not ErrorCode.STORAGE_CORRUPT:
                raise
            # what was found before it broke off is told too
            found.append(Finding("structure", detail=exc.detail))
        return found

    def damage(self) -> list[Finding]:
        """What is wrong with the file's structure alone."""
        with self._database.read() as connection:
            return checking.structure(connection)

    def log_state(self, until: int | None = None) -> tuple[int, str]:
        """The number of events, and one SHA-256 over their chains up to the event ``until``."""
        from .verifying import log_state

        with self._database.read() as connection:
            return log_state(connection, until)

    def short_name(self) -> str:
        """Eight characters that tell this archive and its copies from any other; zeros before anything happened."""
        with self._database.read() as connection:
            first = connection.execute(select(events.c.chain).where(events.c.id == 1)).scalar()
        return NOBODY if first is None else bytes(first)[:4].hex()

    def holdings(self, buyer: str = "", thread_ids: Sequence[int] = ()) -> tuple[list[Holding], list[str]]:
        """What is kept of a buyer by name, or of conversations by number; when there is nothing, names alike.

        Raises ``not_found`` for a number that is not there.
        """
        with self._database.read() as connection:
            wanted = list(thread_ids) or erasing.of_buyer(connection, buyer)
            found = [erasing.holding(connection, one, time.time()) for one in wanted]
            return found, [] if found else erasing.alike(connection, buyer)

    def inbox_entries(self, buyer: str) -> int:
        """In how many places inboxes show a buyer of this name."""
        with self._database.read() as connection:
            return len(erasing.shown_of(connection, buyer))

    def forget_inbox(self, buyer: str | None = None) -> None:
        """Drop what inboxes and orders showed of a buyer by name, None = all that inboxes showed; what is still shown
        is read again."""
        with self._database.write() as connection:
            if buyer is not None:
                erasing.drop_bought(connection, buyer)
            erasing.drop_shown(connection, None if buyer is None else erasing.shown_of(connection, buyer))

    def past_retention(self, months: int) -> list[Holding]:
        """Conversations whose last message is older than so many months and that nothing holds."""
        with self._database.read() as connection:
            now = time.time()
            return [erasing.holding(connection, one, now) for one in retention.due(connection, now, months)]

    def erase(
        self,
        thread_ids: Sequence[int],
        ledger_path: Path | None,
        forget: Callable[[Sequence[str]], object],
        *,
        even_held: bool = False,
    ) -> int:
        """Take conversations out for good; how many messages they had. ``ledger_path`` None = by the retention rule,
        which no ledger needs to remember. ``forget`` drops sentences from the translation memory.

        Raises ``not_found`` and ``held`` before anything is done. Once the ledger says so, a crash is made up for by
        ``erase_again``.
        """
        now = time.time()
        with self._database.read() as connection:
            if not even_held:
                for one in thread_ids:
                    if erasing.holding(connection, one, now).held:
                        raise SeabridgeError(ErrorCode.HELD, thread=one)
            origins = [log.origin(connection, one) for one in thread_ids]
        if ledger_path is not None:
            ledger.note(ledger_path, [ledger.Erasure(o.hex(), now) for o in origins])
        return sum(self._erase(one, forget, "asked" if ledger_path else "retention") for one in thread_ids)

    def erase_again(self, erasures: Sequence[ledger.Erasure], forget: Callable[[Sequence[str]], object]) -> int:
        """Take out what a ledger says was erased and is here, in an older copy or after a crash; how many
        conversations."""
        with self._database.read() as connection:
            found = erasing.begun(connection, [bytes.fromhex(e.origin) for e in erasures])
        for one in found:
            self._erase(one, forget, "asked")
        return len(found)

    def _erase(self, thread_id: int, forget: Callable[[Sequence[str]], object], reason: erasing.Reason) -> int:
        with self._database.read() as connection:
            traces = erasing.traces(connection, thread_id)
        # What lies elsewhere first: afterwards nothing knows of it.
        forget(traces.said)
        for sha256 in traces.pictures:
            self._files.drop(sha256)
        with self._database.write() as connection:
            return erasing.erase(connection, thread_id, reason, time.time())

    def begun_at(self) -> float:
        """When the log began, Unix time; 0 = it has not."""
        with self._database.read() as connection:
            return float(connection.execute(select(events.c.at).where(events.c.id == 1)).scalar() or 0.0)

    def pictures(self) -> set[str]:
        """SHA-256 of all stored pictures."""
        with self._database.read() as connection:
            return set(connection.execute(select(pictures.c.sha256).where(pictures.c.sha256.is_not(None))).scalars())

    def scrub(self) -> None:
        """Write the file anew without what was deleted from it: index, free pages, log. Takes its time."""
        self._database.scrub()
