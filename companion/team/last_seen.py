"""What this computer last saw of the team's documents, for the time when the team's database is not reached."""

from __future__ import annotations

import json
import logging
import threading
from pathlib import Path
from typing import Any

from ..protocol.errors import SeabridgeError
from ..runtime.atomic import write_atomic

_log = logging.getLogger(__name__)

#: Counts change with every request and are of no use without the others' counts.
_NOT_KEPT = frozenset({"engine_usage"})


class LastSeen:
    """One file. It can be lost at any time: then nothing is known until the database is reached."""

    def __init__(self, path: Path, team: str) -> None:
        """``team``: the address without its password; what was seen of another team is not given."""
        self._path = path
        self._team = team
        self._lock = threading.Lock()
        self._seen: dict[str, dict[str, dict[str, Any]]] | None = None

    def get(self, collection: str) -> dict[str, dict[str, Any]] | None:
        """The documents of a collection by key, None = never seen."""
        with self._lock:
            return self._all().get(collection)

    def all(self) -> dict[str, dict[str, dict[str, Any]]]:
        """The documents by collection and key."""
        with self._lock:
            return {name: dict(rows) for name, rows in self._all().items()}

    def keep(self, collection: str, documents: dict[str, dict[str, Any]]) -> None:
        """Write down what was just read. A disk that refuses is told in the log: the database has it all."""
        if collection in _NOT_KEPT:
            return
        with self._lock:
            seen = self._all()
            if seen.get(collection) == documents:
                return
            seen[collection] = json.loads(json.dumps(documents))
            content = {"team": self._team, "documents": seen}
            try:
                write_atomic(self._path, json.dumps(content, ensure_ascii=False, indent=1).encode(), private=True)
            except (SeabridgeError, OSError) as exc:
                _log.warning("what the team decided could not be kept here: %s", exc)

    def _all(self) -> dict[str, dict[str, dict[str, Any]]]:
        if self._seen is None:
            self._seen = self._read()
        return self._seen

    def _read(self) -> dict[str, dict[str, dict[str, Any]]]:
        try:
            content = json.loads(self._path.read_text("utf-8"))
            if content["team"] == self._team:
                return {
                    str(name): {str(key): dict(value) for key, value in rows.items()}
                    for name, rows in content["documents"].items()
                }
        except FileNotFoundError:
            pass
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as exc:
            _log.warning("what was last seen of the team's documents cannot be read: %s", exc)
        return {}
