"""Opens a seller's documents where they lie: in the data folder, or with a team's in its database."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from typing import TYPE_CHECKING

from .protocol.errors import ErrorCode, SeabridgeError
from .runtime.database_url import Address, of_team
from .runtime.documents import Documents
from .runtime.paths import Paths

if TYPE_CHECKING:
    from .team.team import Team


def address_of(paths: Paths) -> Address | None:
    """The team's database, None = this data folder stands alone.

    Raises ``database_address`` and ``database_driver``: nothing but a person can mend these.
    """
    address = of_team(practice=paths.practice)
    if address is not None and find_spec("psycopg") is None:
        raise SeabridgeError(ErrorCode.DATABASE_DRIVER, "no psycopg")
    return address


def team_of(paths: Paths) -> Team | None:
    """The team this data folder is a seat of, None = it stands alone. Does not connect. Raises as ``address_of``."""
    address = address_of(paths)
    if address is None:
        return None
    # with SQLAlchemy, which a seller alone need not load for documents
    from .team.team import Team

    return Team(address, paths.ready())


@contextmanager
def documents_of(paths: Paths) -> Iterator[Documents]:
    """For a command that asks, or writes under the data folder's lock, and ends."""
    team = team_of(paths)
    if team is None:
        yield Documents(paths.documents)
        return
    try:
        yield team.documents
    finally:
        team.close()
