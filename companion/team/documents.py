"""A seat's documents as every room uses them: each in its place, the seat's file or the team's table."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

from ..protocol.errors import SeabridgeError
from ..runtime.documents import Change, Documents
from .link import is_away
from .placement import Placed, parted, place
from .table import DocumentTable


class TeamDocuments(Documents):
    """Like the documents of one machine; ``table`` may raise ``database_…`` for what is the team's."""

    def __init__(self, path: Path, table: DocumentTable) -> None:
        super().__init__(path)
        self._team = table
        self._both = threading.Lock()

    def get(self, collection: str, key: str, default: dict[str, Any] | None = None) -> dict[str, Any] | None:
        placed = place(collection)
        if placed.owner == "seat":
            return super().get(collection, key, default)
        if placed.owner == "team":
            found = self._team.get(collection, key)
        else:
            found = _together(self._own_part(placed, collection, key), self._teams_part(placed, collection, key))
        return found if found is not None else default

    def all(self, collection: str) -> dict[str, dict[str, Any]]:
        placed = place(collection)
        if placed.owner == "seat":
            return super().all(collection)
        if placed.owner == "team":
            return self._team.all(collection)
        keys = super().all(collection).keys() | self._team.all(collection).keys()
        both = {key: self.get(collection, key) for key in keys}
        return {key: value for key, value in both.items() if value is not None}

    def change(self, collection: str, key: str, make: Change) -> dict[str, Any] | None:
        placed = place(collection)
        if placed.owner == "seat":
            return super().change(collection, key, make)
        if placed.owner == "team":
            return self._team.change(collection, key, make)
        with self._both:
            own, teams = self._own_part(placed, collection, key), self._teams_part(placed, collection, key)
            made = make(_together(own, teams))
            if parted(placed, key, made or {})[1] != (teams or {}):

                def decided(stored: dict[str, Any] | None) -> dict[str, Any] | None:
                    nonlocal made
                    made = make(_together(own, stored))
                    return parted(placed, key, made or {})[1] or None

                # The team's part first: where it is refused nothing has changed.
                teams = self._team.change(collection, key, decided)
            own = super().change(collection, key, lambda _: parted(placed, key, made or {})[0] or None)
            return _together(own, teams)

    def revision(self, collection: str) -> int:
        own = super().revision(collection)
        return own if place(collection).owner == "seat" else own + self._team.revision(collection)

    def _own_part(self, placed: Placed, collection: str, key: str) -> dict[str, Any] | None:
        """The seat's fields; what its file says of the team's is from the time before there was a team."""
        found = super().get(collection, key)
        return parted(placed, key, found)[0] or None if found is not None else None

    def _teams_part(self, placed: Placed, collection: str, key: str) -> dict[str, Any] | None:
        """The team's fields. While nothing is known of them they have the defaults of the program, which are the
        careful ones: the guard is on, nothing is added to a reply, nothing is deleted."""
        try:
            return self._team.get(collection, key)
        except SeabridgeError as exc:
            if not is_away(exc):
                raise
            return None


def _together(own: dict[str, Any] | None, teams: dict[str, Any] | None) -> dict[str, Any] | None:
    return None if own is None and teams is None else {**(own or {}), **(teams or {})}
