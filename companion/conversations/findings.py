"""What a check of the archive found, told so that a person can look at the place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal[
    "structure", "reference", "counts", "shop", "index_message", "index_stray", "index_note",
    "event_missing", "event_altered",
    "message_altered", "message_unlogged", "message_missing", "message_returned",
    "revision_altered", "revision_missing", "picture_altered", "picture_missing",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong; its sentence is ``verify_<kind>``. 0 and "" = does not apply."""

    kind: Kind
    thread: int = 0
    message: int = 0
    event: int = 0
    detail: str = ""

    def line(self) -> str:
        """The finding in one line, for logs."""
        where = {"thread": self.thread, "message": self.message, "event": self.event}
        told = [self.kind, *(f"{name} {number}" for name, number in where.items() if number), self.detail]
        return " ".join(part for part in told if part)
