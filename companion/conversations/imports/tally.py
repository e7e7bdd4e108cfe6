"""What an import did, or would do, as it is counted along the way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from ..transcript import Line
from .asked import ImportSample

#: Messages shown as a sample, and code points of each.
SAMPLES, SHOWN = 5, 200


@dataclass(slots=True)
class Tally:
    """Counts for ``ImportReport``, under its names."""

    threads: int = 0
    new_threads: int = 0
    messages: int = 0
    new: int = 0
    first: float | None = None
    last: float | None = None
    erased: int = 0
    erased_threads: int = 0
    samples: list[ImportSample] = field(default_factory=list)

    def count(self, buyer: str, lines: Sequence[tuple[Line, bool]], *, is_new: bool, most: int) -> None:
        """A conversation whose lines are new or not; ``most``: messages of it in the file."""
        self.threads += 1
        self.new_threads += is_new
        self.messages += most
        for line, new in lines:
            self.new += new
            if line.sent_at is not None:
                self.first = line.sent_at if self.first is None else min(self.first, line.sent_at)
                self.last = line.sent_at if self.last is None else max(self.last, line.sent_at)
            if len(self.samples) < SAMPLES:
                self.samples.append(
                    ImportSample(buyer, line.direction, line.sent_at, line.text[:SHOWN], new, len(line.pictures))
                )
