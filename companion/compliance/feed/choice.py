"""Which feed the seller chose, as a document: with a team, the team's choice."""

from __future__ import annotations

from pathlib import Path
from typing import Literal, Protocol

import msgspec

from companion.marketplaces import lines, rules_dir
from companion.protocol.decode import convert

from .address import checked
from .signing import fingerprint_of

COLLECTION, KEY = "rules_feed", "choice"
#: project: the one we publish; own: what the seller accepted; off: none, and no address is asked.
Use = Literal["project", "own", "off"]


class Documents(Protocol):
    """The seller's documents, as far as they are needed."""

    def get(self, collection: str, key: str, /) -> dict[str, object] | None: ...
    def replace(self, collection: str, key: str, value: dict[str, object], /) -> None: ...


class Source(msgspec.Struct, frozen=True):
    """Where a feed comes from, "" = from files only, and the fingerprint of the key that must have signed it, "" = none
    is accepted."""

    address: str = ""
    fingerprint: str = ""


class Choice(msgspec.Struct, frozen=True):
    """The seller's choice; ``own`` stays while another one is used."""

    use: Use = "project"
    own: Source = Source()


def project(path: Path | None = None) -> Source:
    """The feed of ``rules/feed.yml``; empty while we publish none. Raises what a broken file raises."""
    found, _ = lines.parse((path or rules_dir() / "feed.yml").read_text("utf-8"))
    address, key = str(found.get("address") or ""), str(found.get("key") or "")
    if not (address and key):
        return Source()
    return Source(checked(address), fingerprint_of(key))


def chosen(documents: Documents) -> Choice:
    """The stored choice; what cannot be understood counts as none, so that no address is asked by mistake."""
    stored = documents.get(COLLECTION, KEY)
    if stored is None:
        return Choice()
    try:
        return convert(stored, Choice)
    except msgspec.ValidationError:
        return Choice("off")


def choose(documents: Documents, choice: Choice) -> None:
    """Store it."""
    documents.replace(COLLECTION, KEY, msgspec.to_builtins(choice))


def source_of(choice: Choice, ours: Source) -> Source:
    """The feed that is in use by a choice."""
    return {"project": ours, "own": choice.own, "off": Source()}[choice.use]
