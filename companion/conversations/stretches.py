"""Puts unbroken stretches of a thread in order once a page shows how they belong together. Pure.

A reader who jumps about in a page without dates shows a thread in stretches whose order nobody can tell; each is
archived with a ``gap`` before it. A window that ends one stretch and begins another settles the matter. It is weighed
as everything in ``align`` is: the order in which the window costs least wins.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice, pairwise

from .align import CLASH, Row, difference, placement_cost

#: What a window must save for its order to be believed: more than one "ok" that two stretches happen to share. Less
#: where the "ok" bears the same time, or where the page says that it goes on below.
REORDER, REORDER_LIKELY = 1.5, 0.5
#: Orders weighed for one window; each costs as much as an alignment.
MAX_ORDERS = 8
#: Pairs of stretches looked at for them: a page may be made of holes on purpose.
MAX_PAIRS = 64


def order_shown(archived: Sequence[Row], window: Sequence[Row], *, more_below: bool = False) -> list[int] | None:
    """The archived rows in the order the window shows them to have, as indices; None = as they are.

    ``more_below``: the page has rows below the window.
    """
    heads = [0, *(j for j in range(1, len(archived)) if archived[j].gap)]
    if len(heads) < 2 or len(window) < 2:
        return None
    stretches = [range(a, b) for a, b in pairwise([*heads, len(archived)])]
    pairs = islice(_pairs(archived, stretches, window), MAX_PAIRS)
    orders = list(islice(_orders(archived, stretches, pairs), MAX_ORDERS))
    best, cheapest = None, placement_cost(archived, window) if orders else 0.0
    for head, order in orders:
        timed = archived[head].label and any(archived[head].label == shown.label for shown in window)
        price = REORDER_LIKELY if timed or more_below else REORDER
        cost = placement_cost(_reordered(archived, order), window) + price
        if cost < cheapest - 1e-9:
            best, cheapest = order, cost
    return best


def _pairs(archived: Sequence[Row], stretches: Sequence[range], window: Sequence[Row]) -> Iterator[tuple[int, int]]:
    """A stretch whose end is shown and another, not the one behind it, whose beginning is; the latest first."""
    ends = [at for at, s in enumerate(stretches) if _shown(archived[s[-1]], window[:-1])]
    begins = [at for at, s in enumerate(stretches) if _shown(archived[s[0]], window[1:])] if ends else []
    for ending in reversed(ends):
        for beginning in reversed(begins):
            if beginning not in (ending, ending + 1):
                yield ending, beginning


def _orders(
    archived: Sequence[Row], stretches: Sequence[range], pairs: Iterable[tuple[int, int]]
) -> Iterator[tuple[int, list[int]]]:
    """The orders that bring the first of a pair right before the second and turn no known time back, each with the
    second's first row."""
    as_it_is = _turns_back(archived, range(len(archived)))
    for ending, beginning in pairs:
        others = [s for at, s in enumerate(stretches) if at != ending]
        at = beginning if beginning < ending else beginning - 1
        order = [j for s in [*others[:at], stretches[ending], *others[at:]] for j in s]
        if _turns_back(archived, order) <= as_it_is:
            yield stretches[beginning][0], order


def _reordered(archived: Sequence[Row], order: Sequence[int]) -> list[Row]:
    """The rows in another order; what was first had no gap before it and has one now."""
    return [replace(archived[j], gap=True) if at and order[at - 1] > j else archived[j] for at, j in enumerate(order)]


def _shown(row: Row, window: Sequence[Row]) -> bool:
    return any((cost := difference(row, shown)) is not None and cost < CLASH for shown in window)


def _turns_back(archived: Sequence[Row], order: Sequence[int]) -> int:
    """How often a known time is before the known time above it."""
    known = [at for j in order if (at := archived[j].at) is not None]
    return sum(later < earlier for earlier, later in pairwise(known))
