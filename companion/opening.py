"""Opens what a seller decided and confirmed where it lies: in the data folder, or with a team's in its database."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from typing import TYPE_CHECKING, NamedTuple

from .protocol.errors import ErrorCode, SeabridgeError
from .runtime.database_url import Address, of_team
from .runtime.documents import Documents
from .runtime.paths import Paths

if TYPE_CHECKING:
    from .compliance.checking import Checking, ChecksApi
    from .compliance.feed.hits import ShopText
    from .compliance.feed.judging import CheckPages
    from .compliance.feed.service import RulesFeed
    from .conversations import Archive
    from .desk.archive_api import ArchiveApi
    from .team.team import Team
    from .translation.memory.shared import SharedMemory
    from .translation.memory.store import MemoryStore

_log = logging.getLogger(__name__)


class Stores(NamedTuple):
    """The documents, and the translation memory. ``erased``: to be called when something was erased here."""

    documents: Documents
    memory: MemoryStore
    erased: Callable[[], None] = lambda: None


def address_of(paths: Paths) -> Address | None:
    """The team's database, None = this data folder stands alone.

    Raises ``database_address`` and ``database_driver``: nothing but a person can mend these.
    """
    address = of_team(practice=paths.practice)
    if address is not None and find_spec("psycopg") is None:
        raise SeabridgeError(ErrorCode.DATABASE_DRIVER, "no psycopg")
    return address


def team_of(paths: Paths, *, for_reading: bool = False) -> Team | None:
    """The team this data folder is a seat of, None = it stands alone. Does not connect. Raises as ``address_of``."""
    address = address_of(paths)
    if address is None:
        return None
    # with SQLAlchemy, which a seller alone need not load for documents
    from .team.team import Team

    return Team(address, paths.ready(), for_reading=for_reading)


def memory_of(paths: Paths, team: Team) -> SharedMemory:
    """The team's memory, as this seat's copy has it. Does not connect."""
    from .translation.memory.shared import SharedMemory

    return SharedMemory(paths.team_memory, team.phrases)


def checking_of(paths: Paths, documents: Documents, record: Callable[[], ChecksApi]) -> Checking:
    """The checks of listings and messages by the rules of this computer. Reads no rule before the first check."""
    from .compliance.checking import Checking
    from .compliance.here import rules_here
    from .spoken import surely

    return Checking(documents, lambda: rules_here(paths), record, surely)


def follow(paths: Paths, memory: SharedMemory) -> None:
    """Bring the copy up to date; the first seat of a team brings its own memory. Raises ``database_…``."""
    from .translation.memory.store import MemoryStore

    own = MemoryStore(paths.memory)
    try:
        memory.bring(own, time.time())
    finally:
        own.close()
    memory.follow()


@contextmanager
def documents_of(paths: Paths) -> Iterator[Documents]:
    """The documents for a command that asks and ends; nothing is begun in a team's database."""
    team = team_of(paths, for_reading=True)
    if team is None:
        yield Documents(paths.documents)
        return
    try:
        yield team.documents
    finally:
        team.close()


@contextmanager
def stores_of(paths: Paths) -> Iterator[Stores]:
    """Documents and memory for a command that works under the data folder's lock, and ends."""
    team = team_of(paths)
    if team is None:
        from .translation.memory.store import MemoryStore

        yield Stores(Documents(paths.documents), MemoryStore(paths.memory))
        return
    try:
        memory = memory_of(paths, team)
        try:
            follow(paths, memory)
        except SeabridgeError as exc:  # the copy holds what was known; who must write is refused then
            if not exc.code.startswith("database_"):
                raise
            _log.warning("the team's memory is as it was seen last: %s", exc)
        yield Stores(team.documents, memory, team.erased)
    finally:
        team.close()


def feed_of(
    paths: Paths,
    documents: Documents,
    check_pages: CheckPages,
    archive: Callable[[], ArchiveApi | Archive | None],
    memory: Callable[[], MemoryStore],
) -> RulesFeed:
    """The rules feed, with the shop's own texts to look at. ``archive`` None: there is none yet."""
    from .compliance.feed.lists import Shop
    from .compliance.feed.service import RulesFeed
    from .desk.shop_texts import listing_shop_texts, memory_shop_texts
    from .spoken import surely

    def texts() -> Iterator[ShopText]:
        opened = archive()
        if opened is not None:
            yield from listing_shop_texts(opened)
        yield from memory_shop_texts(memory())

    return RulesFeed(paths, documents, check_pages, Shop(texts, surely))
