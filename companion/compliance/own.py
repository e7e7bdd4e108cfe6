"""What the seller decided: words the boss forbids, marks of the shop, findings that are none for this shop.

Small documents, one each. What cannot be read as one is passed over and left as it is.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from typing import Any, Generic, TypeVar

import msgspec

from companion.protocol.decode import convert
from companion.protocol.errors import ErrorCode, SeabridgeError
from companion.protocol.methods.checks import Brand, OwnEntry, OwnWord, Waiver
from companion.runtime.documents import Documents

WORDS, BRANDS, WAIVERS = "own_words", "brands", "waivers"

#: Of each; the documents are one file that is written whole.
MOST = 2_000

Entry = TypeVar("Entry", bound=OwnEntry)


class Kept(Generic[Entry]):
    """One collection. Thread-safe. ``sound``: what is wrong with an entry, "" = nothing."""

    def __init__(
        self,
        documents: Documents,
        collection: str,
        kind: type[Entry],
        sound: Callable[[Entry], str],
    ) -> None:
        self._documents = documents
        self._collection = collection
        self._kind = kind
        self._sound = sound
        self._read: tuple[int, list[Entry]] = (-1, [])

    @property
    def revision(self) -> int:
        """Another number after every change, also a colleague's."""
        return self._documents.revision(self._collection)

    def all(self) -> list[Entry]:
        """The one entered last comes first."""
        now = self.revision
        if self._read[0] != now:
            rows = self._documents.all(self._collection)
            known = [one for key, row in rows.items() if (one := self._entry(key, row)) is not None]
            self._read = now, sorted(known, key=lambda one: one.at, reverse=True)
        return list(self._read[1])

    def put(self, entry: Entry, now: float) -> Entry:
        """Enter one, or replace the one with its id. Raises ``bad_params``, ``not_found`` and ``import_full``."""
        if problem := self._sound(entry):
            raise SeabridgeError(ErrorCode.BAD_PARAMS, method=f"{self._collection}.put", problem=problem)
        if not entry.id and len(self.all()) >= MOST:
            raise SeabridgeError(ErrorCode.IMPORT_FULL, limit=MOST)
        new = msgspec.structs.replace(entry, id=entry.id or secrets.token_hex(6), at=now)

        def make(stored: dict[str, Any] | None) -> dict[str, Any]:
            nonlocal new
            if entry.id and stored is None:
                raise SeabridgeError(ErrorCode.NOT_FOUND, f"{self._collection} {entry.id}")
            if isinstance(new, OwnWord):
                before = convert(stored, OwnWord).version if stored else 0
                new = msgspec.structs.replace(new, version=before + 1)
            return dict(msgspec.to_builtins(new))

        self._documents.change(self._collection, new.id, make)
        return new

    def remove(self, ids: Sequence[str]) -> int:
        """Take some away; how many there were."""
        return sum(self._documents.delete(self._collection, one) for one in dict.fromkeys(ids))

    def _entry(self, key: str, row: dict[str, Any]) -> Entry | None:
        try:
            entry: Entry = convert({**row, "id": key}, self._kind)
        except msgspec.ValidationError:
            return None
        return entry


def words_of(documents: Documents) -> Kept[OwnWord]:
    """Words the seller forbids."""
    return Kept(documents, WORDS, OwnWord, _word)


def brands_of(documents: Documents) -> Kept[Brand]:
    """Marks the seller owns or may use."""
    return Kept(documents, BRANDS, Brand, lambda one: "" if _named(one.name) else "name")


def waivers_of(documents: Documents) -> Kept[Waiver]:
    """Findings the seller excused."""
    return Kept(documents, WAIVERS, Waiver, lambda one: "" if one.rule and one.reason.strip() else "reason")


def _word(one: OwnWord) -> str:
    return "" if all(_named(word) for word in one.words) else "words"


def _named(text: str) -> bool:
    return any(char.isalnum() for char in text) and "\n" not in text
