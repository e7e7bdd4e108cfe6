"""Languages of what was imported before an import told them: given a little at a time, beside the seller's work."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable

from sqlalchemy import select

from companion.protocol.values import ThreadRef
from companion.runtime.documents import Documents

from ..database import Database
from ..schema import imports, messages, threads
from .languages import Linguist, give_languages

#: Messages looked at in one piece: a transaction of some hundredths of a second, so that no acknowledgement waits long.
PIECE = 50
#: Seconds of work before others have their turn.
TURN_S = 0.5


class ImportedLanguages:
    """Part of ``Archive`` (``archive.imported_languages``); thread-safe, with its errors."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def imports(self, after: int) -> list[int]:
        """Ids of the imports behind this one, in order."""
        with self._database.read() as connection:
            asked = select(imports.c.id).where(imports.c.id > after).order_by(imports.c.id)
            return list(connection.execute(asked).scalars())

    def give(self, import_id: int, after: int, tell: Linguist) -> int | None:
        """Give languages to the unknown ones among the next messages of an import; the id of the last message looked
        at, None = there are no more."""
        with self._database.read() as connection:
            rows = connection.execute(
                select(messages.c.id, messages.c.thread_id, messages.c.language)
                .where(messages.c.import_id == import_id, messages.c.id > after)
                .order_by(messages.c.id)
                .limit(PIECE)
            ).all()
        unknown: dict[int, set[int]] = defaultdict(set)
        for row in rows:
            if not row.language:
                unknown[row.thread_id].add(row.id)
        if unknown:
            with self._database.write() as connection:
                for found in connection.execute(select(threads).where(threads.c.id.in_(list(unknown)))).all():
                    ref = ThreadRef(
                        marketplace=found.marketplace, region=found.region, shop=found.shop, thread=found.thread
                    )
                    give_languages(connection, ref, unknown[found.id], tell, time.time())
        return rows[-1].id if rows else None


class OlderImports:
    """Goes through the imports once, a ``turn`` at a time; one turn at a time. Which imports are done is kept among the
    documents under the archive's name, so that it goes on where it ended."""

    def __init__(
        self,
        languages: Callable[[], ImportedLanguages],
        name: Callable[[], str],
        documents: Documents,
        tell: Linguist,
        *,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._languages = languages
        self._name = name
        self._documents = documents
        self._tell = tell
        self._clock = clock
        self._left: list[int] | None = None
        self._after = 0
        #: Whether there was nothing more to look at; what comes now brings its languages.
        self.done = False

    def turn(self) -> None:
        """Work for a moment. Raises the codes of storage; the next turn tries again."""
        if self.done:
            return
        until = self._clock() + TURN_S
        if self._left is None:
            told = (self._documents.get("imports", self._name()) or {}).get("told")
            self._left = self._languages().imports(told if isinstance(told, int) else 0)
        while self._left and self._clock() < until:
            last = self._languages().give(self._left[0], self._after, self._tell)
            if last is None:
                self._documents.put("imports", self._name(), {"told": self._left.pop(0)})
            self._after = last or 0
        self.done = not self._left
