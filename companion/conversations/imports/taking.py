"""Imports as other rooms ask for them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from companion.protocol.pages import Marketplace

from ..database import Database
from ..files import Files
from ..ledger import Erasure
from .asked import Given, ImportAsked, ImportReport, ImportSaid
from .languages import Linguist, untold


class Imports:
    """Part of ``Archive`` (``archive.imports``); thread-safe, with its errors. The readers of files load when asked."""

    def __init__(self, database: Database, files: Files) -> None:
        self._database = database
        self._files = files

    def take_file(
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
        from .importing import import_file, unwatched

        return import_file(self._database, self._files, asked, marketplaces, erasures, tell, watch or unwatched)

    def take_given(
        self,
        given: Given,
        said: ImportSaid,
        marketplaces: Callable[[], Sequence[Marketplace]],
        erasures: Sequence[Erasure],
        tell: Linguist,
        watch: Callable[[int, int], bool],
    ) -> ImportReport:
        """The same of a file that was handed over."""
        from .importing import import_given

        return import_given(self._database, self._files, given, said, marketplaces, erasures, tell, watch)
