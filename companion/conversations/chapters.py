"""The conversations of one buyer, each with its beginning, languages, orders and open question."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from ..protocol.values import ThreadSummary
from .closing import Closings
from .erasing import of_buyer
from .reading import PREVIEW, summaries
from .schema import links, messages, threads

#: Values one statement may name.
_MOST_NAMED = 500
_at = func.coalesce(messages.c.sent_at, messages.c.observed_at)


@dataclass(frozen=True, slots=True)
class Chapter:
    """A conversation. ``orders``: numbers its messages name or it is linked to, with when they were first heard of."""

    summary: ThreadSummary
    first_at: float
    languages: tuple[str, ...]
    open: str
    open_since: float | None
    orders: Mapping[str, float]


def chapters(
    connection: Connection, buyer: str, marketplace: str, limit: int, language: str, closings: Closings
) -> tuple[list[Chapter], bool]:
    """The newest conversations with everybody of this name, the one that began first in front; and whether there are
    older ones. ``marketplace`` "" = on all."""
    ids = of_buyer(connection, buyer)
    newest: list[tuple[int, int]] = []
    for at in range(0, len(ids), _MOST_NAMED):
        mine = select(threads.c.last_moment, threads.c.id).where(
            threads.c.id.in_(ids[at : at + _MOST_NAMED]), threads.c.message_count > 0
        )
        if marketplace:
            mine = mine.where(threads.c.marketplace == marketplace)
        newest += [(row.last_moment, row.id) for row in connection.execute(mine)]
    newest.sort(reverse=True)
    told = summaries(connection, [thread_id for _, thread_id in newest[:limit]], language)
    return sorted((_chapter(connection, each, closings) for each in told), key=lambda each: each.first_at), (
        len(newest) > limit
    )


def _chapter(connection: Connection, summary: ThreadSummary, closings: Closings) -> Chapter:
    mine = messages.c.thread_id == summary.id
    spoken = (
        select(messages.c.language)
        .where(mine, messages.c.direction == "buyer", messages.c.language != "")
        .group_by(messages.c.language)
        .order_by(func.count().desc(), messages.c.language)
    )
    question, since = _open(connection, summary.id, closings)
    return Chapter(
        summary,
        float(connection.execute(select(func.min(_at)).where(mine)).scalar_one()),
        tuple(connection.execute(spoken).scalars()),
        question,
        since,
        orders_in(connection, summary.id),
    )


def _open(connection: Connection, thread_id: int, closings: Closings) -> tuple[str, float | None]:
    """What the buyer said first after the seller's last words; thanks for an answer ask nothing."""
    mine = messages.c.thread_id == thread_id
    said = select(func.max(messages.c.position)).where(mine, messages.c.direction == "seller")
    answered = connection.execute(said).scalar()
    after = select(messages.c.text, _at.label("at")).where(mine, messages.c.direction == "buyer")
    if answered is not None:
        after = after.where(messages.c.position > answered)
    rows: Sequence[tuple[str, float]] = [
        (row.text, row.at) for row in connection.execute(after.order_by(messages.c.position))
    ]
    if not rows or (answered is not None and all(closings.only_thanks(text) for text, _ in rows)):
        return "", None
    return rows[0][0][:PREVIEW], float(rows[0][1])


def orders_in(connection: Connection, thread_id: int) -> dict[str, float]:
    """Orders a conversation names or is linked to, and when it was first heard of each."""
    named = (
        select(messages.c.order_ref, func.min(_at).label("at"))
        .where(messages.c.thread_id == thread_id, messages.c.order_ref != "")
        .group_by(messages.c.order_ref)
    )
    found = {row.order_ref: float(row.at) for row in connection.execute(named)}
    linked = select(links.c.ref, links.c.made_at).where(links.c.thread_id == thread_id, links.c.kind == "order")
    for row in connection.execute(linked):
        found.setdefault(row.ref, row.made_at)
    return found
