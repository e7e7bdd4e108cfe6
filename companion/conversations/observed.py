"""A value that is looked at now and then: from when until when it was seen to be what. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Span:
    """A value as it was seen from ``since`` until ``seen_at``, in seconds since 1970 UTC. ``id`` 0 = not stored."""

    id: int
    value: str
    since: float
    seen_at: float


def noted(spans: Sequence[Span], value: str, at: float) -> Span | None:
    """The span that a look at ``at`` makes or widens; None when it tells nothing new. Looks may come in any order.

    ``spans`` of one field in the order of ``since``.
    """
    before = next((span for span in reversed(spans) if span.since <= at), None)
    after = next((span for span in spans if span.since > at), None)
    if before is not None and before.value == value:
        return Span(before.id, value, before.since, at) if at > before.seen_at else None
    if after is not None and after.value == value:
        return Span(after.id, value, at, after.seen_at)
    return Span(0, value, at, at)


def current(spans: Sequence[Span]) -> Span | None:
    """The value seen last."""
    return max(spans, key=lambda span: (span.seen_at, span.since), default=None)
