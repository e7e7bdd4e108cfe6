"""Who this seat is: a name people know it by, and an id that stays when the name changes."""

from __future__ import annotations

import getpass
import platform
import secrets
from dataclasses import dataclass

from ..runtime.documents import Documents

_COLLECTION, _KEY = "seat", "self"
#: Characters of a name.
LONGEST = 60


@dataclass(frozen=True, slots=True)
class Seat:
    """One companion of a team."""

    id: str
    name: str


def seat_of(documents: Documents) -> Seat:
    """The seat of a data folder; its id is made at first use. While it has no name: user and machine."""

    def with_id(stored: dict[str, object] | None) -> dict[str, object]:
        stored = stored or {}
        return stored if isinstance(stored.get("id"), str) else {**stored, "id": secrets.token_urlsafe(9)}

    kept = documents.change(_COLLECTION, _KEY, with_id) or {}
    return Seat(str(kept["id"]), name_of(documents))


def name_of(documents: Documents) -> str:
    """What the seat is called; asking changes nothing."""
    chosen = (documents.get(_COLLECTION, _KEY) or {}).get("name")
    return chosen if isinstance(chosen, str) and chosen else own_name()


def rename(documents: Documents, name: str) -> Seat:
    """Call this seat otherwise; "" = by user and machine again."""
    documents.put(_COLLECTION, _KEY, {"name": tidy(name)})
    return seat_of(documents)


def tidy(name: str) -> str:
    """A name as it is shown: one line, bounded."""
    return " ".join("".join(char if char.isprintable() else " " for char in name).split())[:LONGEST]


def own_name() -> str:
    """By the person logged in and the machine: "lin@front-desk"."""
    try:
        user = getpass.getuser()
    except (OSError, KeyError, ImportError):  # a user without an entry, as in some containers
        user = ""
    return tidy("@".join(part for part in (user, platform.node().partition(".")[0]) if part)) or "seabridge"
