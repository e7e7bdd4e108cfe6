"""Decides which rows of a window are already archived and where the new ones belong. Pure.

A window is what a page shows at one moment: contiguous rows in order. The archived thread is contiguous except
where a row says that others may be missing before it (``gap``). Every placement of the window on the thread has a
cost made of what it would have us believe:

* a row is new (the more surprising the longer its text, if the same text lies in the archive unused);
* between two rows the archive holds side by side there was another one all along (``WEDGE`` when both neighbours are
  in the window, ``EDGE`` when only one is);
* rows the archive holds between two rows of the window are gone from the page (``LOST``);
* a row carries another clock time than the archived one (``CLASH``);
* the window does not touch the archived thread at all (``APART``).

The cheapest placement wins; of equal ones that with fewer new rows, then the latest. A new row that a placement with
an eye for fewer new rows would have recognised is kept and marked ambiguous. ``placement_cost`` lets ``stretches``
ask which order of a thread full of holes a window fits best.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

WEDGE = 3.5
EDGE = 6.0
LOST, LOST_EACH = 1.5, 0.5
CLASH = 5.0
APART = 2.0
#: Seconds two readings of one time may differ: pages round, clocks drift.
TOLERANCE_S = 90
#: No placement skips more archived rows than this between two rows of a window.
MAX_SKIP = 40
#: Beyond this many possible pairs only the latest of each row are weighed (a thread of nothing but "ok").
MAX_PAIRS = 2500


@dataclass(frozen=True, slots=True)
class Row:
    """A row as far as alignment goes.

    ``ident``: direction and text; ``weight``: length of the text; ``at``/``span``: when it was sent, as far as known;
    ``clock``: minute of the day its label shows, -1 = none; ``label``: the label itself; ``gap``: archived rows
    only, others may be missing before it.
    """

    ident: bytes
    key: str = ""
    weight: int = 0
    at: float | None = None
    span: int = 60
    clock: int = -1
    label: str = ""
    gap: bool = False


@dataclass(frozen=True, slots=True)
class Placed:
    """What becomes of a window row: the index of the archived row it is, or None, and then where it goes.

    ``before``: the new row stands right before the archived row of this index (the thread's length = at the end).
    """

    match: int | None
    before: int = 0
    ambiguous: bool = False


@dataclass(frozen=True, slots=True)
class Alignment:
    """``rows`` as the window; ``apart``: the window touched nothing, so rows may be missing around it."""

    rows: tuple[Placed, ...]
    apart: bool = False


def align(archived: Sequence[Row], window: Sequence[Row], *, more_below: bool = False) -> Alignment:
    """Place a window on an archived thread. ``more_below``: the page has rows below the window."""
    if not archived:
        return Alignment(tuple(Placed(None, 0) for _ in window))
    run = _known_run(archived, window)
    if run is not None:
        return Alignment(tuple(Placed(run + i) for i in range(len(window))))
    pairs = _pairs(archived, window)
    chain, _ = _chain(archived, window, pairs)
    if not chain and pairs.timed_out_of:
        # Not one row fits because of its time, yet a whole run fits by its words: the page's clock changed its zone.
        blind, _ = _chain(archived, window, _pairs(archived, [replace(w, at=None, clock=-1, label="") for w in window]))
        if _convincing(blind, window):
            chain = blind
    known_keys = {row.key: j for j, row in enumerate(archived) if row.key}
    eager = _chain(archived, window, pairs, eager=True)[0] if pairs.seen_before else []
    recognised = {i for i, _ in eager} if len(eager) > len(chain) else set()
    place = 0 if chain else _place_apart(archived, window, more_below)
    return _placements(archived, window, chain, place, recognised, known_keys)


def placement_cost(archived: Sequence[Row], window: Sequence[Row]) -> float:
    """Cost of the cheapest placement; the whole window new and apart costs most."""
    return _chain(archived, window, _pairs(archived, window))[1]


def merged(archived: int, alignment: Alignment) -> list[tuple[bool, int]]:
    """The thread after the new rows are in, as (is of the window, index in window or thread)."""
    new = [(p.before, True, i) for i, p in enumerate(alignment.rows) if p.match is None]
    old = [(j, False, j) for j in range(archived)]
    # Stable: of one place, the new rows come first, in the window's order.
    return [entry[1:] for entry in sorted(new + old, key=lambda e: (e[0], not e[1], e[2]))]


def gaps(archived: Sequence[Row], alignment: Alignment) -> dict[tuple[bool, int], bool]:
    """Where the window changes what is known about missing rows: entries of ``merged`` to their new ``gap``.

    Rows that stand side by side in the window have nothing between them; beyond its first and last new row nobody
    knows, unless the thread ends there.
    """
    order = merged(len(archived), alignment)
    at = {entry: position for position, entry in enumerate(order)}
    entries = [(True, i) if p.match is None else (False, p.match) for i, p in enumerate(alignment.rows)]
    found: dict[tuple[bool, int], bool] = {}
    first, last = entries[0], entries[-1]
    if first[0]:
        found[first] = at[first] > 0
    if last[0] and at[last] + 1 < len(order):
        found[order[at[last] + 1]] = True
    for left, right in pairwise(entries):
        if at[right] == at[left] + 1:
            found[right] = False
        elif right[0]:
            found.setdefault(right, False)
    return {e: gap for e, gap in found.items() if e[0] or archived[e[1]].gap != gap}


def difference(archived: Row, row: Row) -> float | None:
    """Cost of taking two rows for one: None = impossible, 0 = nothing speaks against it."""
    if archived.key and row.key:
        return 0.0 if archived.key == row.key else None
    if archived.ident != row.ident:
        return None
    if archived.label and archived.label == row.label and (archived.at is None or row.at is None):
        return 0.0
    if archived.at is not None and row.at is not None:
        start, end = max(archived.at, row.at), min(archived.at + archived.span, row.at + row.span)
        if start - end <= TOLERANCE_S:
            return 0.0
        return 0.3 if archived.clock == row.clock != -1 else CLASH
    if archived.clock != -1 and row.clock != -1:
        return 0.05 if archived.clock == row.clock else CLASH
    return 0.1


def _known_run(archived: Sequence[Row], window: Sequence[Row]) -> int | None:
    """Where the whole window lies in the thread row by row; the best such place, then the latest."""
    size, best = len(window), None
    for start in range(len(archived) - size, -1, -1):
        cost = 0.0
        for i, row in enumerate(window):
            step = difference(archived[start + i], row)
            if step is None or step >= CLASH:
                break
            cost += step
        else:
            if best is None or cost < best[0] - 1e-9:
                best = (cost, start)
            if cost == 0.0:
                break
    return best[1] if best else None


@dataclass(frozen=True, slots=True)
class _Pairs:
    """For each window row the archived rows it could be, as (index, cost), ascending."""

    of: tuple[tuple[tuple[int, float], ...], ...]
    #: Rows whose text the archive holds, at a compatible time.
    seen_before: frozenset[int]
    #: Rows whose text the archive holds, but only at other times.
    timed_out_of: frozenset[int]


def _pairs(archived: Sequence[Row], window: Sequence[Row]) -> _Pairs:
    by_ident: dict[bytes, list[int]] = {}
    by_key: dict[str, int] = {}
    for j, row in enumerate(archived):
        by_ident.setdefault(row.ident, []).append(j)
        if row.key:
            by_key[row.key] = j
    total = sum(len(by_ident.get(row.ident, ())) for row in window)
    latest = MAX_PAIRS // len(window) if total > MAX_PAIRS else total
    found: list[tuple[tuple[int, float], ...]] = []
    seen: set[int] = set()
    timed_out: set[int] = set()
    for i, row in enumerate(window):
        if row.key in by_key:
            # The page's own id settles it; the discount outweighs any doubt about the neighbours.
            found.append(((by_key[row.key], -50.0),))
            continue
        options = []
        for j in by_ident.get(row.ident, ())[-latest or None :]:
            cost = difference(archived[j], row)
            if cost is not None:
                options.append((j, cost))
                (seen if cost < CLASH else timed_out).add(i)
        found.append(tuple(options))
    return _Pairs(tuple(found), frozenset(seen), frozenset(timed_out - seen))


def _chain(
    archived: Sequence[Row], window: Sequence[Row], pairs: _Pairs, *, eager: bool = False
) -> tuple[list[tuple[int, int]], float]:
    """The cheapest placement as (window, archived) pairs, ascending, and its cost; [] = the window touches nothing."""
    size, last = len(window), len(archived) - 1
    price = 1.6 if eager else 1.0
    surprise = [min(2.0, row.weight / 10) if i in pairs.seen_before else 0.0 for i, row in enumerate(window)]
    fresh = [0.0]
    for extra in surprise:
        fresh.append(fresh[-1] + price + (2 * extra if eager else extra))
    gaps = [0]
    for row in archived:
        gaps.append(gaps[-1] + row.gap)

    cost: dict[tuple[int, int], float] = {}
    origin: dict[tuple[int, int], tuple[int, int] | None] = {}
    columns = [[j for j, _ in options] for options in pairs.of]
    for i, options in enumerate(pairs.of):
        for j, own in options:
            best = fresh[i] + (EDGE if i and j and not archived[j].gap else 0.0)
            source: tuple[int, int] | None = None
            for before in range(i - 1, -1, -1):
                between = fresh[i] - fresh[before + 1]
                column = columns[before]
                for at in range(bisect_left(column, j) - 1, -1, -1):
                    k = column[at]
                    skipped = j - k - 1
                    if skipped > MAX_SKIP:
                        break
                    step = cost[before, k] + between
                    if skipped:
                        step += LOST + LOST_EACH * skipped
                    if i - before > 1 and gaps[j + 1] == gaps[k + 1]:
                        step += WEDGE
                    if step < best - 1e-9:
                        best, source = step, (before, k)
            cost[i, j], origin[i, j] = best + own, source

    goal: tuple[float, float, int, int] | None = None
    end: tuple[int, int] | None = None
    for (i, j), value in cost.items():
        rest = fresh[size] - fresh[i + 1]
        total = value + rest + (EDGE if i < size - 1 and j < last and not archived[j + 1].gap else 0.0)
        rank = (round(total, 6), round(rest + fresh[i], 6), -j, i)
        if goal is None or rank < goal:
            goal, end = rank, (i, j)
    if goal is None or goal[0] > fresh[size] + APART + 1e-9:
        return [], fresh[size] + APART
    chain = []
    while end is not None:
        chain.append(end)
        end = origin[end]
    return chain[::-1], goal[0]


def _convincing(chain: Sequence[tuple[int, int]], window: Sequence[Row]) -> bool:
    """Five rows or more in unbroken sequence, at least three of them saying something of their own."""
    unbroken = all(b[0] - a[0] == 1 and b[1] - a[1] == 1 for a, b in pairwise(chain))
    spoken = {window[i].ident for i, _ in chain if window[i].weight >= 8}
    return unbroken and len(chain) >= 5 and len(spoken) >= 3


def _placements(
    archived: Sequence[Row],
    window: Sequence[Row],
    chain: Sequence[tuple[int, int]],
    place: int,
    recognised: set[int],
    known_keys: dict[str, int],
) -> Alignment:
    matched = dict(chain)
    taken = set(matched.values())
    rows: list[Placed] = []
    previous: int | None = None
    following = _next_matches(len(window), matched)
    for i, row in enumerate(window):
        if i in matched:
            previous = matched[i]
            rows.append(Placed(previous))
        elif row.key in known_keys:
            rows.append(Placed(known_keys[row.key]))
        else:
            after = following[i]
            before = after if after is not None else previous + 1 if previous is not None else place
            slot = range(0 if previous is None else previous + 1, len(archived) if after is None else after)
            # The same words vanished from the very place where they now appear anew, under another id.
            replaced = bool(chain) and any(
                archived[j].ident == row.ident and j not in taken and abs(j - before) <= 1 for j in slot
            )
            rows.append(Placed(None, before, i in recognised or replaced))
    return Alignment(tuple(rows), apart=not chain)


def _next_matches(size: int, matched: dict[int, int]) -> list[int | None]:
    found: list[int | None] = [None] * size
    following: int | None = None
    for i in range(size - 1, -1, -1):
        found[i] = following
        following = matched.get(i, following)
    return found


def _place_apart(archived: Sequence[Row], window: Sequence[Row], more_below: bool) -> int:
    """Index before which a window that touches nothing goes: by its first known time, else at the end, or, where the
    page goes on below it, before the last unbroken stretch."""
    start = next((row.at for row in window if row.at is not None), None)
    if start is None:
        return next((j for j in range(len(archived) - 1, 0, -1) if archived[j].gap), 0) if more_below else len(archived)
    for j in range(len(archived) - 1, -1, -1):
        at = archived[j].at
        if at is not None and at <= start:
            return j + 1
    # Everything dated is later. Undated rows before the first dated one stay before it.
    return next((j for j, row in enumerate(archived) if row.at is not None), len(archived))
