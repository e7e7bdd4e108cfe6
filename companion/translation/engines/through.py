"""Ways from one language to another over the directions there are: the direct one, else through English. Pure."""

from __future__ import annotations

from collections.abc import Collection

from ..codes import served_by

Direction = tuple[str, str]
PIVOT = "en"


def reachable(direct: Collection[Direction]) -> frozenset[Direction]:
    """The directions, and what two of them reach through English."""
    into = {source for source, target in direct if target == PIVOT}
    out_of = {target for source, target in direct if source == PIVOT}
    return frozenset(direct) | {(source, target) for source in into for target in out_of if source != target}


def route(direct: Collection[Direction], source: str, target: str) -> list[Direction]:
    """The directions to take one after the other; empty when there is no way."""

    def step(one: str, other: str) -> Direction | None:
        return next(((a, b) for a in served_by(one) for b in served_by(other) if (a, b) in direct), None)

    straight = step(source, target)
    if straight:
        return [straight]
    first, second = step(source, PIVOT), step(PIVOT, target)
    return [first, second] if first and second else []


def missing(direct: Collection[Direction], source: str, target: str) -> list[Direction]:
    """What to install for the pair, through English unless the pair has English in it."""
    if route(direct, source, target):
        return []
    if PIVOT in (source, target):
        return [(source, target)]
    return [pair for pair in ((source, PIVOT), (PIVOT, target)) if not route(direct, *pair)]
