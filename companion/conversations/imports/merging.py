"""Which messages of a file the archive holds, and where the others go. Pure.

A file knows its times, so that this is plainer than the alignment of what a page shows: the same id, the same digest,
or the same words from the same side at the same time are one message, and one archived message is one of the file's.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from ..align import Alignment, Placed, Row, difference, merged
from ..transcript import Line

#: The most that may speak against it (``align.difference``): the time is not known on one side. The same clock on
#: another day is another message.
_SAME = 0.1


@dataclass(frozen=True, slots=True)
class Known:
    """An archived message: as the alignment compares it, and its digest."""

    row: Row
    digest: bytes


def distinct(lines: Sequence[Line]) -> list[Line]:
    """The lines without those that the file has twice by their id or digest."""
    seen: set[str | bytes] = set()
    found = []
    for line in lines:
        marks: set[str | bytes] = {mark for mark in (line.key, line.digest) if mark}
        if not marks & seen:
            found.append(line)
        seen |= marks
    return found


def place(archived: Sequence[Known], lines: Sequence[Line]) -> Alignment:
    """What becomes of each line; ``lines`` in the order of the conversation."""
    matches = _matches(archived, lines)
    times: list[float] = []
    for known in archived:
        at = known.row.at
        times.append(max(times[-1] if times else float("-inf"), float("-inf") if at is None else at))
    rows: list[Placed] = []
    behind: int | None = None
    for line, match in zip(lines, matches, strict=True):
        if match is not None:
            rows.append(Placed(match))
            behind = match + 1
            continue
        spot = _spot(archived, times, line, behind)
        rows.append(Placed(None, spot, line.ambiguous))
        behind = spot
    return Alignment(tuple(rows), apart=all(match is None for match in matches))


def runs(size: int, alignment: Alignment) -> dict[int, list[int]]:
    """New lines that go between the same two archived messages: index of the right one to lines in order."""
    found: dict[int, list[int]] = {}
    for is_new, i in merged(size, alignment):
        if is_new:
            found.setdefault(alignment.rows[i].before, []).append(i)
    return found


def _matches(archived: Sequence[Known], lines: Sequence[Line]) -> list[int | None]:
    by_key = {known.row.key: j for j, known in enumerate(archived) if known.row.key}
    by_digest = {known.digest: j for j, known in enumerate(archived)}
    by_ident: dict[bytes, list[int]] = {}
    for j, known in enumerate(archived):
        by_ident.setdefault(known.row.ident, []).append(j)
    found: list[int | None] = [by_key.get(line.key, by_digest.get(line.digest)) for line in lines]
    taken = {match for match in found if match is not None}
    # Those of exactly the same time first, or of two "ok" the wrong one would be taken for new.
    for exact in (True, False):
        for i, line in enumerate(lines):
            if found[i] is None:
                best = _closest(archived, by_ident.get(line.ident, ()), taken, line, exact=exact)
                if best is not None:
                    found[i] = best
                    taken.add(best)
    return found


def _closest(
    archived: Sequence[Known], options: Sequence[int], taken: set[int], line: Line, *, exact: bool
) -> int | None:
    """The archived message with these words that differs least, then the one nearest in time; ``exact``: only one of
    the very same time."""
    shown = Row(line.ident, line.key, at=line.sent_at, span=line.sent_span, clock=line.clock, label=line.label)
    best: tuple[float, float, int] | None = None
    for j in options:
        cost = None if j in taken else difference(archived[j].row, shown)
        at = archived[j].row.at
        if cost is None or cost > _SAME or (exact and at != line.sent_at):
            continue
        rank = (cost, abs(at - line.sent_at) if at is not None and line.sent_at is not None else 0.0, j)
        if best is None or rank < best:
            best = rank
    return best[2] if best else None


def _spot(archived: Sequence[Known], times: Sequence[float], line: Line, behind: int | None) -> int:
    """Index of the archived message before which a new line goes: behind the line above it in the file unless its
    time says otherwise."""
    at = line.sent_at
    if behind is not None:
        following = archived[behind].row.at if behind < len(archived) else None
        if at is None or (following is not None and (times[behind - 1] if behind else at) <= at <= following):
            return behind
    return len(archived) if at is None else bisect_right(times, at)
