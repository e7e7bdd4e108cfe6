"""What conversations are about: what is attached to them, the orders they name, and the other way round."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import or_, select

from ..protocol.values import ThreadSummary
from . import chapters, reading
from .database import Database
from .identity import clean
from .schema import links, messages, threads


class Linked:
    """Part of ``Archive`` (``archive.linked``); thread-safe, with its errors. Reads only."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def refs(self, thread_id: int, kind: str) -> list[str]:
        """What of a kind is attached to a conversation, the oldest first."""
        query = select(links.c.ref).where(links.c.thread_id == thread_id, links.c.kind == kind).order_by(links.c.id)
        with self._database.read() as connection:
            return list(connection.execute(query).scalars())

    def threads(self, kind: str, marketplace: str, shop: str, refs: Sequence[str]) -> list[int]:
        """Conversations of a marketplace to which one of ``refs`` is attached. A side that names no shop means any."""
        query = (
            select(threads.c.id)
            .join(links, links.c.thread_id == threads.c.id)
            .where(links.c.kind == kind, links.c.ref.in_([clean(ref) for ref in refs]))
            .where(threads.c.marketplace == marketplace)
            .distinct()
            .order_by(threads.c.id)
        )
        if shop:
            query = query.where(threads.c.shop.in_(("", shop)))
        with self._database.read() as connection:
            return list(connection.execute(query).scalars())

    def orders(self, thread_id: int) -> list[str]:
        """Orders that a conversation names or that are attached to it."""
        with self._database.read() as connection:
            return list(chapters.orders_in(connection, thread_id))

    def about_order(self, marketplace: str, order: str) -> list[int]:
        """Conversations whose messages name an order, or that were linked to it."""
        naming = select(messages.c.thread_id).where(messages.c.order_ref == order)
        linked = select(links.c.thread_id).where(links.c.kind == "order", links.c.ref == order)
        query = select(threads.c.id).where(
            threads.c.marketplace == marketplace, or_(threads.c.id.in_(naming), threads.c.id.in_(linked))
        )
        with self._database.read() as connection:
            return list(connection.execute(query.order_by(threads.c.id)).scalars())

    def summaries(self, thread_ids: Sequence[int], language: str = "") -> list[ThreadSummary]:
        """A line of each conversation; those that are gone or empty are left out."""
        with self._database.read() as connection:
            return reading.summaries(connection, list(thread_ids), language)
